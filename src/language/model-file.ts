/** What `scripts/model/train.ts` learned. All numbers are hundredths, and whole. */
export interface ModelWeights {
  /** Digest of the lines that it was trained on. */
  lines: string;
  bias: number;
  /** A text is suspected from this score on. */
  threshold: number;
  /** By n-gram, as {@link gramsOf} writes it. */
  weights: ReadonlyMap<string, number>;
  /** Texts whose characters sum up to less are not looked at any further. */
  gate: number;
  /** By character. */
  characters: ReadonlyMap<string, number>;
}

/** What separates the parts of the file: its head, the weights of characters, the weights of n-grams. */
const PARTS = '\n\n';

/** The file that the model is read from; `comment` stands on top of it. */
export function formatModel(model: ModelWeights, comment: string): string {
  const { lines, bias, threshold, gate } = model;
  const head = [
    ...comment.split('\n').map((row) => `; ${row}`),
    `lines ${lines}`,
    `bias ${bias}`,
    `threshold ${threshold}`,
    `gate ${gate}`,
  ];
  return `${[head.join('\n'), formatWeights(model.characters), formatWeights(model.weights)].join(PARTS)}\n`;
}

/** @throws RangeError for a file that is none of the model's */
export function parseModel(file: string): ModelWeights {
  const [head, characters, weights] = partsOf(file);
  return { ...parseHead(head), characters: parseWeights(characters), weights: parseWeights(weights) };
}

export function partsOf(file: string): [string, string, string] {
  const parts = file.split(PARTS);
  if (parts.length !== 3) throw new RangeError(`a model of ${parts.length} parts`);
  return parts as [string, string, string];
}

export function parseHead(part: string): { lines: string; bias: number; threshold: number; gate: number } {
  const heads = new Map(part.split('\n').map((row) => row.split(' ') as [string, string]));
  const number = (name: string) => {
    const value = Number(heads.get(name) ?? Number.NaN);
    if (!Number.isInteger(value)) throw new RangeError(`no ${name} in the model`);
    return value;
  };
  const lines = heads.get('lines') ?? '';
  return { lines, bias: number('bias'), threshold: number('threshold'), gate: number('gate') };
}

/** One row for each weight, the largest first: `97 智 这种`. */
function formatWeights(weights: ReadonlyMap<string, number>): string {
  const byWeight = new Map<number, string[]>();
  for (const [gram, weight] of weights) {
    const grams = byWeight.get(weight);
    if (grams === undefined) byWeight.set(weight, [gram]);
    else grams.push(gram);
  }
  return [...byWeight]
    .sort(([a], [b]) => b - a)
    .map(([weight, grams]) => `${weight} ${grams.sort().join(' ')}`)
    .join('\n');
}

export function parseWeights(part: string): Map<string, number> {
  const weights = new Map<string, number>();
  for (const row of part.trimEnd().split('\n')) {
    const [weight, ...grams] = row.split(' ');
    for (const gram of grams) weights.set(gram, Number(weight));
  }
  return weights;
}
