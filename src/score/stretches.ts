import { dayOf, type Zone } from '../model/index.js';
import type { Span } from './concurrency.js';
import { latestDays } from './latest-days.js';

/** Moments further apart than this have had a break between them. */
export const BREAK_MS = 15 * 60_000;

/** Stretches by the day they begin on, each `[from, to]` in milliseconds. */
export type StretchState = [day: number, stretches: [fromMs: number, toMs: number][]][];

/**
 * Stretches of moments that follow each other without a break. Which moments belong together does not depend on the
 * order in which they come, so that parts of an input give what the whole does. The latest days are kept
 * ({@link latestDays}).
 */
export class StretchTally {
  private readonly days = new Map<number, Span[]>();

  addMoment(atMs: number, zone: Zone): void {
    this.add(dayOf(atMs, zone), { fromMs: atMs, toMs: atMs });
  }

  /** The longest in milliseconds, across midnight as well; null when there is none. */
  longestMs(): number | null {
    let longest: number | null = null;
    let current: Span | null = null;
    for (const [, stretches] of this.sortedDays()) {
      for (const stretch of stretches) {
        current = current !== null && near(current, stretch) ? union(current, stretch) : stretch;
        longest = Math.max(longest ?? 0, current.toMs - current.fromMs);
      }
    }
    return longest;
  }

  toState(): StretchState {
    return this.sortedDays().map(([day, stretches]) => [
      day,
      stretches.map(({ fromMs, toMs }) => [fromMs, toMs]),
    ]);
  }

  absorb(state: StretchState): void {
    for (const [day, stretches] of state)
      for (const [fromMs, toMs] of stretches) this.add(day, { fromMs, toMs });
  }

  private add(day: number, added: Span): void {
    const stretches = this.days.get(day) ?? [];
    this.days.set(day, [
      ...stretches.filter((one) => !near(one, added)),
      stretches.filter((one) => near(one, added)).reduce(union, added),
    ]);
    latestDays(this.days);
  }

  private sortedDays(): [number, Span[]][] {
    return [...this.days]
      .sort((a, b) => a[0] - b[0])
      .map(([day, stretches]) => [day, stretches.toSorted((a, b) => a.fromMs - b.fromMs)]);
  }
}

function near(a: Span, b: Span): boolean {
  return a.fromMs - b.toMs <= BREAK_MS && b.fromMs - a.toMs <= BREAK_MS;
}

function union(a: Span, b: Span): Span {
  return { fromMs: Math.min(a.fromMs, b.fromMs), toMs: Math.max(a.toMs, b.toMs) };
}
