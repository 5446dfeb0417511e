import { Memo } from '../model/index.js';
import type { Due } from './due.js';
import { NUMERAL, parseNumeral } from './numerals.js';

/** Words that name a time by which something is to happen. */
export interface TimeTerm {
  /** `[start, end)` in UTF-16 units. */
  start: number;
  end: number;
  text: string;
  due: Due;
  /** What is said to be only likely: 左右, 大概. */
  vague: boolean;
}

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
const HOUR_SECONDS = 3600;

/** Milliseconds of the units that count from now; longer ones count days. */
const UNIT_MS: readonly (readonly [RegExp, number])[] = [
  [/^秒/, 1000],
  [/^分/, MINUTE_MS],
  [/^刻/, 15 * MINUTE_MS],
  [/^(?:个?(?:小时|钟头)|h)/i, HOUR_MS],
];

/** The end of a part of the day, in seconds since midnight. */
const PARTS: Readonly<Record<string, number>> = {
  凌晨: 6,
  清晨: 9,
  早上: 10,
  早: 10,
  上午: 12,
  中午: 14,
  下午: 18,
  傍晚: 19,
  晚上: 24,
  晚: 24,
  夜里: 24,
};
const AFTERNOON = /^(?:下午|傍晚|晚上|晚|夜里)$/;

const DAYS: Readonly<Record<string, number>> = {
  今天: 0,
  今日: 0,
  今儿: 0,
  当天: 0,
  今: 0,
  明天: 1,
  明日: 1,
  明儿: 1,
  次日: 1,
  明: 1,
  后天: 2,
  大后天: 3,
};

const PART = '(?:凌晨|清晨|早上|上午|中午|下午|傍晚|晚上|夜里)';
const UNTIL = '(?:之?前|以前|之?内|以内|左右|之?后|以后|过后)?';

/** `18点`, `九点半`, `12:30`, and where a span is named its end: `9点到12点`. The groups are given names. */
function clock(hour: string, minute: string): string {
  const minutes = '半|[0-5]?\\d分?(?!\\d)|[一二三四五]?十[一二三四五六七八九]?分?';
  const time = (name: string): string =>
    `(?<${hour}${name}>${NUMERAL})\\s*(?:点钟?|[:\uff1a](?=[0-5]?\\d))\\s*(?<${minute}${name}>${minutes})?`;
  return `${time('')}(?:\\s*(?:到|至|[-~\u2014\u2013\uff5e])\\s*${time('End')})?`;
}

/**
 * In this order: the first alternative that fits at a place is taken, so the longer readings stand before the shorter.
 * The groups are named, since every alternative has its own; see {@link GROUPS}.
 */
const NAMED_TERM = [
  // 24小时, 半个小时, 1-3个工作日, 两三天, 一个半小时
  `(?<from>${NUMERAL})(?:\\s*(?:到|至|[-~\u2014\u2013\uff5e、或])\\s*(?<to>${NUMERAL}))?\\s*(?<half>个半(?=小时|钟头|工作日|月))?(?<unit>秒钟?|分钟|刻钟|个?小时|个?钟头|[hH](?![a-zA-Z])|个?工作日|个?自然日|天|日(?=内|之内|以内)|个?(?:星期|礼拜)|周(?!年)|个月)(?<after>半)?\\s*${UNTIL}`,
  // 明天下午, 今晚, 后天18点前, 今天下班前
  `(?<day>大后天|今天|今日|今儿|明天|明日|明儿|后天|当天|次日|[今明](?=早|晚|[上下]午))\\s*(?<dayPart>${PART}|早(?!就)|晚(?!点))?\\s*(?:(?<dayClosing>下班|打烊)|${clock('dayHour', 'dayMinute')})?\\s*${UNTIL}`,
  // 下周一上午, 周五前, 本周内
  `(?<which>这个?|本|下个?)?(?:周|星期|礼拜)(?<weekday>[一二三四五六日天末])\\s*(?<weekPart>${PART})?\\s*${UNTIL}`,
  `(?<week>这个?|本|下个?)(?:周|星期|礼拜)(?!年)\\s*${UNTIL}`,
  // 3月5号, 15号前
  `(?<month>${NUMERAL})\\s*月\\s*(?<monthDay>${NUMERAL})\\s*[日号]\\s*(?<datePart>${PART})?\\s*${UNTIL}`,
  `(?<dayOfMonth>[1-3]?\\d|[一二三]?十[一二三四五六七八九]?|[一二三四五六七八九])\\s*号(?=之?前|以前|之?内|上午|下午|给|为|会|能|发|到|安排|联系)\\s*(?<dayOfMonthPart>${PART})?\\s*${UNTIL}`,
  '(?<monthEnd>这?个?月底|月末)(?:之?前|以前)?',
  // 下班前, 下午, 18点前
  '(?<closing>下班|打烊)(?:之?前|以前)',
  `(?<part>${PART})\\s*(?:${clock('partHour', 'partMinute')})?\\s*${UNTIL}`,
  `${clock('hour', 'minute')}\\s*(?:之?前|以前|左右)`,
].join('|');

