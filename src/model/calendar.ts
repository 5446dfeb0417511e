import type { Zone } from './zone.js';

/** Seconds since local midnight, `[startSecond, endSecond)`. */
export interface OpenHours {
  startSecond: number;
  endSecond: number;
}

const DAY_MS = 86_400_000;

/** The local day of an instant, as a number that grows by one a day (1970-01-01 is 0). */
export function dayOf(atMs: number, zone: Zone): number {
  return Math.floor((atMs + zone.offsetAt(atMs)) / DAY_MS);
}

/** `2026-03-01` of a day number. */
export function dateOfDay(day: number): string {
  return new Date(day * DAY_MS).toISOString().slice(0, 10);
}

/**
 * When a shop's agents are at work: hours by weekday, days that differ, and days on which nobody's waits count.
 *
 * Made from a user's file by `config/calendar.ts`; docs/metrics.md describes it.
 */
export class Calendar {
  /**
   * @param week hours by weekday, Monday first; no hours means closed
   * @param days hours of single days (holidays have none), by day number; they outrank the week
   * @param exempt day numbers on which waits count for nobody
   */
  constructor(
    private readonly week: readonly (readonly OpenHours[])[],
    private readonly days: ReadonlyMap<number, readonly OpenHours[]>,
    private readonly exempt: ReadonlySet<number>,
    private readonly zone: Zone,
  ) {}

  /** Opening hours of a day number. */
  hoursOn(day: number): readonly OpenHours[] {
    // 1970-01-01 was a Thursday, the fourth day of a week that begins on Monday.
    return this.days.get(day) ?? this.week[(((day + 3) % 7) + 7) % 7] ?? [];
  }

  /** True when waits that begin at this moment count for nobody (Spring Festival). */
  isExempt(atMs: number): boolean {
    return this.exempt.size > 0 && this.exempt.has(dayOf(atMs, this.zone));
  }

  /** True when a day has any hours. */
  isWorkday(atMs: number): boolean {
    return this.hoursOn(dayOf(atMs, this.zone)).length > 0;
  }

  /** Milliseconds of `[fromMs, toMs)` in which nobody was at work. */
  closedMs(fromMs: number, toMs: number): number {
    if (toMs <= fromMs) return 0;
    const from = fromMs + this.zone.offsetAt(fromMs);
    const to = toMs + this.zone.offsetAt(toMs);
    let open = 0;
    const last = Math.floor((to - 1) / DAY_MS);
    for (let day = Math.floor(from / DAY_MS); day <= last; day++) {
      for (const { startSecond, endSecond } of this.hoursOn(day)) {
        const start = Math.max(from, day * DAY_MS + startSecond * 1000);
        const end = Math.min(to, day * DAY_MS + endSecond * 1000);
        if (end > start) open += end - start;
      }
    }
    // Local time may run an hour more or less than real time where clocks change: never more closed than there was.
    return Math.min(toMs - fromMs, Math.max(0, to - from - open));
  }
}
