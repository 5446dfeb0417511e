import { SEVERITIES, type Turn } from '../../model/index.js';
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

/** Looks back from an abusive agent turn at both sides' words. */
export function provokedBy(context: RuleContext, turn: Turn): Provocation {
  let firstBy: 'customer' | 'agent' | null = null;
  let escalatedBy: 'customer' | 'agent' | null = null;
  let worst = -1;
  let lastCustomer: number | null = null;
  for (const earlier of context.conversation.turns) {
    if (earlier.index > turn.index) break;
    if (earlier.role !== 'customer' && earlier.role !== 'agent') continue;
    const level = levelOf(context, earlier);
    if (level < 0) continue;
    if (earlier.role === 'customer') lastCustomer = earlier.index;
    firstBy ??= earlier.role;
    if (level > worst) {
      worst = level;
      escalatedBy = earlier.role;
    }
  }
  return {
    provoked: firstBy === 'customer',
    turnsBefore: lastCustomer === null ? null : turn.index - lastCustomer,
    firstBy: firstBy ?? 'agent',
    escalatedBy: escalatedBy ?? 'agent',
  };
}

/** Severity of the worst words of a turn, 2 the worst; -1 without any. */
function levelOf(context: RuleContext, turn: Turn): number {
  let level = -1;
  for (const index of turn.messageIndexes) {
    for (const { match } of allAbuseIn(context, index)) {
      level = Math.max(level, 2 - SEVERITIES.indexOf(match.severity));
    }
  }
  return level;
}
