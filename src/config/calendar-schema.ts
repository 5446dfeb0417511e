import { z } from 'zod';
import { WEEKDAYS } from './calendar.js';

/** Calendar files (`--calendar`), JSON or YAML; published as schema/calendar.schema.json. */

const hours = z
  .string()
  .regex(/^(?:[01]\d|2[0-3]):[0-5]\d-(?:(?:[01]\d|2[0-3]):[0-5]\d|24:00)$/, 'like 09:00-18:00')
  .describe('09:00-18:00. Over midnight: 20:00-24:00, and 00:00-02:00 of the next day.');
const open = z.union([hours, z.array(hours)]).describe('None ([]) means closed.');
const days = z
  .array(z.string().regex(/^\d{4}-\d\d-\d\d(?:\.\.\d{4}-\d\d-\d\d)?$/, 'like 2026-10-01..2026-10-07'))
  .default([]);

export const calendarSchema = z.strictObject({
  $schema: z.string().optional().describe('For editors.'),
  hours: z
    .union([
      open,
      z
        .strictObject(Object.fromEntries(WEEKDAYS.map((day) => [day, open.optional()])))
        .describe('By weekday; one that is left out is closed.'),
    ])
    .describe('Working hours.'),
  holidays: days.describe('Closed all day: 2026-10-01 or 2026-10-01..2026-10-07.'),
  workdays: z
    .record(z.string().regex(/^\d{4}-\d\d-\d\d$/, 'like 2026-10-01'), open)
    .default({})
    .describe('Hours of single days, whatever weekday or holiday they are (调休).'),
  exempt: days.describe('Days on which waits count for nobody (Spring Festival, by notice of the platform).'),
});

/** A calendar as it stands in its file. */
export type CalendarFile = z.output<typeof calendarSchema>;

/** JSON Schema of calendar files, for editors. */
export function calendarJsonSchema(): object {
  const { $schema, ...rest } = z.toJSONSchema(calendarSchema, { io: 'input' });
  return { $schema, title: 'Calendar of kefu-audit: working hours and holidays', ...rest };
}
