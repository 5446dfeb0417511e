import type { Rule } from '../rule.js';

/**
 * Asks in a later contact for what the customer gave in an earlier one about the same matter. What is asked for twice
 * within one chat is `dismissive/re-ask`; what the next agent asks right after a hand-over, `process/re-ask-after-transfer`.
 */
const rule: Rule = {
  meta: {
    id: 'process/asked-again',
    category: 'process',
    severity: 'info',
    stability: 'stable',
    docs: {
      what: {
        zh: '同一件事再次进线，客服又要顾客提供以前给过的订单号、发票、照片、视频，或重新说明问题。',
        en: 'The customer comes back with the same matter and is asked again for the order number, invoice, photo, video or the story given before.',
      },
      why: {
        zh: '记录断在两次会话之间，顾客要替店铺记住一切。',
        en: 'The shop’s memory ends with each chat, and the customer has to remember everything for it.',
      },
      remedy: {
        zh: '先查历史记录和工单，说出已有的资料请顾客确认；看不到历史是系统问题，请上报。',
        en: 'Look at the history and the ticket first and read back what is there; if agents cannot see it, that is the system’s fault to report.',
      },
    },
    messages: {
      again: {
        zh: '{firstAt}已经提供过{what}，又再次索要：“{quote}”',
        en: 'Asks again for the {what} already given on {firstAt}: “{quote}”',
      },
    },
    examples: [
      {
        title: { zh: '资料再发一遍', en: 'Send it all again' },
        turns: [
          { role: 'customer', text: '加湿器漏水 订单 550012345678', at: 0, contact: 0 },
          { role: 'agent', text: '已登记，稍后处理', at: 60, contact: 0 },
          { role: 'customer', text: '加湿器漏水怎么还没处理 550012345678', at: 90_000, contact: 1 },
          { role: 'agent', text: '麻烦您提供一下订单号', at: 90_060, contact: 1 },
        ],
        finds: [{ turn: 1, quote: '订单号', contact: 1 }],
      },
      {
        title: { zh: '另一件事', en: 'Another matter' },
        turns: [
          { role: 'customer', text: '加湿器漏水 订单 550012345678', at: 0, contact: 0 },
          { role: 'agent', text: '已为您补寄水箱', at: 60, contact: 0 },
          { role: 'customer', text: '想问下电饭煲几升', at: 9_000_000, contact: 1 },
          { role: 'agent', text: '您拍的是哪款，麻烦提供一下订单号', at: 9_000_060, contact: 1 },
        ],
        finds: [],
      },
    ],
  },
  checkCustomer(context) {
    const { contacts, repeats } = context.customer;
    for (const repeat of repeats) {
      // The session after a hand-over is judged for itself; a greeting that asks what the matter is harms nobody alone.
      if (repeat.afterHandOver || repeat.what.every((what) => what === 'story')) continue;
      const first = contacts[repeat.givenIn]!;
      context.report({
        contact: repeat.contact,
        at: repeat,
        agentId: repeat.agentId,
        messageId: 'again',
        confidence: 0.8,
        evidence: [repeat.evidence],
        data: {
          what: repeat.what.map(termOf),
          firstAt: first.startMs === null ? null : context.zone.date(first.startMs),
          firstConversationId: first.conversationId,
          sameMatterBecause: context.customer.links.find(({ to }) => to === repeat.contact)?.reason ?? null,
        },
      });
    }
  },
};

export default rule;

/** The story of papers is told as the problem. */
function termOf(what: string): string {
  return what === 'story' ? 'problem' : what;
}
