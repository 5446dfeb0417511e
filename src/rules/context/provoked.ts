import { type Conversation, SEVERITIES, type Turn } from '../../model/index.js';
import type { RuleContext } from '../rule.js';
import { allAbuseIn } from './abuse.js';

/** Who began, and who went further, up to one abusive agent turn. */
export interface Provocation {
  /** True when the customer was abusive before any agent was. */
  provoked: boolean;
  /** Turns from the customer's last abuse to this turn; null when there was none. */
  turnsBefore: number | null;
  firstBy: 'customer' | 'agent';
  /** Who reached the worst severity of words first. */
  escalatedBy: 'customer' | 'agent';
}

/** What both sides have said up to one turn, that turn included. */
interface Exchange {
  firstBy: 'customer' | 'agent' | null;
  escalatedBy: 'customer' | 'agent' | null;
  /** Severity of the worst words so far; -1 without any. */
  worst: number;
  /** Index of the customer's last abusive turn. */
  lastCustomer: number | null;
}

/** By conversation, one for each of its first turns: a quarrel of thousands of turns is gone through once. */
const exchanges = new WeakMap<RuleContext, { conversation: Conversation; upTo: Exchange[] }>();

/** Looks back from an abusive agent turn at both sides' words. */
export function provokedBy(context: RuleContext, turn: Turn): Provocation {
  const { firstBy, escalatedBy, lastCustomer } = exchangeUpTo(context, turn);
  return {
    provoked: firstBy === 'customer',
    turnsBefore: lastCustomer === null ? null : turn.index - lastCustomer,
    firstBy: firstBy ?? 'agent',
    escalatedBy: escalatedBy ?? 'agent',
  };
}

function exchangeUpTo(context: RuleContext, turn: Turn): Exchange {
  const { conversation } = context;
  let known = exchanges.get(context);
  if (known === undefined || known.conversation !== conversation) {
    known = { conversation, upTo: [] };
    exchanges.set(context, known);
  }
  const { upTo } = known;
  for (let at = upTo.length; at <= turn.index; at++) {
    upTo.push(after(upTo[at - 1] ?? SILENCE, context, conversation.turns[at]!));
  }
  return upTo[turn.index]!;
}

const SILENCE: Exchange = { firstBy: null, escalatedBy: null, worst: -1, lastCustomer: null };

function after(before: Exchange, context: RuleContext, { role, index, messageIndexes }: Turn): Exchange {
  if (role !== 'customer' && role !== 'agent') return before;
  const level = levelOf(context, messageIndexes);
  if (level < 0) return before;
  return {
    firstBy: before.firstBy ?? role,
    escalatedBy: level > before.worst ? role : before.escalatedBy,
    worst: Math.max(level, before.worst),
    lastCustomer: role === 'customer' ? index : before.lastCustomer,
  };
}

/** Severity of the worst words of a turn, 2 the worst; -1 without any. */
function levelOf(context: RuleContext, messageIndexes: readonly number[]): number {
  let level = -1;
  for (const index of messageIndexes) {
    for (const { match } of allAbuseIn(context, index)) {
      level = Math.max(level, 2 - SEVERITIES.indexOf(match.severity));
    }
  }
  return level;
}
