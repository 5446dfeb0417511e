import type { Turn } from '../../model/index.js';
import { answeredTurn, asks, textOfTurn } from '../context/customer-turn.js';
import { essence } from '../context/substance.js';
import type { RuleContext } from '../rule.js';
import type { FindSign } from './sign.js';
import { STEPS } from './steps.js';

/** Shorter texts may well answer two questions alike. */
const CANNED_LENGTH = 12;

/** The same long text, sent by the same agent before, in answer to something else. */
export const repeated: FindSign = (context, turn) => {
  const { turns, messages } = context.conversation;
  for (const index of turn.messageIndexes) {
    const { text, kind } = messages[index]!;
    if (kind !== 'text' || text.length < CANNED_LENGTH) continue;
    for (let at = turn.index - 1; at >= 0; at--) {
      const earlier = turns[at]!;
      if (earlier.role !== 'agent' || earlier.agentId !== turn.agentId) continue;
      if (!earlier.messageIndexes.some((other) => messages[other]!.text === text)) continue;
      if (!isDifferentQuestion(context, earlier, turn) || essence(text).length < CANNED_LENGTH / 2)
        return null;
      // The same request for an order number, or the same 稍等, is no answer but a step towards one.
      if (STEPS.some((cue) => context.matches(index, cue).length > 0)) return null;
      return {
        messageId: 'repeated',
        confidence: 0.7,
        severity: 'warning',
        evidence: [{ message: index, span: [0, text.length] }],
        data: { firstInTurn: at },
      };
    }
  }
  return null;
};

function isDifferentQuestion(context: RuleContext, earlier: Turn, later: Turn): boolean {
  const question = answeredTurn(context, later);
  const before = answeredTurn(context, earlier);
  if (question === null || before === null) return false;
  const text = textOfTurn(context, question);
  return asks(text) && essence(text).length >= 4 && text !== textOfTurn(context, before);
}
