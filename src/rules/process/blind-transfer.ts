import type { Turn } from '../../model/index.js';
import { hasStatedProblem } from '../context/customer-turn.js';
import { handOversIn } from '../context/hand-over.js';
import { historyOf } from '../context/history.js';
import { engages } from '../context/mitigation.js';
import type { Rule, RuleContext } from '../rule.js';

/**
 * Passed on by the platform’s button, without a word, before the customer had said what it is about. Where the agent says
 * so in the chat, `dismissive/blind-transfer` judges the words; no hand-over is reported by both.
 */
const rule: Rule = {
  meta: {
    id: 'process/blind-transfer',
    category: 'process',
    severity: 'warning',
    stability: 'stable',
    docs: {
      what: {
        zh: '平台的转接记录显示：还没问清顾客要什么，也没有说一声，就把人转走了。客服在对话里说了转接的，归 dismissive/blind-transfer，同一次转接不会报两次。',
        en: 'The platform’s record shows that the customer was passed on before their need was asked, and without a word. Where the agent announces it in the chat it belongs to dismissive/blind-transfer; no hand-over is reported by both.',
      },
      why: {
        zh: '转错了要再等一次、再说一遍；悄悄转走，顾客还不知道在等谁。',
        en: 'A wrong hand-over costs another wait and another telling, and a silent one leaves the customer not knowing for whom they wait.',
      },
      remedy: {
        zh: '先问一句，再转；转之前说明转给谁、为什么、要等多久。',
        en: 'Ask one question first; say to whom, why and how long before you pass on.',
      },
    },
    messages: {
      silent: {
        zh: '没问清问题，也没说一声，就把顾客转走了',
        en: 'Passed the customer on without a question and without a word',
      },
    },
    examples: [
      {
        title: { zh: '没说话就转走', en: 'Passed on in silence' },
        turns: [
          { role: 'customer', text: '你好', at: 0 },
          { role: 'agent', text: '您好', at: 10, speaker: '甲' },
          { role: 'system', text: '由 甲 转交给 乙', at: 20 },
          { role: 'agent', text: '您好，请讲', at: 60, speaker: '乙' },
        ],
        finds: [{ turn: 1 }],
      },
      {
        title: { zh: '转到几分钟后的另一次会话', en: 'Into another chat minutes later' },
        turns: [
          { role: 'customer', text: '你好', at: 0, contact: 0 },
          { role: 'agent', text: '您好', at: 10, speaker: '甲', contact: 0 },
          { role: 'system', text: '由 甲 转交给 乙', at: 20, contact: 0 },
          { role: 'customer', text: '在吗', at: 80, contact: 1 },
          { role: 'agent', text: '您好，请讲', at: 100, speaker: '乙', contact: 1 },
        ],
        finds: [{ turn: 1, contact: 0 }],
      },
      {
        title: { zh: '问清以后转', en: 'Asked first' },
        turns: [
          { role: 'customer', text: '电饭煲显示E3怎么办', at: 0 },
          { role: 'agent', text: '请问是煮饭时出现，还是一通电就出现呢', at: 10, speaker: '甲' },
          { role: 'customer', text: '一通电就有', at: 30 },
          { role: 'system', text: '由 甲 转交给 乙', at: 40 },
          { role: 'agent', text: '您好，E3是传感器的问题，给您寄一个新的', at: 60, speaker: '乙' },
        ],
        finds: [],
      },
    ],
  },
  check(context) {
    if (context.conversation.handOvers.length === 0) return;
    for (const { handOver, last, words } of handOversIn(context)) {
      if (words !== null || hasStatedProblem(context, last) || engagedBefore(context, last)) continue;
      context.report({
        turn: last,
        messageId: 'silent',
        confidence: 0.75,
        agentId: handOver.fromAgentId,
        data: { to: handOver.toAgentId || 'unknown' },
      });
    }
  },
};

export default rule;

/** True when this agent did anything for the customer before. */
function engagedBefore(context: RuleContext, last: Turn): boolean {
  const history = historyOf(context.conversation);
  for (let turn: Turn | null = last; turn !== null; turn = history.ownBefore(turn))
    if (engages(context, turn)) return true;
  return false;
}
