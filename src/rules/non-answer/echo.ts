import { CategorySet, type Turn } from '../../model/index.js';
import {
  asksFor,
  asksForYesOrNo,
  complains,
  INSISTING_CUES,
  objects,
  protests,
  textOfTurn,
} from '../context/customer-turn.js';
import { historyOf } from '../context/history.js';
import { MITIGATIONS, mitigates } from '../context/mitigation.js';
import { essence } from '../context/substance.js';
import { mayBeIn } from '../context/turns-with.js';
import type { RuleContext } from '../rule.js';
import type { FindSign } from './sign.js';
import { takesAStep } from './steps.js';

/** Longer turns say more than was said. */
const ECHO_LENGTH = 16;
/** So large a part of the turn's pairs of characters has been said before. */
const SHARE = 0.7;
/** Numbers, masks and addresses are repeated to be confirmed. */
const NAMES = /\d|\[|核对|确认|一定|保证|放心|没关系|没事|不要紧|[今明][天晚]|马上/;
/** Which of two: the answer repeats one. */
const CHOICE = /还是/;
const CONFIRM = /[?？]\s*$/;
/** Agrees, or says that it was understood: no repetition, whatever it repeats. */
const AGREES = /^(?:您好|亲|嗯)*[，, ]*(?:可以|能|好|行|明白|知道|了解|收到|是的|对)/;

/** Why, or a protest, answered by what was said already: 为什么要自取？——要自取哦. */
export const echo: FindSign = (context, turn, question) => {
  if (turn.messageIndexes.length !== 1) return null;
  const index = turn.messageIndexes[0]!;
  const { text, kind } = context.conversation.messages[index]!;
  if (kind !== 'text' || text.length > ECHO_LENGTH) return null;
  const said = textOfTurn(context, question);
  if (!mayWantMore(context, question, said)) return null;
  if (NAMES.test(text) || AGREES.test(text) || !wantsMore(context, question, said)) return null;
  const words = essence(text);
  if (words.length < 2) return null;
  if (!repeats(words, said + textBefore(context, turn)) || mitigates(context, turn, MITIGATIONS)) return null;
  if (takesAStep(context, index)) return null;
  return {
    messageId: 'echo',
    confidence: 0.7,
    severity: 'warning',
    evidence: [{ message: index, span: [0, text.length] }],
    data: {},
  };
};

const WANT_MORE = INSISTING_CUES.with(CategorySet.of(['cue/asks-why']));

/** A glance at whether the customer {@link wantsMore}: false is certain. */
function mayWantMore(context: RuleContext, question: Turn, said: string): boolean {
  return mayBeIn(context, question, WANT_MORE) || objects(said);
}

function wantsMore(context: RuleContext, question: Turn, said: string): boolean {
  if (CHOICE.test(said)) return false;
  if (asksFor(context, question, 'why')) return true;
  // 不是说能退吗: what was said before is the answer asked for.
  if (asksForYesOrNo(said) || CONFIRM.test(said)) return false;
  return protests(context, question) || complains(context, question) || objects(said);
}

/** What this agent has said lately. */
function textBefore(context: RuleContext, turn: Turn): string {
  const history = historyOf(context.conversation);
  let said = '';
  let earlier = history.ownBefore(turn);
  for (let seen = 0; seen < MEMORY && earlier !== null; seen++) {
    said += `${textOfTurn(context, earlier)}\n`;
    earlier = history.ownBefore(earlier);
  }
  return said;
}

/** Nobody remembers what was said more turns ago. */
const MEMORY = 8;

function repeats(words: string, said: string): boolean {
  let known = 0;
  for (let at = 0; at + 2 <= words.length; at++) if (said.includes(words.slice(at, at + 2))) known++;
  return known / (words.length - 1) >= SHARE;
}
