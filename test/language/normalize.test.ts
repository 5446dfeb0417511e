import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { foldSteps, normalize, rawSpan } from '../../src/language/normalize.js';

const folded = (raw: string) => normalize(raw).text;

/** Text as people and programs garble it. */
const garbled = fc
  .array(
    fc.oneof(
      fc.string({ unit: 'binary', maxLength: 3 }),
      fc.constantFrom(
        '亲',
        '您好',
        '滚',
        '🐎',
        'ＳＢ',
        '\u200b',
        '\u0301',
        '\ufe0f',
        '5️⃣',
        '罵',
        '𝐬',
        '\ud83d',
        '\udc0e',
        ' ',
        '\n',
      ),
    ),
    { maxLength: 20 },
  )
  .map((parts) => parts.join(''));

describe('normalize', () => {
  test.each([
    ['ＳＢ１２３', 'sb123'],
    ['你罵誰', '你骂谁'],
    ['妳好', '你好'],
    ['傻\u200b逼', '傻逼'],
    ['n\u0336m\u0336s\u0336l', 'nmsl'],
    ['shǎ bī', 'sha bi'],
    ['ⓢⓑ', 'sb'],
    ['𝐬𝐛', 'sb'],
    ['ѕb', 'sb'],
    ['2️⃣5️⃣0️⃣', '250'],
    ['㈠', '一'],
    ['怎么著名', '怎么着名'],
    ['为什么', '为什么'],
    ['傻　逼', '傻 逼'],
    ['𠮷野家', '𠮷野家'],
  ])('%j reads %j', (raw, expected) => {
    expect(folded(raw)).toBe(expected);
  });

  test('plain text has no map and loses nothing', () => {
    const raw = '这款收纳柜高120cm,今天发货';
    expect(normalize(raw)).toEqual({ raw, text: raw, starts: null, ends: null });
  });

  test('a quote holds the marks that are written onto its last character', () => {
    const raw = 'x5️⃣y';
    const normalized = normalize(raw);
    expect(normalized.text).toBe('x5y');
    const [start, end] = rawSpan(normalized, 1, 2);
    expect(raw.slice(start, end)).toBe('5️⃣');
  });

  test('steps are named', () => {
    const normalized = normalize('罵Ｂs\u200b妈ǎѕ');
    expect(foldSteps(normalized, 0, normalized.text.length)).toEqual([
      'traditional 罵→骂',
      'width',
      'zero-width',
      'accent',
      'look-alike ѕ→s',
    ]);
    expect(foldSteps(normalize('干净'), 0, 2)).toEqual([]);
  });

  test('the map never runs backwards, covers the raw text and keeps surrogate pairs whole', () => {
    fc.assert(
      fc.property(garbled, (raw) => {
        const normalized = normalize(raw);
        let end = 0;
        let start = 0;
        for (let i = 0; i < normalized.text.length; i++) {
          const [from, to] = rawSpan(normalized, i, i + 1);
          expect(from).toBeGreaterThanOrEqual(start);
          expect(to).toBeGreaterThanOrEqual(end);
          expect(to).toBeGreaterThan(from);
          expect(to).toBeLessThanOrEqual(raw.length);
          const before = raw.charCodeAt(from - 1);
          const at = raw.charCodeAt(from);
          expect(before >= 0xd800 && before <= 0xdbff && at >= 0xdc00 && at <= 0xdfff).toBe(false);
          start = from;
          end = to;
        }
      }),
    );
  });

  test('folding twice changes nothing more', () => {
    fc.assert(
      fc.property(garbled, (raw) => {
        expect(folded(folded(raw))).toBe(folded(raw));
      }),
    );
  });
});
