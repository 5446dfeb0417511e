import { CategorySet } from '../../model/index.js';
import { type AbusiveWords, abuseIn } from '../context/abuse.js';
import { nearestAgent, wordsAgainstAgents } from '../context/customer-words.js';
import { turnsWith } from '../context/turns-with.js';
import { distinctQuotes } from '../quotes.js';
import type { Rule } from '../rule.js';

const CATEGORY = 'customer-abuse/suspected';
const SUSPECTED = CategorySet.of([CATEGORY]);

/**
 * A second witness for customers' words, as `abuse/suspected` is for agents': a hint where no word is known. Nothing is
 * counted by it, no exposure, no provocation.
 */
const rule: Rule = {
  meta: {
    id: CATEGORY,
    category: 'customer-abuse',
    severity: 'info',
    stability: 'stable',
    docs: {
      what: {
        zh: '词库里没有这样的话，但整句读来像是顾客在攻击、羞辱或威胁客服。由字词片段模型判断，报告列出最有分量的片段。',
        en: 'No word of the lexicon, but the sentence as a whole reads as if the customer attacked, humiliated or threatened the agent. Judged by a model of character n-grams; the report names those that weighed most.',
      },
      why: {
        zh: '骂人的话说不完。这里只是疑似，不计入客服承受的辱骂，请看原文再定。',
        en: 'There is no end of ways to insult. This is a suspicion and not counted as exposure: read the sentence before you decide.',
      },
      remedy: {
        zh: '确属辱骂的，支持客服结束对话，并把说法加进词库；抱怨被误报的，可关闭本规则。',
        en: 'Where it is abuse, back the agent and add the words to a lexicon; where it was a complaint, the rule can be switched off.',
      },
    },
    messages: {
      suspected: {
        zh: '顾客疑似出言不逊：“{quote}”（模型判断，依据：{grams}）',
        en: 'The customer was probably abusive: “{quote}” (judged by the model, from: {grams})',
      },
    },
    examples: [
      {
        title: { zh: '词库没有的羞辱', en: 'A humiliation that no lexicon has' },
        turns: [
          { role: 'customer', text: '你读书的钱都喂了猪吧,一个破卖票的神气啥' },
          { role: 'agent', text: '您好,改签需要先退原票,我帮您操作' },
        ],
        finds: [{ turn: 0 }],
      },
      {
        title: { zh: '抱怨不是辱骂', en: 'A complaint is not abuse' },
        turns: [
          { role: 'customer', text: '说好昨天退款,到现在没动静,你们办事也太拖了' },
          { role: 'agent', text: '抱歉让您久等,我马上催财务' },
        ],
        finds: [],
      },
    ],
  },
  triggers: [CATEGORY],
  listensTo: 'customer',
  check(context) {
    for (const turn of turnsWith(context, 'customer', SUSPECTED)) {
      if (wordsAgainstAgents(context, turn).length > 0) continue;
      for (const index of turn.messageIndexes) {
        const words = abuseIn(context, index, CATEGORY).filter(isAtTheAgent);
        if (words.length === 0) continue;
        context.report({
          turn,
          messageId: 'suspected',
          confidence: Math.max(...words.map(({ match }) => match.confidence)),
          weight: 0,
          agentId: nearestAgent(context.conversation, turn),
          evidence: distinctQuotes(
            words.map(({ match }) => ({ message: index, span: match.span, text: match.text })),
          ),
          data: { grams: [...new Set(words.flatMap(({ match }) => match.form.split(' ')))] },
        });
      }
    }
  },
};

export default rule;

/** Stretches begin with their subject: 我真是猪脑子 is said of oneself. */
const OF_ONESELF = /^(?:都怪|怪)?我/;

function isAtTheAgent({ match, addressee }: AbusiveWords): boolean {
  return addressee !== 'third-party' && (match.addressed || !OF_ONESELF.test(match.reading));
}
