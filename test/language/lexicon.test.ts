import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { compile, compileLexicon, completeEntry } from '../../src/language/compile.js';
import type { LexiconEntryInit } from '../../src/language/lexicon.js';
import { checkLexicon, loadLexicon, readBundledSource } from '../../src/language/load.js';
import { normalize } from '../../src/language/normalize.js';
import { dictionaryTerms, type LexiconSource, prepareLexicon } from '../../src/language/prepare.js';
import { openSegmenter, type Segmenter } from '../../src/language/segment.js';
import { Disguises, parseTemplate, regexSource } from '../../src/language/template.js';

const characters = new Map([
  ['草', { pinyin: 'cao', homophones: ['操', '艹', '曹'], emoji: ['🌿'] }],
  ['包', { pinyin: 'bao', homophones: ['苞', 'b'], split: ['勹巳'] }],
]);
const slots = { person: ['你', '您', '你们'] };
const grassBag: LexiconEntryInit = {
  id: 'grass-bag',
  category: 'abuse/insult',
  forms: ['草包'],
  disguise: ['homophone', 'pinyin', 'initials', 'split', 'emoji', 'separators', 'stretch'],
};
const lexiconOf = (...entries: LexiconEntryInit[]) => compileLexicon(entries, { slots, characters });
const found = (text: string, ...entries: LexiconEntryInit[]) =>
  lexiconOf(...entries)
    .scan(text)
    .map((match) => match.text);

