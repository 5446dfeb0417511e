import type { Turn } from '../../model/index.js';
import {
  answeredTurn,
  askingsIn,
  asksForYesOrNo,
  asksOpenly,
  complains,
  protests,
  textOfTurn,
} from '../context/customer-turn.js';
import { historyOf } from '../context/history.js';
import { remainder, sharesWords, wordsOf } from '../context/substance.js';
import type { RuleContext } from '../rule.js';
import { type FindSign, onlyTexts, quotesOf, type Sign } from './sign.js';

/** Longer turns say something besides. */
const LONGEST = 60;
/** So few other characters say nothing. */
const PADDING = 2;
const PLEASANTRY = 'cue/pleasantry';
const APOLOGY = 'cue/empty-apology';
const ADVERTISING = 'cue/advertising';
const COURTESY_CUES = [PLEASANTRY, APOLOGY, ADVERTISING] as const;
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
export const courtesy: FindSign = (context, turn) => {
  // Without such words there is nothing to see: that spares most turns the rest.
  if (!turn.messageIndexes.some((index) => context.mayHold(index, COURTESY_CUES))) return null;
  if (lengthOf(context, turn) > LONGEST) return null;
  const question = answeredTurn(context, turn);
  if (question === null || opens(context, turn)) return null;
  for (const cues of [
    [PLEASANTRY, APOLOGY],
    [ADVERTISING, PLEASANTRY],
  ]) {
    const sign = nothingBut(context, turn, question, cues);
    if (sign !== null) return isDue(context, question) ? sign : null;
  }
  return null;
};

function nothingBut(context: RuleContext, turn: Turn, question: Turn, cues: readonly string[]): Sign | null {
  const texts = onlyTexts(context, turn);
  if (texts === null) return null;
  const words = texts.flatMap(({ index }) =>
    cues.flatMap((cue) => context.matches(index, cue).map((match) => ({ index, match }))),
  );
  if (words.length === 0) return null;
  const rest = texts.map(({ index, message }) =>
    remainder(
      message.text,
      words.filter((one) => one.index === index).map(({ match }) => match.span),
    ),
  );
  if (rest.join('').length > PADDING) return null;
  const said = textOfTurn(context, question);
  const categories = new Set(words.map(({ match }) => match.category));
  if (categories.has(ADVERTISING)) {
    const answer = texts.map(({ message }) => message.text).join('');
    if (ASKS_FOR_IT.test(said) || sharesWords(wordsOf(said), answer)) return null;
  }
  const onlySorry = categories.size === 1 && categories.has(APOLOGY);
  if (onlySorry ? !needsMore(context, question, said) : THANKS.test(said)) return null;
  return {
    messageId: onlySorry ? 'bare-apology' : 'courtesy',
    confidence: words[0]!.match.confidence * (onlySorry ? 0.85 : 1),
    severity: 'warning',
    evidence: quotesOf(texts),
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
  const asked = askingsIn(context, question);
  if (asked.has('why') && ASKS_WHY.test(said)) return true;
  return asked.has('way-out') || asked.has('when') || asked.has('how') || asked.has('amount');
}

/** True where an agent greets before anything else. */
function opens(context: RuleContext, turn: Turn): boolean {
  return historyOf(context.conversation).ownBefore(turn) === null && OPENING.test(textOfTurn(context, turn));
}

function lengthOf({ conversation }: RuleContext, turn: Turn): number {
  let length = 0;
  for (const index of turn.messageIndexes) length += conversation.messages[index]!.text.length;
  return length;
}

/** True where an answer was due: a question of a kind that is known, a protest, a complaint. */
function isDue(context: RuleContext, question: Turn): boolean {
  if (asksOpenly(textOfTurn(context, question)) || askingsIn(context, question).size > 0) return true;
  return protests(context, question) || complains(context, question);
}
