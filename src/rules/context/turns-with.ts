import type { Turn } from '../../model/index.js';
import type { RuleContext } from '../rule.js';

/**
 * The turns of one role in which words of some categories may be, in order: where a rule has to look. Costs next to
 * nothing, and no word is verified for it.
 */
export function turnsWith(
  context: RuleContext,
  role: 'agent' | 'customer',
  categories: readonly string[],
): Turn[] {
  return context.conversation.turns.filter(
    (turn) => turn.role === role && turn.messageIndexes.some((index) => context.mayHold(index, categories)),
  );
}
