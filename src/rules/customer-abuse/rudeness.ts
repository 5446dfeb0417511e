import type { LexiconMatch } from '../../language/lexicon.js';
import { CategorySet } from '../../model/index.js';
import { abuseIn } from '../context/abuse.js';
import { ABUSE_WORDS, nearestAgent, wordsAgainstAgents } from '../context/customer-words.js';
import { DISGUISE_PART, disguiseData } from '../context/disguise.js';
import { turnsWith } from '../context/turns-with.js';
import { distinctQuotes } from '../quotes.js';
import type { Rule } from '../rule.js';

const OATHS = 'customer-abuse/rudeness';
const WORDS: readonly string[] = [OATHS, ...ABUSE_WORDS];
const WORD_SET = CategorySet.of(WORDS);

/**
 * Rough words of a customer who abuses nobody in the chat: about the shop, the courier, the world. Kept apart from
 * abuse, so that neither an agent's exposure nor the customer's record is made of oaths.
 */
const rule: Rule = {
  meta: {
    id: 'customer-abuse/rudeness',
    category: 'customer-abuse',
    severity: 'info',
    stability: 'stable',
    docs: {
      what: {
        zh: '顾客用语粗鲁，但不是骂正在接待的客服：骂物流、骂店铺，或只是带脏字。',
        en: 'Rough words by a customer that abuse nobody in the chat: about the courier, the shop, or aimed at nothing.',
      },
      why: {
        zh: '粗话说明火气已经很大，是安抚的信号；它不算客服受到的辱骂，也不算顾客的过错。',
        en: 'They tell how angry the customer is, and that soothing is due; they are no abuse that an agent endured.',
      },
      remedy: {
        zh: '先说出顾客遇到的问题并道歉，再给出能做的事，不必纠正对方的用语。',
        en: 'Name the problem and apologise, then say what you can do; do not correct the customer’s language.',
      },
    },
    messages: {
      rude: {
        zh: `顾客言语粗鲁（不是针对客服）：“{quote}”${DISGUISE_PART.zh}`,
        en: `The customer used rough words, not about the agent: “{quote}”${DISGUISE_PART.en}`,
      },
    },
    examples: [
      {
        title: { zh: '骂物流', en: 'Swears at the carrier' },
        turns: [
          { role: 'customer', text: '什么破快递，三天没动' },
          { role: 'agent', text: '很抱歉，我马上帮您催' },
        ],
        finds: [{ turn: 0, quote: '破快递' }],
      },
      {
        title: { zh: '骂客服归辱骂', en: 'Abuse of the agent is another rule' },
        turns: [
          { role: 'customer', text: '垃圾客服' },
          { role: 'agent', text: '非常抱歉给您带来不好的体验' },
        ],
        finds: [],
      },
    ],
  },
  triggers: WORDS,
  listensTo: 'customer',
  check(context) {
    for (const turn of turnsWith(context, 'customer', WORD_SET)) {
      if (wordsAgainstAgents(context, turn).length > 0) continue;
      const words: { index: number; match: LexiconMatch }[] = [];
      for (const index of turn.messageIndexes) {
        // Whom an oath is about makes no difference: 我等个屁.
        for (const match of context.matches(index, OATHS)) words.push({ index, match });
        for (const category of ABUSE_WORDS) {
          for (const { match } of abuseIn(context, index, category)) words.push({ index, match });
        }
      }
      if (words.length === 0) continue;
      context.report({
        turn,
        messageId: 'rude',
        confidence: Math.max(...words.map(({ match }) => match.confidence)),
        weight: 0,
        agentId: nearestAgent(context.conversation, turn),
        evidence: distinctQuotes(
          words.map(({ index, match }) => ({ message: index, span: match.span, text: match.text })),
        ),
        data: {
          entries: [...new Set(words.map(({ match }) => match.entryId))],
          ...disguiseData(words.map(({ match }) => match)),
        },
      });
    }
  },
};

export default rule;
