/** Waits up to this many seconds are counted in an array; the few that are longer in a map. */
const DENSE = 1024;

/** Whole seconds with their counts: exact quantiles, exact sums, and merging in any order gives the same. */
export class SecondsTally {
  private dense: Uint32Array = EMPTY;
  private readonly sparse = new Map<number, number>();
  count = 0;

  /** @param seconds a whole number, not negative */
  add(seconds: number, times = 1): void {
    this.count += times;
    if (seconds >= DENSE) {
      this.sparse.set(seconds, (this.sparse.get(seconds) ?? 0) + times);
      return;
    }
    if (seconds >= this.dense.length) this.grow(seconds);
    this.dense[seconds]! += times;
  }

  absorb(entries: Iterable<readonly [number, number]>): void {
    for (const [seconds, times] of entries) this.add(seconds, times);
  }

  /** Sum of all values, each counted for at most `cap` seconds. */
  sum(cap: number | null = null): number {
    let sum = 0;
    for (const [seconds, times] of this.entries())
      sum += (cap === null ? seconds : Math.min(seconds, cap)) * times;
    return sum;
  }

  /** How many values are at most `seconds`. */
  atMost(limit: number): number {
    let count = 0;
    for (const [seconds, times] of this.entries()) if (seconds <= limit) count += times;
    return count;
  }

  /** The smallest value that at least `share` of the values do not exceed (nearest rank), or null when empty. */
  quantile(share: number): number | null {
    if (this.count === 0) return null;
    const rank = Math.max(1, Math.ceil(share * this.count));
    let seen = 0;
    for (const [seconds, times] of this.entries()) {
      seen += times;
      if (seen >= rank) return seconds;
    }
    return null;
  }

  /** Values with their counts, in order of the values. */
  *entries(): Generator<[seconds: number, times: number]> {
    for (let seconds = 0; seconds < this.dense.length; seconds++) {
      const times = this.dense[seconds]!;
      if (times > 0) yield [seconds, times];
    }
    yield* [...this.sparse].sort((a, b) => a[0] - b[0]);
  }

  toJSON(): [number, number][] {
    return [...this.entries()];
  }

  private grow(seconds: number): void {
    let size = Math.max(64, this.dense.length);
    while (size <= seconds) size *= 2;
    const larger = new Uint32Array(size);
    larger.set(this.dense);
    this.dense = larger;
  }
}

const EMPTY = new Uint32Array(0);

/** Milliseconds as whole seconds, as all figures are counted. */
export function wholeSeconds(ms: number): number {
  return Math.round(ms / 1000);
}
