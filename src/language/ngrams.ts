import { FOLD, KIND, Kind } from './characters.js';

/** Stands for everything between Han characters: punctuation, spaces, letters, digits, emoji, the ends of the text. */
export const BOUNDARY = 0x23;

/** The longest n-gram of the model. */
export const LONGEST_GRAM = 3;

/** A text as the model reads it. Buffers are reused: only the first `length` places count. */
export interface Symbols {
  length: number;
  /** Folded Han characters, and {@link BOUNDARY} where a stretch of them begins and ends; never two in a row. */
  codes: Uint16Array;
  /** Where each symbol stands in the raw text. */
  at: Int32Array;
}

export function newSymbols(): Symbols {
  return { length: 0, codes: new Uint16Array(256), at: new Int32Array(256) };
}

/**
 * Reads a text into symbols: width and Traditional characters folded, invisible marks dropped, of three equal characters
 * in a row two are kept, what stands in short brackets is no language. No segmenter is asked, so the same text gives the same symbols everywhere.
 */
export function readSymbols(text: string, into: Symbols): void {
  const { length } = text;
  if (into.codes.length < length + 2) {
    into.codes = new Uint16Array(length * 2 + 2);
    into.at = new Int32Array(length * 2 + 2);
  }
  const { codes, at } = into;
  codes[0] = BOUNDARY;
  at[0] = 0;
  let size = 1;
  for (let index = 0; index < length; index++) {
    const unit = text.charCodeAt(index);
    const kind = KIND[unit];
    if (kind === Kind.dropped) continue;
    const code = kind === Kind.han ? FOLD[unit]! : BOUNDARY;
    const start = index;
    if (unit === BRACKET) index = endOfBracket(text, index);
    const last = codes[size - 1];
    if (code === last && (code === BOUNDARY || codes[size - 2] === code)) continue;
    codes[size] = code;
    at[size++] = start;
  }
  if (codes[size - 1] !== BOUNDARY) {
    codes[size] = BOUNDARY;
    at[size++] = length;
  }
  into.length = size;
}

const BRACKET = 0x5b;
const BRACKET_END = 0x5d;
/** Between brackets stand masks and the clients' names of emoji, [捂脸], and those are short. */
const LONGEST_BRACKET = 10;

/** Where a short stretch in brackets ends that begins at `from`; `from` where none does. */
function endOfBracket(text: string, from: number): number {
  const last = Math.min(text.length, from + LONGEST_BRACKET) - 1;
  for (let at = from + 1; at <= last; at++) if (text.charCodeAt(at) === BRACKET_END) return at;
  return from;
}

/** The different n-grams of symbols: up to three characters, or fewer with the boundary before or after them. */
export function gramsOf({ length, codes }: Symbols): Set<string> {
  const grams = new Set<string>();
  for (let from = 0; from < length; from++) {
    let gram = '';
    for (let at = from; at < length && at < from + LONGEST_GRAM; at++) {
      gram += String.fromCharCode(codes[at]!);
      if (gram !== BOUNDARY_GRAM) grams.add(gram);
      if (codes[at] === BOUNDARY && at > from) break;
    }
  }
  return grams;
}

const BOUNDARY_GRAM = String.fromCharCode(BOUNDARY);
