import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BREAK_MS, StretchTally } from '../../src/score/stretches.js';
import { SHANGHAI } from '../support/figures.js';

const MINUTE = 60_000;
const NOON = SHANGHAI.toMs(2026, 3, 1, 12, 0, 0);

function longest(momentsMs: readonly number[]): number | null {
  const tally = new StretchTally();
  for (const atMs of momentsMs) tally.addMoment(atMs, SHANGHAI);
  return tally.longestMs();
}

/** In order of time, one after the other. */
function slowly(momentsMs: readonly number[]): number | null {
  const sorted = momentsMs.toSorted((a, b) => a - b);
  let start = sorted[0];
  let most: number | null = null;
  sorted.forEach((atMs, at) => {
    if (at > 0 && atMs - sorted[at - 1]! > BREAK_MS) start = atMs;
    most = Math.max(most ?? 0, atMs - start!);
  });
  return most;
}

describe('the longest stretch without a break', () => {
  it('is unknown where nothing happened, and nothing where it happened once', () => {
    expect(longest([])).toBeNull();
    expect(longest([NOON])).toBe(0);
  });

  it('ends with a break', () => {
    const minutes = [0, 10, 20, 36, 40];
    expect(longest(minutes.map((minute) => NOON + minute * MINUTE))).toBe(20 * MINUTE);
  });

  it('goes on across midnight', () => {
    const midnight = SHANGHAI.toMs(2026, 3, 2, 0, 0, 0);
    expect(longest([-20, -8, 5, 19].map((minute) => midnight + minute * MINUTE))).toBe(39 * MINUTE);
  });

  const moments = fc.array(
    fc.integer({ min: 0, max: 3000 }).map((minute) => NOON + minute * MINUTE),
    { maxLength: 30 },
  );

  it('is what a look through them in order finds, in whatever order they come', () => {
    fc.assert(
      fc.property(moments, (momentsMs) => {
        expect(longest(momentsMs)).toBe(slowly(momentsMs));
      }),
    );
  });

  it('does not depend on how the input was cut', () => {
    fc.assert(
      fc.property(moments, moments, (here, there) => {
        const whole = new StretchTally();
        for (const part of [here, there]) {
          const tally = new StretchTally();
          for (const atMs of part) tally.addMoment(atMs, SHANGHAI);
          whole.absorb(JSON.parse(JSON.stringify(tally.toState())));
        }
        expect(whole.longestMs()).toBe(longest([...here, ...there]));
      }),
    );
  });
});
