import type { CaseMix } from '../model/index.js';
import { ratio } from './metrics.js';

/** From this hour to that one fewer colleagues are there to help. */
const LATE_FROM = 22;
const LATE_UNTIL = 8;

/**
 * What conversations an agent was given.
 *
 * @param hours conversations by the hour they began in
 * @param contacts those with customers who had been there before, out of all whose place is known
 */
export function caseMix(
  hours: readonly number[],
  contacts: { later: number; all: number } | undefined,
  profile: string,
): CaseMix {
  const sessions = { of: 'sessions', profile } as const;
  const timed = hours.reduce((sum, count) => sum + count, 0);
  const late = hours.reduce(
    (sum, count, hour) => (hour >= LATE_FROM || hour < LATE_UNTIL ? sum + count : sum),
    0,
  );
  return {
    byHour: Object.fromEntries(
      hours.flatMap((count, hour) => (count > 0 ? [[`${String(hour).padStart(2, '0')}:00`, count]] : [])),
    ),
    late: ratio(late, timed, sessions, 'no-times'),
    later: ratio(contacts?.later ?? 0, contacts?.all ?? 0, sessions, 'no-times'),
  };
}
