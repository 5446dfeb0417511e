import { type AbusiveWords, allAbuseIn } from '../context/abuse.js';
import { asks } from '../context/customer-turn.js';
import type { Rule } from '../rule.js';

/** The customer's last question was never answered by a human, though there was time to. */
const rule: Rule = {
  meta: {
    id: 'latency/unanswered',
    category: 'latency',
    severity: 'error',
    stability: 'stable',
    docs: {
      what: {
        zh: '顾客最后的提问直到对话结束都没有人工回复。道谢和告别不算提问。',
        en: 'The customer’s last question got no human reply before the conversation ended. Thanks and goodbyes ask nothing.',
      },
      why: {
        zh: '没有回复比慢回复更糟，平台按未回复计。',
        en: 'No reply is worse than a slow one, and platforms count it as such.',
      },
      remedy: {
        zh: '下班或转交前清空未回复列表；来不及处理就留一句何时回复。',
        en: 'Clear the open chats before a break or handover; if there is no time, say when you will reply.',
      },
    },
    messages: {
      unanswered: {
        zh: '顾客的最后提问没有得到人工回复',
        en: 'The customer’s last question got no human reply',
      },
      'never-answered': {
        zh: '整段对话没有人工回复',
        en: 'No human ever replied in this conversation',
      },
    },
    examples: [
      {
        title: { zh: '问完就没人理', en: 'Nobody replies' },
        turns: [
          { role: 'customer', text: '你好', at: 0 },
          { role: 'agent', text: '您好,请讲', at: 10 },
          { role: 'customer', text: '裙子拉链坏了怎么办', at: 30 },
        ],
        finds: [{ turn: 2 }],
      },
      {
        title: { zh: '道谢不用回', en: 'Thanks ask nothing' },
        turns: [
          { role: 'customer', text: '今天发货吗', at: 0 },
          { role: 'agent', text: '今天发的', at: 10 },
          { role: 'customer', text: '好的谢谢', at: 30 },
        ],
        finds: [],
      },
    ],
  },
  check(context) {
    const { conversation } = context;
    const { waits } = conversation;
    const last = waits[waits.length - 1];
    // Only the last wait can be open: any later human reply would have ended it.
    if (last === undefined || last.agentTurn !== null || last.excluded !== null || last.startMs === null)
      return;
    const turn = conversation.turns[last.customerTurn]!;
    // Parting words that ask for nothing (截图了,等着吧) deserve an answer too, but less.
    // Abuse is no question, whatever it ends with: it must not make the agent's case worse.
    const asked = context
      .textOf(turn)
      .some(({ index, message }) => asks(cutOut(message.text, allAbuseIn(context, index))));
    context.report({
      turn,
      messageId: last.agentId === '' ? 'never-answered' : 'unanswered',
      confidence: asked ? 0.9 : 0.6,
      severity: asked ? 'error' : 'warning',
      weight: asked ? 1 : 0.5,
      agentId: last.agentId,
      data: { thresholdMs: context.profile.unansweredSeconds.value * 1000, profile: context.profile.id },
    });
  },
};

export default rule;

function cutOut(text: string, words: readonly AbusiveWords[]): string {
  let rest = text;
  for (const { match } of words) rest = rest.replace(match.text, ' ');
  return rest;
}
