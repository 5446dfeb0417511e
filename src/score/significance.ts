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
  const observed = hypergeometric(hits, size, allHits, allSize);
  // Tables as likely as the observed one count, whatever rounding makes of "as likely".
  const limit = observed * (1 + 1e-7);
  let total = 0;
  for (let k = least; k <= most; k++) {
    const chance = hypergeometric(k, size, allHits, allSize);
    if (chance <= limit) total += chance;
  }
  return Math.min(1, total);
}

/** Chance of `k` hits among `n` drawn without replacement from `total` of which `hits` are hits. */
function hypergeometric(k: number, n: number, hits: number, total: number): number {
  return Math.exp(logChoose(hits, k) + logChoose(total - hits, n - k) - logChoose(total, n));
}

function logChoose(n: number, k: number): number {
  return logFactorial(n) - logFactorial(k) - logFactorial(n - k);
}

const small: number[] = [0];

/** ln(n!), from a table for small n, by Stirling's series above. */
function logFactorial(n: number): number {
  if (n < 256) {
    for (let k = small.length; k <= n; k++) small.push(small[k - 1]! + Math.log(k));
    return small[n]!;
  }
  const x = n + 1;
  return (x - 0.5) * Math.log(x) - x + 0.5 * Math.log(2 * Math.PI) + 1 / (12 * x) - 1 / (360 * x ** 3);
}

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
