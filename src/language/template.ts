import { FOLD, INSIDE_CLAUSE, isAlphanumeric, KIND, Kind, SEPARATOR_CLASS } from './characters.js';
import { likelihood } from './frequency.js';
import type { Disguise } from './lexicon.js';
import { normalize } from './normalize.js';

/**
 * Templates: how the forms of a lexicon are written.
 *
 * `草莓` literal · `[a|b]` or `(a|b)` one of · `?` after a character, a bracket or a slot: with or without it ·
 * `{0,3}` that many characters inside the clause · `{person}` a slot · `\` before any of `[]|(){}?\` takes it literally.
 */
export type Node =
  /** One character (code point), `count` times in a row. */
  | { type: 'char'; char: string; count: number }
  | { type: 'choice'; options: Node[][] }
  | { type: 'optional'; nodes: Node[] }
  | { type: 'gap'; min: number; max: number };

/** What a character may be written as instead; data of the lexicon (`characters:`). */
export interface CharacterRow {
  /** The syllable, without tone. */
  pinyin?: string | undefined;
  /** Characters and letters that sound alike and are used to hide this one. */
  homophones?: string[] | undefined;
  /** Parts that are read as the character when written in a row. */
  split?: string[] | undefined;
  /** Emoji that stand for it. */
  emoji?: string[] | undefined;
}

export type Slots = ReadonlyMap<string, readonly string[]>;
export type Characters = ReadonlyMap<string, CharacterRow>;

/** A template that cannot be read. `column` is 1-based. */
export class TemplateError extends Error {
  readonly kind: 'template' | 'unknown-slot';
  readonly column: number;
  constructor(kind: 'template' | 'unknown-slot', message: string, column: number) {
    super(message);
    this.kind = kind;
    this.column = column;
  }
}

/** Longest gap that a template may hold. */
const MAX_GAP = 20;

/**
 * Reads a template. Its characters are folded like any text.
 * @throws TemplateError
 */
export function parseTemplate(template: string, slots: Slots, depth = 0): Node[] {
  let at = 0;
  const fail = (message: string): never => {
    throw new TemplateError('template', message, at + 1);
  };
  const choice = (closing: ']' | ')'): Node => {
    const options: Node[][] = [];
    do {
      at++;
      const option = sequence(`|${closing}`);
      if (option.length === 0) fail('empty alternative; write x? for what may be absent');
      options.push(option);
    } while (template[at] === '|');
    if (template[at] !== closing) fail(`${closing} is missing`);
    at++;
    return { type: 'choice', options };
  };
  const braces = (): Node => {
    const close = template.indexOf('}', at);
    if (close < 0) fail('} is missing');
    const body = template.slice(at + 1, close);
    const gap = /^(\d+),(\d+)$/.exec(body);
    let node: Node;
    if (gap !== null) {
      const [min, max] = [Number(gap[1]), Number(gap[2])];
      if (min > max || max > MAX_GAP) fail(`a gap is at most ${MAX_GAP} characters`);
      node = { type: 'gap', min, max };
    } else {
      const values = slots.get(body);
      if (values === undefined) throw new TemplateError('unknown-slot', body, at + 1);
      if (depth > 8) fail(`slot ${body} contains itself`);
      node = { type: 'choice', options: values.map((value) => parseTemplate(value, slots, depth + 1)) };
    }
    at = close + 1;
    return node;
  };
  const literal = (): string => {
    if (template[at] === '\\') at++;
    if (at >= template.length) fail('nothing after \\');
    const char = String.fromCodePoint(template.codePointAt(at)!);
    at += char.length;
    return char.length === 1 && FOLD[char.charCodeAt(0)] === char.charCodeAt(0) ? char : normalize(char).text;
  };
  const sequence = (closing: string): Node[] => {
    const nodes: Node[] = [];
    while (at < template.length && !closing.includes(template[at]!)) {
      const char = template[at]!;
      if ('|])}?'.includes(char)) fail(`unexpected ${char}; write \\${char} for the character`);
      if (char === '[' || char === '(' || char === '{') {
        const node = char === '{' ? braces() : choice(char === '[' ? ']' : ')');
        if (template[at] === '?' && node.type !== 'gap') {
          at++;
          nodes.push({ type: 'optional', nodes: [node] });
        } else nodes.push(node);
        continue;
      }
      const folded = literal();
      if (template[at] === '?' && folded !== '') {
        at++;
        nodes.push({ type: 'optional', nodes: charNodes(folded) });
      } else if (folded.length === 1) append(nodes, { type: 'char', char: folded, count: 1 });
      else for (const node of charNodes(folded)) append(nodes, node);
    }
    return nodes;
  };
  const nodes = sequence('');
  if (!nodes.some((node) => node.type !== 'gap' && node.type !== 'optional'))
    fail('no character that must be there');
  return nodes;
}

