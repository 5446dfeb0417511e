import type { Turn } from '../../model/index.js';
import { answeredTurn, asks, textOfTurn } from '../context/customer-turn.js';
import { historyOf, LONG_TEXT } from '../context/history.js';
import { essence, sharesWords } from '../context/substance.js';
import type { RuleContext } from '../rule.js';
import type { FindSign } from './sign.js';
import { STEPS } from './steps.js';

/** The same long text, sent by the same agent before, in answer to something else. */
export const repeated: FindSign = (context, turn) => {
  const { conversation } = context;
  for (const index of turn.messageIndexes) {
    const { text, kind } = conversation.messages[index]!;
    if (kind !== 'text' || text.length < LONG_TEXT) continue;
    const earlier = historyOf(conversation).sameTextBefore(turn, text);
    if (earlier === null) continue;
    if (!isDifferentQuestion(context, earlier, turn, text)) return null;
    if (essence(text).length < LONG_TEXT / 2 || REQUEST.test(text)) return null;
    // The same request for an order number, or the same 稍等, is no answer but a step towards one.
    if (STEPS.some((cue) => context.matches(index, cue).length > 0)) return null;
    return {
      messageId: 'repeated',
      confidence: 0.7,
      severity: 'warning',
      evidence: [{ message: index, span: [0, text.length] }],
      data: { firstInTurn: earlier.index },
    };
  }
  return null;
};

/** What the agent must know is asked again until it comes. */
const REQUEST = /请.{0,6}(?:提供|发|填|告知|确认|核对|稍)|麻烦/;

/** True when a text answers something else the second time, and is not about it. */
function isDifferentQuestion(context: RuleContext, earlier: Turn, later: Turn, answer: string): boolean {
  const question = answeredTurn(context, later);
  const before = answeredTurn(context, earlier);
  if (question === null || before === null) return false;
  const text = textOfTurn(context, question);
  if (!asks(text) || essence(text).length < 3 || text === textOfTurn(context, before)) return false;
  return !sharesWords(essence(text), answer);
}
