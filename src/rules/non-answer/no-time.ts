import { CategorySet } from '../../model/index.js';
import { askingsIn, asksForYesOrNo, textOfTurn } from '../context/customer-turn.js';
import { mitigates } from '../context/mitigation.js';
import { remainderLength } from '../context/substance.js';
import { type FindSign, isOnlyText, quotesOf } from './sign.js';
import { stepsOn } from './steps.js';

const ASKS_WHEN = CategorySet.of(['cue/asks-when']);

/** Shorter texts leave too much to guess. */
const SHORTEST = 6;
/** Anything at all about time, order, or whether: an answer, however vague, speaks of one of them. */
const TIMELY =
  /[时天日周月年点号分秒早晚久快慢后前再才就等会已正刚先催尽没不无未停结]|预计|马上|立刻|随时|还在|目前|现在|看|以.{1,12}为准|一起|预约|完成|\d|\[|[?？]|吗|[么呢](?:亲|$)/;

/** A text without a word about time to the question when. */
export const noTime: FindSign = (context, turn, question) => {
  const last = question.messageIndexes[question.messageIndexes.length - 1]!;
  if (!context.mayHold(last, ASKS_WHEN) || !isOnlyText(context, turn)) return null;
  const answer = textOfTurn(context, turn);
  if (TIMELY.test(answer) || remainderLength(answer, [], SHORTEST) < SHORTEST) return null;
  if (context.matches(last, 'cue/asks-when').length === 0) return null;
  // Of two questions the other one may have been answered.
  if (askingsIn(context, question).size > 1 || asksForYesOrNo(textOfTurn(context, question))) return null;
  if (stepsOn(context, turn)) return null;
  if (mitigates(context, turn, ['next-step', 'offer', 'referral', 'question'])) return null;
  return {
    messageId: 'no-time',
    confidence: 0.7,
    severity: 'warning',
    evidence: quotesOf(context, turn),
    data: {},
  };
};
