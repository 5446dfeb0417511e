import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { compile } from '../../src/language/compile.js';
import type { CompiledLexicon, Disguise, LexiconEntry } from '../../src/language/lexicon.js';
import { readBundledSource } from '../../src/language/load.js';
import { type LexiconSource, prepareLexicon } from '../../src/language/prepare.js';
import { expansions, parseTemplate } from '../../src/language/template.js';

const ABUSE = new Set(['abuse/']);
const KNOWN: ReadonlySet<string> = new Set(['match', 'covered']);

let source: LexiconSource;
let lexicon: CompiledLexicon;

beforeAll(async () => {
  const bundled = await readBundledSource();
  source = { ...bundled, prepared: prepareLexicon(bundled) };
  lexicon = compile(source);
});

describe('each kind of disguise', () => {
  test.each<[kind: string, text: string, quote: string, reading: string, steps: string[]]>([
    ['full width', '这都看错,ＳＢ', 'ＳＢ', '傻逼', ['width', 'initials sb→傻逼']],
    ['case', '你是ShaBi吗', 'ShaBi', '傻逼', ['case', 'pinyin shabi→傻逼']],
    ['Traditional', '你媽死了', '你媽死了', '你妈死了', ['traditional 媽→妈']],
    ['zero width', '傻\u200b\u2060逼', '傻\u200b\u2060逼', '傻逼', ['zero-width']],
    ['combining marks', '傻\u0336逼\u0336', '傻\u0336逼\u0336', '傻逼', ['mark']],
    ['accents', '你shǎ bī吧', 'shǎ bī', '傻逼', ['accent', 'separators', 'pinyin shabi→傻逼']],
    ['look-alike letters', 'ѕЬ一个', 'ѕЬ', '傻逼', ['look-alike ѕ→s']],
    ['homophones', '煞笔', '煞笔', '傻逼', ['homophone 煞→傻', 'homophone 笔→逼']],
    ['near-homophones', '鲨臂', '鲨臂', '傻逼', ['homophone 鲨→傻', 'homophone 臂→逼']],
    ['pinyin', 'cao ni ma', 'cao ni ma', '操你妈', ['pinyin caonima→操你妈']],
    ['pinyin with digits', '5hab1', '5hab1', '傻逼', ['pinyin 5hab1→傻逼']],
    ['initials', '真是sb', 'sb', '傻逼', ['initials sb→傻逼']],
    ['initials and laughter', 'nmsl2333', 'nmsl2333', 'nmsl2333', []],
    ['split characters', '你女马死了', '你女马死了', '你妈死了', ['split 女马→妈']],
    ['digits for sounds', '王8蛋', '王8蛋', '王八蛋', ['homophone 8→八']],
    ['numbers that look like letters', '傻13', '傻13', '傻逼', ['homophone 13→逼']],
    ['spaces', '傻 逼', '傻 逼', '傻逼', ['separators']],
    ['stars and dots', '操*你.妈', '操*你.妈', '操你妈', ['separators']],
    ['punctuation', '傻,逼!', '傻,逼', '傻逼', ['punctuation']],
    ['brackets', '(傻)(逼)', '傻)(逼', '傻逼', ['punctuation']],
    ['lines', '傻\n逼\n', '傻\n逼', '傻逼', ['punctuation']],
    ['emoji', '操你🐎', '操你🐎', '操你妈', ['emoji 🐎→妈']],
    ['emoji with a selector', '☀️你🐎', '☀️你🐎', '日你妈', ['emoji ☀→日', 'emoji 🐎→妈']],
    ['stretching', '傻傻傻逼', '傻傻傻逼', '傻逼', ['stretch']],
    ['stretched pinyin', 'shaaaabi', 'shaaaabi', '傻逼', ['pinyin shaaaabi→傻逼']],
    ['Latin and Han', '煞bi', '煞bi', '傻逼', ['homophone 煞→傻', 'pinyin bi→逼']],
    ['two at once', '🌿.尼.🐎', '🌿.尼.🐎', '操你妈', ['separators', 'emoji 🌿→操', 'homophone 尼→你']],
  ])('%s: %s', (_, text, quote, reading, steps) => {
    const matches = lexicon.scanCategories(text, ABUSE);
    expect(matches.map((match) => match.text)).toContain(quote);
    const match = matches.find((one) => one.text === quote)!;
    expect(match.reading.replace('草', '操')).toBe(reading);
    for (const step of steps) expect(match.path).toContain(step);
    expect(text.slice(...match.span)).toBe(quote);
  });

  test.each([
    ['a clause goes on behind the comma', '弄了半天去,死活打不开'],
    ['an ordinary word behind it', '马上给你,马上出库'],
    ['letters of a list', 's,b,m三款'],
    ['sizes of a list', 'S / B / L都有'],
    ['two kinds', 'S/B两种型号'],
    ['a kind', '这箱装B款'],
    ['spaced-out goods', '滚 轮 · 收纳箱'],
    ['a Latin phrase', 'heat gun要另买'],
    ['an address', 'song jiang qu si jing zhen'],
    ['vests for women', '女马甲'],
    ['a bank', '广发银行卡'],
    ['paper', '打印纸张'],
    ['a floor', '您去4楼自提'],
    ['a garage', '你去4S店问问'],
    ['a box of thirteen', '一箱装13个'],
    ['a model', '华为S13的壳'],
    ['an amount', '一共250元'],
    ['letters alone', 'TMD传感器'],
    ['a link', 'https://item.example.com/sb/250?nc=38'],
    ['an e-mail address', 'nima.sb@example.com'],
    ['a JD emoji code', '好的#E-s250'],
    ['a mask', '[数字x]号之前'],
  ])('%s: %s', (_, text) => {
    expect(lexicon.scanCategories(text, ABUSE).map((match) => match.text)).toEqual([]);
  });
});

