import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { JsonSplitter, type JsonValue } from '../../src/ingest/json-values.js';

function split(pieces: readonly string[]): JsonValue[] {
  const splitter = new JsonSplitter();
  return [...pieces.flatMap((piece) => splitter.push(piece)), ...splitter.end()];
}

function cut(text: string, cuts: readonly number[]): string[] {
  const at = [0, ...cuts.map((one) => one % (text.length + 1)).sort((a, b) => a - b), text.length];
  return at.slice(1).map((end, index) => text.slice(at[index], end));
}

const json = fc.jsonValue({
  maxDepth: 3,
  stringUnit: fc.constantFrom('亲', '😀', '"', '\\', '{', ']', ',', '\n', 'a'),
});
const plain = (value: unknown) => JSON.parse(JSON.stringify(value)) as unknown;

describe('JsonSplitter', () => {
  it('hands out the elements of an array, wherever it is cut', () => {
    fc.assert(
      fc.property(
        fc.array(json, { maxLength: 6 }),
        fc.array(fc.nat()),
        fc.constantFrom(0, 2),
        (elements, cuts, indent) => {
          const text = JSON.stringify(elements, null, indent);
          const values = split(cut(text, cuts));
          expect(values.map((one) => one.value)).toEqual(plain(elements));
          expect(values.every((one) => one.isElement && one.key === null && one.problem === null)).toBe(true);
        },
      ),
      { numRuns: 500 },
    );
  });

  it('hands out the values of an object, and the elements of its arrays', () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.constantFrom('meta', 'messages', 'x"y'), json),
        fc.array(fc.nat()),
        (document, cuts) => {
          const expected = Object.entries(plain(document) as Record<string, unknown>).flatMap(
            ([key, value]) =>
              Array.isArray(value)
                ? value.map((element: unknown) => ({ key, isElement: true, value: element }))
                : [{ key, isElement: false, value }],
          );
          expect(split(cut(JSON.stringify(document), cuts))).toMatchObject(expected);
        },
      ),
      { numRuns: 500 },
    );
  });

  it('counts the last line, closed or not', () => {
    const count = (text: string, ...cuts: number[]) => {
      const splitter = new JsonSplitter();
      for (const piece of cut(text, cuts)) splitter.push(piece);
      splitter.end();
      return splitter.lineCount;
    };
    expect(count('[{"a":1}]')).toBe(1);
    expect(count('[{"a":1}]\n', 4)).toBe(1);
    expect(count('[\n{"a":1}\n]', 3, 8)).toBe(3);
    expect(count('')).toBe(0);
  });

  it('finds its way through what is no JSON in time that grows with the text alone', () => {
    // Of the processor, the best of three: other work on the machine counts for nothing.
    const once = (text: string) => {
      const before = process.cpuUsage();
      split(['[', text]);
      return process.cpuUsage(before).user;
    };
    const time = (count: number) => {
      const text = '[图片]这不是<'.repeat(count);
      return Math.min(once(text), once(text), once(text));
    };
    time(1000);
    // Were it quadratic, eight times the text would take 64 times as long.
    expect(time(40_000)).toBeLessThan(32 * time(5000));
  });

  it('knows the line where a value starts', () => {
    expect(split(['[\n {"a":\n 1},\n\n {"b"', ':2}\n]\n']).map((one) => one.line)).toEqual([2, 5]);
  });

  it('loses one value to bad JSON, and the last to a cut', () => {
    const values = split(['[{"a":1},{"a":x},{"a":3},{"a":']);
    expect(values.map((one) => [one.problem, one.value])).toEqual([
      [null, { a: 1 }],
      ['bad-json', undefined],
      [null, { a: 3 }],
      ['bad-json', undefined],
    ]);
  });

  it('comes to an end on anything, and does not care where it is cut', () => {
    fc.assert(
      fc.property(
        fc.string({
          unit: fc.constantFrom('[', ']', '{', '}', '"', ':', ',', '\\', '1', '\n', '亲'),
          maxLength: 30,
        }),
        fc.array(fc.nat(), { maxLength: 5 }),
        (text, cuts) => {
          const whole = split([text]);
          expect(whole.length).toBeLessThanOrEqual(text.length + 1);
          // What a broken stretch swallows may depend on the cuts; the values before it do not.
          const broken = whole.findIndex((one) => one.problem !== null);
          const sure = broken < 0 ? whole : whole.slice(0, broken);
          expect(split(cut(text, cuts)).slice(0, sure.length)).toEqual(sure);
        },
      ),
      { numRuns: 2000 },
    );
  });

  it('reads documents that were put one behind the other', () => {
    expect(split(['[1,2]\n[3]\n{"k":[4]}']).map((one) => one.value)).toEqual([1, 2, 3, 4]);
  });
});
