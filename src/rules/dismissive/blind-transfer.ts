import { blindHandOversIn, TRANSFER } from '../context/blind-hand-over.js';
import type { Rule } from '../rule.js';

/**
 * Passes the customer on before asking what the problem is: the agent who transfers has asked and explained nothing,
 * and the customer has told nothing yet or protests.
 */
const rule: Rule = {
  meta: {
    id: 'dismissive/blind-transfer',
    category: 'dismissive',
    severity: 'warning',
    stability: 'stable',
    docs: {
      what: {
        zh: '没问清楚要什么就把顾客转给别的客服，凭客服自己的话判断。一句话没说、只有平台转接记录的，归 process/blind-transfer，同一次转接不会报两次。',
        en: 'Hands the customer to somebody else without having asked what they need, judged by the agent’s own words. A hand-over that only the platform’s notice shows belongs to process/blind-transfer; none is reported by both.',
      },
      why: {
        zh: '转错了要再等一次、再说一遍；多数流失发生在转接里。',
        en: 'A wrong transfer costs another wait and another telling; many customers are lost there.',
      },
      remedy: {
        zh: '先用一句话问清问题，转接时写明情况，并告诉顾客转给谁、为什么、要等多久。',
        en: 'Ask one question first; hand over with a note, and tell the customer to whom, why and how long.',
      },
    },
    messages: {
      unasked: {
        zh: '没有问清问题就转接：“{quote}”',
        en: 'Transferred before asking what the problem is: “{quote}”',
      },
      protested: {
        zh: '转接前没有了解情况，顾客表示不对：“{quote}”',
        en: 'Transferred without taking the case in, and the customer protests: “{quote}”',
      },
    },
    examples: [
      {
        title: { zh: '问都没问就转', en: 'Not one question asked' },
        turns: [
          { role: 'customer', text: '你好' },
          { role: 'agent', text: '给您转到售后客服', speaker: '甲' },
          { role: 'customer', text: '?我还没说什么事呢' },
          { role: 'agent', text: '您好,请问需要退货吗', speaker: '乙' },
        ],
        finds: [{ turn: 1 }],
      },
      {
        title: { zh: '问清再转', en: 'Asks first' },
        turns: [
          { role: 'customer', text: '杯子坏了' },
          { role: 'agent', text: '请问是杯身裂了还是盖子坏了呢', speaker: '甲' },
          { role: 'customer', text: '盖子' },
          { role: 'agent', text: '好的,情况我写给售后了,给您转到售后客服', speaker: '甲' },
        ],
        finds: [],
      },
    ],
  },
  triggers: [TRANSFER],
  check(context) {
    for (const { turn, message, match, told, protested } of blindHandOversIn(context)) {
      context.report({
        turn,
        messageId: protested ? 'protested' : 'unasked',
        confidence: match.confidence * (protested ? 1 : 0.75),
        evidence: [{ message, span: match.span, text: match.text }],
        data: { entries: [match.entryId], problemStated: told, protested },
      });
    }
  },
};

export default rule;