describe('matching', () => {
  test.each([
    ['你这个草包', '草包', []],
    ['你这个艹包', '艹包', ['homophone 艹→草']],
    ['你 艹 苞 吧', '艹 苞', ['separators', 'homophone 艹→草', 'homophone 苞→包']],
    ['你这🌿包', '🌿包', ['emoji 🌿→草']],
    ['你这caobao', 'caobao', ['pinyin caobao→草包']],
    ['你这 CB', 'CB', ['case', 'initials cb→草包']],
    ['你这草勹巳', '草勹巳', ['split 勹巳→包']],
    ['你草草草包啊', '草草草包', ['stretch']],
    ['你草\u200b包', '草\u200b包', ['zero-width']],
    ['草ｂ', '草ｂ', ['width', 'homophone b→包']],
  ])('%s holds %s', (text, quote, path) => {
    const [match] = lexiconOf(grassBag).scan(text);
    expect(match).toMatchObject({ text: quote, path, entryId: 'grass-bag', form: '草包' });
    expect(text.slice(...match!.span)).toBe(quote);
  });

  test.each([
    ['曹操包了饺子', '操 belongs to 曹操'],
    ['体操包装', '操 belongs to 体操'],
    ['型号CB300', 'a model name'],
    ['cbd商圈', 'part of a Latin word'],
    ['http://x.com/cb/caobao', 'a link'],
    ['草,包子', 'two clauses'],
  ])('%s holds nothing: %s', (text) => {
    expect(found(text, grassBag)).toEqual([]);
  });

  test('edges', () => {
    const forms = ['干嘛'];
    const entry = { id: 'x', category: 'cue/x', forms };
    expect(found('你在干嘛', entry)).toEqual(['干嘛']);
    expect(found('饼干嘛', entry)).toEqual([]);
    expect(found('饼干嘛', { ...entry, edges: 'anywhere' })).toEqual(['干嘛']);
    expect(found('干嘛', { ...entry, edges: 'alone' })).toEqual(['干嘛']);
    expect(found('不知道。干嘛!', { ...entry, edges: 'alone' })).toEqual(['干嘛']);
    expect(found('你在干嘛', { ...entry, edges: 'alone' })).toEqual([]);
  });

  test('the longer harmless word wins, and only where it holds the whole match', () => {
    const roll = {
      id: 'roll',
      category: 'abuse/x',
      forms: ['滚', '滚远'],
      edges: 'anywhere',
      allow: ['滚筒'],
    } as const;
    const lexicon = compileLexicon([{ ...roll, forms: [...roll.forms], allow: [...roll.allow] }], {
      allow: ['打滚'],
    });
    const texts = (text: string) => lexicon.scan(text).map((match) => match.text);
    expect(texts('滚筒洗衣机')).toEqual([]);
    expect(texts('在地上打滚')).toEqual([]);
    expect(texts('打滚远')).toEqual(['滚远']);
    expect(texts('滚筒,滚')).toEqual(['滚']);
  });

  test('unless and only', () => {
    const entry: LexiconEntryInit = {
      id: 'sick',
      category: 'abuse/x',
      edges: 'anywhere',
      forms: ['有病'],
      unless: { before: ['[宠物|孩子]{0,2}'], after: ['史'], clause: ['医院'], text: ['体检'] },
    };
    expect(found('你有病', entry)).toEqual(['有病']);
    expect(found('宠物如果有病', entry)).toEqual([]);
    expect(found('有病史', entry)).toEqual([]);
    expect(found('有病去医院', entry)).toEqual([]);
    expect(found('去过医院,你有病', entry)).toEqual(['有病']);
    expect(found('体检过了,你有病', entry)).toEqual([]);
    const only = { ...entry, unless: {}, only: { before: ['{person}'], after: ['吧'] } };
    expect(found('你有病', only)).toEqual(['有病']);
    expect(found('有病吧', only)).toEqual(['有病']);
    expect(found('有病', only)).toEqual([]);
  });

  test('amounts and codes are whole or not there', () => {
    const fool = { id: 'fool', category: 'abuse/x', forms: ['{person}个?250'], edges: 'anywhere' as const };
    expect(found('你个250', fool)).toEqual(['你个250']);
    expect(found('你250元拍的', fool)).toEqual([]);
    expect(found('你2501888单', fool)).toEqual([]);
    const money = { id: 'm', category: 'abuse/x', forms: ['赔{0,8}冥币'], edges: 'anywhere' as const };
    expect(found('赔你1000元冥币', money)).toEqual(['赔你1000元冥币']);
    const smile = {
      id: 's',
      category: 'cue/x',
      forms: ['\\[微笑\\]', '/:^_^', '#E-s12', '🙂'],
      edges: 'anywhere' as const,
    };
    expect(found('好的[微笑]/:^_^#E-s12#E-s123🙂', smile)).toEqual(['[微笑]', '/:^_^', '#E-s12', '🙂']);
  });

  test('of a category the longest match stays, of equal ones the surer', () => {
    const entry = (id: string, form: string, confidence: number, category = 'abuse/x') => ({
      id,
      category,
      forms: [form],
      confidence,
      edges: 'anywhere' as const,
    });
    const matches = lexiconOf(
      entry('short', '草包', 1),
      entry('long', '大草包', 0.5),
      entry('surer', '大[草|花]包', 0.6),
      entry('other', '草包', 0.5, 'abuse/y'),
    ).scan('大草包');
    expect(matches.map(({ entryId }) => entryId)).toEqual(['surer', 'other']);
  });

  test('categories, by name and by room', () => {
    const lexicon = lexiconOf(grassBag, { id: 'wait', category: 'cue/hold', forms: ['稍等'] });
    const text = '草包稍等';
    const ids = (...names: string[]) =>
      lexicon.scanCategories(text, new Set(names)).map(({ entryId }) => entryId);
    expect(lexicon.categories).toEqual(['abuse/insult', 'cue/hold']);
    expect(ids('abuse/')).toEqual(['grass-bag']);
    expect(ids('cue/hold')).toEqual(['wait']);
    expect(ids('abuse/curse')).toEqual([]);
    expect(lexicon.mayMatch(text, new Set(['abuse/curse']))).toBe(false);
    expect(lexicon.mayMatch('您好')).toBe(false);
  });

  test('a text of any length is judged in pieces, with spans of the whole', () => {
    const text = `${'今天发货哦。'.repeat(3000)}你这草包${'好的'.repeat(5000)}`;
    const matches = lexiconOf(grassBag).scan(text);
    expect(matches).toHaveLength(1);
    expect(text.slice(...matches[0]!.span)).toBe('草包');
  });

  test('explain tells why not', () => {
    const lexicon = lexiconOf({ ...grassBag, unless: { after: ['族'] }, allow: ['草包谷'] });
    const verdicts = (text: string) =>
      lexicon.explain(text).candidates.map(({ verdict, detail }) => `${verdict} ${detail}`);
    expect(verdicts('草包')).toEqual(['match ']);
    expect(verdicts('草包族')).toEqual(['unless after: 族']);
    expect(verdicts('草包谷')).toEqual(['allow 草包谷']);
    expect(verdicts('体操包装')).toEqual(['word-edge 体操']);
    expect(verdicts('CB300')).toEqual(['protected model cb300']);
    const { normalized, steps, protected: kept } = lexicon.explain('罵 草\u200b包 CB300');
    expect(normalized).toBe('骂 草包 cb300');
    expect(steps.map(({ step, from, to }) => [step, from, to])).toContainEqual([
      'traditional 罵→骂',
      '罵',
      '骂',
    ]);
    expect(kept).toEqual([{ kind: 'model', span: [6, 11], text: 'CB300' }]);
  });
});

