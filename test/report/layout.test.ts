import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { charactersOf, columnsOf, cut, cutMiddle, cutStart, wrap } from '../../src/report/layout.js';
import { visible } from '../../src/report/visible.js';

describe('cut', () => {
  it('counts CJK characters as two columns and never splits one', () => {
    expect(cut('旗舰店:小李', 11)).toBe('旗舰店:小李');
    expect(cut('旗舰店:小李', 10)).toBe('旗舰店:小…');
    expect(cut('旗舰店:小李', 9)).toBe('旗舰店:…');
    expect(cut('abc', 0)).toBe('');
    expect(cut('任意长度', null)).toBe('任意长度');
  });

  it('keeps the end of a path, both ends of a quote', () => {
    expect(cutStart('exports/2026/三月.txt:12', 14)).toBe('…6/三月.txt:12');
    expect(cutMiddle('一二三四五六七八九十', 9)).toBe('一二…九十');
  });
});

describe('wrap', () => {
  it('breaks between words and between CJK characters, not before a closing nor after an opening mark', () => {
    expect(wrap('two words', 6)).toEqual(['two', 'words']);
    expect(wrap('等了很久，没有人理', 8)).toEqual(['等了很', '久，没有', '人理']);
    expect(wrap('时区（上海）', 6)).toEqual(['时区', '（上', '海）']);
    expect(wrap('averylongword x', 5)).toEqual(['avery', 'longw', 'ord x']);
    expect(wrap('不折行的 text', null)).toEqual(['不折行的 text']);
  });

  it('loses nothing but space and never exceeds the width', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.integer({ min: 4, max: 60 }), (raw, width) => {
        const text = visible(raw);
        const lines = wrap(text, width);
        for (const line of lines) expect(columnsOf(line)).toBeLessThanOrEqual(width);
        expect(lines.join('').replace(/\s/g, '')).toBe(text.replace(/\s/g, ''));
      }),
    );
  });
});

it('measures and cuts a text of any length as it does its parts', () => {
  const parts = ['名', 'a', '😀', '👩‍👩‍👧', '👍🏽', 'e\u0301'];
  const text = parts.join('.').repeat(500);
  const characters = [...charactersOf(text)];
  expect(characters.join('') === text).toBe(true);
  expect(characters.filter((one) => one === '👩‍👩‍👧')).toHaveLength(500);
  expect(columnsOf(text)).toBe(500 * columnsOf(parts.join('.')));
  expect(cut(text, 8)).toBe('名.a.😀…');
});
