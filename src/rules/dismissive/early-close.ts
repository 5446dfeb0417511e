import { CategorySet, type Turn } from '../../model/index.js';
import {
  answeredTurn,
  askingsIn,
  asks,
  asksForYesOrNo,
  asksOpenly,
  complains,
  isGreeting,
  protests,
  replyTo,
  textOfTurn,
} from '../context/customer-turn.js';
import { isDirected } from '../context/directed.js';
import { engages } from '../context/mitigation.js';
import { turnsWith } from '../context/turns-with.js';
import { asideOf, saysMoreBesides, wordsIn } from '../context/words.js';
import { type CueJudgement, cueJudge, cueMessages } from '../dismissive-rule.js';
import type { Rule, RuleContext } from '../rule.js';

const CLOSING = 'cue/closing';
const CLOSING_ONLY = CategorySet.of([CLOSING]);
/** Words that show the customer the door. */
const PUSHES_OUT: CueJudgement = {
  cue: 'cue/push-out',
  bareUpTo: 24,
  madeUpBy: ['next-step', 'offer', 'referral', 'apology'],
};
/** A dare to complain and 爱买不买 show the door as well; that it is abuse too is another rule's finding. */
const ABUSIVE: readonly CueJudgement[] = ['abuse/provocation', 'abuse/contempt'].map((cue) => ({
  ...PUSHES_OUT,
  cue,
  counts: (_, { match, scope }) => match.directed !== 'required' || match.addressed || isDirected(scope),
}));
const judgePushing = cueJudge([PUSHES_OUT, ...ABUSIVE]);
/** Ends the chat in so many words. */
const ENDS = /结束|关闭|下线|退出/;
/** 还有其他可以帮您的吗 ends a matter in the shape of a question. */
const ASKS_FURTHER = /[吗呢么]$/;
/** Thanks and agreement for a last clause: whatever was asked before is settled. */
const CONTENT =
  /(?:^|[，。,.!！?？~～\n\s])(?:那|嗯|恩|好|行|哦|噢|谢|感谢|辛苦|麻烦|知道|明白|收到|可以了|没有|没别|没什么|没事|👌|ok)(?![^，。,.!！?？~～\n\s]{0,6}(?:么|吗|怎|哪|几|谁|多))[^，。,.!！?？~～\n\s]{0,6}[。.!！~～\s]*$/i;
/** What closes may be led up to by so many characters, where a yes or no or an answer was due. */
const PADDING = 2;
/** What was tried has not helped, or the customer is not done. */
const UNSOLVED =
  /还是?(?:不行|没[用反]|打不开|不[能会亮转动热]|一样|这样|老样子)|没说完|还有[^，。]{0,4}(?:问题|事)|没修好|没解决|没弄好|没用[^过]*$/;
/** A turn with more than this besides the closing also said something. */
const OWN_WORDS_LIMIT = 8;

/** Pushes the customer out with the problem unsolved: a goodbye where an answer was due. */
const rule: Rule = {
  meta: {
    id: 'dismissive/early-close',
    category: 'dismissive',
    severity: 'error',
    options: { reach: 3 },
    stability: 'stable',
    docs: {
      what: {
        zh: '顾客的问题还没解决，客服就发结束语、求好评。',
        en: 'The question is still open, and the agent says goodbye or asks for a good rating.',
      },
      why: {
        zh: '顾客会明白自己被打发了；重新进线还要再等一轮。',
        en: 'Customers see that they are being got rid of, and must queue again.',
      },
      remedy: {
        zh: '先确认问题解决了，再说结束语。',
        en: 'Make sure the problem is solved before the goodbye.',
      },
    },
    messages: {
      ...cueMessages({ zh: '赶顾客走：“{quote}”', en: 'Shows the customer the door: “{quote}”' }),
      closed: { zh: '问题未解决就结束对话：“{quote}”', en: 'Closes with the question still open: “{quote}”' },
    },
    examples: [
      {
        title: { zh: '投诉后直接送客', en: 'Shows a complaint to the door' },
        turns: [
          { role: 'customer', text: '收到的是坏的,怎么处理' },
          { role: 'agent', text: '感谢您的咨询,祝您生活愉快,再见' },
          { role: 'customer', text: '我的问题还没解决啊' },
        ],
        finds: [{ turn: 1 }],
      },
      {
        title: { zh: '解决后告别', en: 'A goodbye after the answer' },
        turns: [
          { role: 'customer', text: '好的谢谢' },
          { role: 'agent', text: '感谢您的咨询,祝您生活愉快,再见' },
        ],
        finds: [],
      },
    ],
  },
  triggers: [CLOSING, PUSHES_OUT.cue, ...ABUSIVE.map(({ cue }) => cue)],
  check(context) {
    judgePushing(context);
    for (const turn of turnsWith(context, 'agent', CLOSING_ONLY)) {
      const words = wordsIn(context, turn, CLOSING_ONLY.names);
      if (words.length === 0) continue;
      const question = answeredTurn(context, turn);
      if (question === null) continue;
      const said = textOfTurn(context, question);
      if (CONTENT.test(said) || isGreeting(said)) continue;
      const complaint = complains(context, question) || protests(context, question) || UNSOLVED.test(said);
      if (!complaint && !asks(said)) continue;
      const closed = asksForYesOrNo(said);
      if (saysMoreBesides(context, turn, words, complaint && !closed ? OWN_WORDS_LIMIT : PADDING)) continue;
      if (engages(context, turn, asideOf(words))) continue;
      const reply = replyTo(context, turn);
      const goodbye = words.some(({ match }) => !ASKS_FURTHER.test(match.text));
      const reopened =
        reply !== null && (complains(context, reply) || (goodbye && asks(textOfTurn(context, reply))));
      const ends = words.some(({ match }) => ENDS.test(match.text));
      if (!complaint && !reopened && !ends && !asksMoreThanADeed(context, question, said)) continue;
      const first = words[0]!.match;
      context.report({
        turn,
        messageId: 'closed',
        severity: 'warning',
        confidence: first.confidence * (complaint && reopened ? 1 : 0.75),
        evidence: words.map(({ index, match }) => ({ message: index, span: match.span, text: match.text })),
        data: { entries: [first.entryId], afterComplaint: complaint, reopened },
      });
    }
  },
};

export default rule;

/** True when a customer asks for an answer; 麻烦催一下 is answered by 好的. */
function asksMoreThanADeed(context: RuleContext, question: Turn, said: string): boolean {
  if (asksOpenly(said)) return true;
  const asked = askingsIn(context, question);
  return asked.size > (asked.has('act') ? 1 : 0);
}
