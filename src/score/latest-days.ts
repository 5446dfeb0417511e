/** Days that figures by day are kept for: more than a year of one shop's records. */
export const DAYS_KEPT = 400;

/**
 * Drops the earliest day of a map by day number when there are more than {@link DAYS_KEPT}. A day among the latest of the
 * whole is among the latest of every part that has it, so that parts merge to the same.
 *
 * @returns true when one was dropped
 */
export function latestDays(byDay: Map<number, unknown>): boolean {
  if (byDay.size <= DAYS_KEPT) return false;
  byDay.delete(Math.min(...byDay.keys()));
  return true;
}
