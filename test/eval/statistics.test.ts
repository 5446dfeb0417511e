import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { randomFrom } from '../../src/eval/random.js';
import {
  bootstrap,
  cohenKappa,
  f1,
  kendallTauB,
  NO_ESTIMATE,
  precision,
  recall,
  share,
  spearman,
} from '../../src/eval/statistics.js';

const times = <T>(count: number, value: T): T[] => Array.from({ length: count }, () => value);

describe('a share', () => {
  // R. G. Newcombe, "Two-sided confidence intervals for the single proportion", Statistics in Medicine 17 (1998), table I.
  it.each([
    [81, 263, 0.2553, 0.3662],
    [15, 148, 0.0624, 0.1605],
    [0, 20, 0, 0.1611],
    [1, 29, 0.0061, 0.1718],
  ])('of %i in %i has the Wilson interval of the textbook', (count, total, low, high) => {
    const { value, interval } = share(count, total);
    expect(value).toBe(count / total);
    expect(interval![0]).toBeCloseTo(low, 4);
    expect(interval![1]).toBeCloseTo(high, 4);
  });

  it('of nothing is unknown', () => {
    expect(share(0, 0)).toEqual(NO_ESTIMATE);
  });
});

describe('precision, recall and F1', () => {
  const counts = { tp: 40, fp: 10, fn: 20, tn: 130 };

  it('are what they are called', () => {
    expect(precision(counts).value).toBe(0.8);
    expect(recall(counts).value).toBeCloseTo(2 / 3, 12);
    expect(f1(counts).value).toBeCloseTo(80 / 110, 12);
  });

  it('are unknown where nothing was reported or nothing is true', () => {
    expect(precision({ tp: 0, fp: 0, fn: 3, tn: 5 })).toEqual(NO_ESTIMATE);
    expect(recall({ tp: 0, fp: 2, fn: 0, tn: 5 })).toEqual(NO_ESTIMATE);
    expect(f1({ tp: 0, fp: 0, fn: 0, tn: 5 })).toEqual(NO_ESTIMATE);
    expect(f1({ tp: 0, fp: 0, fn: 3, tn: 5 }).value).toBe(0);
  });

  it('F1 has the interval that resampling the cases one by one gives', () => {
    const cases = [
      ...times(counts.tp, 'tp'),
      ...times(counts.fp, 'fp'),
      ...times(counts.fn, 'fn'),
      ...times(counts.tn, 'tn'),
    ];
    const plain = bootstrap(cases, (drawn) => {
      const count = (kind: string) => drawn.filter((one) => one === kind).length;
      return (2 * count('tp')) / (2 * count('tp') + count('fp') + count('fn'));
    });
    const { interval } = f1(counts);
    expect(interval![0]).toBeCloseTo(plain.interval![0], 1);
    expect(interval![1]).toBeCloseTo(plain.interval![1], 1);
    expect(Math.abs(interval![0] - plain.interval![0])).toBeLessThan(0.02);
    expect(Math.abs(interval![1] - plain.interval![1])).toBeLessThan(0.02);
  });

  it('F1 lies in its interval, which is the same every time', () => {
    const count = fc.integer({ min: 0, max: 60 });
    fc.assert(
      fc.property(fc.record({ tp: count, fp: count, fn: count, tn: count }), (any) => {
        const { value, interval } = f1(any);
        expect(f1(any)).toEqual({ value, interval });
        if (value === null) return;
        expect(interval![0]).toBeGreaterThanOrEqual(0);
        expect(interval![0]).toBeLessThanOrEqual(value);
        expect(interval![1]).toBeGreaterThanOrEqual(value);
        expect(interval![1]).toBeLessThanOrEqual(1);
      }),
      { numRuns: 40 },
    );
  });
});

describe('the bootstrap', () => {
  const values = [3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5, 8];
  const mean = (cases: readonly number[]) => cases.reduce((sum, one) => sum + one, 0) / cases.length;

  it('gives the same interval every time, and another for another seed', () => {
    const first = bootstrap(values, mean);
    expect(bootstrap(values, mean)).toEqual(first);
    expect(bootstrap(values, mean, { seed: 1 }).interval).not.toEqual(first.interval);
  });

  it('comes near the interval of the normal distribution for a mean', () => {
    const { value, interval } = bootstrap(values, mean);
    const spread = Math.sqrt(mean(values.map((one) => (one - value!) ** 2)) / values.length);
    expect(interval![0]).toBeCloseTo(value! - 1.96 * spread, 0);
    expect(interval![1]).toBeCloseTo(value! + 1.96 * spread, 0);
  });

  it('draws evenly from [0, 1)', () => {
    const random = randomFrom(7);
    const drawn = Array.from({ length: 20_000 }, random);
    expect(Math.min(...drawn)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...drawn)).toBeLessThan(1);
    for (let tenth = 0; tenth < 10; tenth++) {
      const inside = drawn.filter((one) => Math.floor(one * 10) === tenth).length;
      expect(inside).toBeGreaterThan(1800);
      expect(inside).toBeLessThan(2200);
    }
  });
});

