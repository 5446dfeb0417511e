import { createHash } from 'node:crypto';
import { FOLD, isHan } from './characters.js';
import { type GramTables, GramTrie, gramTables } from './gram-trie.js';
import type { LexiconMatch } from './lexicon.js';
import { parseHead, parseWeights, partsOf } from './model-file.js';
import { BOUNDARY, LONGEST_GRAM, newSymbols, readSymbols, type Symbols } from './ngrams.js';

/** The category of what the model of agents' words finds. */
export const SUSPECTED = 'abuse/suspected';
/** The category of what the model of customers' words finds. */
export const SUSPECTED_OF_CUSTOMERS = 'customer-abuse/suspected';
export type SuspectedCategory = typeof SUSPECTED | typeof SUSPECTED_OF_CUSTOMERS;

/** What takes long to work out of the file of a model, as numbers alone: the build keeps it. */
export interface ModelTables extends GramTables {
  /** By UTF-16 unit: what it weighs at the gate. */
  characters: Int16Array;
}

export function modelTables(file: string): ModelTables {
  const [, characters, grams] = partsOf(file);
  return { characters: weightsByUnit(characters), ...gramTables(grams.trimEnd()) };
}

function weightsByUnit(part: string): Int16Array {
  const weights = new Int16Array(65536);
  for (const [character, weight] of parseWeights(part)) {
    const unit = character.charCodeAt(0);
    if (isHan(unit)) weights[unit] = weight;
  }
  for (let unit = 0; unit < 65536; unit++) {
    const folded = FOLD[unit]!;
    if (folded !== unit && isHan(unit)) weights[unit] = weights[folded]!;
  }
  return weights;
}

/** Hex digest of the file of a model: of everything that decides what is suspected. */
export function modelHash(file: string): string {
  return createHash('sha256').update(file).digest('hex').slice(0, 16);
}

/**
 * A linear model over the n-grams of a text: the weights of its different n-grams, over the root of its length, and the
 * bias. Whole numbers and one square root, so that every machine decides alike. Most texts are turned down at the gate,
 * by the sum of their characters.
 */
export class AbuseModel {
  private readonly gate: number;
  /** By UTF-16 unit. */
  private readonly characters: Int16Array;
  private readonly zero: number;
  private readonly file: string;
  private readonly tables: ModelTables;
  private trie: GramTrie | null = null;
  /** By n-gram, read for the first text that is suspected. */
  private weights: ReadonlyMap<string, number> | null = null;
  private readonly symbols = newSymbols();

  /**
   * @param category of what it finds
   * @param tables of this file, where the build has made them
   */
  constructor(
    file: string,
    readonly category: SuspectedCategory = SUSPECTED,
    tables: ModelTables = modelTables(file),
  ) {
    const { bias, threshold, gate } = parseHead(partsOf(file)[0]);
    this.gate = gate;
    this.zero = bias - threshold;
    this.file = file;
    this.tables = tables;
    this.characters = tables.characters;
  }

  /** What the characters of a text come to at the gate: of a text in parts the sum of theirs. */
  sumOf(text: string): number {
    const { characters } = this;
    let sum = 0;
    for (let at = 0; at < text.length; at++) sum += characters[text.charCodeAt(at)]!;
    return sum;
  }

  /** Whether a text whose characters come to this may be suspect: false is certain. */
  lets(sum: number): boolean {
    return sum >= this.gate;
  }

  /** How far a text is over the threshold, in hundredths; negative below it. */
  margin(text: string): number {
    readSymbols(text, this.symbols);
    return this.grams().sum(this.symbols) / Math.sqrt(this.symbols.length) + this.zero;
  }

  /** Hex digest of everything that decides what is suspected. */
  get hash(): string {
    return modelHash(this.file);
  }

  suspects(text: string): boolean {
    return this.lets(this.sumOf(text)) && this.margin(text) >= 0 && this.symbols.length >= SHORTEST;
  }

  /** Opened for the first text that passes the gate. */
  private grams(): GramTrie {
    this.trie ??= new GramTrie(this.tables);
    return this.trie;
  }

  /** The stretches that speak most for a suspicion, as matches of its category; none in a text below the threshold. */
  matches(text: string): readonly LexiconMatch[] {
    return this.suspects(text) ? this.explain(text) : NO_MATCHES;
  }

