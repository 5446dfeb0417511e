import { FOLD, foldAstral, KIND, Kind } from './characters.js';

/**
 * One Aho-Corasick automaton over the *skeleton* of a text: folded, without separators, punctuation and invisible marks,
 * runs of the same character as one. The skeleton is never built; a table of character classes makes each unit a symbol on the way.
 * What comes out are candidates, a superset of the matches; each is verified on the normalised text.
 */
export interface Scanner {
  /** Whether any pattern below `guardFrom` has an anchor in the text. Allocates nothing. */
  mayMatch(text: string): boolean;
  /** Calls back for every anchor found: its pattern and the raw offset of the unit that completed it. */
  scan(text: string, found: (pattern: number, at: number) => void): void;
  readonly stateCount: number;
}

/** Classes of units that are no symbol. */
const OTHER = 0;
const DROPPED = 1;
const SEPARATOR = 2;
const SURROGATE = 3;
const FIRST_SYMBOL = 4;

const SYMBOL_BITS = 13;

/**
 * Builds the automaton. `anchors[p]` are the skeletons of pattern `p`; patterns from `guardFrom` on guard
 * others (allow words) and are no reason to look at a text.
 */
export function buildScanner(anchors: readonly (readonly string[])[], guardFrom: number): Scanner {
  const classes = new Uint16Array(65536);
  const astral = new Map<number, number>();
  let symbolCount = FIRST_SYMBOL;
  const symbolOf = new Map<number, number>();
  let nodeLimit = 1;
  for (const skeletons of anchors) {
    for (const skeleton of skeletons) {
      nodeLimit += skeleton.length;
      for (const char of skeleton) {
        const point = char.codePointAt(0)!;
        if (!symbolOf.has(point)) symbolOf.set(point, symbolCount++);
      }
    }
  }
  if (symbolCount >= 1 << SYMBOL_BITS) throw new RangeError(`${symbolCount} different characters`);
  for (let unit = 0; unit < 65536; unit++) {
    const kind = KIND[unit]!;
    if (kind === Kind.dropped) classes[unit] = DROPPED;
    else if (kind === Kind.separator || kind === Kind.punctuation) classes[unit] = SEPARATOR;
    else if (kind === Kind.highSurrogate) classes[unit] = SURROGATE;
    else classes[unit] = symbolOf.get(FOLD[unit]!) ?? OTHER;
  }
  for (const [point, symbol] of symbolOf) if (point > 0xffff) astral.set(point, symbol);

  const edges = new EdgeTable(nodeLimit);
  const fail = new Int32Array(nodeLimit);
  const firstOutput = new Int32Array(nodeLimit).fill(-1);
  const outputPattern: number[] = [];
  const outputNext: number[] = [];
  const children: number[] = [];
  let stateCount = 1;
  const parent = new Int32Array(nodeLimit);
  const parentSymbol = new Int32Array(nodeLimit);
  anchors.forEach((skeletons, pattern) => {
    for (const skeleton of skeletons) {
      let state = 0;
      for (const char of skeleton) {
        const symbol = symbolOf.get(char.codePointAt(0)!)!;
        let next = edges.get(state, symbol);
        if (next === 0) {
          next = stateCount++;
          edges.set(state, symbol, next);
          parent[next] = state;
          parentSymbol[next] = symbol;
          children.push(next);
        }
        state = next;
      }
      if (state === 0) continue;
      outputPattern.push(pattern);
      outputNext.push(firstOutput[state]!);
      firstOutput[state] = outputPattern.length - 1;
    }
  });

  const depth = new Int32Array(stateCount);
  for (const state of children) depth[state] = depth[parent[state]!]! + 1;
  // By depth, so that the fail states of all parents are known.
  children.sort((a, b) => depth[a]! - depth[b]!);
  const root = new Int32Array(symbolCount);
  for (let symbol = FIRST_SYMBOL; symbol < symbolCount; symbol++) root[symbol] = edges.get(0, symbol);
  /** The longest proper suffix that has an output, itself included; 0 for none. */
  const outputState = new Int32Array(stateCount);
  const reports = new Uint8Array(stateCount);
  for (const state of children) {
    const symbol = parentSymbol[state]!;
    let back = parent[state]!;
    let target = 0;
    while (back !== 0) {
      back = fail[back]!;
      target = back === 0 ? root[symbol]! : edges.get(back, symbol);
      if (target !== 0) break;
    }
    fail[state] = target;
    outputState[state] = firstOutput[state]! >= 0 ? state : outputState[target]!;
    reports[state] = reports[target]!;
    for (let o = firstOutput[state]!; o >= 0; o = outputNext[o]!)
      if (outputPattern[o]! < guardFrom) reports[state] = 1;
  }

  /** The symbol of a code point above U+FFFF that starts at `at`, or OTHER for half of one. */
  const astralSymbol = (text: string, at: number): number => {
    if (!isPair(text, at)) return OTHER;
    const point = ((text.charCodeAt(at) - 0xd800) << 10) + (text.charCodeAt(at + 1) - 0xdc00) + 0x10000;
    const to = foldAstral(point);
    if (to === 0) return DROPPED;
    return to > 0 ? classes[to]! : (astral.get(point) ?? OTHER);
  };
  const step = (state: number, symbol: number): number => {
    let from = state;
    while (from !== 0) {
      const next = edges.get(from, symbol);
      if (next !== 0) return next;
      from = fail[from]!;
    }
    return root[symbol]!;
  };

  const mayMatch = (text: string): boolean => {
    let state = 0;
    let previous = OTHER;
    const length = text.length;
    for (let i = 0; i < length; i++) {
      let symbol = classes[text.charCodeAt(i)]!;
      if (symbol === OTHER) {
        state = 0;
        previous = OTHER;
        continue;
      }
      if (symbol < FIRST_SYMBOL) {
        if (symbol === SURROGATE) {
          symbol = astralSymbol(text, i);
          if (isPair(text, i)) i++;
        }
        if (symbol === DROPPED) continue;
        // A separator ends a run: a character on both sides of one counts twice.
        if (symbol === SEPARATOR) {
          previous = OTHER;
          continue;
        }
      }
      if (symbol === previous) continue;
      previous = symbol;
      if (symbol === OTHER) {
        state = 0;
        continue;
      }
      state = state === 0 ? root[symbol]! : step(state, symbol);
      if (reports[state] === 1) return true;
    }
    return false;
  };

  const scan = (text: string, found: (pattern: number, at: number) => void): void => {
    let state = 0;
    let previous = OTHER;
    const length = text.length;
    for (let i = 0; i < length; i++) {
      const at = i;
      let symbol = classes[text.charCodeAt(i)]!;
      if (symbol === SURROGATE) {
        symbol = astralSymbol(text, i);
        if (isPair(text, i)) i++;
      }
      if (symbol === DROPPED) continue;
      if (symbol === SEPARATOR) {
        previous = OTHER;
        continue;
      }
      if (symbol === OTHER) {
        state = 0;
        previous = OTHER;
        continue;
      }
      if (symbol === previous) continue;
      previous = symbol;
      state = state === 0 ? root[symbol]! : step(state, symbol);
      for (let s = outputState[state]!; s !== 0; s = outputState[fail[s]!]!) {
        for (let o = firstOutput[s]!; o >= 0; o = outputNext[o]!) found(outputPattern[o]!, at);
      }
    }
  };

  return { mayMatch, scan, stateCount };
}

