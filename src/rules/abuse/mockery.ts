import { CategorySet, type Turn } from '../../model/index.js';
import { abuseRule } from '../abuse-rule.js';
import { type AbusiveWords, allAbuseIn, CUSTOMER_ABUSE_CATEGORIES } from '../context/abuse.js';
import { engages } from '../context/mitigation.js';
import { mayBeIn } from '../context/turns-with.js';
import type { RuleContext } from '../rule.js';

/** Courtesy that mocks when it answers anger, kindness otherwise: 祝您早日康复. */
const MOCK_COURTESY = 'cue/mock-courtesy';
/** Smiles and applause. */
const TAUNTING_EMOJI = 'cue/taunting-emoji';
const COMPLAINT = 'cue/complaint';
const ANGER = CategorySet.of([COMPLAINT, ...CUSTOMER_ABUSE_CATEGORIES]);
const NO_WORDS: readonly AbusiveWords[] = [];

/**
 * Sarcasm, absurd offers, mock courtesy and taunting emoji. The lexicon knows words that mock by themselves; courtesy
 * and emoji mock only by what they answer.
 */
export default abuseRule({
  id: 'abuse/mockery',
  noun: { zh: '嘲讽', en: 'mockery' },
  undirected: 'aimed',
  thirdParty: null,
  triggers: [MOCK_COURTESY, TAUNTING_EMOJI],
  also: (context, turn, index) => {
    if (!mayAnswerAnger(context, turn)) return NO_WORDS;
    const courtesy = answering(context, turn, index, MOCK_COURTESY);
    const emoji = answering(context, turn, index, TAUNTING_EMOJI);
    return emoji.length > 0 && !engages(context, turn) ? [...courtesy, ...emoji] : courtesy;
  },
  docs: {
    what: {
      zh: '讽刺挖苦、假客气、荒唐的“补偿”（如冥币），或在顾客投诉后发微笑、鼓掌表情。',
      en: 'Sarcasm, mock courtesy, absurd “compensation” (ghost money), a smile or applause in answer to a complaint.',
    },
    why: {
      zh: '没有一个脏字，却比脏话更让人愤怒；寄送或提出冥币属于严重骚扰。',
      en: 'Without one rude word it angers more than swearing; offering ghost money counts as grave harassment.',
    },
    remedy: {
      zh: '顾客有情绪时不发表情、不开玩笑，先说出他遇到的问题，再说能做什么。',
      en: 'Send an upset customer no emoji and no jokes: name their problem, then what you can do.',
    },
  },
  examples: [
    {
      title: { zh: '补偿冥币', en: 'Ghost money as compensation' },
      turns: [
        { role: 'customer', text: '发错货了,你们怎么补偿' },
        { role: 'agent', text: '补偿您1000元冥币好不好' },
      ],
      finds: [{ turn: 1, quote: '冥币' }],
    },
    {
      title: { zh: '投诉后鼓掌', en: 'Applause for a complaint' },
      turns: [
        { role: 'customer', text: '等了半个月,你们太过分了,我要投诉' },
        { role: 'agent', text: '👏👏👏' },
      ],
      finds: [{ turn: 1, quote: '👏' }],
    },
    {
      title: { zh: '平时的微笑不算', en: 'A smile among friends' },
      turns: [
        { role: 'customer', text: '收到了,很好看' },
        { role: 'agent', text: '谢谢亲的喜欢🙂' },
      ],
      finds: [],
    },
  ],
});

/** A glance at whether a turn answers anger: false is certain. */
function mayAnswerAnger(context: RuleContext, turn: Turn): boolean {
  const before = context.conversation.turns[turn.index - 1];
  return before?.role === 'customer' && mayBeIn(context, before, ANGER);
}

/** Matches of a cue in an answer to a complaint or to abuse. */
function answering(context: RuleContext, turn: Turn, index: number, category: string): AbusiveWords[] {
  const matches = context.matches(index, category);
  if (matches.length === 0 || !answersAnger(context, turn)) return [];
  return matches.map((match) => ({ match, addressee: 'partner' }));
}

function answersAnger(context: RuleContext, turn: Turn): boolean {
  const before = context.conversation.turns[turn.index - 1];
  if (before?.role !== 'customer') return false;
  return before.messageIndexes.some(
    (at) => context.matches(at, COMPLAINT).length > 0 || allAbuseIn(context, at).length > 0,
  );
}
