import type { Period } from '../conversation/period.js';
import { parseTimestamp } from '../ingest/timestamps.js';
import { KefuError, type Zone } from '../model/index.js';

const DATE = /^\d{4}-\d{1,2}-\d{1,2}$/;
const DAY_MS = 86_400_000;

/**
 * Reads `--since` and `--until`: a local date, a local time, or an ISO time with offset. A plain date as `until` stands
 * for the whole of that day.
 *
 * @throws KefuError `usage` when one of them is no time, or the period is empty
 */
export function resolvePeriod(since: string | null, until: string | null, zone: Zone): Period {
  const sinceMs = since === null ? null : instant('--since', since, zone);
  let untilMs = until === null ? null : instant('--until', until, zone);
  if (until !== null && untilMs !== null && DATE.test(until.trim())) {
    // The next local midnight, also on days of 23 or 25 hours.
    const next = new Date(untilMs + zone.offsetAt(untilMs) + DAY_MS);
    untilMs = zone.toMs(next.getUTCFullYear(), next.getUTCMonth() + 1, next.getUTCDate(), 0, 0, 0);
  }
  if (sinceMs !== null && untilMs !== null && sinceMs >= untilMs) {
    throw new KefuError('usage', {
      data: { problem: 'empty-period', since: since ?? '', until: until ?? '' },
    });
  }
  return { sinceMs, untilMs };
}

function instant(flag: string, value: string, zone: Zone): number {
  const text = value.trim();
  const atMs = parseTimestamp(DATE.test(text) ? `${text} 00:00:00` : text, zone);
  if (atMs === null) throw new KefuError('usage', { data: { problem: 'bad-time', flag, value } });
  return atMs;
}