/** A template in which every character stands for itself. */
export function literalTemplate(text: string): string {
  return text.replace(/[[\]|(){}?\\]/g, '\\$&');
}

function charNodes(text: string): Node[] {
  return Array.from(text, (char) => ({ type: 'char', char, count: 1 }));
}

/** Adds a node; a character that repeats the one before makes a run with it. */
function append(nodes: Node[], node: Node): void {
  const last = nodes[nodes.length - 1];
  if (last?.type === 'char' && node.type === 'char' && last.char === node.char) {
    nodes[nodes.length - 1] = { ...last, count: last.count + node.count };
  } else nodes.push(node);
}

/** What a character may be replaced by under the disguises asked for, with the name of the step. */
export interface Substitute {
  text: string;
  kind: 'homophone' | 'pinyin' | 'split' | 'emoji';
}

export class Disguises {
  readonly separators: boolean;
  readonly stretch: boolean;
  readonly initials: boolean;
  readonly pinyin: boolean;
  private readonly kinds: ReadonlySet<Disguise>;
  private readonly rows: Characters;
  private readonly cache = new Map<string, readonly Substitute[]>();

  constructor(disguise: readonly Disguise[], rows: Characters) {
    this.kinds = new Set(disguise);
    this.separators = this.kinds.has('separators');
    this.stretch = this.kinds.has('stretch');
    this.initials = this.kinds.has('initials');
    this.pinyin = this.kinds.has('pinyin');
    this.rows = rows;
  }

  substitutes(char: string): readonly Substitute[] {
    let found = this.cache.get(char);
    if (found === undefined) {
      found = this.find(char);
      this.cache.set(char, found);
    }
    return found;
  }

  /** The first letter of the character's syllable, or null. */
  initial(char: string): string | null {
    return this.syllable(char)?.[0] ?? null;
  }

  /** The character's syllable; a letter or digit is its own; null where none is known. */
  syllable(char: string): string | null {
    if (isAlphanumeric(char.charCodeAt(0))) return char;
    return this.rows.get(char)?.pinyin ?? null;
  }

  private find(char: string): Substitute[] {
    const row = this.rows.get(char);
    if (row === undefined) return [];
    const found: Substitute[] = [];
    const add = (kind: Substitute['kind'], values: readonly string[] | undefined) => {
      for (const value of values ?? []) {
        const text = normalize(value).text;
        if (text !== char && text !== '' && !found.some((other) => other.text === text))
          found.push({ text, kind });
      }
    };
    if (this.kinds.has('homophone')) add('homophone', row.homophones);
    if (this.kinds.has('emoji')) add('emoji', row.emoji);
    if (this.kinds.has('split')) add('split', row.split);
    if (this.pinyin && row.pinyin !== undefined) add('pinyin', [row.pinyin]);
    // The longest first: `ma` before `m`.
    return found.sort((a, b) => b.text.length - a.text.length);
  }
}

export const NO_DISGUISE = new Disguises([], new Map());

export interface RegexOptions {
  /** Takes the character of each capture group. */
  bases?: string[];
  /** The class of what may stand between characters under the disguise of that name. */
  separators?: string;
  /**
   * False for texts without a run (see `hasRun`), which is nearly all: the expression is much shorter, and of those
   * texts it matches the same.
   */
  runs?: boolean;
}