/** Names of the groups of {@link TERM}, in their order: engines take long to name thirty groups at every match. */
const GROUPS: readonly string[] = [...NAMED_TERM.matchAll(/\(\?<([A-Za-z]+)>/g)].map(([, name]) => name!);
const TERM = new RegExp(NAMED_TERM.replace(/\(\?<[A-Za-z]+>/g, '('), 'g');

/**
 * Characters of which one follows another in every time, but for space between them. Bit by bit the first ones of a pair,
 * and {@link PAIRS} places higher those that may follow: a text without such a pair names no time.
 */
const KINDS = new Uint16Array(0x10000);
const PAIRS = [
  // 24小时, 3 天, 5号, 18点, 12:30
  ['0123456789０１２３４５６７８９零〇一二两俩三四五六七八九十百半', '秒分刻小钟hH工自天日星礼周号点:：'],
  // 今天, 明早, 后天, 当天, 次日
  ['今明后当次', '天日儿早晚上下'],
  // 周五, 星期天
  ['周期拜', '一二三四五六日天末'],
  // 一个小时, 三个工作日, 两个半小时; 这周, 本周, 下个星期, 下午, 下班, 月底, 打烊
  ['个这本下月打', '小钟工自月半周星礼午班底末烊'],
  // 凌晨, 早上, 中午, 傍晚, 夜里
  ['凌清早晚上中傍夜', '晨上午晚里'],
] as const;
const FIRST = (1 << PAIRS.length) - 1;
const SPACE = 1 << 15;
const SPACES =
  ' \t\n\v\f\r\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000\ufeff';

function mark(characters: string, kind: number): void {
  for (let at = 0; at < characters.length; at++) KINDS[characters.charCodeAt(at)]! |= kind;
}
PAIRS.forEach(([first, second], pair) => {
  mark(first, 1 << pair);
  mark(second, 1 << (pair + PAIRS.length));
});
mark(SPACES, SPACE);

/** A place that is inside the first time that a text names, or before it; -1 where the text names none. */
export function firstTimeIn(text: string): number {
  let before = 0;
  for (let at = 0; at < text.length; at++) {
    const kind = KINDS[text.charCodeAt(at)]!;
    if (kind === SPACE) continue;
    if ((((before & FIRST) << PAIRS.length) & kind) !== 0) return at;
    before = kind;
  }
  return -1;
}

const NONE: readonly TimeTerm[] = [];

const VAGUE_BEFORE =
  /(?:大概|大约|差不多|估计|预计|预估|应该|可能|一般|通常|正常|最快|最早|至少|约)[^，,。！!？?]{0,6}$/;
const NOT_AFTER = /^(?:好(?![，,]?后)|无理由|保价|包邮|保修|质保|试用|体验|营业|在线|客服|热线|服务热线)/;

/** The times that a text names, in the order of the text. Amounts that are no time (`3号线`, `50分`) are left out. */
export function timeTerms(text: string): readonly TimeTerm[] {
  return firstTimeIn(text) < 0 ? NONE : known.of(text);
}

const known = new Memo(termsIn);

/** {@link timeTerms} of a text that may have some. */
export function termsIn(text: string): readonly TimeTerm[] {
  const terms: TimeTerm[] = [];
  TERM.lastIndex = 0;
  for (let found = TERM.exec(text); found !== null; found = TERM.exec(text)) {
    if (found[0] === '') {
      TERM.lastIndex++;
      continue;
    }
    const words = found[0].trimEnd();
    const due = dueOf(groupsOf(found), words.endsWith('后'));
    const end = found.index + words.length;
    if (
      due === null ||
      NOT_AFTER.test(text.slice(end)) ||
      (found.index > 0 && NOT_BEFORE.includes(text[found.index - 1]!))
    )
      continue;
    terms.push({
      start: found.index,
      end,
      text: words,
      due,
      vague:
        words.endsWith('左右') || VAGUE_BEFORE.test(text.slice(Math.max(0, found.index - 12), found.index)),
    });
  }
  return terms;
}

/** What stands before an amount that is no time: 第3天, 每24小时, 12.5分. */
const NOT_BEFORE = '第前后每隔.0123456789';

type Groups = Record<string, string | undefined>;

function groupsOf(found: RegExpExecArray): Groups {
  const groups: Groups = {};
  for (let at = 0; at < GROUPS.length; at++) {
    const words = found[at + 1];
    if (words !== undefined) groups[GROUPS[at]!] = words;
  }
  return groups;
}

/** @param after true for `十分钟后`: a span of time ends then, but who says `5号以后` or `18点后` names no end */
function dueOf(groups: Groups, after: boolean): Due | null {
  if (groups.unit !== undefined) return durationOf(groups);
  if (after) return null;
  if (groups.day !== undefined) {
    const offset = DAYS[groups.day]!;
    if (groups.dayClosing !== undefined) return { kind: 'closing', offset };
    const second = secondOf(groups.dayPart, ...laterOf(groups, 'dayHour', 'dayMinute'));
    return second === undefined ? null : { kind: 'day', offset, second };
  }
  if (groups.weekday !== undefined) {
    const weekday = '一二三四五六日'.indexOf(groups.weekday.replace(/[天末]/, '日'));
    const weeks = groups.which === undefined ? null : groups.which.startsWith('下') ? 1 : 0;
    return { kind: 'weekday', weekday, weeks, second: secondOf(groups.weekPart) ?? null };
  }
  if (groups.week !== undefined) return { kind: 'week', weeks: groups.week.startsWith('下') ? 1 : 0 };
  if (groups.monthDay !== undefined) {
    return dateOf(parseNumeral(groups.month!), parseNumeral(groups.monthDay), groups.datePart);
  }
  if (groups.dayOfMonth !== undefined)
    return dateOf(null, parseNumeral(groups.dayOfMonth), groups.dayOfMonthPart);
  if (groups.monthEnd !== undefined) return { kind: 'month-end' };
  if (groups.closing !== undefined) return { kind: 'closing', offset: 0 };
  if (groups.part !== undefined) {
    const second = secondOf(groups.part, ...laterOf(groups, 'partHour', 'partMinute'));
    return second === undefined ? null : { kind: 'day', offset: 0, second };
  }
  const second = secondOf(undefined, ...laterOf(groups, 'hour', 'minute'));
  return second === undefined || second === null ? null : { kind: 'clock', second };
}

/** Hour and minute of a clock time; of a span those of its end. */
function laterOf(groups: Groups, hour: string, minute: string): [string | undefined, string | undefined] {
  return groups[`${hour}End`] === undefined
    ? [groups[hour], groups[minute]]
    : [groups[`${hour}End`], groups[`${minute}End`]];
}

/** The later end of what was named: 三到五分钟 is five minutes, 一个半小时 ninety. */
function durationOf({ from, to, half, unit, after }: Groups): Due | null {
  const first = parseNumeral(from!);
  const amount = (to === undefined ? first : parseNumeral(to)) ?? Number.NaN;
  const value = amount + (half !== undefined || after !== undefined ? 0.5 : 0);
  if (!Number.isFinite(value) || value <= 0) return null;
  const name = unit!;
  for (const [pattern, ms] of UNIT_MS) if (pattern.test(name)) return { kind: 'within', ms: value * ms };
  if (name.includes('工作日')) return { kind: 'working-days', days: value };
  if (name.includes('月')) return { kind: 'days', days: Math.round(value * 30) };
  if (/周|星期|礼拜/.test(name)) return { kind: 'days', days: Math.round(value * 7) };
  return value < 1 ? { kind: 'within', ms: value * 24 * HOUR_MS } : { kind: 'days', days: Math.ceil(value) };
}

function dateOf(month: number | null, day: number | null, part: string | undefined): Due | null {
  if (day === null || day < 1 || day > 31 || (month !== null && (month < 1 || month > 12))) return null;
  return { kind: 'date', month, day, second: secondOf(part) ?? null };
}

/**
 * Seconds since midnight; null where only the day is said, undefined for a time that no clock shows.
 *
 * 下午3点 is 15:00, 晚上12点 the end of the day.
 */
function secondOf(part?: string, hour?: string, minute?: string): number | null | undefined {
  if (hour === undefined) return part === undefined ? null : PARTS[part]! * HOUR_SECONDS;
  const hours = parseNumeral(hour);
  const minutes = minute === undefined ? 0 : minute === '半' ? 30 : parseNumeral(minute.replace('分', ''));
  if (hours === null || minutes === null || !Number.isInteger(hours) || hours > 24 || minutes > 59)
    return undefined;
  const later = part !== undefined && hours < 12 && (AFTERNOON.test(part) || (part === '中午' && hours < 6));
  const all = (later || (hours === 0 && part === '晚上') ? hours + 12 : hours) * HOUR_SECONDS + minutes * 60;
  if (part !== undefined && /晚|夜/.test(part) && hours === 12) return 24 * HOUR_SECONDS;
  return all > 24 * HOUR_SECONDS ? undefined : all;
}
