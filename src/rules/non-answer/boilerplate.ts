import { CategorySet, type Turn } from '../../model/index.js';
import {
  asks,
  asksFor,
  asksForYesOrNo,
  asksOpenly,
  complains,
  lastAsked,
  objects,
  protests,
  statesTrouble,
  textOfTurn,
} from '../context/customer-turn.js';
import { type Mitigation, mitigates } from '../context/mitigation.js';
import { essence, remainderLength, sharesWords } from '../context/substance.js';
import { mayBeIn } from '../context/turns-with.js';
import { isIn } from '../context/words.js';
import type { RuleContext } from '../rule.js';
import { type FindSign, isOnlyText, quotesOf } from './sign.js';
import { REQUEST, stepsOn } from './steps.js';

/** The register of notices. */
const BOILERPLATE = 'cue/boilerplate';
const BOILERPLATE_ONLY = CategorySet.of([BOILERPLATE]);
/** Shorter texts are not pasted. */
const SHORTEST = 12;
/** What a notice would have to hold to be more than one. */
const HELPS: readonly Mitigation[] = ['reason', 'alternative', 'next-step', 'offer', 'referral', 'question'];
/** Times, dates and amounts, masked ones as well: something definite. */
const DEFINITE =
  /\d\s*(?:个?工作日|[天点号日时分秒周年元块折斤克米寸度升%％]|个?月|小时|[hH])|[￥¥]\d|\d[-:：/.]\d|\[(?:日期|时间|数字|金额)x|[一二两三四五六七八九十几半][天点号日时分秒周月年个块元]|[今明后]天/;
/** 哦没说呀 states nothing that is wrong. */
const AGREES = /^(?:好|嗯|恩|哦|噢|行|可以|谢)/;
/** Asks for a number. */
const QUANTITY = /多少|多[大高重长宽厚久远]|几(?!乎|个)/;
/** Says yes or no, at the head of a clause. */
const YES_OR_NO =
  /(?:^|[，,。~～！!\s])(?:您好|亲+|亲爱的|嗯+|这个|这款|目前|暂时|一般)*(?:是的|不是|可以|不可以|不行|不能|不会|会的|有的|没有|支持|不支持|能的|需要|不用|不需要|对的)/;

/** A notice, in general words, where something definite was asked. */
export const boilerplate: FindSign = (context, turn, question) => {
  if (!mayBeIn(context, turn, BOILERPLATE_ONLY) || !isOnlyText(context, turn)) return null;
  const answer = textOfTurn(context, turn);
  if (remainderLength(answer, [], SHORTEST) < SHORTEST || REQUEST.test(answer)) return null;
  if (!isIn(context, turn, BOILERPLATE) || !isMissed(context, question, answer)) return null;
  if (mitigates(context, turn, HELPS) || stepsOn(context, turn)) return null;
  return {
    messageId: 'boilerplate',
    confidence: 0.7,
    severity: 'warning',
    evidence: quotesOf(context, turn),
    data: {},
  };
};

/** True where the customer asked, complained or pressed on, and a text is not about it. */
function isMissed(context: RuleContext, question: Turn, answer: string): boolean {
  const said = textOfTurn(context, question);
  const last = lastAsked(said);
  const definite = DEFINITE.test(answer);
  if (QUANTITY.test(last)) return !definite && !/\d/.test(answer);
  if (asksFor(context, question, 'when') || asksFor(context, question, 'amount')) return !definite;
  if (asksFor(context, question, 'way-out') || asksFor(context, question, 'how')) return true;
  if (complains(context, question) || protests(context, question) || objects(said)) return !definite;
  if (statesTrouble(last) && !AGREES.test(said) && !sharesWords(essence(last), answer)) return !definite;
  if (!asks(last)) return false;
  if (!asksOpenly(last) && YES_OR_NO.test(answer)) return false;
  if (asksForYesOrNo(last) && definite) return false;
  return !sharesWords(essence(last), answer) || (asksOpenly(last) && asksFor(context, question, 'why'));
}
