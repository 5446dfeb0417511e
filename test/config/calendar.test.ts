import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseCalendar } from '../../src/config/calendar.js';
import { type KefuError, Zone } from '../../src/model/index.js';
import { kefuAudit } from '../support/cli.js';

const zone = new Zone('Asia/Shanghai');
const at = (day: number, hour: number, minute = 0) => zone.toMs(2026, 3, day, hour, minute, 0);

describe('a calendar', () => {
  it('knows the hours of each weekday', async () => {
    // 2026-03-02 was a Monday.
    const calendar = await parseCalendar(
      'hours: { mon: 09:00-12:00, sun: [10:00-11:00, 14:00-15:00] }',
      'c',
      zone,
    );
    const open = (from: number, to: number) => (to - from - calendar.closedMs(from, to)) / 3_600_000;
    expect(open(at(2, 0), at(3, 0))).toBe(3);
    expect(open(at(3, 0), at(4, 0))).toBe(0);
    expect(open(at(8, 0), at(9, 0))).toBe(2);
    expect(open(at(2, 11, 30), at(8, 10, 30))).toBe(1);
    expect(calendar.isWorkday(at(2, 20))).toBe(true);
    expect(calendar.isWorkday(at(3, 20))).toBe(false);
  });

  it('is JSON as well, and one line of hours stands for every day', async () => {
    const calendar = await parseCalendar('{"hours": "00:00-24:00", "holidays": ["2026-03-03"]}', 'c', zone);
    expect(calendar.closedMs(at(2, 0), at(5, 0))).toBe(24 * 3_600_000);
  });

  it('lets single days outrank weekdays, and worked days outrank holidays', async () => {
    const calendar = await parseCalendar(
      'hours: 09:00-18:00\nholidays: [2026-03-02..2026-03-04]\nworkdays: { 2026-03-03: 10:00-12:00 }',
      'c',
      zone,
    );
    const hours = [1, 2, 3, 4, 5].map(
      (day) => (24 * 3_600_000 - calendar.closedMs(at(day, 0), at(day + 1, 0))) / 3_600_000,
    );
    expect(hours).toEqual([9, 0, 2, 0, 9]);
  });

  it('adds up: the closed time of a span is that of its parts', async () => {
    const calendar = await parseCalendar(
      'hours: { mon: 08:30-17:45, wed: 00:00-24:00, fri: [09:00-12:00, 13:00-18:00] }\nholidays: [2026-03-11]',
      'c',
      zone,
    );
    const moment = fc.integer({ min: at(1, 0), max: at(28, 0) });
    fc.assert(
      fc.property(moment, moment, moment, (...moments) => {
        const [from, middle, to] = moments.sort((a, b) => a - b) as [number, number, number];
        expect(calendar.closedMs(from, to)).toBe(
          calendar.closedMs(from, middle) + calendar.closedMs(middle, to),
        );
        expect(calendar.closedMs(from, to)).toBeLessThanOrEqual(to - from);
      }),
    );
  });

  it('never counts an hour that a change of clocks leaves out', async () => {
    const denver = new Zone('America/Denver');
    const calendar = await parseCalendar('hours: 00:00-24:00', 'c', denver);
    const spring = denver.toMs(2026, 3, 8, 0, 0, 0);
    expect(calendar.closedMs(spring, spring + 23 * 3_600_000)).toBe(0);
  });

  it.each([
    ['hours: 18:00-09:00', 'ends-before-start'],
    ['hours: [09:00-12:00, 11:00-13:00]', 'overlap'],
    ['hours: 9-18', 'hours'],
    ['hours: 09:00-18:00\nholidays: [2026-02-30]', 'no-day 2026-02-30'],
    ['hours: 09:00-18:00\nexempt: [2026-03-05..2026-03-01]', 'no-range'],
    ['hours: 09:00-18:00\nholiday: []', 'holiday'],
    ['holidays: []', 'hours'],
    ['hours: [', ''],
  ])('%j is refused', async (text, problem) => {
    const error = (await parseCalendar(text, 'c.yaml', zone).catch((one: unknown) => one)) as KefuError;
    expect(error.code).toBe('config');
    expect(error.file).toBe('c.yaml');
    expect(String(error.data.problems)).toContain(problem);
  });

  it('that cannot be read ends the run with a message', async () => {
    const { code, stderr } = await kefuAudit(['fixtures/demo', '--calendar', 'no-such.yaml']);
    expect(code).toBe(2);
    expect(stderr).toContain('读不了工作时间表');
  });

  it('has a published schema that takes what the tool takes', async () => {
    const validate = new Ajv2020().compile(JSON.parse(readFileSync('schema/calendar.schema.json', 'utf8')));
    expect(validate({ hours: { mon: '09:00-18:00', sat: [] }, exempt: ['2026-02-15..2026-02-23'] })).toBe(
      true,
    );
    expect(validate({ hours: '9-18' })).toBe(false);
  });
});
