import { wilson } from '../score/intervals.js';
import { randomFrom } from './random.js';

/** A figure with its 95 % interval; both null where the data cannot support it. */
export interface Estimate {
  value: number | null;
  interval: [number, number] | null;
}

/** How often two verdicts met: `tp` both say yes, `fp` only the judged one, `fn` only the truth, `tn` neither. */
export interface Confusion {
  tp: number;
  fp: number;
  fn: number;
  tn: number;
}

const RESAMPLES = 2000;
const SEED = 20_260_301;

export const NO_ESTIMATE: Readonly<Estimate> = { value: null, interval: null };

/** A share with its Wilson interval. */
export function share(count: number, total: number): Estimate {
  return total === 0 ? NO_ESTIMATE : { value: count / total, interval: wilson(count, total) };
}

/** Of what was reported, how much was true. */
export function precision({ tp, fp }: Confusion): Estimate {
  return share(tp, tp + fp);
}

/** Of what is true, how much was reported. */
export function recall({ tp, fn }: Confusion): Estimate {
  return share(tp, tp + fn);
}

/**
 * Harmonic mean of precision and recall, with a percentile interval from 2,000 resamplings of the cases. Null where
 * nothing is true and nothing was reported.
 */
export function f1(confusion: Confusion): Estimate {
  const value = f1Of(confusion.tp, confusion.fp, confusion.fn);
  if (value === null) return NO_ESTIMATE;
  const { tp, fp, fn, tn } = confusion;
  const total = tp + fp + fn + tn;
  const random = randomFrom(SEED);
  const values: number[] = [];
  for (let round = 0; round < RESAMPLES; round++) {
    // Drawing cases with replacement is drawing their counts from a multinomial, one binomial after another.
    const drawnTp = binomial(random, total, tp / total);
    const drawnFp = binomial(random, total - drawnTp, ratio(fp, total - tp));
    const drawnFn = binomial(random, total - drawnTp - drawnFp, ratio(fn, total - tp - fp));
    const drawn = f1Of(drawnTp, drawnFp, drawnFn);
    if (drawn !== null) values.push(drawn);
  }
  return { value, interval: percentiles(values) };
}

function f1Of(tp: number, fp: number, fn: number): number | null {
  const denominator = 2 * tp + fp + fn;
  return denominator === 0 ? null : (2 * tp) / denominator;
}

function ratio(part: number, whole: number): number {
  return whole === 0 ? 0 : part / whole;
}

/** Number of successes in `n` trials of chance `p`; by gaps between successes, so rare ones cost little. */
function binomial(random: () => number, n: number, p: number): number {
  if (n <= 0 || p <= 0) return 0;
  if (p >= 1) return n;
  if (p > 0.5) return n - binomial(random, n, 1 - p);
  const log = Math.log1p(-p);
  let count = -1;
  let at = 0;
  do {
    at += Math.floor(Math.log(1 - random()) / log) + 1;
    count++;
  } while (at <= n);
  return count;
}

/** The middle 95 % of resampled values. */
function percentiles(values: number[]): [number, number] | null {
  if (values.length === 0) return null;
  values.sort((a, b) => a - b);
  const at = (share: number) => values[Math.round(share * (values.length - 1))]!;
  return [at(0.025), at(0.975)];
}

/** A number between what somebody drew again and again from the same cases and what they found: see {@link bootstrap}. */
export type Statistic<Case> = (cases: readonly Case[]) => number | null;

/**
 * A statistic of some cases, with a percentile interval from resampling them with replacement. Deterministic: the seed
 * is fixed.
 */