/** A word as some entry of the lexicon writes it. */
interface Word {
  entry: LexiconEntry;
  text: string;
}

/** Plain Han words of entries that ask for a disguise, whatever stands around them. */
function wordsWith(disguise: Disguise): Word[] {
  const words: Word[] = [];
  for (const entry of source.entries) {
    if (!entry.category.startsWith('abuse/') || !entry.disguise.includes(disguise)) continue;
    if (Object.keys(entry.only).length > 0) continue;
    for (const form of entry.forms) {
      for (const text of expansions(parseTemplate(form, source.slots), 12) ?? []) {
        if (/^\p{Script=Han}{2,6}$/u.test(text) && !/(.)\1/u.test(text)) words.push({ entry, text });
      }
    }
  }
  return words.filter(({ entry, text }) => isFound(entry, text));
}

function isFound(entry: LexiconEntry, text: string): boolean {
  return lexicon
    .explain(text, new Set([entry.category]))
    .candidates.some(({ entryId, verdict }) => entryId === entry.id && KNOWN.has(verdict));
}

/** Words with one of their characters replaced, at a place where there is something to replace it by. */
function replaced(
  words: readonly Word[],
  options: (char: string) => readonly string[],
): fc.Arbitrary<[Word, string]> {
  const places = words.flatMap((word) =>
    [...word.text].flatMap((char, at) =>
      options(char).map((other): [Word, string] => [
        word,
        word.text.slice(0, at) + other + word.text.slice(at + 1),
      ]),
    ),
  );
  return fc.constantFrom(...places);
}

