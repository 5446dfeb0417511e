import { CategorySet, type Turn } from '../../model/index.js';
import {
  ASKING_CUES,
  answeredTurn,
  askingsIn,
  asksFor,
  asksForYesOrNo,
  complains,
  INSISTING_CUES,
  protests,
  replyTo,
  textOfTurn,
} from '../context/customer-turn.js';
import { engages, type Mitigation, mitigates } from '../context/mitigation.js';
import { mayBeIn, turnsWith } from '../context/turns-with.js';
import { asideOf, type FoundWords, saysMoreBesides, wordsIn } from '../context/words.js';
import type { Rule, RuleContext } from '../rule.js';

const HOLD = 'cue/hold';
const ACT_SOON = 'cue/act-soon';
const CHASE = 'cue/chase';
/** Harmless once, stalling when nothing else comes. */
const EMPTY = [HOLD, ACT_SOON, CHASE];
const WAIT = 'cue/wait';
const WAIT_FOR_WORD = 'cue/wait-for-word';
/** 正在处理中, 理解您的心情: says no more than the plea it comes with. */
const UNDER_WAY = 'cue/under-way';
const SOOTHES: readonly string[] = [UNDER_WAY, 'cue/empty-apology', 'cue/pleasantry'];
/** To be patient, and no promise of speed. */
const PLEA = /耐心|再等|多等/;
/** Cannot wait any longer, and is soothed or told to wait. */
const URGENT = /着急|急用|急死|急着|赶不上|来不及|等不[了及起]|要到了/;
/** More besides a plea to wait says something. */
const PLEA_LENGTH = 10;
/** What answers a question for the time, or takes a request up. */
const ANSWERS: readonly Mitigation[] = [
  'answer',
  'next-step',
  'question',
  'offer',
  'referral',
  'alternative',
];
/** Whoever asks for speed is answered by its promise. */
const ASKS_FOR_SPEED = /尽快|快点|快一点|早点|赶紧|抓紧/;
const PROMISES_SPEED = /尽[快量]/;
/** It was chased before, and nothing came of it: 催了两天了还不发. */
const CHASED_IN_VAIN =
  /催[了过][^，。！？,!?]{0,4}[天次遍回][^，。！？,!?]{0,3}[还都也没不]|(?:天天|每次|每天|总是|一直|都)(?:是|在|说)?催/;
