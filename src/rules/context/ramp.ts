/** What a breach weighs at the least: whoever waited a second too long has waited too long. */
const FLOOR = 0.5;

/**
 * How slow a wait is: {@link FLOOR} at the threshold, 1 at the slowest. In between it grows with each doubling by the
 * same amount: from three minutes to six is as much worse as from six to twelve, since what a wait is felt to be goes by
 * its ratio to what was expected.
 *
 * @param waitMs longer than the threshold
 */
export function slowness(waitMs: number, thresholdSeconds: number, slowestSeconds: number): number {
  // Where nothing at all is allowed, a second is the least that can be told apart.
  const threshold = Math.max(1, thresholdSeconds);
  const waited = waitMs / 1000;
  if (waited >= slowestSeconds) return 1;
  const doublings = Math.log(Math.max(1, waited / threshold)) / Math.log(slowestSeconds / threshold);
  return FLOOR + (1 - FLOOR) * doublings;
}
