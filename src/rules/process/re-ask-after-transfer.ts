import type { Rule } from '../rule.js';

/**
 * The session that a customer was handed over to begins with what the customer has just given. Hand-overs inside one chat
 * are `dismissive/re-ask`.
 */
const rule: Rule = {
  meta: {
    id: 'process/re-ask-after-transfer',
    category: 'process',
    severity: 'warning',
    stability: 'stable',
    docs: {
      what: {
        zh: '转接到新的会话后，接手的客服又问一遍问题，或索要几分钟前刚给过的资料。',
        en: 'After a hand-over into a new session the next agent asks for the story or papers given minutes before.',
      },
      why: {
        zh: '转接本来是为了更专业，重问一遍等于从头排队。',
        en: 'A hand-over is meant to help; asking again puts the customer back to the start.',
      },
      remedy: {
        zh: '转出的人写明情况，接手的人先看记录，再开口。',
        en: 'Whoever hands over writes it down; whoever takes over reads it first.',
      },
    },
    messages: {
      again: {
        zh: '转接后又索要刚提供过的{what}：“{quote}”',
        en: 'After the hand-over asks again for the {what} just given: “{quote}”',
      },
    },
    examples: [
      {
        title: { zh: '一分钟前才发过', en: 'Sent a minute ago' },
        turns: [
          { role: 'customer', text: '风扇不转 订单 550012345678', at: 0, contact: 0 },
          { role: 'agent', text: '已经提交，给您转接售后专员', at: 60, speaker: '甲', contact: 0 },
          { role: 'customer', text: '你好 在吗', at: 180, contact: 1 },
          { role: 'agent', text: '您好，麻烦提供一下订单号', at: 200, speaker: '乙', contact: 1 },
        ],
        finds: [{ turn: 1, quote: '订单号', contact: 1 }],
      },
      {
        title: { zh: '接手的人看过了', en: 'The next agent has read it' },
        turns: [
          { role: 'customer', text: '风扇不转 订单 550012345678', at: 0, contact: 0 },
          { role: 'agent', text: '已经提交，给您转接售后专员', at: 60, speaker: '甲', contact: 0 },
          { role: 'customer', text: '你好 在吗', at: 180, contact: 1 },
          {
            role: 'agent',
            text: '您好，风扇不转的情况我看到了，给您换一台',
            at: 200,
            speaker: '乙',
            contact: 1,
          },
        ],
        finds: [],
      },
    ],
  },
  checkCustomer(context) {
    for (const repeat of context.customer.repeats) {
      if (!repeat.afterHandOver) continue;
      context.report({
        contact: repeat.contact,
        at: repeat,
        agentId: repeat.agentId,
        messageId: 'again',
        confidence: 0.8,
        severity: repeat.what.includes('story') ? 'info' : 'warning',
        evidence: [repeat.evidence],
        data: { what: repeat.what.map((what) => (what === 'story' ? 'problem' : what)) },
      });
    }
  },
};

export default rule;
