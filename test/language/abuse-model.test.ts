import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { digestOf, fileOf, readLines } from '../../scripts/model/model.js';
import { AbuseModel, SUSPECTED, SUSPECTED_OF_CUSTOMERS } from '../../src/language/abuse-model.js';
import { loadLexicon, loadModel, MODEL_FILES, readBundledSource } from '../../src/language/load.js';
import { formatModel, parseModel } from '../../src/language/model-file.js';

const SIDES = ['agent', 'customer'] as const;
const LINES = { agent: readLines('agent'), customer: readLines('customer') };
const fileOfSide = (side: keyof typeof MODEL_FILES) =>
  readFileSync(new URL(`../../lexicons/${MODEL_FILES[side]}`, import.meta.url), 'utf8');
const FILE = fileOfSide('agent');

let model: AbuseModel;
let ofCustomers: AbuseModel;
beforeAll(async () => {
  model = await loadModel();
  ofCustomers = await loadModel('customer');
});

describe('what the model suspects', () => {
  it.each([
    '你这种人连个拉链都拉不明白,还好意思出来网购',
    '就你这水平还学人家挑毛病',
    '嫌贵你去捡别人扔的穿啊',
    '信不信我明天带人到你家门口坐坐',
    '你算哪门子上帝,买个垫子还要人伺候',
    '穷成这样还惦记买正品',
  ])('abuse that is in no list: %s', (text) => {
    expect(model.suspects(text)).toBe(true);
  });

  it.each([
    '您好,在的',
    '随便你',
    '滚',
    '亲,这款有现货,四点前付款今天就能发出',
    '不能退,吊牌都剪了',
    '自己看详情页',
    '说了明天发就是明天发',
    '傻瓜相机的电池要另外买',
    '死角也能刷到,滚轮可以拆下来洗',
    '您的心情我理解,换作是我也会生气',
    '',
    'OK 3Q',
  ])('nothing of the sort: %s', (text) => {
    expect(model.suspects(text)).toBe(false);
    expect(model.matches(text)).toEqual([]);
  });
});

describe('what the model of customers’ words suspects', () => {
  it.each([
    '你读书的钱都喂了猪吧,一个破卖票的神气啥',
    '你们老板怕不是猴子变的,养一窝饭桶',
    '再不给退我就带人去砸了你们前台',
    '小妹妹今晚陪哥睡一觉我就给好评',
  ])('abuse: %s', (text) => {
    expect(ofCustomers.suspects(text)).toBe(true);
    expect(ofCustomers.matches(text)[0]).toMatchObject({ category: SUSPECTED_OF_CUSTOMERS });
  });

  it.each([
    '说好昨天退款,到现在没动静',
    '你们办事也太拖了,我要投诉',
    '客服说法都不一样,到底听谁的',
    '我真是猪脑子,忘了付尾款',
    '不买拉倒,那我去别家看看',
    '这锅跟垃圾一样,一烧就糊',
  ])('a complaint, or less: %s', (text) => {
    expect(ofCustomers.suspects(text)).toBe(false);
  });
});

describe('evidence', () => {
  it('is the stretch that weighs most, with the n-grams it was judged by', () => {
    const [match] = model.matches('亲,你这种人连个拉链都拉不明白');
    expect(match).toMatchObject({ category: SUSPECTED, text: '你这种人连个拉链都拉不明白', addressed: true });
    for (const gram of match!.form.split(' ')) expect(match!.reading).toContain(gram);
  });

  it('names a few places of a text that has thousands', () => {
    expect(model.matches('你这种人连看都不配看,'.repeat(5000)).length).toBeLessThanOrEqual(4);
  });

  it('stands in the raw text as it is quoted, whatever the text', () => {
    const parts = [
      '你这种人',
      '就你',
      '連個',
      '滚滚滚',
      '\u200b',
      ' ',
      '😀',
      ',',
      '[捂脸]',
      '穷鬼',
      '\ud83d',
      'A1',
      '不配',
      '亲',
    ];
    const text = fc
      .array(fc.oneof(fc.constantFrom(...parts), fc.string({ maxLength: 4 })))
      .map((all) => all.join(''));
    fc.assert(
      fc.property(text, (raw) => {
        const matches = model.matches(raw);
        expect(matches.length > 0).toBe(model.suspects(raw));
        for (const { span, text: words, confidence } of matches) {
          expect(raw.slice(...span)).toBe(words);
          expect(words).not.toBe('');
          expect(confidence).toBeGreaterThanOrEqual(0.5);
          expect(confidence).toBeLessThanOrEqual(0.75);
        }
      }),
    );
  });
});

describe('reading', () => {
  const plain = '你这种人连看都不配看';
  it.each([
    ['invisible marks', '你\u200b这种人连看都不\u0301配看'],
    ['Traditional', '你這種人連看都不配看'],
    ['names of emoji in brackets', '你这种人连看都不配看[捂脸]'],
    ['punctuation and emoji at the end', '你这种人连看都不配看!!!😀'],
  ])('makes no difference of %s', (_, written) => {
    expect(model.margin(written)).toBe(model.margin(plain));
  });

  it('takes a character written again and again for two', () => {
    expect(model.margin('滚滚滚滚滚')).toBe(model.margin('滚滚'));
  });

  it('takes a bracket that is not closed for a mark like any other', () => {
    expect(model.margin(`[${plain}`)).toBe(model.margin(plain));
    expect(() => model.margin('['.repeat(100_000))).not.toThrow();
  });

  it('does not depend on what was read before', () => {
    const texts = ['亲,有的', plain, '您随意', `${plain},${plain}`];
    const alone = texts.map((text) => new AbuseModel(FILE).margin(text));
    expect(texts.map((text) => model.margin(text))).toEqual(alone);
    expect(texts.toReversed().map((text) => model.margin(text))).toEqual(alone.toReversed());
  });
});

