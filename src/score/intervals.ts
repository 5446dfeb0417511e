/** z of a two-sided 95 % interval. */
const Z = 1.959963984540054;

/**
 * Wilson score interval of a proportion: holds near 0 and 1 and for small samples, where the usual one does not.
 *
 * Source: E. B. Wilson, "Probable inference, the law of succession, and statistical inference", JASA 22 (1927).
 *
 * @param successes may be fractional (a mean of values in [0, 1] times their number)
 * @returns `[low, high]` in [0, 1], or null for an empty sample
 */
export function wilson(successes: number, total: number): [number, number] | null {
  if (total === 0) return null;
  const p = successes / total;
  const z2 = Z * Z;
  const centre = p + z2 / (2 * total);
  const spread = Z * Math.sqrt((p * (1 - p)) / total + z2 / (4 * total * total));
  const scale = 1 + z2 / total;
  return [Math.max(0, (centre - spread) / scale), Math.min(1, (centre + spread) / scale)];
}
