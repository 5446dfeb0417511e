import { ASKS_FOR, reAsksIn } from '../context/re-ask.js';
import type { Rule } from '../rule.js';

/**
 * Whoever takes over asks for what a colleague was given, or to be told it all again. Asked twice by one agent it is
 * `dismissive/re-ask`.
 */
const rule: Rule = {
  meta: {
    id: 'process/re-ask-after-transfer',
    category: 'process',
    severity: 'warning',
    stability: 'stable',
    docs: {
      what: {
        zh: '转接后，接手的客服让顾客重新说明问题，或索要前一位客服那里已经给过的订单号、照片、地址。同一位客服问两遍的，归 dismissive/re-ask。',
        en: 'After a hand-over the next agent wants the problem told again, or asks for the order number, photo or address that a colleague was given. Asked twice by one agent it belongs to dismissive/re-ask.',
      },
      why: {
        zh: '转接本来是为了更专业，重问一遍等于从头排队。',
        en: 'A hand-over is meant to help; asking again puts the customer back to the start.',
      },
      remedy: {
        zh: '转出的人写明情况，接手的人先看记录再开口；确需核对时，说出已有的信息请顾客确认。',
        en: 'Whoever hands over writes it down; whoever takes over reads it first, and where they must check, says what they have.',
      },
    },
    messages: {
      again: {
        zh: '接手后又索要前面给过的{what}：“{quote}”',
        en: 'After taking over, asks again for the {what} given before: “{quote}”',
      },
      story: {
        zh: '接手后让顾客重新说明问题：“{quote}”',
        en: 'After taking over, wants the problem told all over again: “{quote}”',
      },
    },
    examples: [
      {
        title: { zh: '前面的同事已经拿到', en: 'A colleague has it' },
        turns: [
          { role: 'customer', text: '风扇不转 订单 550012345678', at: 0 },
          { role: 'agent', text: '好的，给您转接售后专员', at: 60, speaker: '甲' },
          { role: 'agent', text: '您好，麻烦提供一下订单号', at: 120, speaker: '乙' },
          { role: 'customer', text: '刚才发过了', at: 180 },
        ],
        finds: [{ turn: 2, quote: '订单号' }],
      },
      {
        title: { zh: '从头再说一遍', en: 'All over again' },
        turns: [
          { role: 'customer', text: '书架少了一块隔板', at: 0 },
          { role: 'agent', text: '好的，给您转接售后客服', at: 20, speaker: '甲' },
          { role: 'agent', text: '您好，请问您有什么问题', at: 60, speaker: '乙' },
        ],
        finds: [{ turn: 2 }],
      },
      {
        title: { zh: '转到另一次会话，又要一遍', en: 'Into another chat, and asked again' },
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
          { role: 'customer', text: '风扇不转 订单 550012345678', at: 0 },
          { role: 'agent', text: '好的，给您转接售后专员', at: 60, speaker: '甲' },
          { role: 'agent', text: '您好，风扇不转的情况我看到了，给您换一台', at: 120, speaker: '乙' },
        ],
        finds: [],
      },
    ],
  },
  triggers: ASKS_FOR.names,
  check(context) {
    if (context.conversation.handOvers.length === 0) return;
    for (const { turn, message, match, what, protested, givenInTurn, afterHandOver } of reAsksIn(context)) {
      if (!afterHandOver) continue;
      const story = what === 'problem';
      context.report({
        turn,
        messageId: story ? 'story' : 'again',
        confidence: match.confidence * (protested ? 1 : story ? 0.7 : 0.8),
        severity: story ? 'info' : 'warning',
        evidence: [{ message, span: match.span, text: match.text }],
        data: { what, protested, givenInTurn, entries: [match.entryId] },
      });
    }
  },
  checkCustomer({ customer: { repeats }, report }) {
    for (const repeat of repeats) {
      if (!repeat.afterHandOver) continue;
      const story = repeat.what.includes('story');
      report({
        contact: repeat.contact,
        at: repeat,
        agentId: repeat.agentId,
        messageId: story ? 'story' : 'again',
        confidence: 0.8,
        severity: story ? 'info' : 'warning',
        evidence: [repeat.evidence],
        data: { what: repeat.what.map((what) => (what === 'story' ? 'problem' : what)) },
      });
    }
  },
};

export default rule;
