import { isAgreedTo } from '../context/agreed-wait.js';
import type { Rule } from '../rule.js';

/** Comes back after a long wait as if nothing had been: no apology, no thanks for waiting, no reason. */
const rule: Rule = {
  meta: {
    id: 'latency/late-without-apology',
    category: 'latency',
    severity: 'info',
    stability: 'stable',
    options: { waitSeconds: 600 },
    docs: {
      what: {
        zh: '顾客等了很久才等到回复，回复里没有道歉、感谢等待，也没有说明原因。',
        en: 'The reply comes after a long wait, without an apology, thanks for waiting, or a reason.',
      },
      why: {
        zh: '等待本身可以原谅，当作没发生过才伤人。',
        en: 'A wait is forgiven; pretending that there was none is not.',
      },
      remedy: {
        zh: '先说一句“让您久等了”，再回答；忙不过来时提前说明要等多久。',
        en: 'Say “sorry to have kept you waiting” first; in a rush, say beforehand how long it will take.',
      },
    },
    messages: {
      bare: {
        zh: '让顾客等了{waitMs}才回复，没有道歉，也没有说明',
        en: 'Replies after {waitMs} without an apology or a reason',
      },
    },
    examples: [
      {
        title: { zh: '二十分钟后当作没事', en: 'As if nothing had been' },
        turns: [
          { role: 'customer', text: '电水壶漏水怎么办', at: 0 },
          { role: 'agent', text: '您拍张照片看一下', at: 1200 },
        ],
        finds: [{ turn: 1 }],
      },
      {
        title: { zh: '先道歉再回答', en: 'Apologises first' },
        turns: [
          { role: 'customer', text: '电水壶漏水怎么办', at: 0 },
          { role: 'agent', text: '让您久等了，您拍张照片看一下', at: 1200 },
        ],
        finds: [],
      },
    ],
  },
  check(context) {
    const { conversation } = context;
    const limitMs = Number(context.options.waitSeconds) * 1000;
    for (const wait of conversation.waits) {
      const { chargedMs, agentTurn } = wait;
      if (chargedMs === null || chargedMs < limitMs || agentTurn === null) continue;
      if (wait.excluded !== null || wait.answeredBy !== 'agent') continue;
      const turn = conversation.turns[agentTurn]!;
      const sorry = turn.messageIndexes.some(
        (index) =>
          context.matches(index, 'cue/late-apology').length > 0 ||
          context.matches(index, 'cue/apology').length > 0,
      );
      if (sorry || isAgreedTo(context, wait)) continue;
      context.report({
        turn,
        messageId: 'bare',
        confidence: 0.8,
        agentId: wait.agentId,
        data: { waitMs: wait.waitMs, chargedMs, customerTurn: wait.customerTurn },
      });
    }
  },
};

export default rule;
