import { readFile } from 'node:fs/promises';
import type { Calendar, Zone } from '../model/index.js';
import { calendarOf } from './calendar.js';
import type { CalendarFile } from './calendar-schema.js';
import { packageFile } from './package-files.js';

/**
 * Public holidays and worked weekends of mainland China, by which promises in 工作日 are counted (calendars/README.md).
 * The file is ours and checked by a test, so that no run pays for checking it.
 */
export async function loadWorkingDays(zone: Zone): Promise<Calendar> {
  const path = packageFile('calendars/china.json');
  const file = JSON.parse(await readFile(path, 'utf8')) as Omit<CalendarFile, 'exempt'>;
  return calendarOf({ ...file, exempt: [] }, path, zone);
}
