import type { Metric } from '../model/index.js';
import { wilson } from './intervals.js';

/** Why a figure may be missing; the words stand in `src/report/messages/terms.ts`. */
export const MISSING_REASONS = [
  'no-times',
  'no-waits',
  'no-turns',
  'no-replies',
  'no-customer-messages',
  'customers-unknown',
  'mixed-profiles',
  'log-too-short',
  'no-contacts',
  'no-customer-ids',
  'not-in-log',
  'no-promises',
] as const;

export type MissingReason = (typeof MISSING_REASONS)[number];

/** What the figures of a group have in common. */
type Base = Pick<Metric, 'of' | 'profile'>;

/** A share with Wilson's interval; missing, with the reason, where there is nothing to share. */
export function ratio(numerator: number, denominator: number, base: Base, reason: MissingReason): Metric {
  if (denominator === 0) return missing('ratio', base, reason);
  const [low, high] = wilson(numerator, denominator)!;
  return {
    ...proportion(numerator, denominator, base, reason),
    interval: [round4(low), round4(high)],
  };
}

/** A proportion between two counts that is no share of a whole (答问比), and so has no interval. */
export function proportion(
  numerator: number,
  denominator: number,
  base: Base,
  reason: MissingReason,
): Metric {
  if (denominator === 0) return missing('ratio', base, reason);
  return known('ratio', base, round4(numerator / denominator), numerator, denominator);
}

/** A mean of seconds, to thousandths. */
export function mean(sum: number, count: number, base: Base, reason: MissingReason): Metric {
  if (count === 0) return missing('seconds', base, reason);
  return known('seconds', base, Math.round((sum / count) * 1000) / 1000, sum, count);
}

/** A median or another quantile of `count` values; it is no quotient, so it has no numerator. */
export function quantile(value: number | null, count: number, base: Base, reason: MissingReason): Metric {
  if (value === null) return missing('seconds', base, reason);
  return known('seconds', base, value, null, count);
}

/** A plain number of things; null where the data cannot tell. */
export function count(value: number | null, base: Base, reason: MissingReason = 'no-times'): Metric {
  if (value === null) return missing('count', base, reason);
  return known('count', base, value, value, null);
}

/** A figure that the data cannot support. */
export function missing(unit: Metric['unit'], { of, profile }: Base, reason: MissingReason): Metric {
  return { value: null, numerator: null, denominator: null, unit, of, profile, interval: null, reason };
}

function known(
  unit: Metric['unit'],
  { of, profile }: Base,
  value: number,
  numerator: number | null,
  denominator: number | null,
): Metric {
  return { value, numerator, denominator, unit, of, profile, interval: null, reason: null };
}

/** Shares are kept to ten-thousandths. */
function round4(value: number): number {
  return Math.round(value * 10_000) / 10_000;
}
