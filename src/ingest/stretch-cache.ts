/** Longer keys are not remembered: they hardly come again. */
const LONGEST_KEY = 512;
const ABSENT = 0xffff;
/**
 * Beyond this many all values are forgotten, and met anew: memory does not grow with the input, and what is looked up for
 * every line stays near the processor.
 */
const LIMIT = 4000;

/**
 * Remembers values by several stretches of a text together, without making strings of them: `begin`, `add` each stretch,
 * then `find`, and `store` where nothing was found.
 *
 * Names, accounts and session numbers repeat in line after line. Cutting them out of a chunk as strings, and hashing
 * these, costs more than everything else that is done with a line.
 */
export class StretchCache<T> {
  /** The key asked for: each stretch with its length before it. */
  private readonly key = new Uint16Array(LONGEST_KEY);
  private keyLength = 0;
  private hash = 0;
  /** Where the key in hand belongs, as {@link find} left it. */
  private slot = 0;

  private slots: Int32Array = new Int32Array(1024).fill(-1);
  private hashes: number[] = [];
  private values: T[] = [];
  /** The keys, one behind the other, and where each of them begins; the last number is where the next one goes. */
  private keys = new Uint16Array(4096);
  private starts: number[] = [0];

  begin(): void {
    this.keyLength = 0;
    this.hash = 0;
  }

  /** Adds `units[start … end - 1]` to the key. */
  add(units: Uint16Array, start: number, end: number): void {
    const { key } = this;
    let at = this.keyLength;
    const length = end - start;
    if (length >= LONGEST_KEY - at) {
      this.keyLength = LONGEST_KEY;
      return;
    }
    key[at++] = length;
    let hash = Math.imul(this.hash ^ length, 0x01000193);
    for (let from = start; from < end; from++) {
      const unit = units[from]!;
      key[at++] = unit;
      hash = Math.imul(hash ^ unit, 0x01000193);
    }
    this.keyLength = at;
    this.hash = hash;
  }

  /** Adds that there is no stretch here, which an empty one does not say. */
  addAbsent(): void {
    if (this.keyLength >= LONGEST_KEY) return;
    this.key[this.keyLength++] = ABSENT;
    this.hash = Math.imul(this.hash ^ ABSENT, 0x01000193);
  }

  find(): T | undefined {
    const { slots, key, keyLength, hash } = this;
    if (keyLength >= LONGEST_KEY) return undefined;
    const mask = slots.length - 1;
    let slot = (hash ^ (hash >>> 15)) & mask;
    for (;;) {
      const index = slots[slot]!;
      if (index < 0) break;
      if (this.hashes[index] === hash && this.isKey(index, key, keyLength)) return this.values[index];
      slot = (slot + 1) & mask;
    }
    this.slot = slot;
    return undefined;
  }

  /** Remembers a value under the key that {@link find} has just not found. */
  store(value: T): void {
    if (this.keyLength >= LONGEST_KEY) return;
    if (this.values.length >= LIMIT) this.clear();
    else if (2 * this.values.length >= this.slots.length) this.grow();
    const index = this.values.push(value) - 1;
    const start = this.starts[index]!;
    const end = start + this.keyLength;
    if (end > this.keys.length) {
      const keys = new Uint16Array(2 * end);
      keys.set(this.keys);
      this.keys = keys;
    }
    this.keys.set(this.key.subarray(0, this.keyLength), start);
    this.starts.push(end);
    this.hashes.push(this.hash);
    this.slots[this.slot] = index;
  }

  private isKey(index: number, key: Uint16Array, length: number): boolean {
    const { keys } = this;
    const start = this.starts[index]!;
    if (this.starts[index + 1]! - start !== length) return false;
    for (let at = 0; at < length; at++) if (keys[start + at] !== key[at]) return false;
    return true;
  }

  private clear(): void {
    this.hashes = [];
    this.values = [];
    this.starts = [0];
    this.slots.fill(-1);
    this.find();
  }

  private grow(): void {
    this.slots = new Int32Array(2 * this.slots.length).fill(-1);
    const mask = this.slots.length - 1;
    this.hashes.forEach((hash, index) => {
      let slot = (hash ^ (hash >>> 15)) & mask;
      while (this.slots[slot]! >= 0) slot = (slot + 1) & mask;
      this.slots[slot] = index;
    });
    this.find();
  }
}
