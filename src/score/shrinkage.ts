/** What is known of the shares of a team before anyone in it is looked at: a beta distribution. */
export interface Prior {
  mean: number;
  /** How many observations the prior is worth; infinite where the team shows no differences beyond chance. */
  weight: number;
}

/**
 * The distribution of a share over a team, from its members' counts, by the method of moments: how much the members
 * differ beyond what chance makes of equal ones.
 *
 * Source: J. C. Kleinman, "Proportions with extraneous variance: single and independent samples", JASA 68 (1973).
 *
 * @returns null when there is nobody to compare with
 */
export function priorOf(members: readonly { hits: number; size: number }[]): Prior | null {
  const counted = members.filter(({ size }) => size > 0);
  const total = sum(counted, ({ size }) => size);
  if (counted.length < 2 || total === 0) return null;
  const mean = sum(counted, ({ hits }) => hits) / total;
  const chance = mean * (1 - mean);
  if (chance === 0) return { mean, weight: Number.POSITIVE_INFINITY };
  const spread = sum(counted, ({ hits, size }) => size * (hits / size - mean) ** 2);
  const degrees = counted.length - 1;
  const effective = total - sum(counted, ({ size }) => size ** 2) / total;
  // The intraclass correlation: 0 where all differ by chance alone, 1 where members are all or nothing.
  const correlation = (spread - chance * degrees) / (chance * (effective - degrees));
  if (!(correlation > 0)) return { mean, weight: Number.POSITIVE_INFINITY };
  return { mean, weight: 1 / Math.min(1, correlation) - 1 };
}

/**
 * A member's share, shrunk towards the team (the mean of the beta-binomial posterior): the fewer observations, the
 * nearer to the team.
 *
 * Source: G. Casella, "An introduction to empirical Bayes data analysis", The American Statistician 39 (1985).
 */
export function shrunk(hits: number, size: number, prior: Prior): number {
  if (prior.weight === Number.POSITIVE_INFINITY) return prior.mean;
  if (size + prior.weight === 0) return prior.mean;
  return (hits + prior.mean * prior.weight) / (size + prior.weight);
}

function sum<T>(list: readonly T[], pick: (one: T) => number): number {
  return list.reduce((total, one) => total + pick(one), 0);
}
