import { CharacterSet, type Turn } from '../../model/index.js';
import { asks, replyTo, textOfTurn } from '../context/customer-turn.js';
import { essence, remainderLength, sharesWords } from '../context/substance.js';
import { isIn } from '../context/words.js';
import type { RuleContext } from '../rule.js';
import { type FindSign, quotesOf } from './sign.js';
import { stepsOn } from './steps.js';

/** The customer says that this was no answer: 我问的是运费, 答非所问. */
const SAYS_SO = 'cue/says-unanswered';
/** Shorter questions (多少钱) may be asked twice of two things. */
const QUESTION_LENGTH = 4;
/** Longer turns may hold the answer, and the customer has missed it. */
const ANSWER_LENGTH = 40;
const TRAILING = new CharacterSet('?？!！。.~～ 呢啊呀吗嘛哦么吧了');

/** The customer says that their question was not answered, or asks it again word for word. */
export const askedAgain: FindSign = (context, turn, question) => {
  const reply = replyTo(context, turn);
  if (reply === null) return null;
  const saysSo = isIn(context, reply, SAYS_SO);
  if (!saysSo && !repeatsQuestion(context, turn, question, reply)) return null;
  if (remainderLength(textOfTurn(context, question), [], 2) < 2 || stepsOn(context, turn)) return null;
  const texts = context.textOf(turn);
  const length = texts.reduce((sum, { message }) => sum + message.text.length, 0);
  if (texts.length === 0 || length > ANSWER_LENGTH) return null;
  return {
    messageId: saysSo ? 'said-so' : 'asked-again',
    confidence: saysSo ? 0.85 : 0.7,
    severity: 'warning',
    evidence: quotesOf(context, turn),
    data: { answeredInTurn: reply.index },
  };
};

/** Compares the last message before with the first one after: people send a question again as it was. */
function repeatsQuestion(context: RuleContext, turn: Turn, before: Turn, reply: Turn): boolean {
  const { messages } = context.conversation;
  const asked = messages[before.messageIndexes[before.messageIndexes.length - 1]!]!;
  const again = messages[reply.messageIndexes[0]!]!;
  if (asked.kind !== 'text' || again.kind !== 'text') return false;
  const question = core(asked.text);
  if (question.length < QUESTION_LENGTH || !again.text.includes(question)) return false;
  // Words of the question in the turn between: it was answered, and the second one crossed the answer.
  const words = essence(question);
  if (context.textOf(turn).some(({ message }) => sharesWords(words, message.text))) return false;
  return asks(asked.text) && words.length >= QUESTION_LENGTH && !NUMBER_ONLY.test(question);
}

/** Order cards and links are sent again for other reasons. */
const NUMBER_ONLY = /订单|https?:|\[(?:ORDERID|链接|订单|站点)|\d{6,}/;

function core(text: string): string {
  let end = text.length;
  while (end > 0 && TRAILING.at(text, end - 1)) end--;
  let start = 0;
  while (start < end && TRAILING.at(text, start)) start++;
  return text.slice(start, end);
}