  private explain(text: string): LexiconMatch[] {
    const margin = this.margin(text);
    const { at } = this.symbols;
    const written = wordsOf(this.symbols);
    const found = this.gramsIn(written);
    const shares = new Float64Array(written.length);
    for (const { gram, from, weight } of found) {
      for (let place = from; place < from + gram.length; place++) shares[place]! += weight / gram.length;
    }
    return heaviestOf(stretchesOf(written, shares)).map(({ from, to }): LexiconMatch => {
      const span: [number, number] = [at[from]!, at[to - 1]! + 1];
      const inside = found.filter((one) => one.from < to && one.from + one.gram.length > from);
      const reading = written.slice(from, to);
      return {
        entryId: 'model',
        category: this.category,
        severity: 'warning',
        confidence: confidenceOf(margin),
        span,
        text: text.slice(...span),
        form: heaviest(inside).join(' '),
        reading,
        path: [],
        directed: 'any',
        addressed: /[你您]/.test(reading),
      };
    });
  }

  /** Every n-gram that has a weight, as often as it occurs. */
  private gramsIn(written: string): PlacedGram[] {
    this.weights ??= parseWeights(partsOf(this.file)[2]);
    const { weights } = this;
    const found: PlacedGram[] = [];
    for (let from = 0; from < written.length; from++) {
      for (let size = 1; size <= LONGEST_GRAM && from + size <= written.length; size++) {
        const gram = written.slice(from, from + size);
        const weight = weights.get(gram);
        if (weight !== undefined) found.push({ gram, from, weight });
      }
    }
    return found;
  }
}

function wordsOf({ codes, length }: Symbols): string {
  let words = '';
  for (let at = 0; at < length; at++) words += String.fromCharCode(codes[at]!);
  return words;
}

const NO_MATCHES: readonly LexiconMatch[] = [];
const BOUNDARY_MARK = String.fromCharCode(BOUNDARY);
/** Two edges and four characters: with fewer there is no sentence to judge, and the lexicons know the words. */
const SHORTEST = 6;
const MOST_GRAMS = 3;
const MOST_STRETCHES = 4;

interface PlacedGram {
  gram: string;
  from: number;
  weight: number;
}

/** The n-grams that weigh most, none over another; single characters only where there is nothing else. */
function heaviest(grams: readonly PlacedGram[]): string[] {
  const worth = ({ gram, weight }: PlacedGram) => weight * gram.length ** 2;
  const words = ({ gram }: PlacedGram) => gram.replaceAll(BOUNDARY_MARK, '');
  const speaking = grams.filter(({ weight }) => weight > 0);
  const long = speaking.filter((one) => words(one).length > 1);
  const chosen: PlacedGram[] = [];
  const sorted = (long.length > 0 ? long : speaking).sort((a, b) => worth(b) - worth(a) || a.from - b.from);
  for (const one of sorted) {
    if (chosen.some(({ from, gram }) => one.from < from + gram.length && from < one.from + one.gram.length))
      continue;
    chosen.push(one);
    if (chosen.length === MOST_GRAMS) break;
  }
  return [...new Set(chosen.sort((a, b) => a.from - b.from).map(words))];
}

/** Just over the threshold one in two, one and a half above it three in four. */
function confidenceOf(margin: number): number {
  return Math.round(50 + Math.min(25, margin / 6)) / 100;
}

interface Stretch {
  from: number;
  to: number;
  sum: number;
}

/** So many characters before and after a stretch are quoted with it, where the clause begins or ends there. */
const LEFT_OVER = { before: 2, after: 4 } as const;

/** Of each clause the part with the largest sum, where it is above zero. */
function stretchesOf(written: string, shares: Float64Array): Stretch[] {
  const stretches: Stretch[] = [];
  let best: Stretch = { from: 0, to: 0, sum: 0 };
  let clause = 0;
  let from = 0;
  let sum = 0;
  for (let at = 0; at < written.length; at++) {
    if (written[at] === BOUNDARY_MARK) {
      if (best.sum > 0) {
        stretches.push({
          from: best.from - clause <= LEFT_OVER.before ? clause : best.from,
          to: at - best.to <= LEFT_OVER.after ? at : best.to,
          sum: best.sum,
        });
      }
      best = { from: 0, to: 0, sum: 0 };
      clause = at + 1;
      from = clause;
      sum = 0;
      continue;
    }
    sum += shares[at]!;
    if (sum > best.sum) best = { from, to: at + 1, sum };
    if (sum <= 0) {
      from = at + 1;
      sum = 0;
    }
  }
  return stretches;
}

/** The heaviest stretches, in the order of the text: none that weighs less than half of the first. */
function heaviestOf(stretches: readonly Stretch[]): Stretch[] {
  const sorted = stretches.toSorted((a, b) => b.sum - a.sum || a.from - b.from).slice(0, MOST_STRETCHES);
  return sorted.filter(({ sum }) => sum * 2 >= sorted[0]!.sum).sort((a, b) => a.from - b.from);
}
