import { SEVERITIES } from '../../model/index.js';
import type { AbusiveWords } from '../context/abuse.js';
import { ABUSE_SET, ABUSE_WORDS, nearestAgent, wordsAgainstAgents } from '../context/customer-words.js';
import { DISGUISE_PART, disguiseData } from '../context/disguise.js';
import { turnsWith } from '../context/turns-with.js';
import { distinctQuotes } from '../quotes.js';
import type { Rule } from '../rule.js';

/**
 * Abuse by a customer. It is never counted against the agent: it adds to the agent's exposure, and lets a supervisor
 * see which turns were written under attack.
 */
const rule: Rule = {
  meta: {
    id: 'customer-abuse/abuse',
    category: 'customer-abuse',
    severity: 'info',
    stability: 'stable',
    docs: {
      what: { zh: '顾客辱骂、诅咒或威胁客服。', en: 'A customer insults, curses or threatens the agent.' },
      why: {
        zh: '被骂的客服需要支持，而不是扣分；也要知道客服的话是在什么情况下说的。',
        en: 'An agent under attack needs support, not a lower score; and their words are read in that light.',
      },
      remedy: {
        zh: '允许客服结束辱骂性对话，由主管接手；长时间受辱后安排休息。',
        en: 'Let agents end abusive chats, have a supervisor take over, and grant a break after long abuse.',
      },
    },
    messages: {
      abused: {
        zh: `顾客对客服出言不逊：“{quote}”${DISGUISE_PART.zh}`,
        en: `The customer abused the agent: “{quote}”${DISGUISE_PART.en}`,
      },
    },
    examples: [
      {
        title: { zh: '顾客骂客服', en: 'A customer swears at the agent' },
        turns: [
          { role: 'customer', text: '你们客服都是傻逼吗' },
          { role: 'agent', text: '您先别急,我帮您查一下物流' },
        ],
        finds: [{ turn: 0, quote: '傻逼' }],
      },
      {
        title: { zh: '不满不等于辱骂', en: 'Anger is not abuse' },
        turns: [
          { role: 'customer', text: '太失望了,等了一周还没发货,我要投诉' },
          { role: 'agent', text: '非常抱歉,我马上催仓库今天发出' },
        ],
        finds: [],
      },
    ],
  },
  triggers: ABUSE_WORDS,
  listensTo: 'customer',
  check(context) {
    for (const turn of turnsWith(context, 'customer', ABUSE_SET)) {
      const words = wordsAgainstAgents(context, turn);
      if (words.length === 0) continue;
      const worst = words.reduce((a, b) => (gravity(b.word) > gravity(a.word) ? b : a)).word.match;
      context.report({
        turn,
        messageId: 'abused',
        confidence: worst.confidence,
        weight: 0,
        agentId: nearestAgent(context.conversation, turn),
        evidence: distinctQuotes(
          words.map(({ index, word }) => ({ message: index, span: word.match.span, text: word.match.text })),
        ),
        data: {
          kinds: [...new Set(words.map(({ word }) => word.match.category))],
          entries: [...new Set(words.map(({ word }) => word.match.entryId))],
          ...disguiseData(words.map(({ word }) => word.match)),
        },
      });
    }
  },
};

export default rule;

function gravity({ match }: AbusiveWords): number {
  return (2 - SEVERITIES.indexOf(match.severity)) * 2 + match.confidence;
}
