import { hashed } from '../model/text-table.js';
import { FOLD, isAlphanumeric, KIND, Kind } from './characters.js';

/**
 * Cuts a text where no match can go on: behind the marks that end a clause. People say the same clauses again and again,
 * in texts that differ, so what is known of a unit is worth keeping.
 *
 * There is no cut inside a mask, an emoji code or a link, and none before a clause of one character, which may belong to
 * a word that is spelled out with marks between its characters (see spelled-out.ts).
 */
export class UnitCutter {
  /** Where the units of the text at hand end, and a hash of each; the first `count` are good. */
  ends: Int32Array = new Int32Array(64);
  hashes: Int32Array = new Int32Array(64);
  count = 0;

  cut(text: string): void {
    const { length } = text;
    this.count = 0;
    let hash = 0;
    for (let at = 0; at < length; at++) {
      const unit = text.charCodeAt(at);
      hash = hashed(hash, unit);
      const mark = MARK[unit]!;
      if (mark === Mark.none) continue;
      let next = at + 1;
      if (mark === Mark.bracket) next = endOfMask(text, at);
      else if (mark === Mark.slash) next = endOfEmoji(text, at);
      else while (next < length && GOES_WITH_BREAK[text.charCodeAt(next)] === 1) next++;
      while (++at < next) hash = hashed(hash, text.charCodeAt(at));
      at--;
      if (mark !== Mark.break || next >= length || goesOn(text, next) || isOneCharacter(text, next)) continue;
      this.end(next, hash);
      hash = 0;
    }
    if (length > 0) this.end(length, hash);
  }

  private end(at: number, hash: number): void {
    if (this.count === this.ends.length) {
      this.ends = doubled(this.ends);
      this.hashes = doubled(this.hashes);
    }
    this.ends[this.count] = at;
    this.hashes[this.count++] = hash;
  }
}

function doubled(numbers: Int32Array): Int32Array {
  const more = new Int32Array(numbers.length * 2);
  more.set(numbers);
  return more;
}

const Mark = { none: 0, break: 1, bracket: 2, slash: 3 } as const;

/** Marks that no form, gap or context goes past. */
const BREAKS = new Set([...',。!?;\n\r\u2028\u2029'].map((mark) => mark.charCodeAt(0)));
const SPACE = 0x20;
const OPENING_BRACKET = 0x5b;
const SLASH = 0x2f;

/** What a raw unit means to the cutter, and whether it stays with the break before it: further breaks, and spaces. */
const MARK = new Uint8Array(65536);
const GOES_WITH_BREAK = new Uint8Array(65536);
for (let unit = 0; unit < 65536; unit++) {
  if (KIND[unit] === Kind.dropped) continue;
  const folded = FOLD[unit]!;
  if (BREAKS.has(folded)) MARK[unit] = Mark.break;
  else if (folded === OPENING_BRACKET) MARK[unit] = Mark.bracket;
  else if (folded === SLASH) MARK[unit] = Mark.slash;
  if (MARK[unit] === Mark.break || folded === SPACE) GOES_WITH_BREAK[unit] = 1;
}

/** Longest mask, with its brackets; see protect.ts. */
const MASK = 26;
/** Longest emoji code that begins with `/:`, with these two. */
const EMOJI = 6;
/** Longest syllable in Latin letters that may be one character of a word. */
const SYLLABLE = 6;

/** Behind the mask that begins at `from`, or behind its bracket where it is none. */
function endOfMask(text: string, from: number): number {
  for (let at = from + 1; at < text.length && at < from + MASK; at++) {
    const unit = FOLD[text.charCodeAt(at)];
    if (unit === 0x5d) return at + 1;
    if (unit === 0x5b || unit === 0x0a) break;
  }
  return from + 1;
}

/** Behind the longest emoji code that may begin at `from`, or behind its slash. */
function endOfEmoji(text: string, from: number): number {
  return FOLD[text.charCodeAt(from + 1)] === 0x3a ? Math.min(text.length, from + EMOJI) : from + 1;
}

/** Whether a link may go on behind the mark before `at`. */
function goesOn(text: string, at: number): boolean {
  const before = FOLD[text.charCodeAt(at - 1)]!;
  const unit = FOLD[text.charCodeAt(at)]!;
  return (
    (before === 0x3f || before === 0x3b || before === 0x21) &&
    (isAlphanumeric(unit) || unit === 0x5f || unit === 0x25)
  );
}

/** Whether the next words before a mark are one character, or a syllable, or none; or begin with a letter of a list. */
function isOneCharacter(text: string, from: number): boolean {
  if (isAlphanumeric(text.charCodeAt(from)) && !isAlphanumeric(text.charCodeAt(from + 1))) return true;
  let size = 0;
  let latin = 0;
  for (let at = from; at < text.length; at++) {
    const kind = KIND[text.charCodeAt(at)]!;
    if (kind === Kind.dropped || kind === Kind.separator) continue;
    if (kind === Kind.punctuation) {
      if (size === 0) continue;
      break;
    }
    if (kind === Kind.lowSurrogate) continue;
    size++;
    if (kind === Kind.letter) latin++;
    if (size > 1 && (latin < size || size > SYLLABLE)) return false;
  }
  return true;
}

/** Whether a unit of folded text is a mark behind which texts are cut. */
export function isBreak(unit: number): boolean {
  return MARK[unit] === Mark.break;
}
