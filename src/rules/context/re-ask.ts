import type { LexiconMatch } from '../../language/lexicon.js';
import { CategorySet, type Conversation, LastOf, type Message, type Turn } from '../../model/index.js';
import type { RuleContext } from '../rule.js';
import { answeredTurn, hasStatedProblem, replyTo, textOfTurn } from './customer-turn.js';
import { historyOf } from './history.js';

interface Asked {
  /** Cue list of the agent's words. */
  cue: string;
  what: 'order-number' | 'phone' | 'address' | 'photo' | 'size';
  /** How it looks when the customer has given it; all of these in one message. */
  given: readonly RegExp[];
  /** There is only one of it, so that nobody who has it may ask for another. */
  unique: boolean;
}

/** What agents ask for. */
const ASKED: readonly Asked[] = [
  {
    cue: 'cue/ask-order',
    what: 'order-number',
    given: [/\[?ORDERID|\[订单|(?<!\d)\d{10,20}(?!\d)|(?<![A-Za-z])[A-Z]{2}\d{8,}|尾号\s*\d{3,}/],
    unique: false,
  },
  { cue: 'cue/ask-phone', what: 'phone', given: [/(?<!\d)1[3-9]\d[\d*]{8}(?!\d)|\[电话/], unique: false },
  {
    cue: 'cue/ask-address',
    what: 'address',
    given: [/\[地址|[省市区县镇].{0,20}(?:路|街|道|村|小区|号|栋|幢)/],
    unique: false,
  },
  { cue: 'cue/ask-photo', what: 'photo', given: [/\[图片|\[照片|\[image/i], unique: false },
  {
    cue: 'cue/ask-size',
    what: 'size',
    given: [/1[4-9]\d|1\.[4-9]|一米[四五六七八九]/, /体重\s*\d|\d{2,3}\s*(?:斤|公斤|kg)/i],
    unique: true,
  },
];
/** The customer says that it was given: without that, another order or another photo may be meant. */
const PROTEST =
  /(?:发|给|说|写|报|传|提供)(?:给?[你您])?过|(?:上面|前面|上边|刚才|刚刚|刚|都).{0,3}(?:发|给|说|写|报|传|有)(?!货)|不是.{0,6}(?:发|给|说|写|报|传)[你您]?了|看不到吗|没看|又要我|还要我|还要再?发/;
const ASK_PROBLEM = 'cue/ask-problem';

/** Lexicon categories of everything that agents ask for. */
export const ASKS_FOR = CategorySet.of([...ASKED.map(({ cue }) => cue), ASK_PROBLEM]);

/** An agent asks for what the shop has. */
export interface ReAsk {
  turn: Turn;
  message: number;
  match: LexiconMatch;
  what: Asked['what'] | 'problem';
  /** The customer says so, before or after. */
  protested: boolean;
  /** Where it was given, if that is known. */
  givenInTurn: number | null;
  /** A colleague had it: it was given before this agent took over. */
  afterHandOver: boolean;
}

/** Everything that agents ask for again in a conversation, in its order. */
export function reAsksIn(context: RuleContext): ReAsk[] {
  const { conversation } = context;
  const found: ReAsk[] = [];
  const joined = new Map<string, number>();
  let colleague = -1;
  for (const turn of conversation.turns) {
    if (turn.role !== 'agent') continue;
    if (!joined.has(turn.agentId)) {
      joined.set(turn.agentId, colleague < 0 ? -1 : turn.index);
      colleague = turn.index;
    }
    const tookOverAt = joined.get(turn.agentId)!;
    for (const index of turn.messageIndexes) {
      if (!context.mayHold(index, ASKS_FOR)) continue;
      for (const asked of ASKED) {
        const match = context.matches(index, asked.cue)[0];
        if (match === undefined) continue;
        const protested =
          saysItWasGiven(context, answeredTurn(context, turn)) ||
          saysItWasGiven(context, replyTo(context, turn));
        if (!protested && !asked.unique) continue;
        const givenInTurn = turnThatGave(conversation, turn, asked);
        if (givenInTurn === null && !(protested && askedBefore(context, turn, asked.cue))) continue;
        const afterHandOver = givenInTurn !== null && givenInTurn < tookOverAt;
        found.push({ turn, message: index, match, what: asked.what, protested, givenInTurn, afterHandOver });
      }
      const match = context.matches(index, ASK_PROBLEM)[0];
      if (match === undefined || tookOverAt !== turn.index || !hasStatedProblem(context, turn)) continue;
      found.push({
        turn,
        message: index,
        match,
        what: 'problem',
        protested: false,
        givenInTurn: null,
        afterHandOver: true,
      });
    }
  }
  return found;
}

/** True when a customer turn says that what is asked for was given already. */
function saysItWasGiven(context: RuleContext, turn: Turn | null): boolean {
  return turn !== null && PROTEST.test(textOfTurn(context, turn));
}

/** True when the same agent has asked for the same in their turn before. */
function askedBefore(context: RuleContext, turn: Turn, cue: string): boolean {
  const own = historyOf(context.conversation).ownBefore(turn);
  return own?.messageIndexes.some((index) => context.matches(index, cue).length > 0) === true;
}

/** The last turn before another in which the customer gave what is asked for, or null. */
function turnThatGave(conversation: Conversation, before: Turn, asked: Asked): number | null {
  const places = given.of(conversation);
  let last = places.get(asked.what);
  if (last === undefined) {
    last = lastGiven(conversation, asked);
    places.set(asked.what, last);
  }
  const at = last[before.index]!;
  return at < 0 ? null : at;
}

/** By what is asked for: where it was last given before each turn. */
const given = new LastOf((_: Conversation) => new Map<Asked['what'], readonly number[]>());

/** For each turn, the last one before it in which something was given; -1 where there is none. */
function lastGiven({ turns, messages }: Conversation, asked: Asked): number[] {
  const last: number[] = [];
  let at = -1;
  for (const { role, index, messageIndexes } of turns) {
    last.push(at);
    if (role === 'customer' && messageIndexes.some((message) => gives(messages[message]!, asked))) at = index;
  }
  return last;
}

function gives({ kind, text }: Message, { what, given: signs }: Asked): boolean {
  if (what === 'photo' && kind === 'image') return true;
  return kind === 'text' && signs.every((sign) => sign.test(text));
}
