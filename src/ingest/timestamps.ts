import type { Zone } from '../model/zone.js';

/**
 * Which number comes first where the year comes last: `3/1/2026` is the 1st of March for `month-first` (US Windows, QQ)
 * and the 3rd of January for `day-first`.
 */
export type DateOrder = 'month-first' | 'day-first';

/** Years outside this range are typing errors or unset clocks, not dates of a chat. */
const MIN_YEAR = 1990;
const MAX_YEAR = 2100;

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const DAYS_IN_MONTH = [0, 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

const DATE = [
  String.raw`(?<year>\d{4})(?<s1>[-/.])(?<month>\d{1,2})\k<s1>(?<day>\d{1,2})`,
  String.raw`(?<year>\d{4})年(?<month>\d{1,2})月(?<day>\d{1,2})[日号]`,
  String.raw`(?<first>\d{1,2})(?<s2>[-/.])(?<second>\d{1,2})\k<s2>(?<year>\d{4})`,
  String.raw`(?<year>\d{4})(?<month>\d\d)(?<day>\d\d)`,
];
const HALF = String.raw`(?:上午|下午|中午|凌晨|清晨|早上|早晨|傍晚|晚上|半夜|[AaPp]\.?[Mm]\.?)`;
const CLOCK = [
  String.raw`(?<before>${HALF})? ?(?<hour>\d{1,2})[:：](?<minute>\d\d)(?:[:：](?<sec>\d\d)(?:[.,](?<fraction>\d{1,9}))?)? ?(?<after>${HALF})?`,
  String.raw`(?<before>${HALF})? ?(?<hour>\d{1,2})[时点](?<minute>\d{1,2})分?(?:(?<sec>\d{1,2})秒?)?`,
];
const ZONE = String.raw`(?: ?(?<zone>Z|z|UTC|GMT|[+-]\d\d(?::?\d\d)?))?`;
const WEEKDAY = String.raw`(?: ?[（(]?(?:星期|周)[一二三四五六日天][）)]?)?`;

/**
 * One expression for each pair of a date and a clock: in Node 20 one alternation cannot hold two groups of one name.
 */
const FORMS: readonly RegExp[] = [
  ...DATE.flatMap((date) =>
    CLOCK.map((clock) => new RegExp(`^${date}${WEEKDAY}(?: |T|t|, ?)?${clock}${ZONE}$`)),
  ),
  /^(?<year>\d{4})(?<month>\d\d)(?<day>\d\d)(?<hour>\d\d)(?<minute>\d\d)(?<sec>\d\d)$/,
];

/** No-break, narrow and wide spaces that locales put between a time and AM/PM, and tabs. */
const SPACES = /[\s\u00a0\u2009\u202f\u3000]+/g;

/**
 * Reads the local timestamps of one input.
 *
 * Built for columns of equal timestamps: the usual `2026-03-01 10:00:00` is read by character codes, and the instant of
 * midnight is kept by day, so that the zone is asked once a day and not once a message.
 */
export class TimestampParser {
  private readonly zone: Zone;
  private readonly order: DateOrder;
  private day = -1;
  private midnightMs = Number.NaN;
  /** Date and zone of the timestamp that {@link parseUnits} read last, and when their day began; NaN for none. */
  private readonly lastDate = new Uint16Array(DATE_LENGTH);
  private readonly lastZone = new Uint16Array(OFFSET_LENGTH);
  private lastZoneLength = 0;
  private lastDayMs = Number.NaN;

  constructor(zone: Zone, order: DateOrder = 'month-first') {
    this.zone = zone;
    this.order = order;
  }

  /**
   * The instant of a timestamp in milliseconds, or null where `text` is none, names an impossible date or time, or a
   * year outside 1990–2100.
   *
   * Read are `YYYY-MM-DD HH:mm[:ss[.mmm]]` with `-`, `/` or `.`, with or without leading zeros, a blank or `T` between,
   * `Z`, `+08:00` or `+0800` behind; `M/D/YYYY` and `D/M/YYYY` by the order given; `YYYY年M月D日`; 12-hour clocks with
   * AM/PM, 上午, 下午, 凌晨, 早上, 中午, 傍晚, 晚上 before or AM/PM after; `YYYYMMDDHHmmss`; seconds (10 digits),
   * milliseconds (13), microseconds (16) or nanoseconds (19) since the epoch. A date alone is no timestamp: midnight would be invented.
   */
  parse(text: string): number | null {
    const quick = this.parseUsual(text);
    return quick === undefined ? this.parseAny(text) : quick;
  }

  /**
   * {@link parse} of a stretch of a text. Of a timestamp such as `2026-03-01 10:00:00`, with `T`, milliseconds or an
   * offset or without, only the time is read where date and zone are those of the one before.
   *
   * @param units the text's UTF-16 units
   */
  parseUnits(units: Uint16Array, start: number, end: number, text: string): number | null {
    const zone = zoneStart(units, start, end);
    const ofDay = timeOfDay(units, start, zone);
    if (ofDay >= 0 && this.isLastDay(units, start, zone, end)) return this.lastDayMs + ofDay;
    const atMs = this.parse(text.slice(start, end));
    if (atMs !== null && ofDay >= 0 && isDay(units, start) && isOffset(units, zone, end)) {
      this.lastDate.set(units.subarray(start, start + DATE_LENGTH));
      this.lastZone.set(units.subarray(zone, end));
      this.lastZoneLength = end - zone;
      // The day of a local time is the one that was asked for last; where clocks change, it does not tell the others.
      this.lastDayMs = zone === end && Number.isNaN(this.midnightMs) ? Number.NaN : atMs - ofDay;
    }
    return atMs;
  }

  private isLastDay(units: Uint16Array, start: number, zone: number, end: number): boolean {
    const { lastDate, lastZone } = this;
    if (end - zone !== this.lastZoneLength || Number.isNaN(this.lastDayMs)) return false;
    for (let at = 0; at < DATE_LENGTH; at++) if (units[start + at] !== lastDate[at]) return false;
    for (let at = zone; at < end; at++) if (units[at] !== lastZone[at - zone]) return false;
    return true;
  }

  /** Year-first timestamps in digits, with or without AM/PM behind; undefined where the text is written otherwise. */
  private parseUsual(text: string): number | null | undefined {
    let length = text.length;
    if (length < 14 || length > 26) return undefined;
    let noon = 0;
    if ((text.charCodeAt(length - 1) | 0x20) === 0x6d) {
      const half = text.charCodeAt(length - 2) | 0x20;
      noon = half === 0x61 ? 1 : half === 0x70 ? 2 : 3;
      length -= isBlank(text.charCodeAt(length - 3)) ? 3 : 2;
    }
    const year = number2(text, 0) * 100 + number2(text, 2);
    const separator = text.charCodeAt(4);
    if (separator !== 0x2d && separator !== 0x2f && separator !== 0x2e) return undefined;
    const month = number12(text, 5);
    let at = month < 10 && text.charCodeAt(6) === separator ? 6 : 7;
    if (text.charCodeAt(at) !== separator) return undefined;
    const day = number12(text, ++at);
    at += isDigit(text.charCodeAt(at + 1)) ? 2 : 1;
    const blank = text.charCodeAt(at);
    if (blank !== 0x20 && blank !== 0x54) return undefined;
    let hour = number12(text, ++at);
    at += isDigit(text.charCodeAt(at + 1)) ? 2 : 1;
    if (text.charCodeAt(at) !== 0x3a) return undefined;
    const minute = number2(text, at + 1);
    at += 3;
    let second = 0;
    let milli = 0;
    if (at !== length) {
      if (text.charCodeAt(at) !== 0x3a) return undefined;
      second = number2(text, at + 1);
      at += 3;
      if (at !== length) {
        if (text.charCodeAt(at) !== 0x2e || length !== at + 4) return undefined;
        milli = number2(text, at + 1) * 10 + number1(text, at + 3);
      }
    }
    // What was no digit counts thousands, so that one comparison finds it.
    if (year + month + day + hour + minute + second + milli >= NO_DIGIT) return undefined;
    if (noon !== 0) {
      if (noon === 3 || hour > 12) return undefined;
      hour = (hour % 12) + (noon === 2 ? 12 : 0);
    }
    return this.instant(year, month, day, hour, minute, second, milli, null);
  }

  private parseAny(text: string): number | null {
    if (text.length > 64) return null;
    let plain = text.replace(SPACES, ' ').trim();
    // A leading apostrophe marks text cells in spreadsheets.
    if (plain.startsWith("'")) plain = plain.slice(1);
    const epoch = parseEpoch(plain);
    if (epoch !== null) return epoch;
    for (const form of FORMS) {
      const groups = form.exec(plain)?.groups;
      if (groups) return this.fromGroups(groups);
    }
    return null;
  }

  private fromGroups(groups: Record<string, string | undefined>): number | null {
    const monthFirst = this.order === 'month-first';
    const month = groups.month ?? (monthFirst ? groups.first : groups.second);
    const day = groups.day ?? (monthFirst ? groups.second : groups.first);
    const hour = hourOf(Number(groups.hour), groups.before ?? groups.after);
    if (hour === null || (groups.before && groups.after)) return null;
    const milli = groups.fraction ? Number(groups.fraction.padEnd(3, '0').slice(0, 3)) : 0;
    const year = Number(groups.year);
    const minute = Number(groups.minute);
    const second = Number(groups.sec ?? 0);
    const offset = groups.zone === undefined ? null : offsetOf(groups.zone);
    if (offset === null && groups.zone !== undefined) return null;
    return this.instant(year, Number(month), Number(day), hour, minute, second, milli, offset);
  }

  private instant(
    year: number,
    month: number,
    day: number,
    hour: number,
    minute: number,
    second: number,
    milli: number,
    offset: number | null,
  ): number | null {
    if (!isDate(year, month, day) || hour > 23 || minute > 59 || second > 59) return null;
    const ofDay = hour * HOUR + minute * MINUTE + second * SECOND + milli;
    if (offset !== null) {
      return Date.UTC(year, month - 1, day) + ofDay - offset;
    }
    const key = (year * 16 + month) * 32 + day;
    if (key !== this.day) {
      this.day = key;
      const next = new Date(Date.UTC(year, month - 1, day + 1));
      const start = this.zone.toMs(year, month, day, 0, 0, 0);
      const end = this.zone.toMs(next.getUTCFullYear(), next.getUTCMonth() + 1, next.getUTCDate(), 0, 0, 0);
      // On a day when the clocks change, midnight does not tell the other times.
      this.midnightMs = end - start === DAY ? start : Number.NaN;
    }
    if (!Number.isNaN(this.midnightMs)) return this.midnightMs + ofDay;
    return this.zone.toMs(year, month, day, hour, minute, second) + milli;
  }
}

/** {@link TimestampParser.parse} for a single text; a column of them is faster with one parser. */
export function parseTimestamp(text: string, zone: Zone, order: DateOrder = 'month-first'): number | null {
  return new TimestampParser(zone, order).parse(text);
}

/**
 * Seconds (10 digits, with or without a fraction), milliseconds (13), microseconds (16) or nanoseconds (19) since the
 * epoch, as text or number. Null for anything else, and for years outside 1990–2100.
 */
export function parseEpoch(value: string | number): number | null {
  const text = typeof value === 'number' ? String(value) : value;
  if (!/^\d{10}(?:\.\d{1,9})?$|^\d{13}(?:\d{3}){0,2}(?:\.\d+)?$/.test(text)) return null;
  const whole = text.indexOf('.') < 0 ? text.length : text.indexOf('.');
  const atMs = whole === 10 ? Math.round(Number(text) * SECOND) : Number(text.slice(0, 13));
  return inRange(atMs) ? atMs : null;
}

/**
 * The instant of a spreadsheet's serial date: days since 1899-12-30 (1904-01-01 in old Macintosh workbooks) in local
 * time, rounded to the millisecond. Null outside 1990–2100. A whole number is midnight: a spreadsheet states that.
 */
export function fromExcelSerial(serial: number, zone: Zone, date1904 = false): number | null {
  if (!Number.isFinite(serial)) return null;
  const days = serial + (date1904 ? 1462 : 0) - 25_569;
  if (days < -40_000 || days > 100_000) return null;
  const local = new Date(Math.round(days * DAY));
  const year = local.getUTCFullYear();
  if (year < MIN_YEAR || year > MAX_YEAR) return null;
  return (
    zone.toMs(
      year,
      local.getUTCMonth() + 1,
      local.getUTCDate(),
      local.getUTCHours(),
      local.getUTCMinutes(),
      local.getUTCSeconds(),
    ) + local.getUTCMilliseconds()
  );
}

/**
 * The date order that samples of a column speak for: `day-first` where one of them can only be read so and none
 * contradicts, otherwise `month-first`. Samples with the year first say nothing.
 */
export function guessDateOrder(samples: Iterable<string>): DateOrder {
  let dayFirst = false;
  for (const sample of samples) {
    const match = /^\s*(\d{1,2})[-/.](\d{1,2})[-/.]\d{4}(?!\d)/.exec(sample);
    if (!match) continue;
    if (Number(match[2]) > 12) return 'month-first';
    if (Number(match[1]) > 12) dayFirst = true;
  }
  return dayFirst ? 'day-first' : 'month-first';
}

/** The hour of a 24-hour clock; null where the half of the day does not fit. */
function hourOf(hour: number, half: string | undefined): number | null {
  if (half === undefined) return hour;
  switch (half.replaceAll('.', '').toUpperCase()) {
    case 'AM':
    case '上午':
    case '凌晨':
    case '清晨':
    case '早上':
    case '早晨':
    case '半夜':
      return hour > 12 ? null : hour % 12;
    case '中午':
      return hour >= 10 && hour <= 14 ? hour : hour >= 1 && hour <= 2 ? hour + 12 : null;
    case '晚上':
      // 晚上12:10 of a date stands at its beginning, as the calendars of systems count.
      return hour === 12 ? 0 : hour < 12 ? hour + 12 : hour;
    default:
      return hour < 12 ? hour + 12 : hour;
  }
}

/** Offset of a zone suffix in milliseconds, or null where no zone has it. */
function offsetOf(suffix: string): number | null {
  const match = /^([+-])(\d\d):?(\d\d)?$/.exec(suffix);
  if (!match) return 0;
  const hours = Number(match[2]);
  const minutes = Number(match[3] ?? 0);
  if (hours > 14 || minutes > 59) return null;
  return (match[1] === '-' ? -1 : 1) * (hours * HOUR + minutes * MINUTE);
}

function isDate(year: number, month: number, day: number): boolean {
  if (year < MIN_YEAR || year > MAX_YEAR || month < 1 || month > 12 || day < 1) return false;
  if (month === 2 && day === 29) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  return day <= DAYS_IN_MONTH[month]!;
}

function inRange(atMs: number): boolean {
  const year = new Date(atMs).getUTCFullYear();
  return year >= MIN_YEAR && year <= MAX_YEAR;
}

/** Length of `2026-03-01` with the blank or `T` behind it, and of `+08:00`. */
const DATE_LENGTH = 11;
const OFFSET_LENGTH = 6;

/** Where a timestamp's zone begins: behind its seconds, or behind three digits of a fraction. */
function zoneStart(units: Uint16Array, start: number, end: number): number {
  const seconds = start + 19;
  return seconds < end && units[seconds] === 0x2e ? seconds + 4 : seconds;
}

/** Milliseconds since midnight that stand behind a date, or -1 where none do. */
function timeOfDay(units: Uint16Array, start: number, end: number): number {
  if (units[start + 13] !== 0x3a || units[start + 16] !== 0x3a) return -1;
  const hour = pairAt(units, start + 11);
  const minute = pairAt(units, start + 14);
  const second = pairAt(units, start + 17);
  const milli = end - start === 19 ? 0 : pairAt(units, start + 20) * 10 + digitAt(units, start + 22);
  if (hour > 23 || minute > 59 || second > 59 || milli > 999) return -1;
  return hour * HOUR + minute * MINUTE + second * SECOND + milli;
}

function isDay(units: Uint16Array, start: number): boolean {
  const separator = units[start + 4];
  const blank = units[start + 10];
  const digits =
    pairAt(units, start) + pairAt(units, start + 2) + pairAt(units, start + 5) + pairAt(units, start + 8);
  return (
    digits < NO_DIGIT &&
    (separator === 0x2d || separator === 0x2f || separator === 0x2e) &&
    separator === units[start + 7] &&
    (blank === 0x20 || blank === 0x54)
  );
}

/** Nothing, `Z`, or an offset such as `+08:00`. */
function isOffset(units: Uint16Array, start: number, end: number): boolean {
  if (end === start) return true;
  if (end - start === 1) return units[start] === 0x5a;
  const sign = units[start];
  return end - start === OFFSET_LENGTH && (sign === 0x2b || sign === 0x2d) && units[start + 3] === 0x3a;
}

/** The digit at an index, or {@link NO_DIGIT}. */
function digitAt(units: Uint16Array, at: number): number {
  const digit = units[at]! - 0x30;
  return digit >= 0 && digit <= 9 ? digit : NO_DIGIT;
}

function pairAt(units: Uint16Array, at: number): number {
  return digitAt(units, at) * 10 + digitAt(units, at + 1);
}

/** Stands for a digit that is none; larger than any sum of the numbers of a timestamp. */
const NO_DIGIT = 100_000;

/** A blank, or one of the no-break blanks that locales put before AM/PM. */
function isBlank(code: number): boolean {
  return code === 0x20 || code === 0x202f || code === 0xa0;
}

function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39;
}

/** The digit at an index, or {@link NO_DIGIT}. */
function number1(text: string, at: number): number {
  const code = text.charCodeAt(at);
  return isDigit(code) ? code - 0x30 : NO_DIGIT;
}

/** Two digits at an index as a number, at least {@link NO_DIGIT} where one is none. */
function number2(text: string, at: number): number {
  return number1(text, at) * 10 + number1(text, at + 1);
}

/** One or two digits at an index as a number. */
function number12(text: string, at: number): number {
  const next = text.charCodeAt(at + 1);
  return isDigit(next) ? number1(text, at) * 10 + next - 0x30 : number1(text, at);
}
