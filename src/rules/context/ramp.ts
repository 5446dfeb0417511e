/**
 * How slow a wait is: 0 at the threshold, 1 at the slowest, straight in between, and never under `floor` once the
 * threshold is passed, so that a breach always shows.
 */
export function slowness(
  waitMs: number,
  thresholdSeconds: number,
  slowestSeconds: number,
  floor = 0.1,
): number {
  const threshold = thresholdSeconds * 1000;
  const slowest = Math.max(slowestSeconds * 1000, threshold + 1);
  const ramp = (waitMs - threshold) / (slowest - threshold);
  return Math.min(1, Math.max(floor, ramp));
}
