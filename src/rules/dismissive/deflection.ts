import type { Turn } from '../../model/index.js';
import {
  answeredTurn,
  askingsIn,
  asks,
  asksFor,
  asksForYesOrNo,
  bargains,
  complains,
  objects,
  protests,
  statesTrouble,
  textOfTurn,
  wantsAnswer,
} from '../context/customer-turn.js';
import { type Cue, type CueJudgement, dismissiveRule } from '../dismissive-rule.js';
import type { RuleContext } from '../rule.js';

/** What makes up for a deflection, whatever it gives as the reason. */
const REASONED: Pick<CueJudgement, 'bareUpTo' | 'madeUpBy' | 'softenedBy'> = {
  bareUpTo: 10,
  madeUpBy: ['next-step', 'offer', 'referral', 'answer'],
  softenedBy: ['apology', 'alternative', 'question', 'reason'],
};
/** 这是规定 explains nothing; in bargaining it is a polite last word. */
const CITES_RULE: CueJudgement = {
  ...REASONED,
  cue: 'cue/cites-rule',
  applies: (context, turn) => !bargains(context, turn),
  counts: (context, cue) => !isReasonAskedFor(context, cue),
};
/** 系统定的 gives a machine as the reason: none to somebody who asks why or does not want it. */
const SYSTEM: CueJudgement = {
  ...REASONED,
  cue: 'cue/system-says',
  applies: isDisputed,
};
/** 以页面为准 is no answer where it is all that is said to a question. */
const SUBJECT_TO: CueJudgement = {
  cue: 'cue/subject-to',
  bareUpTo: 4,
  madeUpBy: ['next-step', 'offer', 'referral', 'reason', 'answer', 'alternative', 'question'],
  softenedBy: ['apology'],
  applies: isDue,
};

/** 您联系下开锁公司吧: whoever it is, the customer is to go and ask. */
const SENDS_ON: CueJudgement = {
  cue: 'cue/sends-on',
  bareUpTo: 6,
  objectIsEmpty: true,
  madeUpBy: ['next-step', 'offer', 'referral', 'answer', 'question'],
  softenedBy: ['apology', 'alternative', 'reason'],
  counts: sendsToOthers,
};

/** Sends the customer to the courier, the maker, another desk or "the page", without helping. */
export default dismissiveRule({
  id: 'dismissive/deflection',
  cue: 'cue/deflection',
  also: [SENDS_ON, SUBJECT_TO, CITES_RULE, SYSTEM],
  ...REASONED,
  message: {
    zh: '把顾客推给别人：“{quote}”{?missing （缺少{missing}）}',
    en: 'Passes the customer on: “{quote}”{?missing  (missing: {missing})}',
  },
  docs: {
    what: {
      zh: '让顾客自己去找快递、厂家、商家或别的部门，或者一句“以页面为准”，不给电话、链接，也不代为联系。',
      en: 'Sends the customer to the courier, the maker or another desk, or to “what the page says”, with no number, no link, no call made.',
    },
    why: {
      zh: '顾客买的是您家的东西；被推来推去是最常见的投诉原因之一。',
      en: 'They bought from you; being passed around is among the commonest complaints.',
    },
    remedy: {
      zh: '能代办就代办；必须顾客自己联系时，给出电话、入口和要说的话。',
      en: 'Do it for them where you can; where they must call, give the number, the button and what to say.',
    },
  },
  examples: [
    {
      title: { zh: '让顾客自己找快递', en: 'Ask the courier' },
      turns: [
        { role: 'customer', text: '快递三天没动了怎么回事' },
        { role: 'agent', text: '您联系快递哦' },
      ],
      finds: [{ turn: 1 }],
    },
    {
      title: { zh: '给了电话不算', en: 'With a number to call' },
      turns: [
        { role: 'customer', text: '快递三天没动了怎么回事' },
        { role: 'agent', text: '您联系快递哦,网点电话 0571-88001234,我这边也帮您催一下' },
      ],
      finds: [],
    },
  ],
});

/** True when a clause does nothing but send whoever asks or complains to somebody who is not of the shop. */
function sendsToOthers(context: RuleContext, { turn, match, scope }: Cue): boolean {
  const question = answeredTurn(context, turn);
  if (question === null) return false;
  const clause = `${match.text}${scope.after}`.trim();
  if (!TO_WHOM.test(clause) || TO_US.test(`${scope.sentenceBefore}${scope.before}${clause}`)) return false;
  return isInNeed(context, question);
}

/** Asks for something, complains, or states what is wrong: APP闪退. */
function isInNeed(context: RuleContext, question: Turn): boolean {
  const said = textOfTurn(context, question);
  if ((asks(said) && !AGREES.test(said)) || statesTrouble(said)) return true;
  return complains(context, question) || protests(context, question) || askingsIn(context, question).size > 0;
}

const AGREES = /^(?:好|嗯|恩|哦|行|可以|谢)/;
const TO_WHOM =
  /(?:联系|咨询|询问|找|问|跟|和|向|投诉|举报)(?:一下|下|问)?(?!一下|下|到|出|问|好|了|过)[^，。！？,!?\d\s]{2,8}?(?:核实|处理|解决|反映|反馈|沟通|协商|确认|说|要)?(?:一下|下|吧|呗|看看|问问|就好了?|就行了?|就可以了?)?[的呢哦哈啊呀亲~～]*$/;
/** The shop itself, a question, something to be looked up: no other people. */
const TO_US =
  /我|咱|建议|没事|没关系|不要紧|客户|公众号|代收|本店|小店|店铺|掌柜|客服|妹子|小妹|在线|人工|吗|么|什么|哪|多少|几|是不是|有没有|怎么|电话|热线|链接|入口|单号|订单|页面|[帮给为替][您你]|问题(?:吗|是)|家人|朋友|孩子|老婆|老公|医生|自己/;

function isDue(context: RuleContext, turn: Turn): boolean {
  const question = answeredTurn(context, turn);
  return question === null || wantsAnswer(context, question);
}

/** Said kindly to a plain 为什么, a rule is the reason asked for; to whoever complains it is none. */
function isReasonAskedFor(context: RuleContext, { turn, scope }: Cue): boolean {
  const question = answeredTurn(context, turn);
  if (question === null || !KINDLY.test(scope.after)) return false;
  if (!PLAIN_WHY.test(textOfTurn(context, question).trim())) return false;
  return !complains(context, question) && !protests(context, question);
}

const PLAIN_WHY = /^[这那]?(?:是|又)?为(?:什么|啥|何)[呢啊呀]?[?？]*$/;
const KINDLY = /[呢哦哈亲]/;

/** True when the customer asks why, or does not want it so. */
function isDisputed(context: RuleContext, turn: Turn): boolean {
  const question = answeredTurn(context, turn);
  if (question === null) return false;
  const said = textOfTurn(context, question);
  if (asksFor(context, question, 'why') || protests(context, question)) return true;
  if (bargains(context, turn)) return false;
  return !asksForYesOrNo(said) && (objects(said) || complains(context, question));
}
