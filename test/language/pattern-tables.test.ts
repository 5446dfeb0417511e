import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compile } from '../../src/language/compile.js';
import { readBundledSource } from '../../src/language/load.js';
import { pack, unpack } from '../../src/language/packed.js';
import { patternsOf } from '../../src/language/pattern.js';
import { type PatternTables, patternTables } from '../../src/language/pattern-tables.js';
import { prepareLexicon } from '../../src/language/prepare.js';

describe('packed arrays', () => {
  const arrays = fc.record({
    bytes: fc.uint8Array(),
    units: fc.uint16Array(),
    weights: fc.int16Array(),
    numbers: fc.int32Array(),
  });

  it('are read as they were written, wherever the bytes lie', () => {
    fc.assert(
      fc.property(arrays, fc.nat(9), (given, shift) => {
        const packed = pack('key', given);
        const moved = new Uint8Array(packed.length + shift);
        moved.set(packed, shift);
        expect(unpack(moved.subarray(shift), 'key')).toEqual(given);
      }),
    );
  });

  it('are none of another key’s', () => {
    expect(unpack(pack('one', { numbers: Int32Array.of(1) }), 'other')).toBe(null);
  });
});

describe('the tables of a lexicon', () => {
  it('find, out of a file, what the lexicon finds without', async () => {
    const bundled = await readBundledSource();
    // To work out the anchors of all takes seconds.
    const source = { ...bundled, entries: bundled.entries.filter((_, index) => index % 8 === 0) };
    const prepared = prepareLexicon(source);
    const tables = patternTables(patternsOf(source, prepared));
    const read = unpack(pack('key', { ...tables }), 'key') as unknown as PatternTables;
    expect(read).toEqual(tables);

    const plain = compile({ ...source, prepared });
    const quick = compile({ ...source, prepared, tables: read });
    const examples = source.entries.flatMap(({ hit, miss }) => [...hit, ...miss]);
    expect(examples.length).toBeGreaterThan(80);
    for (const text of examples) {
      expect(quick.categoriesIn(text).names).toEqual(plain.categoriesIn(text).names);
      expect(quick.scan(text)).toEqual(plain.scan(text));
    }
  });
});
