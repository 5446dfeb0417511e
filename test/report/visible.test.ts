import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toJson, visible } from '../../src/report/visible.js';

describe('visible', () => {
  it.each([
    ['plain 你好，世界 👍', 'plain 你好，世界 👍'],
    ['a\nb\r\nc\rd\u0085e\u2028f\u2029g\vh', 'a⏎b⏎c⏎d⏎e⏎f⏎g⏎h'],
    ['a\tb', 'a b'],
    ['\u001b[31mred\u001b]0;title\u0007', '␛[31mred␛]0;title␇'],
    ['nul\0 del\x7f c1\x9b2J', 'nul␀ del␡ c1‹U+009B›2J'],
    ['abc\u202etxt.exe\u2066x\u2069', 'abc‹U+202E›txt.exe‹U+2066›x‹U+2069›'],
    ['傻\u200b子\ufeff\u00ad', '傻‹U+200B›子‹U+FEFF›‹U+00AD›'],
    ['空\u3164白\uffa0', '空‹U+3164›白‹U+FFA0›'],
    ['tag\u{e0041}', 'tag‹U+E0041›'],
    ['\ud83d half \udc4d', '‹U+D83D› half ‹U+DC4D›'],
    ['👨‍👩‍👧 ❤️ 👍🏽', '👨👩👧 ❤ 👍🏽'],
    ['a\u200db', 'a‹U+200D›b'],
  ])('%j becomes %j', (text, shown) => {
    expect(visible(text)).toBe(shown);
  });

  it('leaves no control, format character or lone surrogate of any text, and is done after one pass', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const shown = visible(text);
        expect(shown).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
        expect(visible(shown)).toBe(shown);
      }),
    );
  });
});

describe('toJson', () => {
  const hostile = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.constantFrom(
      '\u2028',
      '\u2029',
      '\u009b',
      '\u202e',
      '\ud800',
      '\udc00',
      '\u{e0041}',
      '\u200b',
      '\x7f',
    ),
  );

  it('parses back to the value and holds nothing that acts on a terminal', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(hostile, hostile)), (pairs) => {
        const value = pairs.map(([key, text]) => ({ [`k${key}`]: text }));
        const json = toJson(value);
        expect(JSON.parse(json)).toEqual(value);
        expect(json).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
      }),
    );
  });

  it('writes a tag character as two escaped units', () => {
    expect(toJson('x\u{e0041}')).toBe('"x\\udb40\\udc41"');
  });
});
