import type { LexiconMatch } from '../../language/lexicon.js';
import type { Turn } from '../../model/index.js';
import {
  answeredTurn,
  askingsIn,
  asks,
  asksFor,
  asksForYesOrNo,
  asksOpenly,
  bargains,
  complains,
  lastAsked,
  protests,
  replyTo,
  textOfTurn,
} from '../context/customer-turn.js';
import { historyOf } from '../context/history.js';
import { mitigates } from '../context/mitigation.js';
import { endsInOther } from '../context/others.js';
import { remainderLength } from '../context/substance.js';
import { type Cue, type CueJudgement, dismissiveRule, objectOf } from '../dismissive-rule.js';
import type { RuleContext } from '../rule.js';

/** A plain no is an answer, and its reason may lie in the question: only a way out or a second no asks for more. */
const INABILITY: CueJudgement = {
  cue: 'cue/inability',
  bareUpTo: 8,
  madeUpBy: ['reason', 'alternative', 'next-step', 'offer', 'referral', 'question', 'answer'],
  softenedBy: ['apology'],
  counts: leavesStranded,
};
/** 没办法改价 gives up; a reason and a way round make up for it, and in bargaining it is the last word. */
const NO_WAY: CueJudgement = {
  ...INABILITY,
  cue: 'cue/no-way',
  objectIsEmpty: true,
  madeUpBy: INABILITY.madeUpBy.filter((kind) => kind !== 'apology'),
  softenedBy: ['apology'],
  counts: givesUp,
};
/** A request that is no question: a bare no leaves whoever makes it with nothing. */
const WANTS =
  /我(?:就|只|还是)?(?:想|要|需要)(?!问)|(?:帮|给|赔|还|补|退)我|[就只]想要|[补换退取]一?[个下件]?吧/;
/** Asks for a deed, though it may end like a question: 帮我问一下吧, 给我一个电话. */
const REQUESTS = /(?:帮|给|替)我[^吗么?？]{1,12}(?:吧|一下|下)?$|帮[我忙]|麻烦[你您]?帮/m;
/** Begs for an exception. */
const PLEADS = /通融|破例|行行好|拜托|求[你您求]|帮帮忙|照顾一?下|特殊情况/;
/** A wish, and a yes or no asked for without 吗: the no is the answer. */
const WISHES = /最好|希望|尽量|能|可以/;
/** Does not accept what was said. */
const DECLINES = /不接受|不同意|不愿意|不想[要用等发自]|真的?不[想要]/;
/** Courtesy takes the edge off a no out of nowhere. */
const SOFTENED = /亲|呢|哦|哈|抱歉|不好意思|对不起|[~～]|暂时|目前/;
/** Longer turns explain themselves. */
const BLUNT_LENGTH = 16;

/** 没办法/不行 without a reason, an alternative or a next step. */
export default dismissiveRule({
  id: 'dismissive/refusal',
  cue: 'cue/refusal',
  severity: 'error',
  bareUpTo: 10,
  counts: (_, cue) => !isPlain(cue),
  also: [NO_WAY, INABILITY],
  madeUpBy: ['reason', 'alternative', 'next-step', 'offer', 'referral', 'question'],
  softenedBy: ['apology'],
  message: {
    zh: '直接拒绝，没有原因也没有办法：“{quote}”{?missing （缺少{missing}）}',
    en: 'A refusal with neither reason nor way forward: “{quote}”{?missing  (missing: {missing})}',
  },
  docs: {
    what: {
      zh: '用“没办法”“不行”“处理不了”拒绝，不说原因、不给替代方案、没有下一步。',
      en: 'Refuses with “no way”, “cannot” and gives no reason, no alternative, no next step.',
    },
    why: {
      zh: '顾客能接受做不到，不能接受没人试过。',
      en: 'Customers can accept that a thing cannot be done, not that nobody tried.',
    },
    remedy: {
      zh: '先说为什么不行，再说还能怎么办，最后说您现在会做什么。',
      en: 'Say why not, then what can be done instead, then what you will do now.',
    },
  },
  examples: [
    {
      title: { zh: '一句没办法', en: 'No way, full stop' },
      turns: [
        { role: 'customer', text: '杯子碎了能补一个吗' },
        { role: 'agent', text: '没办法的' },
      ],
      finds: [{ turn: 1, quote: '没办法' }],
    },
    {
      title: { zh: '说明原因和替代方案不算', en: 'With a reason and an alternative' },
      turns: [
        { role: 'customer', text: '能改地址吗' },
        { role: 'agent', text: '没办法改了呢,因为已经出库,您可以拒收后我们给您重新发' },
      ],
      finds: [],
    },
  ],
});

/** 没办法改价 says what cannot be done; 没办法 and 没办法解决 say that nothing can. */
function isPlain({ match, scope }: Cue): boolean {
  return match.severity !== 'error' && remainderLength(objectOf(scope.after), [], 1) > 0;
}

function leavesStranded(context: RuleContext, { turn, index, match, scope }: Cue): boolean {
  const question = answeredTurn(context, turn);
  if (question === null) return isBlunt(context.conversation.messages[index]!.text, scope.sentenceBefore);
  const said = textOfTurn(context, question);
  const haggles = bargains(context, turn);
  if (asksFor(context, question, 'way-out') && !(haggles && asksForYesOrNo(lastAsked(said)))) return true;
  if (haggles) return protests(context, question) && !isPolite(context, turn);
  if (asksFor(context, question, 'why') || protests(context, question)) return true;
  if (isBare(match) && (PLEADS.test(said) || (asksOpenly(lastAsked(said)) && !asksForYesOrNo(said))))
    return true;
  if (REQUESTS.test(said) && isBare(match)) return true;
  if (DECLINES.test(said) || (!asksForYesOrNo(said) && WANTS.test(said) && !WISHES.test(said))) return true;
  if (!refusedBefore(context, turn)) return false;
  const reply = replyTo(context, turn);
  if (reply !== null && (complains(context, reply) || protests(context, reply))) return true;
  return !asks(said) && !WISHES.test(said) && askingsIn(context, question).size === 0;
}

function givesUp(context: RuleContext, { turn, scope }: Cue): boolean {
  if (endsInOther(scope.before)) return false;
  const question = answeredTurn(context, turn);
  if (question === null) return !bargains(context, turn);
  // A yes or no was asked for, and a polite no in a whole sentence came.
  if (asksForYesOrNo(textOfTurn(context, question)) && mitigates(context, turn, ['apology'])) return false;
  return !bargains(context, turn) || complains(context, question);
}

/** The whole clause is a verb and its no: nothing is said of why. */
function isBare({ entryId }: LexiconMatch): boolean {
  return entryId === 'cue-inability-bare';
}

/** A no out of nowhere, unsoftened, is a refusal; what it might answer nobody can tell. */
function isBlunt(text: string, before: string): boolean {
  return text.length <= BLUNT_LENGTH && before === '' && !SOFTENED.test(text) && !/[\d元块]/.test(text);
}

function isPolite(context: RuleContext, turn: Turn): boolean {
  return context.textOf(turn).some(({ message }) => /亲|抱歉|不好意思|客官/.test(message.text));
}

/** True when the same agent's turn before was a no as well. */
function refusedBefore(context: RuleContext, turn: Turn): boolean {
  const earlier = historyOf(context.conversation).ownBefore(turn);
  return earlier?.messageIndexes.some((index) => context.matches(index, INABILITY.cue).length > 0) === true;
}
