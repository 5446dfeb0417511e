import { FOLD, foldAstral, KIND, Kind } from './characters.js';
import { EdgeTable, MOST_SYMBOLS, SYMBOL_BITS } from './edge-table.js';

/**
 * Finds the anchors of many patterns in the *skeleton* of a text: folded, without separators, punctuation and invisible
 * marks, runs of the same character as one. Most places of most texts begin no anchor, which a bit per pair of neighbours
 * tells; only behind the others a trie is walked. What comes out is a superset of the matches.
 */
export interface Scanner {
  /**
   * Calls back for every anchor found: its pattern and the raw offset of the unit that begins it. One pattern may be
   * reported many times.
   */
  scan(text: string, found: (pattern: number, at: number) => void): void;
}

/** Classes of units that are no symbol. */
const OTHER = 0;
const DROPPED = 1;
const SEPARATOR = 2;
const SURROGATE = 3;
const FIRST_SYMBOL = 4;

const PAIR_BITS = 17;

/** What a scanner knows, as numbers alone, so that the build can keep it. */
export interface ScannerTables {
  /** By UTF-16 unit: its symbol, or one of the classes of those that have none. */
  classes: Uint16Array;
  /** Code points above U+FFFF that are symbols, each before its symbol. */
  astral: Int32Array;
  /** The trie of the anchors; see {@link EdgeTable}. */
  edgeKeys: Int32Array;
  edgeTargets: Int32Array;
  /** By first symbol: its state. */
  root: Int32Array;
  /** By state: the first of its outputs, or -1. Each tells its pattern and the next one. */
  firstOutput: Int32Array;
  outputPattern: Int32Array;
  outputNext: Int32Array;
  /** A bit for each two symbols that an anchor begins with. */
  pairs: Uint8Array;
}

/** @param anchors by pattern, its skeletons */
export function scannerTables(anchors: readonly (readonly string[])[]): ScannerTables {
  const alphabet = alphabetOf(anchors);
  const { edges, ...trie } = trieOf(anchors, alphabet);
  return {
    classes: alphabet.classes,
    astral: Int32Array.from([...alphabet.astral].flat()),
    edgeKeys: edges.keys,
    edgeTargets: edges.targets,
    ...trie,
  };
}

export function openScanner(tables: ScannerTables): Scanner {
  const { classes, root, firstOutput, outputPattern, outputNext, pairs } = tables;
  const edges = EdgeTable.of(tables.edgeKeys, tables.edgeTargets);
  const astral = new Map<number, number>();
  for (let at = 0; at < tables.astral.length; at += 2) astral.set(tables.astral[at]!, tables.astral[at + 1]!);
  /** By symbol: 1 where it is an anchor by itself. */
  const alone = Uint8Array.from(root, (state) => (firstOutput[state]! >= 0 ? 1 : 0));

  /** The symbol of a code point above U+FFFF that starts at `at`, or OTHER for half of one. */
  const astralSymbol = (text: string, at: number): number => {
    if (!isPair(text, at)) return OTHER;
    const point = ((text.charCodeAt(at) - 0xd800) << 10) + (text.charCodeAt(at + 1) - 0xdc00) + 0x10000;
    const to = foldAstral(point);
    if (to === 0) return DROPPED;
    return to > 0 ? classes[to]! : (astral.get(point) ?? OTHER);
  };

  let symbols = new Uint16Array(4096);
  let places = new Int32Array(4096);
  let starts = new Int32Array(4096);

  const report = (state: number, at: number, found: (pattern: number, at: number) => void) => {
    for (let o = firstOutput[state]!; o >= 0; o = outputNext[o]!) found(outputPattern[o]!, at);
  };

  const scan = (text: string, found: (pattern: number, at: number) => void): void => {
    const length = text.length;
    if (symbols.length <= length) {
      symbols = new Uint16Array(length * 2);
      places = new Int32Array(length * 2);
      starts = new Int32Array(length * 2);
    }
    let size = 0;
    let startCount = 0;
    // The symbol before, also across separators; and the same where a run of it would be one.
    let before = OTHER;
    let run = OTHER;
    for (let i = 0; i < length; i++) {
      let symbol = classes[text.charCodeAt(i)]!;
      const at = i;
      if (symbol < FIRST_SYMBOL) {
        if (symbol === SURROGATE) {
          symbol = astralSymbol(text, i);
          if (isPair(text, i)) i++;
        }
        if (symbol === DROPPED) continue;
        if (symbol === SEPARATOR) {
          // A separator ends a run: a character on both sides of one counts twice.
          run = OTHER;
          continue;
        }
        if (symbol === OTHER) {
          if (before !== OTHER) symbols[size++] = OTHER;
          before = OTHER;
          run = OTHER;
          continue;
        }
      }
      if (symbol === run) continue;
      run = symbol;
      symbols[size] = symbol;
      places[size] = at;
      if (alone[symbol] === 1) report(root[symbol]!, at, found);
      if (before !== OTHER) {
        const pair = pairOf(before, symbol);
        if ((pairs[pair >> 3]! & (1 << (pair & 7))) !== 0) starts[startCount++] = size - 1;
      }
      before = symbol;
      size++;
    }
    for (let s = 0; s < startCount; s++) {
      const start = starts[s]!;
      let state = root[symbols[start]!]!;
      for (let k = start + 1; k < size; k++) {
        const symbol = symbols[k]!;
        if (symbol === OTHER) break;
        state = edges.get(state, symbol);
        if (state === 0) break;
        if (firstOutput[state]! >= 0) report(state, places[start]!, found);
      }
    }
  };

  return { scan };
}