export function bootstrap<Case>(
  cases: readonly Case[],
  statistic: Statistic<Case>,
  { resamples = RESAMPLES, seed = SEED } = {},
): Estimate {
  const value = statistic(cases);
  if (value === null) return NO_ESTIMATE;
  const random = randomFrom(seed);
  const values: number[] = [];
  const drawn = new Array<Case>(cases.length);
  for (let round = 0; round < resamples; round++) {
    for (let at = 0; at < drawn.length; at++) drawn[at] = cases[Math.floor(random() * cases.length)]!;
    const one = statistic(drawn);
    if (one !== null) values.push(one);
  }
  return { value, interval: percentiles(values) };
}

/**
 * Cohen's kappa: how much two judges agree beyond chance, over any number of categories; 1 is always, 0 as chance would.
 *
 * Source: J. Cohen, "A coefficient of agreement for nominal scales", Educational and Psychological Measurement 20 (1960).
 *
 * @returns null without cases, and where both always gave the same one answer: chance then explains everything
 */
export function cohenKappa(pairs: readonly (readonly [unknown, unknown])[]): number | null {
  if (pairs.length === 0) return null;
  const first = new Map<unknown, number>();
  const second = new Map<unknown, number>();
  let agreed = 0;
  for (const [a, b] of pairs) {
    if (a === b) agreed++;
    first.set(a, (first.get(a) ?? 0) + 1);
    second.set(b, (second.get(b) ?? 0) + 1);
  }
  const n = pairs.length;
  let chance = 0;
  for (const [category, count] of first) chance += (count / n) * ((second.get(category) ?? 0) / n);
  if (chance >= 1) return null;
  return (agreed / n - chance) / (1 - chance);
}

/**
 * Spearman's rank correlation: Pearson's over the ranks, ties sharing the mean of theirs.
 *
 * @returns null with fewer than two cases or where one side never varies
 */
export function spearman(pairs: readonly (readonly [number, number])[]): number | null {
  if (pairs.length < 2) return null;
  return pearson(ranks(pairs.map(([x]) => x)), ranks(pairs.map(([, y]) => y)));
}

function ranks(values: readonly number[]): number[] {
  const order = values.map((_, index) => index).sort((a, b) => values[a]! - values[b]!);
  const result = new Array<number>(values.length);
  for (let start = 0; start < order.length; ) {
    let end = start + 1;
    while (end < order.length && values[order[end]!] === values[order[start]!]) end++;
    for (let at = start; at < end; at++) result[order[at]!] = (start + 1 + end) / 2;
    start = end;
  }
  return result;
}

function pearson(xs: readonly number[], ys: readonly number[]): number | null {
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const meanX = mean(xs);
  const meanY = mean(ys);
  let together = 0;
  let ofX = 0;
  let ofY = 0;
  for (let at = 0; at < xs.length; at++) {
    const x = xs[at]! - meanX;
    const y = ys[at]! - meanY;
    together += x * y;
    ofX += x * x;
    ofY += y * y;
  }
  return ofX === 0 || ofY === 0 ? null : together / Math.sqrt(ofX * ofY);
}

/**
 * Kendall's tau-b: concordant minus discordant pairs, corrected for ties on either side.
 *
 * Source: M. G. Kendall, "The treatment of ties in ranking problems", Biometrika 33 (1945).
 *
 * @returns null with fewer than two cases or where one side never varies
 */
export function kendallTauB(pairs: readonly (readonly [number, number])[]): number | null {
  let concordant = 0;
  let discordant = 0;
  let tiedX = 0;
  let tiedY = 0;
  for (let i = 0; i < pairs.length; i++) {
    const [x, y] = pairs[i]!;
    for (let j = i + 1; j < pairs.length; j++) {
      const dx = x - pairs[j]![0];
      const dy = y - pairs[j]![1];
      if (dx === 0) tiedX++;
      if (dy === 0) tiedY++;
      if (dx * dy > 0) concordant++;
      else if (dx * dy < 0) discordant++;
    }
  }
  const all = (pairs.length * (pairs.length - 1)) / 2;
  const denominator = Math.sqrt((all - tiedX) * (all - tiedY));
  return denominator === 0 ? null : (concordant - discordant) / denominator;
}
