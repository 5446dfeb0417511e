import type { Turn } from '../../model/index.js';
import { answeredTurn, asks, calls, hasStatedProblem, textOfTurn } from '../context/customer-turn.js';
import { historyOf } from '../context/history.js';
import { remainder } from '../context/substance.js';
import type { RuleContext } from '../rule.js';
import type { FindSign } from './sign.js';

const GREETING = 'cue/canned-greeting';
/** Longer texts are more than a greeting. */
const GREETING_LENGTH = 30;

/** A welcome that is the whole turn of an agent who spoke before, though the customer asks and does not call. */
export const greeting: FindSign = (context, turn) => {
  if (turn.index < 2 || isLong(context, turn)) return null;
  if (historyOf(context.conversation).ownBefore(turn) === null) return null;
  const texts = context.textOf(turn);
  const words = texts.flatMap(({ index }) =>
    context.matches(index, GREETING).map((match) => ({ index, match })),
  );
  if (words.length === 0 || !hasStatedProblem(context, turn)) return null;
  const rest = texts
    .map(({ index, message }) =>
      remainder(
        message.text,
        words.filter((one) => one.index === index).map((one) => one.match.span),
      ),
    )
    .join('');
  const question = answeredTurn(context, turn);
  if (rest !== '' || question === null) return null;
  const said = textOfTurn(context, question);
  if (!asks(said) || calls(said)) return null;
  return {
    messageId: 'greeting',
    confidence: words[0]!.match.confidence * 0.9,
    severity: 'warning',
    evidence: words.map(({ index, match }) => ({ message: index, span: match.span, text: match.text })),
    data: { entries: words.map(({ match }) => match.entryId) },
  };
};

function isLong({ conversation }: RuleContext, turn: Turn): boolean {
  let length = 0;
  for (const index of turn.messageIndexes) length += conversation.messages[index]!.text.length;
  return length > GREETING_LENGTH;
}
