import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { compile, compileLexicon } from '../../src/language/compile.js';
import type { CompiledLexicon } from '../../src/language/lexicon.js';
import { readBundledSource } from '../../src/language/load.js';
import type { LexiconSource } from '../../src/language/prepare.js';
import { UnitCutter } from '../../src/language/units.js';
import { TextTable } from '../../src/model/text-table.js';

function unitsOf(text: string): string[] {
  const cutter = new UnitCutter();
  cutter.cut(text);
  const units: string[] = [];
  for (let at = 0, from = 0; at < cutter.count; from = cutter.ends[at++]!) {
    units.push(text.slice(from, cutter.ends[at]));
  }
  return units;
}

describe('a form that goes on behind a mark', () => {
  it.each([
    ['要赔，不赔', '您看要赔，不赔都行'],
    ['陪，[退|赔]', '没人陪，赔了也白赔'],
    ['龟，龟', '慢得像龟，龟都嫌'],
    ['一，二', '一，二十件'],
  ])('%s is found in %s', (form, text) => {
    const lexicon = compileLexicon([
      { id: 'wide', category: 'abuse/test', forms: [form], edges: 'anywhere' },
    ]);
    expect(lexicon.explain(text).matches).toHaveLength(1);
    expect(lexicon.read(text).matches('abuse/test')).toEqual(lexicon.explain(text).matches);
    expect(lexicon.read(text).categories.has('abuse/test')).toBe(true);
  });
});

describe('units', () => {
  it.each([
    ['晚上好，想了解哪一款呢', ['晚上好，', '想了解哪一款呢']],
    ['稍等！！！ 我去仓库问', ['稍等！！！ ', '我去仓库问']],
    ['第一行\n第二行', ['第一行\n', '第二行']],
    ['没有标点', ['没有标点']],
    ['结尾有句号。', ['结尾有句号。']],
    ['', []],
    // A word may be spelled out with marks between its characters.
    ['你是傻，逼，知道吗', ['你是傻，逼，', '知道吗']],
    ['傻，(逼)', ['傻，(逼)']],
    ['nm，sl，哈哈', ['nm，sl，', '哈哈']],
    ['要s,b,m三款', ['要s,b,m三款']],
    // What is no language is never cut.
    ['看https://example.com/a?b=1，谢谢', ['看https://example.com/a?b=1，', '谢谢']],
    ['[图片,未下载]收到', ['[图片,未下载]收到']],
    ['好的/:!~再见', ['好的/:!~再见']],
  ])('%s', (text, units) => {
    expect(unitsOf(text)).toEqual(units);
  });

  it('lose nothing of any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(unitsOf(text).join('')).toBe(text);
      }),
    );
  });
});

describe('a text read unit by unit', () => {
  let lexicon: CompiledLexicon;
  let source: LexiconSource;
  let words: string[];
  beforeAll(async () => {
    source = await readBundledSource();
    lexicon = compile(source);
    words = source.entries.flatMap(({ hit, miss }) => [...hit, ...miss]);
  });

  /** {@link CompiledLexicon.explain} looks at the text as a whole. */
  const asWhole = (text: string) =>
    lexicon
      .explain(text)
      .matches.map(({ entryId, span, text: found }) => `${span} ${entryId} ${found}`)
      .sort();
  const byUnits = (text: string) =>
    lexicon
      .scan(text)
      .map(({ entryId, span, text: found }) => `${span} ${entryId} ${found}`)
      .sort();

  it('has the matches that it has as a whole, wherever marks stand', () => {
    const mark = fc.constantFrom('，', '。', '！', '？', '?', '!', ',', ' ', '~', '：', '、', '\n', '', '…');
    const part = fc.oneof(
      { weight: 4, arbitrary: fc.nat().map((at) => words[at % words.length]!) },
      {
        weight: 1,
        arbitrary: fc.constantFrom('亲', '您', '了', '好的', '5', 's', 'b', '[微笑]', '#E-s12', '就', '再'),
      },
    );
    fc.assert(
      fc.property(fc.array(fc.tuple(part, mark), { minLength: 1, maxLength: 5 }), (parts) => {
        const text = parts.map(([said, by]) => said + by).join('');
        expect(byUnits(text)).toEqual(asWhole(text));
      }),
      { numRuns: 400 },
    );
  });

  it('has the matches of forms with a mark in them', () => {
    const marked = source.entries.flatMap(({ hit }) => hit.filter((text) => /[,，。！!？?；;]./.test(text)));
    expect(marked.length).toBeGreaterThan(20);
    for (const text of marked) expect(byUnits(text)).toEqual(asWhole(text));
  });
});

describe('the table of texts', () => {
  const put = (table: TextTable<{ text: string }>, text: string, hash: number) => {
    table.set(hash, { text });
  };

  it('knows a part of a text by its characters, not by its hash alone', () => {
    const table = new TextTable<{ text: string }>(4);
    put(table, '稍等，', 7);
    expect(table.get('亲，稍等，谢谢', 2, 5, 7)).toEqual({ text: '稍等，' });
    expect(table.get('亲，好的，谢谢', 2, 5, 7)).toBeUndefined();
    expect(table.get('亲，稍等，谢谢', 2, 5, 8)).toBeUndefined();
  });

  it('forgets some when it is full, and still finds the latest', () => {
    const table = new TextTable<{ text: string }>(3);
    for (let at = 0; at < 100; at++) {
      put(table, `第${at}句`, at);
      expect(table.get(`第${at}句`, 0, `第${at}句`.length, at)).toEqual({ text: `第${at}句` });
    }
  });
});