describe("Cohen's kappa", () => {
  const pairs = (bothYes: number, yesNo: number, noYes: number, bothNo: number): [boolean, boolean][] => [
    ...times<[boolean, boolean]>(bothYes, [true, true]),
    ...times<[boolean, boolean]>(yesNo, [true, false]),
    ...times<[boolean, boolean]>(noYes, [false, true]),
    ...times<[boolean, boolean]>(bothNo, [false, false]),
  ];

  // The examples that every introduction uses.
  it.each([
    [20, 5, 10, 15, 0.4],
    [45, 15, 25, 15, 0.1304],
    [25, 35, 5, 35, 0.2593],
  ])('of %i, %i, %i, %i is %f', (bothYes, yesNo, noYes, bothNo, kappa) => {
    expect(cohenKappa(pairs(bothYes, yesNo, noYes, bothNo))).toBeCloseTo(kappa, 4);
  });

  it('takes any number of categories', () => {
    // J. Cohen 1960, table 1: proportions of three categories; kappa 0.492.
    const table = [
      [88, 10, 2],
      [14, 40, 6],
      [18, 10, 12],
    ];
    const all = table.flatMap((row, a) => row.flatMap((count, b) => times<[number, number]>(count, [a, b])));
    expect(cohenKappa(all)).toBeCloseTo(0.492, 3);
  });

  it('is unknown where chance explains everything', () => {
    expect(cohenKappa([])).toBeNull();
    expect(cohenKappa(pairs(0, 0, 0, 9))).toBeNull();
    expect(cohenKappa(pairs(3, 0, 0, 9))).toBe(1);
  });
});

describe('rank correlation', () => {
  // Hours of television a week against IQ, as in many textbooks: rho = -29/165.
  const television: [number, number][] = [
    [106, 7],
    [100, 27],
    [86, 2],
    [101, 50],
    [99, 28],
    [103, 29],
    [97, 20],
    [113, 12],
    [112, 6],
    [110, 17],
  ];

  it('Spearman: the textbook', () => {
    expect(spearman(television)).toBeCloseTo(-29 / 165, 12);
  });

  it('Kendall: the textbook, and with ties the documentation of SciPy', () => {
    expect(kendallTauB(television)).toBeCloseTo(-1 / 9, 12);
    const tied: [number, number][] = [
      [12, 1],
      [2, 4],
      [1, 7],
      [12, 1],
      [2, 0],
    ];
    expect(kendallTauB(tied)).toBeCloseTo(-0.47140452079103173, 12);
  });

  it('shares the mean of their ranks among ties', () => {
    const pairs: [number, number][] = [
      [1, 10],
      [2, 20],
      [2, 30],
      [3, 30],
    ];
    // Pearson of (1, 2.5, 2.5, 4) and (1, 2, 3.5, 3.5).
    expect(spearman(pairs)).toBeCloseTo(3.75 / Math.sqrt(4.5 * 4.5), 12);
  });

  it('is unknown where one side never varies', () => {
    for (const correlation of [spearman, kendallTauB]) {
      expect(correlation([])).toBeNull();
      expect(
        correlation([
          [1, 1],
          [2, 1],
        ]),
      ).toBeNull();
    }
  });

  it('is 1 for what rises together, -1 for what does not, and blind to any rising function', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.integer({ min: -1000, max: 1000 }), { minLength: 2, maxLength: 30 }),
        (xs) => {
          const cubed = xs.map((x): [number, number] => [x, x ** 3]);
          const turned = xs.map((x): [number, number] => [x, -x]);
          for (const correlation of [spearman, kendallTauB]) {
            expect(correlation(cubed)).toBeCloseTo(1, 9);
            expect(correlation(turned)).toBeCloseTo(-1, 9);
          }
        },
      ),
    );
  });
});
