import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CategorySet } from '../../src/model/category-set.js';

/** More than fit into bits, so that some are kept by name. */
const NAMES = Array.from({ length: 180 }, (_, n) => `test/category-${n}`);
const some = fc.subarray(NAMES, { maxLength: 12 });

describe('a set of categories', () => {
  it('is to its members what a set of names is', () => {
    fc.assert(
      fc.property(some, some, fc.constantFrom(...NAMES), (one, other, name) => {
        const [a, b] = [CategorySet.of(one), CategorySet.of(other)];
        expect(a.names).toEqual([...one].sort());
        expect(a.has(name)).toBe(one.includes(name));
        expect(a.isEmpty).toBe(one.length === 0);
        expect(a.with(b).names).toEqual([...new Set([...one, ...other])].sort());
        expect(a.within(b).names).toEqual(one.filter((each) => other.includes(each)).sort());
        expect(a.without(b).names).toEqual(one.filter((each) => !other.includes(each)).sort());
        expect(a.meets(b)).toBe(one.some((each) => other.includes(each)));
      }),
    );
  });

  it('knows no category that it was never told of', () => {
    expect(CategorySet.of(NAMES).has('test/unheard-of')).toBe(false);
    expect(CategorySet.none.names).toEqual([]);
  });

  it('stays the same object where nothing is added', () => {
    const set = CategorySet.of(['test/category-1', 'test/category-2']);
    expect(set.with(CategorySet.of(['test/category-2']))).toBe(set);
    expect(set.without(CategorySet.none)).toBe(set);
  });
});
