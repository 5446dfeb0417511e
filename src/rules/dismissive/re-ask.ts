import { ASKS_FOR, reAsksIn } from '../context/re-ask.js';
import type { Rule } from '../rule.js';

/** Asks again for what was given to the same agent. After a hand-over it is `process/re-ask-after-transfer`. */
const rule: Rule = {
  meta: {
    id: 'dismissive/re-ask',
    category: 'dismissive',
    severity: 'warning',
    stability: 'stable',
    docs: {
      what: {
        zh: '顾客已经给过订单号、照片、地址或尺码，同一位客服又要一遍。转接后由接手的人再问的，归 process/re-ask-after-transfer。',
        en: 'The customer gave the order number, photo, address or measurements, and the same agent asks again. Asked by whoever took over, it belongs to process/re-ask-after-transfer.',
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
  triggers: ASKS_FOR.names,
  check(context) {
    for (const { turn, message, match, what, protested, givenInTurn, afterHandOver } of reAsksIn(context)) {
      if (afterHandOver) continue;
      context.report({
        turn,
        messageId: 'asked-again',
        confidence: match.confidence * (protested ? 1 : 0.8),
        evidence: [{ message, span: match.span, text: match.text }],
        data: { what, protested, givenInTurn, entries: [match.entryId] },
      });
    }
  },
};

export default rule;
