import { type Conversation, LastOf, type Turn } from '../../model/index.js';
import {
  answeredTurn,
  asks,
  complains,
  INSISTING_CUES,
  objects,
  protests,
  textOfTurn,
} from '../context/customer-turn.js';
import { historyOf, LONG_TEXT } from '../context/history.js';
import { mitigates } from '../context/mitigation.js';
import {
  essence,
  maySay,
  remainderLength,
  type Sketch,
  sharesWords,
  sketchOf,
  wordsOf,
} from '../context/substance.js';
import { mayBeIn } from '../context/turns-with.js';
import type { RuleContext } from '../rule.js';
import type { FindSign } from './sign.js';
import { REQUEST, takesAStep } from './steps.js';

/** The same long text, sent by the same agent before, in answer to something else or to a customer who presses on. */
export const repeated: FindSign = (context, turn, question) => {
  const { conversation } = context;
  const history = historyOf(conversation);
  if (history.ownBefore(turn) === null) return null;
  for (const index of turn.messageIndexes) {
    const { text, kind } = conversation.messages[index]!;
    if (kind !== 'text' || text.length < LONG_TEXT) continue;
    const same = history.sameTextBefore(index);
    // Only the very same text may be blamed where the customer does not press on: that spares most turns the rest.
    if (same === null && !mayPressOn(context, question)) continue;
    const earlier = same ?? turnThatSaidAsMuch(context, turn, index);
    if (earlier === null || isName(text) || (same === null && !pressesOn(context, question))) continue;
    if (!isUnanswered(context, earlier, question, turn, text, same !== null)) return null;
    if (remainderLength(text, [], LONG_TEXT) < LONG_TEXT / 2 || REQUEST.test(text)) return null;
    // The same request for an order number, or the same 稍等, is no answer but a step towards one.
    if (takesAStep(context, index)) return null;
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

/** A glance at whether the customer {@link pressesOn}: false is certain. */
function mayPressOn(context: RuleContext, question: Turn): boolean {
  return mayBeIn(context, question, INSISTING_CUES) || saysNotDone(context, question);
}

function pressesOn(context: RuleContext, question: Turn): boolean {
  return saysNotDone(context, question) || insists(context, question);
}

/** Texts of fewer words are said again by chance, whole or as a part of another. */
const PASTED_LENGTH = 16;
/** So many words more are courtesy around the same text. */
const ADDED = 10;
/** Nobody remembers what was said more turns ago. */
const MEMORY = 6;

/** The turn before in which the agent sent a long text that holds this one, or nearly all of it. */
function turnThatSaidAsMuch({ conversation }: RuleContext, turn: Turn, message: number): Turn | null {
  const { messages } = conversation;
  const { text } = messages[message]!;
  if (text.length < PASTED_LENGTH) return null;
  const history = historyOf(conversation);
  const known = sketches.of(conversation);
  const own = kept(known, message, text);
  let earlier = history.ownBefore(turn);
  for (let seen = 0; seen < MEMORY && earlier !== null; seen++) {
    for (const index of earlier.messageIndexes) {
      const before = messages[index]!;
      if (before.kind !== 'text' || before.text.length < PASTED_LENGTH) continue;
      const other = kept(known, index, before.text);
      if (!maySay(own, other) && !maySay(other, own)) continue;
      if (saysAsMuch(essence(before.text), essence(text))) return earlier;
    }
    earlier = history.ownBefore(earlier);
  }
  return null;
}

/** True when what was said holds some words, or is all of them but for some courtesy. */
function saysAsMuch(said: string, words: string): boolean {
  if (words.length < PASTED_LENGTH || said.length < PASTED_LENGTH) return false;
  return said.includes(words) || (words.length <= said.length + ADDED && words.includes(said));
}

/** The sketches of the messages of a conversation, as far as they were asked for: texts are held against several. */
const sketches = new LastOf(({ messages }: Conversation) => new Array<Sketch | undefined>(messages.length));

/** The sketch of a message, made when it is first asked for. */
function kept(known: (Sketch | undefined)[], message: number, text: string): Sketch {
  let own = known[message];
  if (own === undefined) {
    own = sketchOf(text);
    known[message] = own;
  }
  return own;
}

/**
 * True when a text answers something else the second time, and is not about it; or when the customer does not put up
 * with it, and gets the very same.
 */
function isUnanswered(
  context: RuleContext,
  earlier: Turn,
  question: Turn,
  later: Turn,
  answer: string,
  same: boolean,
): boolean {
  const before = answeredTurn(context, earlier);
  if (before === null) return false;
  const text = textOfTurn(context, question);
  if (remainderLength(text, [], 3) < 3 || wordsOf(text) === wordsOf(textOfTurn(context, before)))
    return false;
  if (answer.length >= PASTED_LENGTH) {
    // To a protest, the same step once more is no step.
    if (insists(context, question)) return !mitigates(context, later, ['referral', 'question']);
    if (saysNotDone(context, question) || (same && goesOn(text)))
      return !mitigates(context, later, ['referral', 'question', 'next-step']);
  }
  return same && asks(text) && !sharesWords(essence(text), answer);
}

/** Titles of goods are full of letters, numbers and masks. */
function isName(text: string): boolean {
  let han = 0;
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit >= 0x3400 && unit <= 0x9fff) han++;
  }
  return han < text.length * 0.6;
}

/** Whoever agrees or thanks may be told the same again. */
const AGREES = /^(?:好|嗯|恩|行|哦|噢|ok|谢|知道|明白|收到|可以|没有|没事|是的|对)|谢谢|感谢|麻烦|\[|\d{6}/i;

/** So many characters say something. */
const GOES_ON = 6;

/** Says something more, whatever it is; a question may be answered by what was said. */
function goesOn(text: string): boolean {
  return !asks(text) && remainderLength(text, [], GOES_ON) >= GOES_ON && !AGREES.test(text);
}

/** 都第四天了, 还是不行. */
const NOT_DONE = /[天周月]了|还是?[没不]|[都也]没|没用|看不懂/;

function insists(context: RuleContext, question: Turn): boolean {
  return protests(context, question) || complains(context, question);
}

function saysNotDone({ conversation }: RuleContext, question: Turn): boolean {
  return question.messageIndexes.some((index) => {
    const { text, kind } = conversation.messages[index]!;
    return kind === 'text' && (NOT_DONE.test(text) || objects(text));
  });
}
