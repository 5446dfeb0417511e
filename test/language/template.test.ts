import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  anchorsOf,
  Disguises,
  expansions,
  hasRun,
  initialsOf,
  literalTemplate,
  NO_DISGUISE,
  parseTemplate,
  regexSource,
  TemplateError,
} from '../../src/language/template.js';

const slots = new Map([['person', ['你', '您', '你[们|这人]']]]);
const parse = (template: string) => parseTemplate(template, slots);
const regex = (template: string, disguises = NO_DISGUISE) =>
  new RegExp(`^(?:${regexSource(parse(template), disguises)})$`);

describe('templates', () => {
  test.each([
    ['[买|付]不起', ['买不起', '付不起']],
    ['(买|付)不起?', ['买不', '买不起', '付不', '付不起']],
    ['{person}傻?', ['你', '你傻', '您', '您傻', '你们', '你们傻', '你这人', '你这人傻']],
    ['[就|才]?不[退|换]', ['不退', '不换', '就不退', '就不换', '才不退', '才不换']],
    ['\\[微笑\\]', ['[微笑]']],
    ['什么？', ['什么?']],
    ['ＳＢ', ['sb']],
  ])('%s stands for %j', (template, texts) => {
    expect(expansions(parse(template), 100)).toEqual(texts);
  });

  test.each([
    ['[买|付', 4 + 1, '] is missing'],
    ['买|付', 2, 'unexpected |; write \\| for the character'],
    ['[|付]', 2, 'empty alternative; write x? for what may be absent'],
    ['买{1,', 2, '} is missing'],
    ['买{0,99}付', 2, 'a gap is at most 20 characters'],
    ['买{nobody}', 2, 'nobody'],
    ['?买', 1, 'unexpected ?; write \\? for the character'],
    ['买?', 3, 'no character that must be there'],
    ['买\\', 3, 'nothing after \\'],
  ])('%s is refused at column %i', (template, column, message) => {
    let error: unknown;
    try {
      parse(template);
    } catch (thrown) {
      error = thrown;
    }
    expect(error).toBeInstanceOf(TemplateError);
    expect(error).toMatchObject({ column, message });
  });

  test('a gap stays inside its clause', () => {
    const pattern = regex('没{0,4}脑子');
    expect(pattern.test('没带脑子')).toBe(true);
    expect(pattern.test('没,脑子')).toBe(false);
    expect(pattern.test('没带了大半天脑子')).toBe(false);
  });

  test('a character may be stretched, a doubled one is another word', () => {
    expect(regex('滚').test('滚滚滚')).toBe(true);
    expect(regex('滚').test('滚滚')).toBe(false);
    expect(regex('滚', new Disguises(['stretch'], new Map())).test('滚滚')).toBe(true);
    expect(regex('他妈的').test('他妈妈的')).toBe(false);
    expect(regex('哈哈').test('哈哈哈哈哈')).toBe(true);
  });

  test('separators stand between characters only', () => {
    const disguises = new Disguises(['separators'], new Map());
    const pattern = new RegExp(regexSource(parse('很?笨蛋'), disguises));
    expect(pattern.exec('你 是 笨.*蛋 了')?.[0]).toBe('笨.*蛋');
    expect(pattern.exec('很 笨蛋')?.[0]).toBe('很 笨蛋');
  });

  test('initials and literals', () => {
    const disguises = new Disguises(
      ['initials'],
      new Map([
        ['草', { pinyin: 'cao' }],
        ['包', { pinyin: 'bao' }],
      ]),
    );
    expect(initialsOf('草包', disguises)).toBe('cb');
    expect(initialsOf('草人', disguises)).toBe(null);
    expect(expansions(parse(literalTemplate('[a|b]{x}?\\')), 10)).toEqual(['[a|b]{x}?\\']);
  });

  test('the anchor is the piece that clean text holds least often', () => {
    expect(anchorsOf(parse('{person}的地址{0,8}刀片'), NO_DISGUISE)).toEqual(['刀片']);
    expect(anchorsOf(parse('{0,3}[a|b]'), NO_DISGUISE)).toEqual(['a', 'b']);
    expect(anchorsOf(parse('好[*|草包]'), NO_DISGUISE)).toEqual(['好']);
  });

  test('every expansion holds an anchor', () => {
    const piece = fc.constantFrom('草', '包', '[大|笨]', '(小|很大)', '了?', '[的|地]?', '{person}', '人人');
    fc.assert(
      fc.property(fc.array(piece, { minLength: 1, maxLength: 5 }), (pieces) => {
        const template = `包${pieces.join('')}`;
        const nodes = parse(template);
        const anchors = anchorsOf(nodes, NO_DISGUISE)!;
        for (const text of expansions(nodes, 1000) ?? []) {
          expect(regex(template).test(text)).toBe(true);
          const skeleton = text.replace(/(.)\1+/gu, '$1');
          expect(anchors.some((anchor) => skeleton.includes(anchor))).toBe(true);
        }
      }),
    );
  });
});

describe('expressions without runs', () => {
  test.each([
    ['呵呵呵', true],
    ['呵 呵,呵', true],
    ['🐷🐷🐷', true],
    ['呵呵哈呵', false],
    ['🐷🐶🐷', false],
    ['', false],
  ])('%s has a run: %s', (text, expected) => {
    expect(hasRun(text)).toBe(expected);
  });

  test('find the same in every text without one', () => {
    const rows = new Map([['猪', { pinyin: 'zhu', homophones: ['朱'], emoji: ['🐷'] }]]);
    const piece = fc.constantFrom('猪', '朱', '头', '🐷', 'z', 'h', 'u', ' ', '*', ',', '你');
    const text = fc.array(piece, { maxLength: 10 }).map((pieces) => pieces.join(''));
    const template = fc.constantFrom('猪头', '猪猪', '{person}?猪{0,2}头?猪', '[猪|头头]你');
    const disguises = fc
      .subarray(['homophone', 'pinyin', 'emoji', 'separators', 'stretch'] as const)
      .map((kinds) => new Disguises(kinds, rows));
    const places = (source: string, folded: string) =>
      [...folded.matchAll(new RegExp(source, 'g'))].map((found) => [found.index, ...found]);
    let compared = 0;
    fc.assert(
      fc.property(text, template, disguises, (folded, form, kinds) => {
        if (hasRun(folded)) return;
        const nodes = parse(form);
        const whole = places(regexSource(nodes, kinds), folded);
        expect(places(regexSource(nodes, kinds, { runs: false }), folded)).toEqual(whole);
        compared += whole.length;
      }),
      { numRuns: 3000 },
    );
    expect(compared).toBeGreaterThan(100);
  });
});
