import type { Conversation, Turn } from '../../model/index.js';
import { answeredTurn, hasStatedProblem, replyTo, textOfTurn } from '../context/customer-turn.js';
import { historyOf } from '../context/history.js';
import type { Rule, RuleContext } from '../rule.js';

interface Asked {
  /** Cue list of the agent's words. */
  cue: string;
  what: 'order-number' | 'phone' | 'address' | 'photo' | 'size';
  /** How it looks when the customer has given it; all of these in one message. */
  given: readonly RegExp[];
  /** There is only one of it, so that nobody who has it may ask for another. */
  unique: boolean;
}

/** What agents ask for. */
const ASKED: readonly Asked[] = [
  {
    cue: 'cue/ask-order',
    what: 'order-number',
    given: [/\[?ORDERID|\[订单|(?<!\d)\d{10,20}(?!\d)|(?<![A-Za-z])[A-Z]{2}\d{8,}|尾号\s*\d{3,}/],
    unique: false,
  },
  { cue: 'cue/ask-phone', what: 'phone', given: [/(?<!\d)1[3-9]\d[\d*]{8}(?!\d)|\[电话/], unique: false },
  {
    cue: 'cue/ask-address',
    what: 'address',
    given: [/\[地址|[省市区县镇].{0,20}(?:路|街|道|村|小区|号|栋|幢)/],
    unique: false,
  },
  { cue: 'cue/ask-photo', what: 'photo', given: [/\[图片|\[照片|\[image/i], unique: false },
  {
    cue: 'cue/ask-size',
    what: 'size',
    given: [/1[4-9]\d|1\.[4-9]|一米[四五六七八九]/, /体重\s*\d|\d{2,3}\s*(?:斤|公斤|kg)/i],
    unique: true,
  },
];
/** The customer says that it was given: without that, another order or another photo may be meant. */
const PROTEST =
  /(?:发|给|说|写|报|传|提供)(?:给?[你您])?过|(?:上面|前面|上边|刚才|刚刚|刚|都).{0,3}(?:发|给|说|写|报|传|有)(?!货)|不是.{0,6}(?:发|给|说|写|报|传)[你您]?了|看不到吗|没看|又要我|还要我|还要再?发/;
const ASK_PROBLEM = 'cue/ask-problem';

/** Asks again for what was given, also after a transfer. */
const rule: Rule = {
  meta: {
    id: 'dismissive/re-ask',
    category: 'dismissive',
    severity: 'warning',
    stability: 'stable',
    docs: {
      what: {
        zh: '顾客已经给过订单号、照片、地址或说过问题，客服又问一遍，转接之后尤其常见。',
        en: 'The customer gave the order number, photo, address or told the problem, and is asked for it again, most often after a transfer.',
      },
      why: {
        zh: '再说一遍就是告诉顾客：前面的没人看。',
        en: 'Being asked again tells customers that nobody read what they wrote.',
      },
      remedy: {
        zh: '接手先看上文；确需核对时，说出已有的信息请顾客确认。',
        en: 'Read back before you ask; where you must check, repeat what you have and ask them to confirm.',
      },
    },
    messages: {
      'asked-again': {
        zh: '顾客已提供{what}，仍再次索要：“{quote}”',
        en: 'Asks again for the {what} already given: “{quote}”',
      },
      'told-again': {
        zh: '转接后让顾客重新说明问题：“{quote}”',
        en: 'After a transfer, asks the customer to tell it all again: “{quote}”',
      },
    },
    examples: [
      {
        title: { zh: '给过照片又要照片', en: 'Wants the photo again' },
        turns: [
          { role: 'customer', text: '收到的杯子裂了 [图片] 就是这个样子' },
          { role: 'agent', text: '麻烦您拍张照片发过来' },
          { role: 'customer', text: '不是刚发了吗' },
        ],
        finds: [{ turn: 1 }],
      },
      {
        title: { zh: '第一次要照片', en: 'Asks for the photo once' },
        turns: [
          { role: 'customer', text: '收到的杯子裂了' },
          { role: 'agent', text: '麻烦您拍张照片发过来' },
        ],
        finds: [],
      },
    ],
  },
  triggers: [...ASKED.map(({ cue }) => cue), ASK_PROBLEM],
  check(context) {
    const { conversation } = context;
    for (const turn of conversation.turns) {
      if (turn.role !== 'agent') continue;
      for (const index of turn.messageIndexes) {
        for (const asked of ASKED) {
          const match = context.matches(index, asked.cue)[0];
          if (match === undefined) continue;
          const givenIn = turnThatGave(conversation, turn, asked);
          const told = saysItWasGiven(context, answeredTurn(context, turn));
          const protested = saysItWasGiven(context, replyTo(context, turn));
          const known = givenIn !== null || askedBefore(context, turn, asked.cue);
          if (!known || !(told || protested || (asked.unique && givenIn !== null))) continue;
          context.report({
            turn,
            messageId: 'asked-again',
            confidence: match.confidence * (protested || told ? 1 : 0.8),
            evidence: [{ message: index, span: match.span, text: match.text }],
            data: {
              what: asked.what,
              protested: protested || told,
              givenInTurn: givenIn,
              entries: [match.entryId],
            },
          });
        }
        const problem = context.matches(index, ASK_PROBLEM)[0];
        if (problem && historyOf(conversation).tookOver(turn) && hasStatedProblem(context, turn)) {
          context.report({
            turn,
            messageId: 'told-again',
            confidence: problem.confidence * 0.7,
            evidence: [{ message: index, span: problem.span, text: problem.text }],
            data: { what: 'problem', entries: [problem.entryId] },
          });
        }
      }
    }
  },
};

export default rule;

/** True when a customer turn says that what is asked for was given already. */
function saysItWasGiven(context: RuleContext, turn: Turn | null): boolean {
  return turn !== null && PROTEST.test(textOfTurn(context, turn));
}

/** True when the same agent has asked for the same in their turn before. */
function askedBefore(context: RuleContext, turn: Turn, cue: string): boolean {
  const own = historyOf(context.conversation).ownBefore(turn);
  return own?.messageIndexes.some((index) => context.matches(index, cue).length > 0) === true;
}

/** The last turn before another in which the customer gave what is asked for, or null. */
function turnThatGave(conversation: Conversation, before: Turn, asked: Asked): number | null {
  let places = given.get(conversation);
  if (places === undefined) {
    places = new Map();
    given.set(conversation, places);
  }
  let last = places.get(asked.what);
  if (last === undefined) {
    last = lastGiven(conversation, asked);
    places.set(asked.what, last);
  }
  const at = last[before.index]!;
  return at < 0 ? null : at;
}

/** By what is asked for: where it was last given before each turn. */
const given = new WeakMap<Conversation, Map<Asked['what'], Int32Array>>();

function lastGiven({ turns, messages }: Conversation, { what, given: signs }: Asked): Int32Array {
  const last = new Int32Array(turns.length);
  let at = -1;
  for (const turn of turns) {
    last[turn.index] = at;
    if (turn.role !== 'customer') continue;
    const gives = turn.messageIndexes.some((index) => {
      const { text, kind } = messages[index]!;
      if (what === 'photo' && kind === 'image') return true;
      return kind === 'text' && signs.every((sign) => sign.test(text));
    });
    if (gives) at = turn.index;
  }
  return last;
}
