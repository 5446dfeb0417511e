/** Symbols have so many bits. */
export const SYMBOL_BITS = 13;

/** Symbols are smaller than this. */
export const MOST_SYMBOLS = 1 << SYMBOL_BITS;

/** A key is all 32 bits, sign and all: only whether two are equal is ever asked. */
const MOST_STATES = 2 ** (32 - SYMBOL_BITS);

/** (state, symbol) → state by open addressing; 0 is no edge. Half of the slots are free at least. */
export class EdgeTable {
  keys: Int32Array;
  targets: Int32Array;
  private count = 0;

  /** @param expected so many edges are set without growing */
  constructor(expected = 2048) {
    let size = 16;
    while (size < expected * 2) size *= 2;
    this.keys = new Int32Array(size);
    this.targets = new Int32Array(size);
  }

  /** The table whose `keys` and `targets` these are. No more edges can be set. */
  static of(keys: Int32Array, targets: Int32Array): EdgeTable {
    const table = new EdgeTable(0);
    table.keys = keys;
    table.targets = targets;
    return table;
  }

  get(state: number, symbol: number): number {
    const key = (state << SYMBOL_BITS) | symbol;
    const { keys } = this;
    const mask = keys.length - 1;
    let slot = hash(key) & mask;
    for (;;) {
      const there = keys[slot]!;
      if (there === key) return this.targets[slot]!;
      if (there === 0) return 0;
      slot = (slot + 1) & mask;
    }
  }

  /**
   * Sets an edge that is not there yet.
   *
   * @throws RangeError for more states than a key can tell apart
   */
  set(state: number, symbol: number, target: number): void {
    if (state >= MOST_STATES) throw new RangeError(`${state} states`);
    if (++this.count * 2 > this.keys.length) this.grow();
    this.put((state << SYMBOL_BITS) | symbol, target);
  }

  private put(key: number, target: number): void {
    const mask = this.keys.length - 1;
    let slot = hash(key) & mask;
    while (this.keys[slot] !== 0) slot = (slot + 1) & mask;
    this.keys[slot] = key;
    this.targets[slot] = target;
  }

  private grow(): void {
    const { keys, targets } = this;
    this.keys = new Int32Array(keys.length * 2);
    this.targets = new Int32Array(keys.length * 2);
    for (let slot = 0; slot < keys.length; slot++)
      if (keys[slot] !== 0) this.put(keys[slot]!, targets[slot]!);
  }
}

function hash(key: number): number {
  const mixed = Math.imul(key, 0x9e3779b1);
  return mixed ^ (mixed >>> 15);
}
