/**
 * Fisher's exact test, two-sided: how likely a table at least as uneven as this one is when group and outcome have
 * nothing to do with each other. Exact for any size, and so also for the few abusive turns of a month.
 *
 * Source: R. A. Fisher, "Statistical Methods for Research Workers" (1925, section 21.02 of later editions); two-sided
 * by adding up all tables that are no likelier than the observed one (Freeman and Halton 1951).
 *
 * @param hits of the group, out of `size`
 * @param allHits of the group and all others, out of `allSize`
 */
export function fisherExact(hits: number, size: number, allHits: number, allSize: number): number {
  const least = Math.max(0, size + allHits - allSize);
  const most = Math.min(size, allHits);
  if (least === most) return 1;
  /** How much likelier `k + 1` hits are than `k` (hypergeometric). */
  const rise = (k: number): number =>
    ((allHits - k) * (size - k)) / ((k + 1) * (allSize - allHits - size + k + 1));
  const mode = Math.min(most, Math.max(least, Math.floor(((size + 1) * (allHits + 1)) / (allSize + 2))));
  // Chances relative to that of the likeliest table: sums need no factorials, and the far ends can be left out.
  let observed = 1;
  for (let k = mode; k < hits; k++) observed *= rise(k);
  for (let k = mode; k > hits; k--) observed /= rise(k - 1);
  // Tables as likely as the observed one count, whatever rounding makes of "as likely".
  const limit = observed * (1 + 1e-7);
  const negligible = Math.min(observed, 1) * 1e-18;
  let all = 0;
  let asUneven = 0;
  const add = (chance: number): boolean => {
    all += chance;
    if (chance <= limit) asUneven += chance;
    return chance > negligible;
  };
  for (let k = mode, chance = 1; add(chance) && k < most; k++) chance *= rise(k);
  for (let k = mode, chance = 1; k > least; k--) {
    chance /= rise(k - 1);
    if (!add(chance)) break;
  }
  return Math.min(1, Math.max(SMALLEST, asUneven / all));
}

/** Smaller chances than this are told as this. */
const SMALLEST = 1e-300;

/**
 * Adjusts p-values for how many there are, so that of all that fall under a level only that share is expected to be
 * false alarms.
 *
 * Source: Y. Benjamini and Y. Hochberg, "Controlling the false discovery rate", JRSS B 57 (1995).
 *
 * @returns q-values in the order of the input
 */
export function benjaminiHochberg(pValues: readonly number[]): number[] {
  const order = pValues.map((p, at) => ({ p, at })).sort((a, b) => b.p - a.p);
  const q = new Array<number>(pValues.length);
  let lowest = 1;
  order.forEach(({ p, at }, fromTop) => {
    // The factor first: it is at least 1, so that no rounding makes q smaller than p.
    lowest = Math.min(lowest, p * (pValues.length / (pValues.length - fromTop)));
    q[at] = lowest;
  });
  return q;
}