/** Regular expression source of a template over folded text. */
export function regexSource(
  nodes: readonly Node[],
  disguises: Disguises,
  { bases = [], separators = SEPARATOR_CLASS, runs = true }: RegexOptions = {},
): string {
  const between = disguises.separators ? `${separators}{0,3}` : '';
  return sourceOf(nodes, { disguises, between, bases, runs });
}

interface Writing {
  disguises: Disguises;
  /** What may stand between two characters, or ''. */
  between: string;
  bases: string[];
  runs: boolean;
}

function sourceOf(nodes: readonly Node[], writing: Writing): string {
  const { between } = writing;
  let source = '';
  // Separators are part of a match only between two of its characters, never before the first.
  let begun = false;
  for (let i = 0; i < nodes.length; i++) {
    const node = nodes[i]!;
    const joint = begun && node.type !== 'gap' && nodes[i - 1]!.type !== 'gap' ? between : '';
    if (node.type === 'gap') {
      source += `${INSIDE_CLAUSE}{${node.min},${node.max}}?`;
      begun = true;
    } else if (node.type === 'optional') {
      const inner = sourceOf(node.nodes, writing);
      source += begun ? `(?:${joint}${inner})?` : `(?:${inner}${between})?`;
    } else {
      source += joint;
      if (node.type === 'char') source += charSource(node.char, node.count, writing);
      else source += `(?:${node.options.map((option) => sourceOf(option, writing)).join('|')})`;
      begun = true;
    }
  }
  return source;
}

function charSource(char: string, count: number, writing: Writing): string {
  const { disguises, between, bases } = writing;
  const substitutes = disguises.substitutes(char);
  if (substitutes.length === 0) {
    const whole = run(char, count, writing);
    if (count === 1 || between === '') return whole;
    return `(?:${whole}|${Array.from({ length: count }, () => escapeRegex(char)).join(between)})`;
  }
  const own = count === 1 ? run(char, 1, writing) : escapeRegex(char);
  const others = substitutes.map(({ text, kind }) =>
    kind === 'pinyin' ? [...text].join(between) : run(text, 1, writing),
  );
  const one = [own, ...others].join('|');
  return Array.from({ length: count }, () => {
    bases.push(char);
    return `(${one})`;
  }).join(between);
}

/**
 * A character `count` times, or stretched: three and more for one (nobody writes 滚滚滚 by accident, but 妈妈 is a word),
 * any more for a doubled one (呵呵呵).
 */
function run(text: string, count: number, { disguises: { stretch }, between, runs }: Writing): string {
  const source = escapeRegex(text);
  if (text.length > 1 && !isSurrogatePair(text)) return source;
  const atom = text.length === 1 ? source : `(?:${source})`;
  const more = between === '' ? atom : `(?:${between}${atom})`;
  if (stretch || count > 1) return `${atom}${count > 1 ? `{${count}}` : ''}${more}*`;
  return runs ? `${atom}(?:${more}{2,})?` : atom;
}

/**
 * Whether a folded text has the same character three times in a row, with or without marks and spaces between: what
 * expressions without runs cannot tell.
 */
export function hasRun(text: string): boolean {
  let last = 0;
  let count = 0;
  for (let at = 0; at < text.length; at++) {
    const kind = KIND[text.charCodeAt(at)];
    if (kind === Kind.separator || kind === Kind.punctuation) continue;
    const point = text.codePointAt(at)!;
    if (point > 0xffff) at++;
    if (point !== last) {
      last = point;
      count = 1;
    } else if (++count === 3) return true;
  }
  return false;
}

function isSurrogatePair(text: string): boolean {
  return text.length === 2 && KIND[text.charCodeAt(0)] === Kind.highSurrogate;
}

function escapeRegex(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
}

