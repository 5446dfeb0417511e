import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  ABSENT,
  ESCAPED,
  FlatObjectScanner,
  INTEGER,
  NULL,
  OBJECT,
  STRING,
} from '../../src/ingest/flat-json.js';
import { TextUnits } from '../../src/ingest/units.js';

const KEYS = ['text', 'texts', 'role', 'n', 'source'];
const INNER = ['file', 'line'];

/** What a scanner finds in a text, as `JSON.parse` would give it; null where it leaves the text to that. */
function scan(text: string): { value: Record<string, unknown>; end: number } | null {
  const source = new TextUnits();
  source.set(text);
  const inner = new FlatObjectScanner(INNER);
  const scanner = new FlatObjectScanner(KEYS, { source: inner });
  // Twice, because the second time it expects the keys in the order of the first.
  scanner.scan(source.units, 0);
  const end = scanner.scan(source.units, 0);
  return end < 0 ? null : { value: valuesOf(text, scanner, KEYS, inner), end };
}

function valuesOf(text: string, scanner: FlatObjectScanner, keys: string[], inner: FlatObjectScanner | null) {
  const value: Record<string, unknown> = {};
  keys.forEach((key, index) => {
    const stretch = text.slice(scanner.starts[index], scanner.ends[index]);
    const state = scanner.states[index];
    if (state === NULL) value[key] = null;
    else if (state === STRING) value[key] = stretch;
    else if (state === ESCAPED) value[key] = unescaped(stretch);
    else if (state === INTEGER) value[key] = Number(stretch);
    else if (state === OBJECT) value[key] = valuesOf(text, inner!, INNER, null);
    else expect(state).toBe(ABSENT);
  });
  return value;
}

/** Whether escapes are right is for the reader of the stretch to find out. */
function unescaped(stretch: string): unknown {
  try {
    return JSON.parse(`"${stretch}"`);
  } catch {
    return WRONG;
  }
}

const WRONG = Symbol('wrong escape');

const string = fc.string({
  unit: fc.constantFrom('亲', '😀', '"', '\\', '\n', 'a', ':', '{', '}', ',', '\u2028'),
  maxLength: 6,
});
const value = fc.oneof(string, fc.constant(null), fc.nat());
const object = fc.record(
  {
    text: value,
    texts: value,
    role: value,
    n: value,
    source: fc.record({ file: string, line: fc.nat() }, { requiredKeys: [] }),
  },
  { requiredKeys: ['n'] },
);

describe('FlatObjectScanner', () => {
  it('reads what JSON.stringify writes, as JSON.parse reads it', () => {
    fc.assert(
      fc.property(object, fc.constantFrom('', '\n', ',{"x":1}'), (given, rest) => {
        const text = JSON.stringify(given);
        // An object without anything in it is left to JSON.parse.
        if (given.source !== undefined && Object.keys(given.source).length === 0)
          expect(scan(text)).toBeNull();
        else expect(scan(text + rest)).toEqual({ value: JSON.parse(text), end: text.length });
      }),
    );
  });

  it('reads nothing that JSON.parse refuses or reads otherwise', () => {
    const piece = fc.constantFrom(
      ...[
        '{',
        '}',
        '"',
        ':',
        ',',
        ' ',
        '\n',
        '\\',
        '\\u4eb2',
        'null',
        'nul',
        '0',
        '01',
        '1.5',
        '-1',
        '1e3',
        '9'.repeat(16),
      ],
      ...['"text":', '"texts":', '"role" :', '"source":', '"other":', '"亲"', '"a', '[', ']', 'true'],
    );
    let read = 0;
    fc.assert(
      fc.property(object, fc.nat(80), fc.nat(3), fc.option(piece), (given, at, length, put) => {
        const whole = JSON.stringify(given);
        const text = whole.slice(0, at) + (put ?? '') + whole.slice(at + length);
        const found = scan(text);
        if (found === null) return;
        if (
          Object.values(found.value)
            .flatMap((one) => (typeof one === 'object' ? Object.values(one ?? {}) : one))
            .includes(WRONG)
        )
          return;
        expect(found.value).toEqual(JSON.parse(text.slice(0, found.end)));
        read++;
      }),
      { numRuns: 1000 },
    );
    expect(read).toBeGreaterThan(30);
  });

  it('takes blanks behind colons and commas, as other programs write them', () => {
    expect(scan('{"text": "亲", "n": 3, "role": null}')?.value).toEqual({ text: '亲', n: 3, role: null });
  });

  it.each([
    ['a key twice', '{"n":1,"n":2}'],
    ['another key', '{"n":1,"x":2}'],
    ['a key written with an escape', '{"\\u006e":1}'],
    ['a fraction', '{"n":1.5}'],
    ['more digits than a number holds', '{"n":1234567890123456}'],
    ['an object where none is expected', '{"n":{"file":"a"}}'],
    ['an end that is missing', '{"n":"亲'],
    ['a control character', '{"n":"a\tb"}'],
  ])('leaves %s to JSON.parse', (_, text) => expect(scan(text)).toBeNull());
});
