/** Symbols have so many bits. */
export const SYMBOL_BITS = 13;

/** Symbols are smaller than this. */
export const MOST_SYMBOLS = 1 << SYMBOL_BITS;

/** (state, symbol) → state by open addressing; 0 is no edge. */
export class EdgeTable {
  private readonly mask: number;
  private readonly keys: Int32Array;
  private readonly targets: Int32Array;

  constructor(edgeLimit: number) {
    // A key is all 32 bits, sign and all: only whether two are equal is ever asked.
    if (edgeLimit > 2 ** (32 - SYMBOL_BITS)) throw new RangeError(`${edgeLimit} states`);
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