describe('the bundled lexicons', () => {
  test('hit and miss what they say, repeat nothing, and every form can match', {
    timeout: 300_000,
  }, async () => {
    expect(await checkLexicon()).toEqual([]);
  });
});

const LONE_SURROGATE = /\p{Cs}/u;

describe('properties', () => {
  let source: LexiconSource;
  const segmenters: Segmenter[] = [];
  /** Pieces that real and hostile texts are made of. */
  let text: fc.Arbitrary<string>;

  beforeAll(async () => {
    source = await readBundledSource();
    source = { ...source, prepared: prepareLexicon(source) };
    for (const choice of ['nodejieba', 'node-rs'] as const) {
      try {
        segmenters.push(openSegmenter(dictionaryTerms(source.prepared!), choice));
      } catch {
        // nodejieba is optional; the comparison below says so.
      }
    }
    const examples = source.entries.flatMap(({ hit, miss }) => [...hit, ...miss]);
    const chars = [...new Set(examples.join(''))];
    text = fc
      .array(
        fc.oneof(
          fc.constantFrom(...examples),
          fc
            .constantFrom(...examples)
            .chain((example) => fc.integer({ min: 0, max: example.length }).map((at) => example.slice(at))),
          fc.constantFrom(...chars),
          fc.string({ unit: 'grapheme', maxLength: 3 }),
          fc.constantFrom(' ', '.', '\u200b', '\n', '，', '滚滚', '\ud83d', '🐎', '250元', 'SB-300'),
        ),
        { maxLength: 8 },
      )
      .map((parts) => parts.join(''));
  });

  test('every quote is verbatim, inside the text, and no half of a character', () => {
    const lexicon = compile(source);
    fc.assert(
      fc.property(text, (raw) => {
        for (const { span, text: quote } of lexicon.scan(raw)) {
          expect(span[1]).toBeGreaterThan(span[0]);
          expect(raw.slice(...span)).toBe(quote);
          expect(LONE_SURROGATE.test(quote) && !LONE_SURROGATE.test(raw)).toBe(false);
        }
      }),
      { numRuns: 300 },
    );
  });

  test('the automaton misses nothing that a regular expression finds', () => {
    const lexicon = compile(source);
    const patterns = source.entries.flatMap((entry) => {
      const disguises = new Disguises(entry.disguise, source.characters);
      return entry.forms.map((form) => ({
        entry,
        form,
        regex: new RegExp(regexSource(parseTemplate(form, source.slots), disguises)),
      }));
    });
    fc.assert(
      fc.property(text, (raw) => {
        const { text: folded } = normalize(raw);
        const candidates = new Set(
          lexicon.explain(raw).candidates.map(({ entryId, form }) => `${entryId} ${form}`),
        );
        for (const { entry, form, regex } of patterns) {
          if (!regex.test(folded)) continue;
          expect(lexicon.mayMatch(raw)).toBe(true);
          expect(lexicon.mayMatch(raw, new Set([entry.category]))).toBe(true);
          expect(candidates).toContain(`${entry.id} ${form}`);
        }
      }),
      { numRuns: 100 },
    );
  });

  test('the same matches with either segmenter', (context) => {
    if (segmenters.length < 2) context.skip('nodejieba is not installed');
    const [first, second] = segmenters.map((segmenter) => compile(source, segmenter));
    for (const { hit, miss } of source.entries) {
      for (const raw of [...hit, ...miss]) expect(first!.scan(raw)).toEqual(second!.scan(raw));
    }
    fc.assert(
      fc.property(text, (raw) => {
        expect(first!.scan(raw)).toEqual(second!.scan(raw));
      }),
      { numRuns: 500 },
    );
  });
});