describe('properties', () => {
  const runs = { numRuns: 150 };
  const holds = (cases: fc.Arbitrary<[Word, string]>) =>
    fc.assert(
      fc.property(cases, ([{ entry, text }, written]) => {
        expect(isFound(entry, written), `${entry.id} ${text} ${written}`).toBe(true);
      }),
      runs,
    );
  const each = (
    disguise: Disguise,
    write: (text: string) => fc.Arbitrary<string>,
  ): fc.Arbitrary<[Word, string]> =>
    fc
      .constantFrom(...wordsWith(disguise))
      .chain((word) => write(word.text).map((written): [Word, string] => [word, written]));
  const joined = (text: string, marks: readonly string[]) =>
    fc
      .array(fc.constantFrom(...marks), { minLength: text.length, maxLength: text.length })
      .map((between) =>
        [...text].map((char, at) => char + (at < text.length - 1 ? between[at] : '')).join(''),
      );

  test('invisible characters, marks and selectors anywhere', () => {
    holds(
      each('separators', (text) =>
        joined(text, ['', '\u200b', '\u200d', '\u2060', '\ufeff', '\u0336', '\u20e0', '\ufe0f']),
      ),
    );
  });

  test('spaces, dots, stars, dashes between all characters', () => {
    holds(each('separators', (text) => joined(text, [' ', '·', '*', '-', '_', '~', '…', '/', ' * ', '   '])));
  });

  test('punctuation between all characters', () => {
    const marks = ['，', '。', '！', '、', '；', '）（', '」「', '\n'];
    holds(each('separators', (text) => joined(text, marks).map((written) => `${written}！`)));
  });

  test('stretched characters', () => {
    holds(
      each('stretch', (text) =>
        fc
          .tuple(fc.nat(text.length - 1), fc.integer({ min: 3, max: 9 }))
          .map(([at, times]) => text.slice(0, at) + text[at]!.repeat(times) + text.slice(at + 1)),
      ),
    );
  });

  test('emoji', () => {
    holds(replaced(wordsWith('emoji'), (char) => source.characters.get(char)?.emoji ?? []));
  });

  test('pinyin, in part', () => {
    const syllable = (char: string) => source.characters.get(char)?.pinyin;
    holds(replaced(wordsWith('pinyin'), (char) => [syllable(char) ?? []].flat()));
  });

  test('homophones and split characters, unless they make an ordinary word', () => {
    const isHan = (text: string) => /^\p{Script=Han}+$/u.test(text);
    const row = (char: string) => source.characters.get(char);
    const cases = fc.oneof(
      replaced(wordsWith('homophone'), (char) => row(char)?.homophones?.filter(isHan) ?? []),
      replaced(wordsWith('split'), (char) => row(char)?.split ?? []),
    );
    const ordinary: ReadonlySet<string> = new Set(['inner-word', 'word-edge', 'allow', 'unless']);
    fc.assert(
      fc.property(cases, ([{ entry, text }, written]) => {
        const verdicts = lexicon
          .explain(written, new Set([entry.category]))
          .candidates.filter(({ entryId }) => entryId === entry.id)
          .map(({ verdict }) => verdict);
        const well = verdicts.some((one) => KNOWN.has(one) || ordinary.has(one));
        expect(well, `${entry.id} ${text} ${written}`).toBe(true);
      }),
      runs,
    );
  });

  test('numbers, models, links and addresses are no words', () => {
    const bait = fc.constantFrom(
      'sb',
      'SB',
      '250',
      '38',
      'cnm',
      'CNM',
      'nmsl',
      'tmd',
      'TMD',
      '2b',
      '5B',
      's13',
      'nc',
      'nima',
      'shabi',
    );
    const digits = (min: number, max: number) => fc.stringMatching(new RegExp(`^[0-9]{${min},${max}}$`));
    const letters = fc.stringMatching(/^[a-z]{3,8}$/);
    const harmless = fc.oneof(
      fc.tuple(bait, digits(4, 14)).map(([one, number]) => `订单号${one}${number}`),
      fc.tuple(digits(3, 10), bait, digits(3, 10)).map((parts) => `单号${parts.join('')}已发出`),
      fc.tuple(bait, digits(1, 4)).map(([one, number]) => `型号${one}-${number}x`),
      fc
        .tuple(letters, bait, letters)
        .map(([host, one, end]) => `见https://${host}.example.com/${one}/${end}?id=${one}`),
      fc.tuple(bait, letters).map(([one, host]) => `发到${one}.${host}@example.com`),
      digits(1, 3).map((number) => `一共${number}元`),
      digits(1, 3).map((number) => `${number}码还有`),
      fc.tuple(letters, bait).map(([word, one]) => `${word}${one}`),
      fc.tuple(bait, letters).map(([one, word]) => `${one}_${word}`),
      bait.map((one) => `#E-${one[0]!.toLowerCase()}${one.length}8 好的`),
      bait.map((one) => `[${one}]好的`),
    );
    // A random letter before the bait may spell another word of the kind.
    const isBait = (text: string) => /cnmb|wdnmd|nmsl\d|nimabi/i.test(text);
    fc.assert(
      fc.property(harmless, (text) => {
        fc.pre(!isBait(text));
        expect(lexicon.scanCategories(text, ABUSE).map((match) => match.text)).toEqual([]);
      }),
      { numRuns: 600 },
    );
  });
});
