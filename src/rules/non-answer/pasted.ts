import { textOfTurn, wantsAnswer } from '../context/customer-turn.js';
import { sharesWords, wordsOf } from '../context/substance.js';
import { type FindSign, isOnlyText, quotesOf } from './sign.js';

/** Shorter texts stand on every page by chance. */
const SHORTEST = 10;
/** Runs of this many characters are compared with the page. */
const RUN = 4;
/** So large a part of a turn that is in such runs of the page is pasted. */
const SHARE = 0.85;
/** The customer has the page before them: 页面上写的看不懂. */
const HAS_READ =
  /(?:页面|详情|介绍|描述|尺码表|参数|说明).{0,8}(?:看|写|说|没|上)|看了.{0,4}(?:页面|详情|尺码表|介绍)/;
/** What questions are made of; the rest is what they are about. */
const ASKING =
  /请问|麻烦|什么|怎么样?|怎样|多少|多[大久高长重宽]|哪[个种款里]?|是不是|有没有|能不能|可不可以|会不会|可以|适合|需要|这个|这款|那个|你们|我们?|家的?|[吗呢啊呀吧嘛哦的了是有会能要穿用买选]/g;
const HAN = /\p{Script=Han}+/gu;

/** Nothing but what stands on the product page, which does not answer the question; only where a page is known. */
export const pasted: FindSign = (context, turn, question) => {
  const page = String(context.options.page);
  if (page === '' || !isOnlyText(context, turn)) return null;
  const { messages } = context.conversation;
  const words = turn.messageIndexes.map((index) => wordsOf(messages[index]!.text)).join('');
  if (words.length < SHORTEST || shareFrom(page, words) < SHARE) return null;
  if (!wantsAnswer(context, question)) return null;
  const said = textOfTurn(context, question);
  if (!HAS_READ.test(said) && topicsOf(said).some((topic) => sharesWords(topic, words))) return null;
  return {
    messageId: 'pasted',
    confidence: 0.8,
    severity: 'warning',
    evidence: quotesOf(context, turn),
    data: {},
  };
};

/** What a question is about, in words of two characters and more. */
function topicsOf(said: string): string[] {
  return (said.replace(ASKING, ' ').match(HAN) ?? []).filter(({ length }) => length >= 2);
}

/** How much of some words stands in runs on a page. */
function shareFrom(page: string, words: string): number {
  const runs = runsOf(page);
  let covered = 0;
  let until = 0;
  for (let at = 0; at + RUN <= words.length; at++) {
    if (!runs.has(words.slice(at, at + RUN))) continue;
    covered += at + RUN - Math.max(at, until);
    until = at + RUN;
  }
  return covered / words.length;
}

/** A run has one page; it is taken apart once. */
let known: { page: string; runs: ReadonlySet<string> } = { page: '', runs: new Set() };

function runsOf(page: string): ReadonlySet<string> {
  if (known.page !== page) {
    const words = wordsOf(page);
    const runs = new Set<string>();
    for (let at = 0; at + RUN <= words.length; at++) runs.add(words.slice(at, at + RUN));
    known = { page, runs };
  }
  return known.runs;
}
