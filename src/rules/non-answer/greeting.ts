import { CategorySet } from '../../model/index.js';
import { asks, calls, hasStatedProblem, textOfTurn } from '../context/customer-turn.js';
import { historyOf } from '../context/history.js';
import { mayBeIn } from '../context/turns-with.js';
import { saysMoreBesides, wordsIn } from '../context/words.js';
import { type FindSign, lengthOf } from './sign.js';

const GREETING = CategorySet.of(['cue/canned-greeting']);
/** Longer texts are more than a greeting. */
const GREETING_LENGTH = 30;

/** A welcome that is the whole turn of an agent who spoke before, though the customer asks and does not call. */
export const greeting: FindSign = (context, turn, question) => {
  if (!mayBeIn(context, turn, GREETING) || lengthOf(context, turn) > GREETING_LENGTH) return null;
  if (historyOf(context.conversation).ownBefore(turn) === null || !hasStatedProblem(context, turn))
    return null;
  const words = wordsIn(context, turn, GREETING.names);
  if (words.length === 0 || saysMoreBesides(context, turn, words, 0)) return null;
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
