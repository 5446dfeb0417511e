import { CategorySet, type Turn } from '../../model/index.js';
import {
  ASKING_CUES,
  askingsIn,
  asksFor,
  asksForYesOrNo,
  asksOpenly,
  complains,
  INSISTING_CUES,
  protests,
  textOfTurn,
} from '../context/customer-turn.js';
import { historyOf } from '../context/history.js';
import { sharesWords, wordsOf } from '../context/substance.js';
import { mayBeIn } from '../context/turns-with.js';
import { saysMoreBesides, wordsIn } from '../context/words.js';
import type { RuleContext } from '../rule.js';
import { type FindSign, isOnlyText, lengthOf, quotesOf, type Sign } from './sign.js';

/** Longer turns say something besides. */
const LONGEST = 60;
/** So few other characters say nothing. */
const PADDING = 2;
const PLEASANTRY = 'cue/pleasantry';
const APOLOGY = 'cue/empty-apology';
const ADVERTISING = 'cue/advertising';
const COURTESY_CUES = CategorySet.of([PLEASANTRY, APOLOGY, ADVERTISING]);
const NO_PLEASANTRY = CategorySet.of([APOLOGY, ADVERTISING]);
const DUE_CUES = ASKING_CUES.with(INSISTING_CUES);
/** Sets of cues of which one is all there is. */
const KIND = [PLEASANTRY, APOLOGY];
const PROMOTING = [ADVERTISING, PLEASANTRY];
/** No apology answers these. */
const ASK_FOR_MORE = ['way-out', 'when', 'how', 'amount'] as const;
/** Whoever asks for the price or whether it is genuine is answered by advertising. */
const ASKS_FOR_IT =
  /价|便宜|贵|优惠|活动|减|折|券|正品|真假|假货|质量|送|赠|收藏|好评|返现|退|换|取消|不想?要/;
/** Whoever thanks is answered by courtesy. */
const THANKS = /谢|感谢|辛苦|好的|麻烦你?了/;
/** How agents open a chat. */
const OPENING = /您好|你好|为您服务|欢迎|光临|在的/;
/** 怎么这么倒霉 is no question why. */
const ASKS_WHY = /为[什啥何嘛]|凭什么|原因|怎么回事/;

/**
 * Thanks, wishes, apologies, advertising, and nothing else, where a question was asked: 感谢您的支持 to 怎么处理, 抱歉哦 to
 * 为什么.
 */
export const courtesy: FindSign = (context, turn, question) => {
  // Without such words there is nothing to see: that spares most turns the rest.
  if (!mayBeIn(context, turn, COURTESY_CUES)) return null;
  if (lengthOf(context, turn) > LONGEST || !isOnlyText(context, turn)) return null;
  if (!mayBeDue(context, question) || opens(context, turn)) return null;
  let sign = nothingBut(context, turn, question, KIND);
  if (sign === null && mayBeIn(context, turn, NO_PLEASANTRY))
    sign = nothingBut(context, turn, question, PROMOTING);
  return sign !== null && isDue(context, question) ? sign : null;
};

function nothingBut(context: RuleContext, turn: Turn, question: Turn, cues: readonly string[]): Sign | null {
  const words = wordsIn(context, turn, cues);
  if (words.length === 0 || saysMoreBesides(context, turn, words, PADDING)) return null;
  const said = textOfTurn(context, question);
  const categories = new Set(words.map(({ match }) => match.category));
  if (categories.has(ADVERTISING)) {
    const { messages } = context.conversation;
    const answer = turn.messageIndexes.map((index) => messages[index]!.text).join('');
    if (ASKS_FOR_IT.test(said) || sharesWords(wordsOf(said), answer)) return null;
  }
  const onlySorry = categories.size === 1 && categories.has(APOLOGY);
  if (onlySorry ? !needsMore(context, question, said) : THANKS.test(said)) return null;
  return {
    messageId: onlySorry ? 'bare-apology' : 'courtesy',
    confidence: words[0]!.match.confidence * (onlySorry ? 0.85 : 1),
    severity: 'warning',
    evidence: quotesOf(context, turn),
    data: { entries: [...new Set(words.map(({ match }) => match.entryId))] },
  };
}

/**
 * True where more than sorry was due: it is a no to a question for yes or no, and what a complaint that asks nothing
 * asks for.
 */
function needsMore(context: RuleContext, question: Turn, said: string): boolean {
  if (protests(context, question) && /[?？吗]/.test(said)) return true;
  if (asksForYesOrNo(said)) return false;
  if (ASKS_WHY.test(said) && asksFor(context, question, 'why')) return true;
  return ASK_FOR_MORE.some((kind) => asksFor(context, question, kind));
}

/** True where an agent greets before anything else. */
function opens(context: RuleContext, turn: Turn): boolean {
  return historyOf(context.conversation).ownBefore(turn) === null && OPENING.test(textOfTurn(context, turn));
}

/** A glance at whether an answer was due: false is certain. */
function mayBeDue(context: RuleContext, question: Turn): boolean {
  return mayBeIn(context, question, DUE_CUES) || asksOpenly(textOfTurn(context, question));
}

/** True where an answer was due: a question of a kind that is known, a protest, a complaint. */
function isDue(context: RuleContext, question: Turn): boolean {
  if (asksOpenly(textOfTurn(context, question)) || askingsIn(context, question).size > 0) return true;
  return protests(context, question) || complains(context, question);
}