function isPair(text: string, at: number): boolean {
  return at + 1 < text.length && KIND[text.charCodeAt(at + 1)] === Kind.lowSurrogate;
}

/** (state, symbol) → state by open addressing; 0 is no edge. */
class EdgeTable {
  private readonly mask: number;
  private readonly keys: Int32Array;
  private readonly targets: Int32Array;

  constructor(edgeLimit: number) {
    if (edgeLimit > 1 << (31 - SYMBOL_BITS)) throw new RangeError(`${edgeLimit} automaton states`);
    let size = 16;
    while (size < edgeLimit * 2.5) size *= 2;
    this.mask = size - 1;
    this.keys = new Int32Array(size);
    this.targets = new Int32Array(size);
  }

  get(state: number, symbol: number): number {
    const key = (state << SYMBOL_BITS) | symbol;
    const { keys, mask } = this;
    let slot = hash(key) & mask;
    for (;;) {
      const there = keys[slot]!;
      if (there === key) return this.targets[slot]!;
      if (there === 0) return 0;
      slot = (slot + 1) & mask;
    }
  }

  set(state: number, symbol: number, target: number): void {
    const key = (state << SYMBOL_BITS) | symbol;
    let slot = hash(key) & this.mask;
    while (this.keys[slot] !== 0) slot = (slot + 1) & this.mask;
    this.keys[slot] = key;
    this.targets[slot] = target;
  }
}

function hash(key: number): number {
  const mixed = Math.imul(key, 0x9e3779b1);
  return mixed ^ (mixed >>> 15);
}
