import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Zone } from '../../src/model/zone.js';

const HOUR = 3_600_000;

describe('a zone whose clocks have not changed for long', () => {
  it('tells the times that the calendars of the machine tell, before and after', () => {
    const shanghai = new Zone('Asia/Shanghai');
    const calendar = new Intl.DateTimeFormat('sv-SE', {
      timeZone: 'Asia/Shanghai',
      dateStyle: 'short',
      timeStyle: 'medium',
    });
    const isTold = (atMs: number): void => {
      expect(shanghai.local(atMs)).toBe(calendar.format(atMs));
    };
    fc.assert(fc.property(fc.integer({ min: Date.UTC(1985, 0, 1), max: Date.UTC(2100, 0, 1) }), isTold));
    // Clocks were changed for the last time in the autumn of 1991.
    for (let atMs = Date.UTC(1991, 3, 1); atMs < Date.UTC(1992, 3, 1); atMs += HOUR) isTold(atMs);
  });

  it('is known by its name alone', () => {
    expect(() => new Zone('Asia/Nowhere')).toThrow(RangeError);
  });

  it('changes its clocks at half past where its people do', () => {
    const zone = new Zone('Australia/Lord_Howe');
    const at = (time: string) => zone.iso(Date.parse(time));
    expect(at('2026-10-03T15:29:59Z')).toBe('2026-10-04T01:59:59+10:30');
    expect(at('2026-10-03T15:30:00Z')).toBe('2026-10-04T02:30:00+11:00');
    expect(at('2026-10-03T15:29:59Z')).toBe('2026-10-04T01:59:59+10:30');
  });
});