/** Every text that a template stands for, without gaps; null when it has gaps or there are more than `limit`. */
export function expansions(nodes: readonly Node[], limit: number): string[] | null {
  let texts = [''];
  for (const node of nodes) {
    if (node.type === 'gap') return null;
    const options =
      node.type === 'char'
        ? [node.char.repeat(node.count)]
        : node.type === 'optional'
          ? withEmpty(expansions(node.nodes, limit))
          : all(node.options.map((option) => expansions(option, limit)));
    if (options === null || options.length * texts.length > limit) return null;
    texts = texts.flatMap((text) => options.map((option) => text + option));
  }
  return [...new Set(texts)];
}

function withEmpty(options: string[] | null): string[] | null {
  return options === null ? null : ['', ...options];
}

function all(parts: (string[] | null)[]): string[] | null {
  const texts: string[] = [];
  for (const part of parts) {
    if (part === null) return null;
    texts.push(...part);
  }
  return texts;
}

/** Most anchors for one template: more make the automaton slow to build and say that the form is too loose. */
const MAX_ANCHORS = 600;
/** Most ways to write a stretch that are looked at before its ends are cut off. */
const MAX_WAYS = 1500;
/** So many characters of the outer nodes of a stretch are looked for; of long lists of words few ends are left. */
const END_LENGTHS = [1, 2, 4];
/** Longer anchors are hardly rarer. */
const LONGEST_ANCHOR = 4;

/** An anchor that is rarer than this in clean text is rare enough. */
const RARE_ENOUGH = 2 ** -12;
/** So many more ways to write an anchor are worth a bit of rarity. */
const WAYS_PER_BIT = 120;

/**
 * The anchors of a template, strings of which one is in the skeleton of every text that it matches (folded, without
 * separators, runs of one character as one): of all stretches without a gap the one that should turn up most rarely in
 * clean text, its outer nodes cut to the ends that meet the others. Null when no stretch has a character that must be
 * there.
 */
export function anchorsOf(nodes: readonly Node[], disguises: Disguises): readonly string[] | null {
  const items = nodes.map(
    (node) => skeletonsOf([node], disguises, MAX_WAYS)?.map((each) => [...each]) ?? null,
  );
  const mayBeEmpty = items.map((item) => item?.some((each) => each.length === 0) ?? true);
  let best: readonly string[] | null = null;
  let leastCost = Number.POSITIVE_INFINITY;
  const consider = (anchors: readonly string[]) => {
    if (anchors.length > MAX_ANCHORS) return;
    let probability = 0;
    for (const anchor of anchors) probability += likelihood(anchor);
    const cost = Math.log2(Math.max(probability, RARE_ENOUGH)) + anchors.length / WAYS_PER_BIT;
    if (cost >= leastCost) return;
    leastCost = cost;
    best = anchors;
  };
  for (const length of END_LENGTHS) {
    const first = items.map((item) =>
      item === null ? [] : distinct(item.map((each) => each.slice(0, length).join(''))),
    );
    const last = items.map((item) =>
      item === null ? [] : distinct(item.map((each) => each.slice(-length).join(''))),
    );
    const whole = items.map((item) => (item === null ? [] : distinct(item.map((each) => each.join('')))));
    for (let from = 0; from < items.length; from++) {
      if (mayBeEmpty[from]) continue;
      if (length === LONGEST_ANCHOR) consider(distinct(whole[from]!.map(rarestPart)));
      let stretch = last[from]!;
      for (let to = from + 1; to < items.length && items[to] !== null; to++) {
        const meeting = stretch.length * first[to]!.length;
        if (!mayBeEmpty[to] && meeting <= MAX_WAYS) consider(distinct(product(stretch, first[to]!)));
        if (stretch.length * whole[to]!.length > MAX_ANCHORS) break;
        stretch = distinct(product(stretch, whole[to]!));
      }
    }
  }
  return best ?? anchorsOfOptions(nodes, disguises);
}

function distinct(texts: readonly string[]): string[] {
  return [...new Set(texts)];
}

