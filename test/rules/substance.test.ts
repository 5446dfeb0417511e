import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  essence,
  maySay,
  remainder,
  remainderLength,
  sketchOf,
  wordsOf,
} from '../../src/rules/context/substance.js';

/** What is stripped, as expressions: slower, and easier to read. */
const EMOJI_CODE =
  /#E-[a-z]*(?:\[数字x\]|\d+)|\/:[\w^~>$'"()-]{1,6}|\[(?!ORDERID|图片|视频|链接|[^[\]]*x\])[^[\]]{1,6}\]/g;
const COURTESY =
  /亲亲|亲爱的|亲(?=$|[^自戚])|您好|你好|不好意思|抱歉|对不起|小妹|妹子|这边|这个|呢|哦|哈|呀|啊|噢|喔|的|了|吧|嘛|哒|滴|咯|呗|啦|哟|喽|嘞|诶|捏|嗯+|恩+|好的?|[你您](?=[^a-z])/g;
const wordsAsDefined = (text: string) => text.replace(EMOJI_CODE, '').replace(/[^\p{L}\p{N}]+/gu, '');
const essenceAsDefined = (text: string) => wordsAsDefined(text.replace(EMOJI_CODE, '').replace(COURTESY, ''));

const PIECES = [
  ...'亲自戚爱的您你好不意思抱歉对起小妹子这边个呢嗯恩。，！ 　\n~a9Z𠮷😀\ud83d\ude00[]#/x:',
  ...[
    '亲亲',
    '亲爱的',
    '不好意思',
    '对不起',
    '您好',
    '[微笑]',
    '#E-s12',
    '/:^_^',
    '[图片]',
    '[姓名x]',
    '发货',
    '运费',
  ],
];
const texts = fc.array(fc.constantFrom(...PIECES), { maxLength: 14 }).map((pieces) => pieces.join(''));

describe('what a text says', () => {
  it('is the text without what the expressions take out', () => {
    fc.assert(
      fc.property(texts, (text) => {
        expect(wordsOf(text)).toBe(wordsAsDefined(text));
        expect(essence(text)).toBe(essenceAsDefined(text));
      }),
      { numRuns: 3000 },
    );
  });

  it('is held by no text of another sketch', () => {
    fc.assert(
      fc.property(fc.tuple(texts, texts), ([one, other]) => {
        const both = `${one}${other}`;
        if (essence(one).includes(essence(other))) expect(maySay(sketchOf(one), sketchOf(other))).toBe(true);
        if (essence(both).includes(essence(other)))
          expect(maySay(sketchOf(both), sketchOf(other))).toBe(true);
      }),
      { numRuns: 3000 },
    );
    expect(maySay(sketchOf('今天下午发货'), sketchOf('您的地址可以改'))).toBe(false);
  });

  it('is as long beside some spans as what remains', () => {
    const pairs = fc.tuple(
      texts,
      fc.array(fc.tuple(fc.nat(20), fc.integer({ min: 1, max: 5 })), { maxLength: 3 }),
    );
    fc.assert(
      fc.property(pairs, ([text, places]) => {
        const spans = places
          .map(([start, length]): [number, number] => [start, start + length])
          .filter(([start, end]) => end <= text.length && isWhole(text, start) && isWhole(text, end));
        expect(remainderLength(text, spans)).toBe(remainder(text, spans).length);
      }),
      { numRuns: 3000 },
    );
  });
});

/** Whether a place of a text lies between two characters. */
function isWhole(text: string, at: number): boolean {
  return !/[\ud800-\udbff]$/.test(text.slice(0, at));
}
