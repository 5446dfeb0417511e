import type { CategorySet, Turn } from '../../model/index.js';
import type { RuleContext } from '../rule.js';

const NO_TURNS: readonly Turn[] = [];

/**
 * The turns of one role in which words of some categories may be, in order: where a rule has to look. Costs next to
 * nothing, and no word is verified for it.
 */
export function turnsWith(
  context: RuleContext,
  role: 'agent' | 'customer',
  categories: CategorySet,
): readonly Turn[] {
  if (!context.mayBeSaid(role, categories)) return NO_TURNS;
  let found: Turn[] | null = null;
  for (const turn of context.conversation.turns) {
    if (turn.role !== role || !mayBeIn(context, turn, categories)) continue;
    if (found === null) found = [turn];
    else found.push(turn);
  }
  return found ?? NO_TURNS;
}

/** Whether words of some categories may be in a turn, without verifying any: false is certain. */
export function mayBeIn(context: RuleContext, { messageIndexes }: Turn, categories: CategorySet): boolean {
  for (const index of messageIndexes) if (context.mayHold(index, categories)) return true;
  return false;
}
