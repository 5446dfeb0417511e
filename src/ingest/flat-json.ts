/** What stands under a key, as {@link FlatObjectScanner.states} tells. */
export const ABSENT = 0;
export const NULL = 1;
/** A string that is what its stretch of the text says. */
export const STRING = 2;
/** A string with escapes; whether they are right has not been looked at. */
export const ESCAPED = 3;
/** A whole number, not negative, of at most 15 digits. */
export const INTEGER = 4;
/** An object that a scanner of its own has read. */
export const OBJECT = 5;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const BLANK = 0x20;

/**
 * Finds the values of a flat JSON object in a text, as stretches of it, without making anything: for lines by the
 * million that all have the same few keys. What it does not know — other keys or one twice, blanks in odd places, numbers
 * with a fraction — it gives back to `JSON.parse`; what it reads, it reads as `JSON.parse` does.
 */
export class FlatObjectScanner {
  /** By key: what stands there, and where it begins and ends (of strings, without the quotes). */
  readonly states: Uint8Array;
  readonly starts: Int32Array;
  readonly ends: Int32Array;

  /** Each key with what stands behind it: `text":`. */
  private readonly keys: readonly Uint16Array[];
  private readonly inner: readonly (FlatObjectScanner | null)[];
  /** By key, and first of all: the key that came next last time. Lines of one file have them all in one order. */
  private readonly following: Uint8Array;

  /**
   * @param keys what an object may have; none of them is written with escapes
   * @param inner scanners of those that are objects themselves
   */
  constructor(keys: readonly string[], inner: Readonly<Record<string, FlatObjectScanner>> = {}) {
    this.keys = keys.map((key) => Uint16Array.from(`${key}":`, (unit) => unit.charCodeAt(0)));
    this.inner = keys.map((key) => inner[key] ?? null);
    this.states = new Uint8Array(keys.length);
    this.starts = new Int32Array(keys.length);
    this.ends = new Int32Array(keys.length);
    this.following = new Uint8Array(keys.length + 1);
  }

  /**
   * @param units of a text, with a control character at its end
   * @param from where the object begins
   * @returns where the text goes on behind the object, or -1 where it has to be read otherwise
   */
  scan(units: Uint16Array, from: number): number {
    const { states, starts, ends, keys, following } = this;
    states.fill(ABSENT);
    let at = from;
    let before = keys.length;
    if (units[at] !== 0x7b) return -1;
    for (;;) {
      at++;
      if (before !== keys.length) while (units[at] === BLANK) at++;
      if (units[at++] !== QUOTE) return -1;
      let key = following[before]!;
      if (!startsWith(units, at, keys[key]!)) {
        key = keys.findIndex((one) => startsWith(units, at, one));
        if (key < 0) return -1;
        following[before] = key;
      }
      if (states[key] !== ABSENT) return -1;
      before = key;
      at += keys[key]!.length;
      while (units[at] === BLANK) at++;
      const unit = units[at]!;
      if (unit === QUOTE) {
        let state = STRING;
        starts[key] = ++at;
        for (;;) {
          const one = units[at]!;
          if (one === QUOTE) break;
          if (one < BLANK) return -1;
          if (one === BACKSLASH) {
            state = ESCAPED;
            if (units[++at]! < BLANK) return -1;
          }
          at++;
        }
        states[key] = state;
        ends[key] = at++;
      } else if (unit === 0x6e) {
        if (units[at + 1] !== 0x75 || units[at + 2] !== 0x6c || units[at + 3] !== 0x6c) return -1;
        states[key] = NULL;
        at += 4;
      } else if (isDigit(unit)) {
        starts[key] = at;
        while (isDigit(units[at]!)) at++;
        const length = at - starts[key]!;
        if (length > 15 || (unit === 0x30 && length > 1)) return -1;
        states[key] = INTEGER;
        ends[key] = at;
      } else {
        const scanner = this.inner[key];
        if (unit !== 0x7b || !scanner) return -1;
        at = scanner.scan(units, at);
        if (at < 0) return -1;
        states[key] = OBJECT;
      }
      if (units[at] === 0x7d) return at + 1;
      if (units[at] !== 0x2c) return -1;
    }
  }
}

function startsWith(units: Uint16Array, start: number, wanted: Uint16Array): boolean {
  for (let at = 0; at < wanted.length; at++) if (units[start + at] !== wanted[at]) return false;
  return true;
}

function isDigit(unit: number): boolean {
  return unit >= 0x30 && unit <= 0x39;
}
