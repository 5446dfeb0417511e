import { askingsIn, asksForYesOrNo, textOfTurn } from '../context/customer-turn.js';
import { mitigates } from '../context/mitigation.js';
import { type FindSign, isOnlyText, quotesOf } from './sign.js';
import { stepsOn } from './steps.js';

const ASKS_AMOUNT = 'cue/asks-amount';
/** Money, in whatever words; also that there is none to pay, or that it depends. */
const AMOUNT =
  /元|块|钱|费|价|金额|免|包邮|额|优惠|折|券|[￥¥]|\d\.\d|[\d０-９]{2,}|[一二四五六七八九十百千万两]+[包袋盒斤个]|三[袋盒斤个]|看|算|根据|不同|而定|没有|不|\[(?:金额|数字|订单|ORDERID)/;

/** Times and terms are no amounts. */
const TERM = /(?:\[数字x\]|\d)+-?(?:\[数字x\]|\d)*\s*(?:个?工作日|个?月|天|日|号|小时|分钟|年|[Hh])/g;

/** A text without any amount to the question how much. */
export const noAmount: FindSign = (context, turn, question) => {
  const last = question.messageIndexes[question.messageIndexes.length - 1]!;
  if (context.matches(last, ASKS_AMOUNT).length === 0) return null;
  // Of two questions the other one may have been answered.
  if (askingsIn(context, question).size > 1 || asksForYesOrNo(textOfTurn(context, question))) return null;
  if (!isOnlyText(context, turn)) return null;
  const { messages } = context.conversation;
  if (turn.messageIndexes.some((index) => answers(messages[index]!.text))) return null;
  if (stepsOn(context, turn) || mitigates(context, turn, ['next-step'])) return null;
  return {
    messageId: 'no-amount',
    confidence: 0.7,
    severity: 'warning',
    evidence: quotesOf(context, turn),
    data: {},
  };
};

/** True when a text may name an amount, or asks back. */
function answers(text: string): boolean {
  return ASKS_BACK.test(text) || AMOUNT.test(text.replace(TERM, ''));
}

const ASKS_BACK = /[?？]|吗|呢$|是吧|还是/;