/** Days have passed: another plea is no answer, whatever else was asked. */
const HAS_WAITED = /[天周月]了|星期了|到现在/;
/** Times and dates, masked ones as well. */
const TIME =
  /[\d一二两三四五六七八九十几半][天点号日时分秒月周年个]|\[(?:日期|时间|数字)x|\d|[今明昨后]天|今晚|上午|下午|周末|节后|年后/;

const EMPTY_WORDS = CategorySet.of(EMPTY);
const PLEADING_WORDS = CategorySet.of([WAIT, WAIT_FOR_WORD, CHASE]);

/** Customers who want more than patience say one of these, unless they are in a hurry or have chased in vain. */
const WANTING_CUES = ASKING_CUES.with(INSISTING_CUES);

/** A turn that does nothing but hold or chase. */
interface Empty {
  turn: Turn;
  words: readonly FoundWords[];
}

/**
 * 稍等, 催一下 again and again, and nothing in between; or a plea to wait for all answer to "when" and to a request. One
 * 稍等 is an opener and no fault.
 */
const rule: Rule = {
  meta: {
    id: 'dismissive/stalling',
    category: 'dismissive',
    severity: 'warning',
    stability: 'stable',
    options: {
      /** So many empty promises in a row are stalling. */
      repeats: 3,
    },
    docs: {
      what: {
        zh: '反复“稍等”“帮您催一下”，中间没有任何进展。',
        en: 'Says “one moment” or “I will chase it” again and again with no progress in between.',
      },
      why: {
        zh: '第一次是礼貌，第三次就是拖延，顾客也看得出来。',
        en: 'The first time it is polite, the third time it is stalling, and customers can tell.',
      },
      remedy: {
        zh: '说清楚催了谁、结果如何、下次什么时候回复。',
        en: 'Say whom you chased, what they said, and when you will be back.',
      },
    },
    messages: {
      'wait-only': {
        zh: '顾客问时间、原因或要求处理，只答复“{quote}”',
        en: 'Asked when, why, or to do something, answers only “{quote}”',
      },
      repeated: {
        zh: '第{count}次只说“{quote}”，没有进展',
        en: '“{quote}” for the {count}. time, with no progress',
      },
    },
    examples: [
      {
        title: { zh: '三次稍等', en: 'Three times “one moment”' },
        turns: [
          { role: 'customer', text: '退款到底怎么处理' },
          { role: 'agent', text: '稍等' },
          { role: 'customer', text: '还要多久' },
          { role: 'agent', text: '稍等哦' },
          { role: 'customer', text: '人呢' },
          { role: 'agent', text: '请稍等' },
        ],
        finds: [{ turn: 5, quote: '稍等' }],
      },
      {
        title: { zh: '稍等之后有结果', en: 'One moment, then the answer' },
        turns: [
          { role: 'customer', text: '退款到底怎么处理' },
          { role: 'agent', text: '稍等,我查一下' },
          { role: 'customer', text: '好的' },
          { role: 'agent', text: '查到了,退款已经提交,预计三天内原路退回您的账户' },
        ],
        finds: [],
      },
    ],
  },
  triggers: [HOLD, ACT_SOON, CHASE, WAIT, WAIT_FOR_WORD],
  check(context) {
    const repeating = reportRepeats(context, Number(context.options.repeats));
    for (const turn of turnsWith(context, 'agent', PLEADING_WORDS)) {
      if (!repeating.has(turn.index)) waitOnly(context, turn);
    }
  },
};

export default rule;

/** Reports the turns that hold or chase for the so manieth time in a row, and returns their indexes. */
function reportRepeats(context: RuleContext, repeats: number): Set<number> {
  const reported = new Set<number>();
  const holding = turnsWith(context, 'agent', EMPTY_WORDS);
  // A glance that spares most conversations the rest: one 稍等 is everywhere, two are rarer.
  if (holding.length < 2) return reported;
  let row: Empty[] = [];
  for (const turn of holding) {
    const words = wordsIn(context, turn, EMPTY);
    if (words.length === 0 || saysMore(context, turn, words, EMPTY_LENGTH)) continue;
    if (row.length > 0 && isHelpedBetween(context, row[row.length - 1]!.turn, turn)) row = [];
    row.push({ turn, words });
    if (row.length < 2 || replyTo(context, row[row.length - 2]!.turn) === null) continue;
    if (row.length < repeats && !chasesAgain(context, row)) continue;
    const match = words[0]!.match;
    context.report({
      turn,
      messageId: 'repeated',
      confidence: Math.min(0.95, match.confidence * (0.7 + 0.1 * Math.max(0, row.length - repeats))),
      evidence: words.map(({ index, match: one }) => ({ message: index, span: one.span, text: one.text })),
      data: { count: row.length, firstInTurn: row[0]!.turn.index },
    });
    reported.add(turn.index);
  }
  return reported;
}

/** True when an agent does anything for the customer between two turns. */
function isHelpedBetween(context: RuleContext, from: Turn, to: Turn): boolean {
  const { turns } = context.conversation;
  for (let at = from.index + 1; at < to.index; at++) {
    const turn = turns[at]!;
    if (turn.role === 'agent' && engages(context, turn)) return true;
  }
  return false;
}

/** The customer speaks of the last chase, or of days. */
const CHASED_BEFORE = /催过|催了|[说帮]{1,2}[你您我]?催|昨天|前天|上次|每次|又是?催|天了|[几多两三四五]次/;

/** True when the customer says that the last chase has brought nothing, and is promised the next one. */
function chasesAgain(context: RuleContext, row: readonly Empty[]): boolean {
  const chased = row.slice(-2).every(({ words }) => words.some(({ match }) => match.category === CHASE));
  const question = answeredTurn(context, row.at(-1)!.turn);
  if (!chased || question === null) return false;
  return (
    CHASED_BEFORE.test(textOfTurn(context, question)) ||
    complains(context, question) ||
    protests(context, question)
  );
}

/** Reports a turn that only asks for patience where a time, a reason or a deed was asked for. */
function waitOnly(context: RuleContext, turn: Turn): void {
  const question = answeredTurn(context, turn);
  if (question === null) return;
  const said = textOfTurn(context, question);
  const inVain = CHASED_IN_VAIN.test(said);
  const urgent = URGENT.test(said);
  if (!inVain && !urgent && !mayBeIn(context, question, WANTING_CUES)) return;
  const words = wordsIn(context, turn, inVain ? [WAIT, WAIT_FOR_WORD, CHASE] : [WAIT, WAIT_FOR_WORD]);
  if (words.length === 0) return;
  const soothing = wordsIn(context, turn, SOOTHES);
  const empty = soothing.length === 0 ? words : words.concat(soothing);
  if (saysMore(context, turn, empty, PLEA_LENGTH) || namesTime(context, turn)) return;
  const pleads = soothing.length > 0 || words.some(({ match }) => PLEA.test(match.text));
  if (!inVain && !(pleads && urgent) && !wantsMoreThanPatience(context, question, words)) return;
  if (mitigates(context, turn, ANSWERS, asideOf(empty))) return;
  context.report({
    turn,
    messageId: 'wait-only',
    confidence: words[0]!.match.confidence * (asksFor(context, question, 'progress') ? 1 : 0.8),
    evidence: words.map(({ index, match }) => ({ message: index, span: match.span, text: match.text })),
    data: {
      entries: [...new Set(words.map(({ match }) => match.entryId))],
      asked: [...askingsIn(context, question)],
    },
  });
}

function wantsMoreThanPatience(context: RuleContext, question: Turn, words: readonly FoundWords[]): boolean {
  const said = textOfTurn(context, question);
  if (asksFor(context, question, 'when') && !asksForYesOrNo(said)) return true;
  if (words.every(({ match }) => match.category === WAIT_FOR_WORD)) return false;
  if (asksFor(context, question, 'progress')) return true;
  if (ASKS_FOR_SPEED.test(said) && words.every(({ match }) => PROMISES_SPEED.test(match.text))) return false;
  if (HAS_WAITED.test(said) && complains(context, question)) return true;
  if (protests(context, question) && !asksForYesOrNo(said)) return true;
  if (asksFor(context, question, 'act')) return true;
  return !asksForYesOrNo(said) && (asksFor(context, question, 'why') || complains(context, question));
}

function namesTime({ conversation: { messages } }: RuleContext, turn: Turn): boolean {
  return turn.messageIndexes.some((index) => {
    const { kind, text } = messages[index]!;
    return kind === 'text' && TIME.test(text);
  });
}

/** More besides the promise says something. */
const EMPTY_LENGTH = 6;

/** True when a turn says more than so many characters besides words and courtesy; a picture is more than any. */
function saysMore(context: RuleContext, turn: Turn, words: readonly FoundWords[], most: number): boolean {
  const { messages } = context.conversation;
  for (const index of turn.messageIndexes) if (messages[index]!.kind !== 'text') return true;
  return saysMoreBesides(context, turn, words, most);
}
