import type { Turn } from '../../model/index.js';
import type { Quote, Report, RuleContext } from '../rule.js';

/** What shows that a turn talks past the question: the finding without its turn. */
export type Sign = Omit<Report, 'turn'>;

/**
 * Looks for one kind of sign in an agent's turn that answers a turn of the customer. Sees every such turn, so it asks the
 * cheap questions first.
 */
export type FindSign = (context: RuleContext, turn: Turn, question: Turn) => Sign | null;

/** True for a turn that holds nothing but texts: no picture and no card. */
export function isOnlyText({ conversation: { messages } }: RuleContext, turn: Turn): boolean {
  for (const index of turn.messageIndexes) if (messages[index]!.kind !== 'text') return false;
  return turn.messageIndexes.length > 0;
}

/** How many characters the messages of a turn have. */
export function lengthOf({ conversation: { messages } }: RuleContext, turn: Turn): number {
  let length = 0;
  for (const index of turn.messageIndexes) length += messages[index]!.text.length;
  return length;
}

/** The texts of a turn as evidence, each as a whole. */
export function quotesOf(context: RuleContext, turn: Turn): Quote[] {
  return context
    .textOf(turn)
    .map(({ index, message }) => ({ message: index, span: [0, message.text.length] }));
}
