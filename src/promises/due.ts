import { type Calendar, dayOf, type Zone } from '../model/index.js';

/** By when something is due, as it was said. */
export type Due =
  /** `48小时`, `五分钟`: counted from when it was said. */
  | { kind: 'within'; ms: number }
  /** `三天内`: to the end of that day. */
  | { kind: 'days'; days: number }
  /** `1-3个工作日`: to the end of the last of them. */
  | { kind: 'working-days'; days: number }
  /** `今天`, `明天下午`, `后天18点前`. `second` is that of the local day, null for its end. */
  | { kind: 'day'; offset: number; second: number | null }
  /** `4点前`, without a day or a part of the day: the next time that clocks show it. */
  | { kind: 'clock'; second: number }
  /** `下班前`: to the end of the shop's day. */
  | { kind: 'closing'; offset: number }
  /** `周五`, `下周一上午`. Monday is 0; `weeks` is 0 for the week it is said in, null for the next such day. */
  | { kind: 'weekday'; weekday: number; weeks: number | null; second: number | null }
  /** `本周内`, `下周`: to the end of Sunday. */
  | { kind: 'week'; weeks: number }
  /** `3月5号`, `15号前`. */
  | { kind: 'date'; month: number | null; day: number; second: number | null }
  /** `月底`. */
  | { kind: 'month-end' };

/** What deadlines need to know of working days and hours; days are counted as by `dayOf`. */
export interface WorkingTime {
  isWorkday(day: number): boolean;
  /** When work ends on a day, in seconds since midnight; null where that is not known. */
  closingSecond(day: number): number | null;
}

/**
 * @param official public holidays and worked weekends; null counts Monday to Friday
 * @param shop when the shop's agents are at work; null for not known. A day on which the shop is closed is no working
 *   day either, but one on which it is open need not be one: 工作日 means those of banks and couriers.
 */
export function workingTime(official: Calendar | null, shop: Calendar | null): WorkingTime {
  return {
    isWorkday: (day) =>
      (official === null ? weekdayOf(day) < 5 : official.hoursOn(day).length > 0) &&
      (shop === null || shop.hoursOn(day).length > 0),
    closingSecond: (day) => {
      const hours = shop?.hoursOn(day) ?? [];
      return hours.length === 0 ? null : Math.max(...hours.map(({ endSecond }) => endSecond));
    },
  };
}

const DAY_MS = 86_400_000;
const DAY_SECONDS = 86_400;
/** A year's worth of days: where a calendar knows no working day at all, the search for one ends. */
const LONGEST_CLOSURE = 366;

/**
 * The last moment at which what was said may still be kept, in milliseconds since the epoch.
 *
 * A day lasts to its end: who says 明天 has not said when.
 *
 * @param saidMs when it was said
 */
export function dueAt(due: Due, saidMs: number, zone: Zone, work: WorkingTime): number {
  const day = dayOf(saidMs, zone);
  const at = (dayNumber: number, second: number | null): number =>
    zone.fromLocal(dayNumber * DAY_MS + (second ?? DAY_SECONDS) * 1000);
  switch (due.kind) {
    case 'within':
      return saidMs + due.ms;
    case 'days':
      return at(day + due.days, null);
    case 'working-days':
      return at(workingDay(day, Math.max(1, Math.ceil(due.days)), work), null);
    case 'day': {
      const moment = at(day + due.offset, due.second);
      // 下午给您回复, said at seven in the evening, still means today.
      return moment > saidMs ? moment : at(day + due.offset, null);
    }
    case 'clock': {
      // 4点前, said at two in the afternoon, is no time of the morning.
      for (const second of [due.second, due.second + DAY_SECONDS / 2]) {
        const moment = at(day, second);
        if (second <= DAY_SECONDS && moment > saidMs) return moment;
      }
      return at(day + 1, due.second);
    }
    case 'closing':
      return at(day + due.offset, work.closingSecond(day + due.offset));
    case 'weekday': {
      const today = weekdayOf(day);
      const ahead = due.weeks === null ? (due.weekday - today + 7) % 7 : due.weekday - today + 7 * due.weeks;
      return at(day + Math.max(0, ahead), due.second);
    }
    case 'week':
      return at(day + 6 - weekdayOf(day) + 7 * due.weeks, null);
    case 'date':
      return at(dateAfter(day, due.month, due.day), due.second);
    case 'month-end': {
      const date = new Date(day * DAY_MS);
      return at(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0) / DAY_MS, null);
    }
  }
}

/** True when it is due on the day on which it was said. */
export function isSameDay(dueMs: number, saidMs: number, zone: Zone): boolean {
  // The end of a day is the first moment of the next.
  return dayOf(dueMs - 1, zone) === dayOf(saidMs, zone);
}

/** Monday is 0. */
function weekdayOf(day: number): number {
  // 1970-01-01 was a Thursday.
  return (((day + 3) % 7) + 7) % 7;
}

/** The `count`-th working day after a day. */
function workingDay(day: number, count: number, work: WorkingTime): number {
  let left = count;
  let at = day;
  for (let tried = 0; left > 0 && tried < LONGEST_CLOSURE; tried++) {
    at++;
    if (work.isWorkday(at)) left--;
  }
  return at;
}

/** The next day of that date, today included; 31号 in a month without one is its last day. */
function dateAfter(day: number, month: number | null, dayOfMonth: number): number {
  const today = new Date(day * DAY_MS);
  for (let ahead = 0; ahead <= 12; ahead++) {
    const year = today.getUTCFullYear();
    const monthIndex = today.getUTCMonth() + ahead;
    if (month !== null && (monthIndex % 12) + 1 !== month) continue;
    const last = new Date(Date.UTC(year, monthIndex + 1, 0)).getUTCDate();
    const candidate = Date.UTC(year, monthIndex, Math.min(dayOfMonth, last)) / DAY_MS;
    if (candidate >= day) return candidate;
  }
  return day;
}
