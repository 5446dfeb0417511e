import type { Conversation, Turn } from '../../model/index.js';
import { hasStatedProblem, replyTo, textOfTurn } from '../context/customer-turn.js';
import type { Rule } from '../rule.js';

/** What agents ask for, by cue list, and how it looks when the customer has given it. */
const ASKED: readonly { cue: string; what: string; given: RegExp }[] = [
  {
    cue: 'cue/ask-order',
    what: 'order-number',
    given: /\[?ORDERID|\[订单|(?<!\d)\d{10,20}(?!\d)|(?<![A-Za-z])[A-Z]{2}\d{8,}/,
  },
  { cue: 'cue/ask-phone', what: 'phone', given: /(?<!\d)1[3-9]\d[\d*]{8}(?!\d)|\[电话/ },
  {
    cue: 'cue/ask-address',
    what: 'address',
    given: /\[地址|[省市区县镇].{0,20}(?:路|街|道|村|小区|号|栋|幢)/,
  },
  { cue: 'cue/ask-photo', what: 'photo', given: /\[图片|\[照片|\[image/i },
  {
    cue: 'cue/ask-size',
    what: 'size',
    given:
      /\d{2,3}\s*(?:cm|厘米|公分|斤|公斤|kg)|(?<![A-Za-z])(?:X{0,4}[LS]|M)码|\d{2}码|身高\s*\d|体重\s*\d/i,
  },
];
/** Without a protest the customer may have been asked for another order, another photo. */
const PROTEST =
  /不是.{0,6}了|刚.{0,6}[发给说]|已经|上面|前面|[发给说写]过|[发给说写]了|又要|还要|看不到吗|没看/;
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
        for (const { cue, what, given } of ASKED) {
          const match = context.matches(index, cue)[0];
          if (match === undefined) continue;
          const givenIn = turnThatGave(conversation, turn, what, given);
          if (givenIn === null) continue;
          const reply = replyTo(context, turn);
          const protested = reply !== null && PROTEST.test(textOfTurn(context, reply));
          context.report({
            turn,
            messageId: 'asked-again',
            confidence: match.confidence * (protested ? 1 : 0.6),
            severity: protested ? 'warning' : 'info',
            evidence: [{ message: index, span: match.span, text: match.text }],
            data: { what, protested, givenInTurn: givenIn, entries: [match.entryId] },
          });
        }
        const problem = context.matches(index, ASK_PROBLEM)[0];
        if (problem && tookOver(conversation, turn) && hasStatedProblem(context, turn)) {
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

/** The turn in which the customer gave what is asked for, if no later order or item has come up since. */
function turnThatGave(conversation: Conversation, before: Turn, what: string, given: RegExp): number | null {
  for (let at = before.index - 1; at >= 0; at--) {
    const turn = conversation.turns[at]!;
    if (turn.role !== 'customer') continue;
    for (const index of turn.messageIndexes) {
      const message = conversation.messages[index]!;
      if (what === 'photo' && message.kind === 'image') return at;
      if (message.kind === 'text' && given.test(message.text)) return at;
    }
  }
  return null;
}

/** True for the first turn of an agent who follows another. */
function tookOver(conversation: Conversation, turn: Turn): boolean {
  let other = false;
  for (const earlier of conversation.turns) {
    if (earlier.index >= turn.index) break;
    if (earlier.role !== 'agent') continue;
    if (earlier.agentId === turn.agentId) return false;
    other = true;
  }
  return other;
}