describe('the file of weights', () => {
  it.each(SIDES)('is what the training lines give: %s', (side) => {
    const file = fileOfSide(side);
    const { threshold, lines } = parseModel(file);
    expect(lines).toBe(digestOf(LINES[side]));
    // Compared as a whole: a diff of 18,000 weights helps nobody.
    const made = fileOf(LINES[side], [], threshold);
    expect(made === file, 'npx tsx scripts/model/train.ts writes it anew').toBe(true);
  });

  it('names the lines it was made from', () => {
    expect(digestOf(LINES.agent.slice(1))).not.toBe(digestOf(LINES.agent));
  });

  it('is read as it is written', () => {
    const { comment, ...weights } = { ...parseModel(FILE), comment: 'a\nb' };
    expect(parseModel(formatModel(weights, comment))).toEqual(weights);
  });

  it.each([
    ['no model', 'hello'],
    ['a model without its threshold', FILE.replace(/^threshold .*\n/m, '')],
  ])('refuses %s', (_, file) => {
    expect(() => new AbuseModel(file)).toThrow(RangeError);
  });
});

describe('training lines', () => {
  it('are many of both kinds, and none stands on both sides', () => {
    const of = (label: number) => LINES.agent.filter((line) => line.label === label).map(({ text }) => text);
    expect(new Set(of(1)).size).toBeGreaterThan(1500);
    expect(new Set(of(-1)).size).toBeGreaterThan(3000);
    const harmless = new Set(of(-1));
    expect(of(1).filter((text) => harmless.has(text))).toEqual([]);
  });

  it('are apart from the labelled samples and the examples of the lexicons', async () => {
    const folder = new URL('../../fixtures/eval/', import.meta.url);
    const samples = [
      'abuse',
      'customer',
      'hard-negatives',
      'dismissive',
      'evasion',
      'disguised',
      'look-alikes',
      'fresh',
    ].flatMap((name) =>
      readFileSync(new URL(`${name}.jsonl`, folder), 'utf8')
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => (JSON.parse(line) as { text: string }).text),
    );
    const { entries } = await readBundledSource();
    const apart = new Set([...samples, ...entries.flatMap(({ hit, miss }) => [...hit, ...miss])]);
    // Short ones are what everybody says.
    const shared = LINES.agent
      .filter(({ text }) => text.length > 8 && apart.has(text))
      .map(({ text }) => text);
    expect([...new Set(shared)]).toEqual([]);
  });
});

describe('a lexicon with the model', () => {
  it('answers under its category, and only where that is asked for', async () => {
    const lexicon = await loadLexicon();
    const text = '你这种人连个拉链都拉不明白';
    const categories = (matches: readonly { category: string }[]) => matches.map(({ category }) => category);
    expect(lexicon.categories).toContain(SUSPECTED);
    expect(lexicon.categoriesIn(text).has(SUSPECTED)).toBe(true);
    expect(categories(lexicon.read(text).matches(SUSPECTED))).toEqual([SUSPECTED]);
    expect(lexicon.read(text).categories.names).toContain(SUSPECTED);
    expect(categories(lexicon.only(new Set([SUSPECTED])).scan(text))).toEqual([SUSPECTED]);
    expect(categories(lexicon.scanCategories(text, new Set(['abuse/'])))).toContain(SUSPECTED);
    expect(categories(lexicon.scan(text))).not.toContain(SUSPECTED);
    expect(categories(lexicon.explain(text).matches)).not.toContain(SUSPECTED);
    expect(lexicon.categoriesIn(text).has('abuse/curse')).toBe(false);
    expect(lexicon.only(new Set(['abuse/curse'])).scan(text)).toEqual([]);
    expect(lexicon.mayMatch(text, new Set(['abuse/curse']))).toBe(false);
    expect(lexicon.mayMatch(text, new Set([SUSPECTED]))).toBe(true);
  });

  it('knows customers by a model of their own', async () => {
    const lexicon = await loadLexicon();
    const text = '你读书的钱都喂了猪吧,一个破卖票的神气啥';
    expect(lexicon.categoriesIn(text).has(SUSPECTED_OF_CUSTOMERS)).toBe(true);
    expect(lexicon.read(text).matches(SUSPECTED_OF_CUSTOMERS)).not.toEqual([]);
    expect(
      lexicon.scanCategories(text, new Set(['customer-abuse/'])).map(({ category }) => category),
    ).toContain(SUSPECTED_OF_CUSTOMERS);
  });

  it('is left out with the bundled lexicons', async () => {
    const lexicon = await loadLexicon({ bundled: false });
    expect(lexicon.read('你这种人连个拉链都拉不明白').matches(SUSPECTED)).toEqual([]);
    expect(lexicon.categories).not.toContain(SUSPECTED);
    expect(lexicon.hash).not.toBe((await loadLexicon()).hash);
  });
});
