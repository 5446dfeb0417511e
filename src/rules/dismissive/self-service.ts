import { answeredTurn, asksForYesOrNo, textOfTurn, wantsAnswer } from '../context/customer-turn.js';
import { type Cue, dismissiveRule } from '../dismissive-rule.js';
import type { RuleContext } from '../rule.js';

/** 不会的, 有的: the answer comes first, and where to see it after. */
const YES_OR_NO = /(?:不会|会|没有|有|可以|不可以|不是|是|不用|需要)的?[呢哦哈啊呀哟，,。 ]/;

/** 首页有: says where. */
const THERE = 'cue-self-service-there';
const ASKS_WHERE = /哪[里儿个]?[看查找点买领下搜选]|在哪|哪里有|怎么[查找看进]/;

/** 自己看, 看详情页, 网上查. */
export default dismissiveRule({
  id: 'dismissive/self-service',
  cue: 'cue/self-service',
  bareUpTo: 10,
  counts: isAllThereIs,
  madeUpBy: ['next-step', 'offer', 'referral', 'answer'],
  softenedBy: ['reason', 'apology', 'alternative', 'question'],
  message: {
    zh: '让顾客自己去查：“{quote}”{?missing （缺少{missing}）}',
    en: 'Tells the customer to look it up: “{quote}”{?missing  (missing: {missing})}',
  },
  docs: {
    what: {
      zh: '不回答问题，叫顾客自己看详情页、自己上网查。',
      en: 'Instead of an answer, tells the customer to read the page or search the web.',
    },
    why: {
      zh: '多数顾客看过了才来问；答案客服一眼就能看到。',
      en: 'Most have read it and ask because it did not help; the answer is in front of the agent.',
    },
    remedy: {
      zh: '直接给答案；确实要看页面时，说清在哪一段，并截图。',
      en: 'Give the answer; where the page is needed, say which part, with a picture.',
    },
  },
  examples: [
    {
      title: { zh: '自己看', en: 'See for yourself' },
      turns: [
        { role: 'customer', text: '这个柜子多高' },
        { role: 'agent', text: '自己看详情页' },
      ],
      finds: [{ turn: 1 }],
    },
    {
      title: { zh: '给出答案不算', en: 'With the answer' },
      turns: [
        { role: 'customer', text: '这个柜子多高' },
        { role: 'agent', text: '高度是1.8米哦,详情页第三张图也有标注' },
      ],
      finds: [],
    },
  ],
});

/** True when an answer was due, and the turn has given none before it sends the customer to look. */
function isAllThereIs(context: RuleContext, { turn, match, scope }: Cue): boolean {
  const question = answeredTurn(context, turn);
  if (question === null || match.severity === 'error') return true;
  const said = textOfTurn(context, question);
  if (!wantsAnswer(context, question) || (match.entryId === THERE && ASKS_WHERE.test(said))) return false;
  return !asksForYesOrNo(said) || !YES_OR_NO.test(`${scope.sentenceBefore}${scope.before}`);
}