/** The least likely {@link LONGEST_ANCHOR} characters in a row of a skeleton. */
function rarestPart(skeleton: string): string {
  if (skeleton.length <= LONGEST_ANCHOR) return skeleton;
  const chars = [...skeleton];
  let rarest = skeleton;
  let least = Number.POSITIVE_INFINITY;
  for (let at = 0; at + LONGEST_ANCHOR <= chars.length; at++) {
    const part = chars.slice(at, at + LONGEST_ANCHOR).join('');
    const likely = likelihood(part);
    if (likely < least) {
      least = likely;
      rarest = part;
    }
  }
  return rarest;
}

/** Where every stretch has too many ways to be written: the anchors of each option of some choice. */
function anchorsOfOptions(nodes: readonly Node[], disguises: Disguises): readonly string[] | null {
  for (const node of nodes) {
    if (node.type !== 'choice') continue;
    const parts = node.options.map((option) => anchorsOf(option, disguises));
    if (parts.every((part) => part !== null)) return parts.flatMap((part) => part!);
  }
  return null;
}

function skeletonsOf(
  nodes: readonly Node[],
  disguises: Disguises,
  limit = MAX_ANCHORS,
): readonly string[] | null {
  let found: readonly string[] = [''];
  for (const node of nodes) {
    if (node.type === 'gap') return null;
    if (node.type === 'char') {
      const own = skeletonOf(node.char);
      const substitutes = disguises.substitutes(node.char);
      const options =
        substitutes.length === 0 ? [own] : [own, ...substitutes.map(({ text }) => skeletonOf(text))];
      for (let i = 0; i < node.count; i++) found = product(found, options);
    } else {
      const options: string[] = node.type === 'optional' ? [''] : [];
      for (const option of node.type === 'optional' ? [node.nodes] : node.options) {
        const inner = skeletonsOf(option, disguises, limit);
        if (inner === null) return null;
        options.push(...inner);
      }
      found = product(found, options);
    }
    if (found.length > limit) return null;
  }
  return found;
}

/**
 * Every head with every tail. The same character on both sides is a run of one in the text, or two with a separator
 * between them.
 */
function product(heads: readonly string[], tails: readonly string[]): string[] {
  const found: string[] = [];
  for (const head of heads) {
    for (const tail of tails) {
      found.push(head + tail);
      if (head === '' || tail === '') continue;
      const first = String.fromCodePoint(tail.codePointAt(0)!);
      if (head.endsWith(first)) found.push(head + tail.slice(first.length));
    }
  }
  return found;
}

/** A folded text without separators and punctuation, runs of one character as one. */
function skeletonOf(text: string): string {
  if (text.length === 1) return isPassedOver(text) ? '' : text;
  let skeleton = '';
  let previous = '';
  for (const char of text) {
    if (char !== previous && !isPassedOver(char)) skeleton += char;
    previous = char;
  }
  return skeleton;
}

function isPassedOver(char: string): boolean {
  const kind = KIND[char.charCodeAt(0)];
  return kind === Kind.separator || kind === Kind.punctuation;
}

/** Digits and signs that are read as the letter they look like. */
const LEET: Readonly<Record<string, string>> = {
  a: '[a|4|@]',
  e: '[e|3]',
  i: '[i|1]',
  o: '[o|0]',
  s: '[s|5|$]',
};
/** Shorter syllables are a part of too many words. */
const SHORTEST_PINYIN = 3;

/** A template for the pinyin of a word, also with digits for letters, or null where a character has none. */
export function pinyinTemplate(word: string, disguises: Disguises): string | null {
  let letters = '';
  for (const char of word) {
    const syllable = disguises.syllable(char);
    if (syllable === null) return null;
    letters += syllable;
  }
  if (letters.length < SHORTEST_PINYIN || letters === word) return null;
  return letters.replace(/[aeios]/g, (letter) => LEET[letter]!);
}

/** The initials of a word, or null where it is too short or a character has none. */
export function initialsOf(word: string, disguises: Disguises): string | null {
  const initials = Array.from(word, (char) => disguises.initial(char));
  return initials.length < 2 || initials.includes(null) ? null : initials.join('');
}
