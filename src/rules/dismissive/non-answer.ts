import type { Turn } from '../../model/index.js';
import {
  answeredTurn,
  asks,
  complains,
  hasStatedProblem,
  isGreeting,
  replyTo,
  textOfTurn,
} from '../context/customer-turn.js';
import { mitigationsAfter } from '../context/mitigation.js';
import { essence, remainder, wordsOf } from '../context/substance.js';
import type { Rule, RuleContext } from '../rule.js';

const GREETING = 'cue/canned-greeting';
const STEPS = [
  'cue/question',
  'cue/hold',
  'cue/ask-order',
  'cue/ask-photo',
  'cue/ask-phone',
  'cue/ask-address',
];
/** Shorter texts may well answer two questions alike. */
const CANNED_LENGTH = 12;
/** Longer texts are more than a greeting. */
const GREETING_LENGTH = 30;
/** Longer texts are not only emoji. */
const EMOJI_LENGTH = 40;

/** Talks past the question: emoji alone, a greeting where an answer was due, the same text to different questions. */
const rule: Rule = {
  meta: {
    id: 'dismissive/non-answer',
    category: 'dismissive',
    severity: 'warning',
    stability: 'stable',
    docs: {
      what: {
        zh: '答非所问：只发表情、该回答时发欢迎语、用同一段话回复不同的问题。',
        en: 'Talks past the question: emoji only, a greeting where an answer was due, one text for different questions.',
      },
      why: { zh: '顾客会觉得对面没有人。', en: 'Customers feel that nobody is there.' },
      remedy: {
        zh: '快捷回复之后，补一句针对这位顾客的答案。',
        en: 'After a canned text, add one sentence that answers this customer.',
      },
    },
    messages: {
      'emoji-only': {
        zh: '顾客提问，只回了表情：“{quote}”',
        en: 'A question answered with emoji only: “{quote}”',
      },
      greeting: { zh: '该回答时发的是套话：“{quote}”', en: 'A greeting where an answer was due: “{quote}”' },
      repeated: {
        zh: '同一段话回复了不同的问题：“{quote}”',
        en: 'The same text in answer to different questions: “{quote}”',
      },
    },
    examples: [
      {
        title: { zh: '同一段话发两遍', en: 'One text, two questions' },
        turns: [
          { role: 'customer', text: '什么时候发货' },
          { role: 'agent', text: '亲,我们会尽快为您安排的,请您耐心等待哦' },
          { role: 'customer', text: '那不发货可以退款吗' },
          { role: 'agent', text: '亲,我们会尽快为您安排的,请您耐心等待哦' },
        ],
        finds: [{ turn: 3 }],
      },
      {
        title: { zh: '先欢迎再回答', en: 'A welcome, then the answer' },
        turns: [
          { role: 'customer', text: '在吗' },
          { role: 'agent', text: '在的亲,有什么可以帮您' },
        ],
        finds: [],
      },
    ],
  },
  reads: [GREETING],
  check(context) {
    const { turns } = context.conversation;
    // A conversation with one agent turn can only fail by emoji alone; most have few, and none is copied.
    for (const turn of turns) {
      if (turn.role !== 'agent') continue;
      if (emojiOnly(context, turn)) continue;
      if (repeats(context, turn)) continue;
      greets(context, turn);
    }
  },
};

export default rule;

function emojiOnly(context: RuleContext, turn: Turn): boolean {
  if (turn.messageIndexes.length !== 1) return false;
  const index = turn.messageIndexes[0]!;
  const message = context.conversation.messages[index]!;
  const { text } = message;
  if (message.kind !== 'text' || text.length > EMOJI_LENGTH || startsWithHan(text)) return false;
  if (wordsOf(text) !== '' || text.trim() === '') return false;
  const question = answeredTurn(context, turn);
  if (question === null) return false;
  const complaint = complains(context, question);
  const reply = replyTo(context, turn);
  const said = textOfTurn(context, question);
  // What the customer said may go on a question from before, and the next turn asks it again.
  const goesOn = essence(said) !== '' && reply !== null && asks(textOfTurn(context, reply));
  const asked = asks(said) || goesOn;
  if (!complaint && !asked) return false;
  const mended = mitigationsAfter(context, turn, 2).size > 0;
  context.report({
    turn,
    messageId: 'emoji-only',
    confidence: complaint ? 0.8 : 0.6,
    severity: mended && !complaint ? 'info' : 'warning',
    evidence: [{ message: index, span: [0, text.length] }],
    data: { afterComplaint: complaint, followedUp: mended },
  });
  return true;
}

