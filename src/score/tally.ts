/** Whole seconds with their counts: exact quantiles, exact sums, and merging in any order gives the same. */
export class SecondsTally {
  private readonly counts = new Map<number, number>();
  count = 0;

  add(ms: number, times = 1): void {
    const seconds = Math.round(ms / 1000);
    this.counts.set(seconds, (this.counts.get(seconds) ?? 0) + times);
    this.count += times;
  }

  absorb(other: SecondsTally): void {
    for (const [seconds, times] of other.counts) this.add(seconds * 1000, times);
  }

  /** Sum of all values, each counted for at most `cap` seconds. */
  sum(cap: number | null = null): number {
    let sum = 0;
    for (const [seconds, times] of this.counts)
      sum += (cap === null ? seconds : Math.min(seconds, cap)) * times;
    return sum;
  }

  /** How many values are at most `seconds`. */
  atMost(limit: number): number {
    let count = 0;
    for (const [seconds, times] of this.counts) if (seconds <= limit) count += times;
    return count;
  }

  /** The smallest value that at least `share` of the values do not exceed (nearest rank), or null when empty. */
  quantile(share: number): number | null {
    if (this.count === 0) return null;
    const rank = Math.max(1, Math.ceil(share * this.count));
    let seen = 0;
    for (const [seconds, times] of [...this.counts].sort((a, b) => a[0] - b[0])) {
      seen += times;
      if (seen >= rank) return seconds;
    }
    return null;
  }

  toJSON(): [number, number][] {
    return [...this.counts].sort((a, b) => a[0] - b[0]);
  }

  static fromJSON(entries: readonly [number, number][]): SecondsTally {
    const tally = new SecondsTally();
    for (const [seconds, times] of entries) tally.add(seconds * 1000, times);
    return tally;
  }
}
