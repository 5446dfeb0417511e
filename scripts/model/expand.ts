/** One line of a training file after its alternatives were chosen. */
export interface TrainingLine {
  text: string;
  /** The template it comes from: lines of one template never stand on both sides of a cross-validation. */
  template: string;
  /** The heading it stands under. */
  kind: string;
}

type Node = string | readonly (readonly Node[])[];

/**
 * Reads a training file: `## heading`, `@list one|two`, and templates in which `[a|b]` is one of them and `{list}` a word
 * of a list. Templates that stand for more lines than `most`, or the number before them (`200* {list},{list}`), give as
 * many, picked by their own words alone.
 *
 * @throws Error for an unknown list or an open bracket
 */
export function readTrainingLines(source: string, most: number): TrainingLine[] {
  const rows = source.split('\n').map((row) => row.trim());
  const lists = new Map<string, string>();
  for (const row of rows) {
    const list = /^@(\w+) (.*)$/.exec(row);
    if (list) lists.set(list[1]!, list[2]!);
  }
  const lines: TrainingLine[] = [];
  let kind = '';
  for (const row of rows) {
    if (row.startsWith('## ')) kind = row.slice(3);
    if (row === '' || row.startsWith('#') || row.startsWith('@')) continue;
    const [, times, template = row] = /^(\d+)\* (.*)$/.exec(row) ?? [];
    for (const text of choices(parse(template, lists), template, Number(times ?? most)))
      lines.push({ text, template, kind });
  }
  return lines;
}

function parse(template: string, lists: ReadonlyMap<string, string>): Node[] {
  let at = 0;
  const sequence = (until: string): Node[] => {
    const nodes: Node[] = [];
    while (at < template.length && !until.includes(template[at]!)) {
      const char = template[at++]!;
      if (char === '[') {
        const options = [sequence('|]')];
        while (template[at] === '|') {
          at++;
          options.push(sequence('|]'));
        }
        if (template[at++] !== ']') throw new Error(`open bracket in ${template}`);
        nodes.push(options);
      } else if (char === '{') {
        const end = template.indexOf('}', at);
        const list = lists.get(template.slice(at, end));
        if (list === undefined) throw new Error(`unknown list in ${template}`);
        at = end + 1;
        nodes.push(list.split('|').map((word) => parse(word, lists)));
      } else nodes.push(char);
    }
    return nodes;
  };
  return sequence('');
}

function count(nodes: readonly Node[]): number {
  return nodes.reduce(
    (product, node) =>
      typeof node === 'string' ? product : product * node.reduce((sum, option) => sum + count(option), 0),
    1,
  );
}

/** The `rank`-th of the lines that nodes stand for. */
function choose(nodes: readonly Node[], rank: number): string {
  let text = '';
  let rest = rank;
  for (const node of nodes) {
    if (typeof node === 'string') {
      text += node;
      continue;
    }
    const sizes = node.map(count);
    const total = sizes.reduce((sum, size) => sum + size, 0);
    let within = rest % total;
    rest = Math.floor(rest / total);
    let option = 0;
    while (within >= sizes[option]!) within -= sizes[option++]!;
    text += choose(node[option]!, within);
  }
  return text;
}

function choices(nodes: readonly Node[], template: string, most: number): Set<string> {
  const total = count(nodes);
  const random = randomFrom(template);
  const texts = new Set<string>();
  if (total <= most) for (let rank = 0; rank < total; rank++) texts.add(choose(nodes, rank));
  else while (texts.size < most) texts.add(choose(nodes, random() % total));
  return texts;
}

/** Whole numbers below 2³², the same on every machine. */
export function randomFrom(seed: string): () => number {
  let state = 0x811c9dc5;
  for (let at = 0; at < seed.length; at++) state = Math.imul(state ^ seed.charCodeAt(at), 0x01000193);
  return () => {
    state = (state + 0x9e3779b9) | 0;
    let mixed = Math.imul(state ^ (state >>> 16), 0x21f0aaad);
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
    return (mixed ^ (mixed >>> 15)) >>> 0;
  };
}