describe('loading', () => {
  let folder: string;
  const write = async (name: string, content: string | Uint8Array) => {
    const file = join(folder, name);
    await writeFile(file, content);
    return file;
  };
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'kefu-lexicon-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  test('all problems of a file at once, each with its line', async () => {
    const file = await write(
      'bad.yaml',
      [
        'entries:',
        '  - id: no-category',
        '    forms: [草包]',
        '  - id: Bad Id',
        '    category: abuse/x',
        '    forms: []',
        '    edge: word',
      ].join('\n'),
    );
    const problems = await checkLexicon({ bundled: false, files: [file] });
    expect(problems.map(({ code, line, entryId }) => [code, line, entryId])).toEqual([
      ['schema', 4, 'Bad Id'],
      ['schema', 6, 'Bad Id'],
      ['schema', 7, 'Bad Id'],
    ]);
    await expect(loadLexicon({ bundled: false, files: [file] })).rejects.toMatchObject({
      code: 'lexicon',
      file,
      line: 4,
    });
  });

  test('what the check finds', async () => {
    const file = await write(
      'check.yaml',
      [
        'defaults: { category: abuse/x, edges: anywhere }',
        'entries:',
        '  - { id: a, forms: [草包], hit: [花包], miss: [大草包] }',
        '  - { id: b, forms: [草包] }',
        '  - { id: c, forms: ["[草|"] }',
        '  - { id: d, forms: ["{nobody}包"] }',
      ].join('\n'),
    );
    const codes = async (...ids: string[]) =>
      (await checkLexicon({ bundled: false, files: [file], disabled: ids })).map(({ code, line }) => [
        code,
        line,
      ]);
    expect(await codes()).toEqual([
      ['template', 5],
      ['unknown-slot', 6],
    ]);
    expect(await codes('c', 'd')).toEqual([
      ['duplicate-form', 4],
      ['misses-hit', 3],
      ['hits-miss', 3],
    ]);
    expect(await codes('c', 'd', 'b', 'zz')).toContainEqual(['unknown-entry', 0]);
  });

  test('a broken template stops the run and is named', async () => {
    const file = await write('broken.yaml', 'entries:\n  - { id: a, category: abuse/x, forms: ["[草|"] }\n');
    await expect(loadLexicon({ bundled: false, files: [file] })).rejects.toMatchObject({
      code: 'lexicon',
      line: 2,
    });
    await expect(loadLexicon({ files: [join(folder, 'none.yaml')] })).rejects.toMatchObject({
      code: 'not-found',
    });
    const twice = await write(
      'twice.yaml',
      'entries:\n  - { id: a, category: abuse/x, forms: [草包] }\n  - id: a\n',
    );
    await expect(loadLexicon({ bundled: false, files: [twice] })).rejects.toMatchObject({ code: 'lexicon' });
  });

  test('words from a spreadsheet, in GBK as well', async () => {
    const gbk = new Uint8Array([
      // 词,类别 / 草包,辱骂 / 草包粥,放行
      0xb4, 0xca, 0x2c, 0xc0, 0xe0, 0xb1, 0xf0, 0x0d, 0x0a, 0xb2, 0xdd, 0xb0, 0xfc, 0x2c, 0xc8, 0xe8, 0xc2,
      0xee, 0x0d, 0x0a, 0xb2, 0xdd, 0xb0, 0xfc, 0xd6, 0xe0, 0x2c, 0xb7, 0xc5, 0xd0, 0xd0, 0x0d, 0x0a,
    ]);
    for (const content of ['\ufeff词,类别\n草包,辱骂\n草包粥,放行\n', gbk]) {
      const file = await write('words.csv', content);
      const lexicon = await loadLexicon({ bundled: false, files: [file] });
      expect(lexicon.scan('你个草 包,来碗草包粥')).toMatchObject([
        { text: '草 包', category: 'abuse/insult', path: ['separators'] },
      ]);
    }
    const file = await write('wrong.csv', '草包,没有这一类\n');
    expect(await checkLexicon({ bundled: false, files: [file] })).toMatchObject([
      { code: 'schema', line: 1 },
    ]);
  });

  test('own entries beside the bundled ones, and entries switched off', async () => {
    const lexicon = await loadLexicon({ userEntries: [{ ...grassBag, disguise: [] }] });
    expect(lexicon.scan('你这草包').map(({ entryId }) => entryId)).toEqual(['grass-bag']);
    expect(lexicon.scan('你真低能').length).toBe(1);
    const without = await loadLexicon({ disabled: ['brain-damaged'] });
    expect(without.scan('你真低能')).toEqual([]);
    expect(new Set([(await loadLexicon()).hash, lexicon.hash, without.hash]).size).toBe(3);
  });

  test('one entry id is one entry', () => {
    expect(completeEntry(grassBag)).toMatchObject({ severity: 'warning', edges: 'word', directed: 'any' });
  });
});