/** Numbers the characters of the anchors, and says for each UTF-16 unit which of them it is. */
function alphabetOf(anchors: readonly (readonly string[])[]) {
  const own = new Uint16Array(65536);
  const astral = new Map<number, number>();
  let symbolCount = FIRST_SYMBOL;
  for (const skeletons of anchors) {
    for (const skeleton of skeletons) {
      for (let at = 0; at < skeleton.length; at++) {
        const point = skeleton.codePointAt(at)!;
        if (point > 0xffff) {
          at++;
          if (!astral.has(point)) astral.set(point, symbolCount++);
        } else if (own[point] === 0) own[point] = symbolCount++;
      }
    }
  }
  if (symbolCount >= MOST_SYMBOLS) throw new RangeError(`${symbolCount} different characters`);
  const classes = new Uint16Array(65536);
  for (let unit = 0; unit < 65536; unit++) {
    const kind = KIND[unit]!;
    if (kind === Kind.dropped) classes[unit] = DROPPED;
    else if (kind === Kind.separator || kind === Kind.punctuation) classes[unit] = SEPARATOR;
    else if (kind === Kind.highSurrogate) classes[unit] = SURROGATE;
    else classes[unit] = own[FOLD[unit]!]!;
  }
  /** The symbols of a skeleton, written over those of the one before; returns how many. */
  const spell = (skeleton: string, into: Uint16Array): number => {
    let size = 0;
    for (let at = 0; at < skeleton.length; at++) {
      const point = skeleton.codePointAt(at)!;
      if (point > 0xffff) at++;
      into[size++] = point > 0xffff ? astral.get(point)! : own[point]!;
    }
    return size;
  };
  return { classes, astral, symbolCount, spell };
}

/** The anchors as a trie. */
function trieOf(anchors: readonly (readonly string[])[], { symbolCount, spell }: Alphabet) {
  let nodeLimit = 1;
  let longest = 0;
  for (const skeletons of anchors) {
    for (const skeleton of skeletons) {
      nodeLimit += skeleton.length;
      longest = Math.max(longest, skeleton.length);
    }
  }
  const edges = new EdgeTable();
  const firstOutput = new Int32Array(nodeLimit).fill(-1);
  const outputPattern: number[] = [];
  const outputNext: number[] = [];
  const root = new Int32Array(symbolCount);
  const pairs = new Uint8Array(1 << (PAIR_BITS - 3));
  const symbols = new Uint16Array(longest);
  let stateCount = 1;
  for (let pattern = 0; pattern < anchors.length; pattern++) {
    for (const skeleton of anchors[pattern]!) {
      const size = spell(skeleton, symbols);
      if (size === 0) continue;
      let state = 0;
      for (let i = 0; i < size; i++) {
        const symbol = symbols[i]!;
        let next = state === 0 ? root[symbol]! : edges.get(state, symbol);
        if (next === 0) {
          next = stateCount++;
          if (state === 0) root[symbol] = next;
          else edges.set(state, symbol, next);
        }
        state = next;
      }
      if (size > 1) setBit(pairs, pairOf(symbols[0]!, symbols[1]!));
      outputPattern.push(pattern);
      outputNext.push(firstOutput[state]!);
      firstOutput[state] = outputPattern.length - 1;
    }
  }
  return {
    edges,
    root,
    firstOutput: firstOutput.slice(0, stateCount),
    outputPattern: Int32Array.from(outputPattern),
    outputNext: Int32Array.from(outputNext),
    pairs,
  };
}

type Alphabet = ReturnType<typeof alphabetOf>;

function isPair(text: string, at: number): boolean {
  return at + 1 < text.length && KIND[text.charCodeAt(at + 1)] === Kind.lowSurrogate;
}

function pairOf(first: number, second: number): number {
  return Math.imul((first << SYMBOL_BITS) | second, 0x9e3779b1) >>> (32 - PAIR_BITS);
}

function setBit(bits: Uint8Array, at: number): void {
  bits[at >> 3] = bits[at >> 3]! | (1 << (at & 7));
}
