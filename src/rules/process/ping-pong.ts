import { handOversIn, nameOf } from '../context/hand-over.js';
import type { Rule } from '../rule.js';

/** Passed back and forth, or from one to the next to the next. About the one who passed on once too often. */
const rule: Rule = {
  meta: {
    id: 'process/ping-pong',
    category: 'process',
    severity: 'warning',
    stability: 'stable',
    options: {
      /** So many hand-overs within one matter are too many, back or forth. */
      handOvers: 3,
    },
    docs: {
      what: {
        zh: '顾客被转来转去：转回原来的客服，或连续转接多次。',
        en: 'The customer is passed back to somebody who had them before, or on and on.',
      },
      why: {
        zh: '每个人都说不归自己管，顾客的事就没有人管。',
        en: 'When it is nobody’s job, nobody does it.',
      },
      remedy: {
        zh: '转错了由接手的人负责到底，不要再转；需要别的部门，就替顾客去问。',
        en: 'Whoever receives a wrong hand-over keeps it; if another desk is needed, ask it on the customer’s behalf.',
      },
    },
    messages: {
      back: {
        zh: '又转回给{to}，顾客先后经过：{path}',
        en: 'Passed back to {to}; the customer went through: {path}',
      },
      chain: {
        zh: '第{count}次转接，顾客先后经过：{path}',
        en: 'Hand-over number {count}; the customer went through: {path}',
      },
    },
    examples: [
      {
        title: { zh: '转出去又转回来', en: 'There and back' },
        turns: [
          { role: 'customer', text: '发票抬头要改', at: 0 },
          { role: 'agent', text: '给您转接售后客服', at: 20, speaker: '甲' },
          { role: 'agent', text: '发票不归我们，给您转接售前客服', at: 60, speaker: '乙' },
          { role: 'system', text: '由 乙 转交给 甲', at: 65 },
          { role: 'agent', text: '您好', at: 90, speaker: '甲' },
        ],
        finds: [{ turn: 2 }],
      },
      {
        title: { zh: '三次会话转了一圈', en: 'Round in three chats' },
        turns: [
          { role: 'customer', text: '发票抬头要改', at: 0, contact: 0 },
          { role: 'agent', text: '给您转接售后客服', at: 20, speaker: '甲', contact: 0 },
          { role: 'customer', text: '发票抬头要改', at: 120, contact: 1 },
          { role: 'agent', text: '这个给您转接售前客服', at: 140, speaker: '乙', contact: 1 },
          { role: 'customer', text: '发票抬头要改', at: 240, contact: 2 },
          { role: 'agent', text: '您好', at: 260, speaker: '甲', contact: 2 },
        ],
        finds: [{ turn: 1, contact: 1 }],
      },
      {
        title: { zh: '转一次就解决', en: 'Once, and solved' },
        turns: [
          { role: 'customer', text: '发票抬头要改', at: 0 },
          { role: 'agent', text: '给您转接财务客服', at: 20, speaker: '甲' },
          { role: 'agent', text: '您好，抬头发我，马上改好', at: 60, speaker: '乙' },
        ],
        finds: [],
      },
    ],
  },
  check(context) {
    if (context.conversation.handOvers.length < 2) return;
    const handOvers = handOversIn(context);
    if (handOvers.length < 2) return;
    const first = handOvers[0]!.handOver.fromAgentId;
    const met = new Set([first]);
    const path = [nameOf(context, first)];
    handOvers.forEach(({ handOver: { fromAgentId, toAgentId }, last }, at) => {
      const back = met.has(toAgentId);
      met.add(toAgentId);
      path.push(nameOf(context, toAgentId));
      if (!back && at + 1 < Number(context.options.handOvers)) return;
      context.report({
        turn: last,
        messageId: back ? 'back' : 'chain',
        confidence: 0.85,
        agentId: fromAgentId,
        data: { to: nameOf(context, toAgentId), count: at + 1, path: path.slice(-PATH_SHOWN) },
      });
    });
  },
  checkCustomer({ customer: { contacts, handOvers }, options, report }) {
    for (const { contacts: places, agents } of handOvers) {
      for (let at = 1; at < places.length; at++) {
        const to = agents[at]!;
        const back = agents.indexOf(to) < at;
        if (!back && at < Number(options.handOvers)) continue;
        const handOver = contacts[places[at - 1]!]!.handOver!;
        report({
          contact: places[at - 1]!,
          at: handOver,
          agentId: handOver.agentId,
          messageId: back ? 'back' : 'chain',
          confidence: 0.8,
          evidence: [handOver.evidence],
          data: { to, count: at, path: agents.slice(0, at + 1).slice(-PATH_SHOWN) },
        });
      }
    }
  },
};

export default rule;

/** Of a long way the end is told. */
const PATH_SHOWN = 8;
