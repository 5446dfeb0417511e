import type { Turn } from '../../model/index.js';
import { askingsIn, asksForYesOrNo, complains, replyTo, textOfTurn } from '../context/customer-turn.js';
import { historyOf } from '../context/history.js';
import { mitigationsAfter } from '../context/mitigation.js';
import { essence, sharesWords, wordsOf } from '../context/substance.js';
import type { RuleContext } from '../rule.js';
import type { FindSign } from './sign.js';

/** Longer texts are not only emoji. */
const EMOJI_LENGTH = 40;
/** A customer who thanks has what they wanted. */
const CONTENT = /^(?:好|谢|嗯|恩|行|ok|可以了|知道了|收到)/i;
/** Cards and masks ask nothing. */
const MASK = /\[[^\]]*\]/g;
/** 好吧 asks nothing. */
const AGREED = /^(?:好|嗯|恩|行|哦|谢|ok){1,2}[的吧了呢谢]{0,2}$/i;
const HAN = /\p{Script=Han}/u;
/** All that is said is whom it is said to. */
const ADDRESS = /^(?:亲亲|亲爱[的滴哒]|亲)+$/;
const PRESSES = /^[?？!！\s]+$|人呢|在吗|吗[?？]?$/;

/** Emoji alone, where the customer asked, complained, or must ask again. */
export const emojiOnly: FindSign = (context, turn, question) => {
  if (turn.messageIndexes.length !== 1) return null;
  const index = turn.messageIndexes[0]!;
  const message = context.conversation.messages[index]!;
  const { text } = message;
  if (message.kind !== 'text' || text.length > EMOJI_LENGTH || saysSomething(text)) return null;
  const words = wordsOf(text);
  const called = ADDRESS.test(words);
  if ((words !== '' && !called) || text.trim() === '') return null;
  const said = textOfTurn(context, question).replace(MASK, '');
  if (!HAN.test(said) || AGREED.test(wordsOf(said))) return null;
  const complaint = complains(context, question);
  const asked = asksNow(context, question);
  if (isContent(context, turn)) return null;
  const pressed = mustAskAgain(context, turn, question);
  // 亲爱的 may be the beginning of an answer that crossed with what the customer typed.
  if (called ? !pressed : !complaint && !asked && !pressed) return null;
  return {
    messageId: 'emoji-only',
    confidence: complaint ? 0.8 : 0.7,
    severity: 'warning',
    evidence: [{ message: index, span: [0, text.length] }],
    data: { afterComplaint: complaint, followedUp: mitigationsAfter(context, turn, 2).size > 0 },
  };
};

/** True for nearly every text that is more than emoji or an address, at the price of a comparison or two. */
function saysSomething(text: string): boolean {
  const unit = text.charCodeAt(0);
  return unit >= 0x4e00 && unit <= 0x9fff && !(text.length <= 6 && text[0] === '亲');
}

/** 请稍等 and 麻烦了 ask for nothing that emoji could not answer. */
function asksNow(context: RuleContext, question: Turn): boolean {
  return askingsIn(context, question).size > 0 || asksForYesOrNo(textOfTurn(context, question));
}

function isContent(context: RuleContext, turn: Turn): boolean {
  const reply = replyTo(context, turn);
  return reply !== null && CONTENT.test(wordsOf(textOfTurn(context, reply)));
}

/** True when the next customer turn presses on, or asks what one of the turns before has asked. */
function mustAskAgain(context: RuleContext, turn: Turn, question: Turn): boolean {
  const reply = replyTo(context, turn);
  if (reply === null) return false;
  const said = textOfTurn(context, reply);
  if (PRESSES.test(said.trim()) && essence(said).length < 2) return true;
  if (!asksNow(context, reply)) return false;
  const history = historyOf(context.conversation);
  let earlier: Turn | null = question;
  for (let seen = 0; seen < REACH && earlier !== null; seen++) {
    if (sharesWords(essence(said), textOfTurn(context, earlier))) return true;
    earlier = history.customerBefore(earlier);
  }
  return false;
}

/** Customer turns to look back for the question that is asked again. */
const REACH = 3;
