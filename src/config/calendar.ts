import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { Calendar, KefuError, type OpenHours, type Zone } from '../model/index.js';
import { schemaProblemTexts } from '../model/schema-problems.js';
import { yamlValue } from '../model/yaml-value.js';
import type { CalendarFile } from './calendar-schema.js';

/** Monday first, as `Calendar` wants them. */
export const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;

const DAY_MS = 86_400_000;
/** More days than a range of a calendar can mean; a slip of the pen would fill the memory. */
const LONGEST_RANGE = 3660;

/**
 * Reads a calendar of working hours, JSON or YAML.
 *
 * @returns also a hash of the text, so that a report can say by which calendar it was made
 * @throws KefuError `config` when it cannot be read or is not valid, with every problem
 */
export async function loadCalendar(path: string, zone: Zone): Promise<{ calendar: Calendar; hash: string }> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (cause) {
    throw new KefuError('config', { file: path, data: { problem: 'unreadable-calendar' }, cause });
  }
  const calendar = await parseCalendar(text, path, zone);
  return { calendar, hash: createHash('sha256').update(text).digest('hex').slice(0, 12) };
}

/** The calendar of a text. @throws KefuError `config` with every problem */
export async function parseCalendar(text: string, file: string, zone: Zone): Promise<Calendar> {
  const [{ parseDocument }, { calendarSchema }] = await Promise.all([
    import('yaml'),
    import('./calendar-schema.js'),
  ]);
  // JSON is YAML.
  const document = parseDocument(text.replace(/^\ufeff/, ''), { prettyErrors: false, uniqueKeys: true });
  const complain = (problems: string[]): KefuError => badCalendar(file, problems);
  if (document.errors.length > 0) throw complain(document.errors.map((error) => error.message));
  const { value, problem } = yamlValue(document);
  if (problem !== null) throw complain([problem]);
  const parsed = calendarSchema.safeParse(value ?? {});
  if (!parsed.success) {
    throw complain(schemaProblemTexts(parsed.error));
  }
  return calendarOf(parsed.data, file, zone);
}

/** The calendar of what stands in a file. @throws KefuError `config` with every problem */
export function calendarOf(data: CalendarFile, file: string, zone: Zone): Calendar {
  const problems: string[] = [];
  const { hours, holidays, workdays, exempt } = data;
  const week = WEEKDAYS.map((day) =>
    typeof hours === 'string' || Array.isArray(hours)
      ? openHours(hours, 'hours', problems)
      : openHours(hours[day] ?? [], `hours.${day}`, problems),
  );
  const days = new Map<number, OpenHours[]>();
  for (const day of daysOf(holidays, 'holidays', problems)) days.set(day, []);
  for (const [date, open] of Object.entries(workdays)) {
    days.set(dayNumber(date, `workdays.${date}`, problems), openHours(open, `workdays.${date}`, problems));
  }
  const exemptDays = new Set(daysOf(exempt, 'exempt', problems));
  if (problems.length > 0) throw badCalendar(file, problems);
  return new Calendar(week, days, exemptDays, zone);
}

function badCalendar(file: string, problems: string[]): KefuError {
  return new KefuError('config', { file, data: { problem: 'bad-calendar', problems } });
}

function openHours(hours: CalendarFile['workdays'][string], place: string, problems: string[]): OpenHours[] {
  const open = [hours].flat().map((one) => {
    const [start = '', end = ''] = one.split('-');
    if (start >= end) problems.push(`${place}: ends-before-start ${one}`);
    return { startSecond: secondOf(start), endSecond: secondOf(end) };
  });
  open.sort((a, b) => a.startSecond - b.startSecond);
  open.forEach((one, at) => {
    const before = open[at - 1];
    if (before !== undefined && one.startSecond < before.endSecond) problems.push(`${place}: overlap`);
  });
  return open;
}

function* daysOf(entries: readonly string[], place: string, problems: string[]): Generator<number> {
  for (const entry of entries) {
    const [from = '', to = from] = entry.split('..');
    const first = dayNumber(from, place, problems);
    const last = dayNumber(to, place, problems);
    if (last < first || last - first > LONGEST_RANGE) {
      problems.push(`${place}: no-range ${entry}`);
      continue;
    }
    for (let day = first; day <= last; day++) yield day;
  }
}

function dayNumber(date: string, place: string, problems: string[]): number {
  const atMs = Date.parse(`${date}T00:00:00Z`);
  // 2026-02-30 is read as the 2nd of March by some.
  if (Number.isNaN(atMs) || new Date(atMs).toISOString().slice(0, 10) !== date) {
    problems.push(`${place}: no-day ${date}`);
    return 0;
  }
  return atMs / DAY_MS;
}

function secondOf(time: string): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return hours * 3600 + minutes * 60;
}