/** True for nearly every text that is more than emoji, at the price of one comparison. */
function startsWithHan(text: string): boolean {
  const unit = text.charCodeAt(0);
  return unit >= 0x4e00 && unit <= 0x9fff;
}

/** The same long text, sent by the same agent before, in answer to something else. */
function repeats(context: RuleContext, turn: Turn): boolean {
  const { turns, messages } = context.conversation;
  for (const index of turn.messageIndexes) {
    const { text, kind } = messages[index]!;
    if (kind !== 'text' || text.length < CANNED_LENGTH) continue;
    for (let at = turn.index - 1; at >= 0; at--) {
      const earlier = turns[at]!;
      if (earlier.role !== 'agent' || earlier.agentId !== turn.agentId) continue;
      if (!earlier.messageIndexes.some((other) => messages[other]!.text === text)) continue;
      if (!isDifferentQuestion(context, earlier, turn) || essence(text).length < CANNED_LENGTH / 2)
        return false;
      // The same request for an order number, or the same 稍等, is no answer but a step towards one.
      if (STEPS.some((cue) => context.matches(index, cue).length > 0)) return false;
      context.report({
        turn,
        messageId: 'repeated',
        confidence: 0.6,
        severity: 'warning',
        evidence: [{ message: index, span: [0, text.length] }],
        data: { firstInTurn: at },
      });
      return true;
    }
  }
  return false;
}

function isDifferentQuestion(context: RuleContext, earlier: Turn, later: Turn): boolean {
  const question = answeredTurn(context, later);
  const before = answeredTurn(context, earlier);
  if (question === null || before === null) return false;
  const text = textOfTurn(context, question);
  return asks(text) && essence(text).length >= 4 && text !== textOfTurn(context, before);
}

/** A welcome that is the whole turn, though the customer has long said what it is about. */
function greets(context: RuleContext, turn: Turn): void {
  // The cheap questions first: this rule is shown every conversation.
  if (turn.index < 2 || isLong(context, turn) || !hasSpokenBefore(context, turn)) return;
  const texts = context.textOf(turn);
  const words = texts.flatMap(({ index }) =>
    context.matches(index, GREETING).map((match) => ({ index, match })),
  );
  if (words.length === 0 || !hasStatedProblem(context, turn)) return;
  const rest = texts
    .map(({ index, message }) =>
      remainder(
        message.text,
        words.filter((one) => one.index === index).map((one) => one.match.span),
      ),
    )
    .join('');
  const question = answeredTurn(context, turn);
  if (rest !== '' || question === null) return;
  const said = textOfTurn(context, question);
  if (!asks(said) || isGreeting(said)) return;
  context.report({
    turn,
    messageId: 'greeting',
    confidence: words[0]!.match.confidence * 0.8,
    evidence: words.map(({ index, match }) => ({ message: index, span: match.span, text: match.text })),
    data: { entries: words.map(({ match }) => match.entryId) },
  });
}

function isLong({ conversation }: RuleContext, turn: Turn): boolean {
  let length = 0;
  for (const index of turn.messageIndexes) length += conversation.messages[index]!.text.length;
  return length > GREETING_LENGTH;
}

function hasSpokenBefore(context: RuleContext, turn: Turn): boolean {
  return context.conversation.turns.some(
    (earlier) => earlier.index < turn.index && earlier.role === 'agent' && earlier.agentId === turn.agentId,
  );
}
