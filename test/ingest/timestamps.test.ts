import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  fromExcelSerial,
  guessDateOrder,
  parseEpoch,
  parseTimestamp,
  TimestampParser,
} from '../../src/ingest/timestamps.js';
import { Zone } from '../../src/model/zone.js';

const shanghai = new Zone('Asia/Shanghai');
const newYork = new Zone('America/New_York');

const iso = (text: string, zone = shanghai) => {
  const atMs = parseTimestamp(text, zone);
  return atMs === null ? null : zone.iso(atMs);
};

describe('parseTimestamp', () => {
  it.each([
    ['2026-03-01 10:00:05', '2026-03-01T10:00:05+08:00'],
    ['2026-03-01 10:00', '2026-03-01T10:00:00+08:00'],
    ['2026-03-01 10:00:05.250', '2026-03-01T10:00:05.250+08:00'],
    ['2026-03-01 10:00:05.2', '2026-03-01T10:00:05.200+08:00'],
    ['2026-03-01 10:00:05,123456', '2026-03-01T10:00:05.123+08:00'],
    ['2026/3/1 9:05', '2026-03-01T09:05:00+08:00'],
    ['2026.3.1 9:05:06', '2026-03-01T09:05:06+08:00'],
    ['2026-03-01T10:00:05', '2026-03-01T10:00:05+08:00'],
    ['2026-03-01T02:00:05Z', '2026-03-01T10:00:05+08:00'],
    ['2026-03-01T02:00:05.5Z', '2026-03-01T10:00:05.500+08:00'],
    ['2026-03-01T10:00:05+08:00', '2026-03-01T10:00:05+08:00'],
    ['2026-03-01 11:00:05 +0900', '2026-03-01T10:00:05+08:00'],
    ['2026-02-28T20:00:05-06', '2026-03-01T10:00:05+08:00'],
    ['2019-09-23 8:43:38 PM', '2019-09-23T20:43:38+08:00'],
    ['2019-09-23 8:43:38\u202fPM', '2019-09-23T20:43:38+08:00'],
    ['2019-09-23\u00a012:43:38 am', '2019-09-23T00:43:38+08:00'],
    ['2019-09-23 12:43:38 p.m.', '2019-09-23T12:43:38+08:00'],
    ['2019-09-23 PM 8:43', '2019-09-23T20:43:00+08:00'],
    ['2019/9/23 上午 3:13:28', '2019-09-23T03:13:28+08:00'],
    ['2019/9/23 上午12:13', '2019-09-23T00:13:00+08:00'],
    ['2019/9/23 下午3:13:28', '2019-09-23T15:13:28+08:00'],
    ['2019/9/23 下午 15:13:28', '2019-09-23T15:13:28+08:00'],
    ['2019/9/23 下午12:13', '2019-09-23T12:13:00+08:00'],
    ['2019/9/23 中午12:13', '2019-09-23T12:13:00+08:00'],
    ['2019/9/23 中午11:30', '2019-09-23T11:30:00+08:00'],
    ['2019/9/23 中午1:30', '2019-09-23T13:30:00+08:00'],
    ['2019/9/23 凌晨2:30', '2019-09-23T02:30:00+08:00'],
    ['2019/9/23 早上8:30', '2019-09-23T08:30:00+08:00'],
    ['2019/9/23 晚上8:30', '2019-09-23T20:30:00+08:00'],
    ['2019/9/23 晚上12:10', '2019-09-23T00:10:00+08:00'],
    ['9/23/2019 8:43:38 PM', '2019-09-23T20:43:38+08:00'],
    ['2026年3月1日 09:00:00', '2026-03-01T09:00:00+08:00'],
    ['2026年3月1日09:00', '2026-03-01T09:00:00+08:00'],
    ['2026年3月1日 星期日 下午 9:00', '2026-03-01T21:00:00+08:00'],
    ['2026年3月1日 9点05分', '2026-03-01T09:05:00+08:00'],
    ['2026年3月1日 9时5分7秒', '2026-03-01T09:05:07+08:00'],
    ['20260301 10:00:05', '2026-03-01T10:00:05+08:00'],
    ['20260301100005', '2026-03-01T10:00:05+08:00'],
    ['  2026-03-01   10:00:05\t\t', '2026-03-01T10:00:05+08:00'],
    ["'2026-03-01 10:00:05", '2026-03-01T10:00:05+08:00'],
    ['1772330405', '2026-03-01T10:00:05+08:00'],
    ['1772330405250', '2026-03-01T10:00:05.250+08:00'],
    ['2024-02-29 00:00:00', '2024-02-29T00:00:00+08:00'],
    ['1990-01-01 00:00:00', '1990-01-01T00:00:00+08:00'],
    ['2100-12-31 23:59:59', '2100-12-31T23:59:59+08:00'],
  ])('reads %s', (text, expected) => {
    expect(iso(text)).toBe(expected);
  });

  it.each([
    '',
    'nan',
    '-',
    '10:00:05',
    '2026-03-01',
    '2026年3月1日',
    '2026-13-01 10:00:00',
    '2026-00-01 10:00:00',
    '2026-02-30 10:00:00',
    '2025-02-29 10:00:00',
    '2100-02-29 10:00:00',
    '2026-04-31 10:00:00',
    '2026-03-00 10:00:00',
    '0000-01-01 00:00:00',
    '1989-12-31 23:59:59',
    '2101-01-01 00:00:00',
    '2026-03-01 24:00:00',
    '2026-03-01 25:00:00',
    '2026-03-01 10:60:00',
    '2026-03-01 10:00:60',
    '2026-03-01 10:0:00',
    '2026-03-01 10:00:0',
    '2026-03-01 10:00:',
    '2026-03-01 10:',
    '2026-03/01 10:00:00',
    '2026-03-01 10:00:00x',
    'x2026-03-01 10:00:00',
    '2026-03-01 上午 13:00:00',
    '2026-03-01 AM 9:00:00 PM',
    '2026-03-01T10:00:00+25:00',
    '23/9/2019 8:43:38',
    '0000000000',
    '9999999999',
    '1e12',
    `2026-03-01 10:00:00${' '.repeat(100)}`,
  ])('refuses %j', (text) => {
    expect(iso(text)).toBeNull();
  });

  it('reads the day first where told so', () => {
    expect(shanghai.iso(parseTimestamp('1/3/2026 10:00', shanghai, 'day-first')!)).toBe(
      '2026-03-01T10:00:00+08:00',
    );
    expect(parseTimestamp('9/23/2019 8:43', shanghai, 'day-first')).toBeNull();
  });

  it('agrees with the zone for every second of a day, cached or not', () => {
    const second = fc.integer({ min: Date.UTC(1990, 0, 2) / 1000, max: Date.UTC(2100, 11, 30) / 1000 });
    for (const zone of [shanghai, newYork]) {
      const parser = new TimestampParser(zone);
      fc.assert(
        fc.property(second, (seconds) => {
          const text = new Date(seconds * 1000).toISOString().slice(0, 19).replace('T', ' ');
          const [year, month, day, hour, minute, sec] = text.split(/[- :]/).map(Number) as [
            number,
            number,
            number,
            number,
            number,
            number,
          ];
          const expected = zone.toMs(year, month, day, hour, minute, sec);
          expect(parser.parse(text)).toBe(expected);
          expect(parser.parse(text)).toBe(expected);
        }),
      );
    }
  });

  it('is right on the days when clocks change', () => {
    const parser = new TimestampParser(newYork);
    expect(newYork.iso(parser.parse('2026-03-08 01:30:00')!)).toBe('2026-03-08T01:30:00-05:00');
    expect(newYork.iso(parser.parse('2026-03-08 03:30:00')!)).toBe('2026-03-08T03:30:00-04:00');
    expect(newYork.iso(parser.parse('2026-11-01 12:00:00')!)).toBe('2026-11-01T12:00:00-05:00');
    expect(newYork.iso(parser.parse('2026-11-02 12:00:00')!)).toBe('2026-11-02T12:00:00-05:00');
  });

  it.each([
    // Left out when clocks go forward: as far behind the change as the text is behind its beginning.
    ['America/New_York', '2026-03-08 02:00:00', '2026-03-08T03:00:00-04:00'],
    ['America/New_York', '2026-03-08 02:30:00', '2026-03-08T03:30:00-04:00'],
    ['Europe/Berlin', '2026-03-29 02:30:00', '2026-03-29T03:30:00+02:00'],
    ['Australia/Sydney', '2026-10-04 02:30:00', '2026-10-04T03:30:00+11:00'],
    // Clocks that went forward at midnight, and an island that left out a day.
    ['America/Sao_Paulo', '2018-11-04 00:20:00', '2018-11-04T01:20:00-02:00'],
    ['Asia/Shanghai', '1991-04-14 02:30:00', '1991-04-14T03:30:00+09:00'],
    ['Pacific/Apia', '2011-12-30 12:00:00', '2011-12-31T12:00:00+14:00'],
    ['Pacific/Apia', '2011-12-31 06:00:00', '2011-12-31T06:00:00+14:00'],
    // Twice when clocks go back: the first time.
    ['America/New_York', '2026-11-01 01:30:00', '2026-11-01T01:30:00-04:00'],
    ['Europe/Berlin', '2026-10-25 02:30:00', '2026-10-25T02:30:00+02:00'],
    ['Europe/Berlin', '2026-10-25 03:00:00', '2026-10-25T03:00:00+01:00'],
  ])('in %s reads %s as calendars do', (name, text, expected) => {
    expect(iso(text, new Zone(name))).toBe(expected);
  });

  it('never throws', () => {
    const char = fc.constantFrom(...'0123456789-/: .年月日TZ上午下PM+');
    fc.assert(
      fc.property(fc.string({ unit: char, maxLength: 30 }), (text) => {
        const atMs = parseTimestamp(text, shanghai);
        expect(atMs === null || Number.isInteger(atMs)).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });
});

describe('parseEpoch', () => {
  it('takes seconds and milliseconds, as text or number', () => {
    expect(parseEpoch('1772330405')).toBe(1_772_330_405_000);
    expect(parseEpoch(1_772_330_405)).toBe(1_772_330_405_000);
    expect(parseEpoch('1772330405.5')).toBe(1_772_330_405_500);
    expect(parseEpoch('1772330405250')).toBe(1_772_330_405_250);
    expect(parseEpoch(1_772_330_405_250)).toBe(1_772_330_405_250);
  });

  it('takes microseconds and nanoseconds, down to the millisecond', () => {
    expect(parseEpoch('1772330405250999')).toBe(1_772_330_405_250);
    expect(parseEpoch(1_772_330_405_250_999)).toBe(1_772_330_405_250);
    expect(parseEpoch('1772330405250999999')).toBe(1_772_330_405_250);
  });

  it('refuses other numbers', () => {
    for (const value of [
      '',
      '17723304052509',
      '17723304',
      '177233040525',
      '-1772330405',
      '9999999999999',
      0,
      Number.NaN,
    ]) {
      expect(parseEpoch(value)).toBeNull();
    }
  });
});

describe('fromExcelSerial', () => {
  it('counts days of local time', () => {
    expect(shanghai.iso(fromExcelSerial(46082 + 36_005 / 86_400, shanghai)!)).toBe(
      '2026-03-01T10:00:05+08:00',
    );
    expect(newYork.iso(fromExcelSerial(46082, newYork)!)).toBe('2026-03-01T00:00:00-05:00');
  });

  it('knows the calendar of old Macintosh workbooks', () => {
    expect(fromExcelSerial(46082.5 - 1462, shanghai, true)).toBe(fromExcelSerial(46082.5, shanghai));
  });

  it('refuses what is no date of a chat', () => {
    for (const serial of [0, 1, -5, 20_000, 80_000, Number.NaN, Number.POSITIVE_INFINITY, 1e15]) {
      expect(fromExcelSerial(serial, shanghai)).toBeNull();
    }
  });
});

describe('guessDateOrder', () => {
  it('follows the samples that can be read only one way', () => {
    expect(guessDateOrder(['1/2/2026 10:00', '23/2/2026 10:00'])).toBe('day-first');
    expect(guessDateOrder(['1/2/2026 10:00', '2/23/2026 10:00'])).toBe('month-first');
    expect(guessDateOrder(['23/2/2026', '2/23/2026'])).toBe('month-first');
    expect(guessDateOrder(['2026-03-01 10:00'])).toBe('month-first');
    expect(guessDateOrder([])).toBe('month-first');
  });
});
