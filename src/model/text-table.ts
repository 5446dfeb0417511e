/** What is known of a text. */
interface Known {
  readonly text: string;
}

/** Places that are looked at for one text before another one is forgotten. */
const PROBES = 4;
const HASH_FACTOR = 0x01000193;

/** A hash with one more UTF-16 unit in it; that of no text is 0. (FNV-1a over units: Fowler, Noll and Vo.) */
export function hashed(hash: number, unit: number): number {
  return Math.imul(hash ^ unit, HASH_FACTOR);
}

/**
 * What is known of many short texts, found by a hash of them without making strings of the parts of a longer one. A fixed
 * number of places: a new text takes the place of one of the few others with nearly the same hash.
 */
export class TextTable<Value extends Known> {
  private readonly mask: number;
  private readonly hashes: Int32Array;
  private readonly values: (Value | undefined)[];
  private turn = 0;

  /** @param bits the places are 2 to the power of this */
  constructor(bits: number) {
    this.mask = (1 << bits) - 1;
    this.hashes = new Int32Array(1 << bits);
    this.values = new Array<Value | undefined>(1 << bits).fill(undefined);
  }

  /** What is known of `text.slice(from, to)`, whose hash is given, unit by unit as {@link hashed} makes it. */
  get(text: string, from: number, to: number, hash: number): Value | undefined {
    for (let probe = 0; probe < PROBES; probe++) {
      const at = this.placeOf(hash, probe);
      if (this.hashes[at] !== hash) continue;
      const value = this.values[at];
      if (value !== undefined && isSame(value.text, text, from, to)) return value;
    }
    return undefined;
  }

  set(hash: number, value: Value): void {
    let free = -1;
    for (let probe = 0; probe < PROBES && free < 0; probe++) {
      const at = this.placeOf(hash, probe);
      if (this.values[at] === undefined) free = at;
    }
    // Which one is forgotten depends on nothing but what came before: the same run forgets the same.
    if (free < 0) free = this.placeOf(hash, this.turn++ & (PROBES - 1));
    this.hashes[free] = hash;
    this.values[free] = value;
  }

  private placeOf(hash: number, probe: number): number {
    return ((hash ^ (hash >>> 15)) + probe) & this.mask;
  }
}

function isSame(known: string, text: string, from: number, to: number): boolean {
  if (known.length !== to - from) return false;
  for (let at = 0; at < known.length; at++)
    if (known.charCodeAt(at) !== text.charCodeAt(from + at)) return false;
  return true;
}
