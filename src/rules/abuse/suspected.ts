import { CategorySet } from '../../model/index.js';
import { type AbusiveWords, abuseIn, allAbuseIn } from '../context/abuse.js';
import { provokedBy } from '../context/provoked.js';
import { turnsWith } from '../context/turns-with.js';
import { distinctQuotes } from '../quotes.js';
import type { Rule, RuleContext } from '../rule.js';

const CATEGORY = 'abuse/suspected';
const SUSPECTED = CategorySet.of([CATEGORY]);

/**
 * A second witness: sentences in which the lexicon knows no word, and which a model of n-grams takes for abuse. It
 * speaks only where the other rules have nothing of weight to say, and never louder than a warning.
 */
const rule: Rule = {
  meta: {
    id: CATEGORY,
    category: 'abuse',
    severity: 'warning',
    stability: 'stable',
    docs: {
      what: {
        zh: '词库里没有这样的话，但整句读来像是在攻击、挖苦或赶走顾客。由字词片段模型判断，报告列出最有分量的片段。',
        en: 'No word of the lexicon, but the sentence as a whole reads like an attack, a sneer or a dismissal. Judged by a model of character n-grams; the report names those that weighed most.',
      },
      why: {
        zh: '骂人的话说不完，词库总有没收到的说法。这里只是疑似，请看原文再定。',
        en: 'There is no end of ways to insult, and no list has them all. This is a suspicion: read the sentence before you decide.',
      },
      remedy: {
        zh: '先看上下文。确属辱骂的，按对应类别处理，并把说法加进词库；误报的，可关闭本规则。',
        en: 'Read it in its context. Where it is abuse, treat it as such and add the words to a lexicon; where it is not, the rule can be switched off.',
      },
    },
    messages: {
      suspected: {
        zh: '疑似对顾客出言不逊：“{quote}”（模型判断，依据：{grams}）',
        en: 'Probably abusive towards the customer: “{quote}” (judged by the model, from: {grams})',
      },
      provoked: {
        zh: '顾客先出言不逊，客服在{provokedTurnsBefore}轮后疑似回骂：“{quote}”（模型判断，依据：{grams}）',
        en: 'The customer was abusive first; {provokedTurnsBefore} {provokedTurnsBefore|turn|turns} later the agent probably answered in kind: “{quote}” (judged by the model, from: {grams})',
      },
    },
    examples: [
      {
        title: { zh: '词库没有的刻薄话', en: 'A sneer that no lexicon has' },
        turns: [
          { role: 'customer', text: '这个拉链一拉就坏' },
          { role: 'agent', text: '就你这双手,什么好东西到你手里都得废' },
        ],
        finds: [{ turn: 1 }],
      },
      {
        title: { zh: '难听的字不等于难听的话', en: 'Ugly characters are not ugly words' },
        turns: [
          { role: 'customer', text: '屁股大能穿吗' },
          { role: 'agent', text: '可以的亲,这款版型宽松,胯宽的姐妹也能穿' },
        ],
        finds: [],
      },
    ],
  },
  triggers: [CATEGORY],
  check(context) {
    for (const turn of turnsWith(context, 'agent', SUSPECTED)) {
      for (const index of turn.messageIndexes) {
        const words = abuseIn(context, index, CATEGORY).filter(isAtTheCustomer);
        if (words.length === 0 || isKnown(context, index)) continue;
        const provocation = provokedBy(context, turn);
        context.report({
          turn,
          messageId: provocation.provoked ? 'provoked' : 'suspected',
          confidence: Math.max(...words.map(({ match }) => match.confidence)),
          evidence: distinctQuotes(
            words.map(({ match }) => ({ message: index, span: match.span, text: match.text })),
          ),
          data: {
            grams: [...new Set(words.flatMap(({ match }) => match.form.split(' ')))],
            provoked: provocation.provoked,
            provokedTurnsBefore: provocation.provoked ? provocation.turnsBefore : null,
            firstBy: provocation.firstBy,
            escalatedBy: provocation.escalatedBy,
          },
        });
      }
    }
  },
};

export default rule;

/** Stretches begin with their subject: 我真是猪脑子 is said of oneself, 我就这态度 and 我们不伺候 are not. */
const OF_ONESELF = /^(?:都怪)?我(?![们就])/;

function isAtTheCustomer({ match, addressee }: AbusiveWords): boolean {
  return addressee !== 'third-party' && (match.addressed || !OF_ONESELF.test(match.reading));
}

/** Whether another rule of abuse has at least a warning to give about these words. */
function isKnown(context: RuleContext, index: number): boolean {
  return allAbuseIn(context, index).some(weighs);
}

function weighs({ match, addressee }: AbusiveWords): boolean {
  return match.severity !== 'info' && addressee !== 'third-party';
}
