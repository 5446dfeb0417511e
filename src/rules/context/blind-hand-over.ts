import type { Turn } from '../../model/index.js';
import type { RuleContext } from '../rule.js';
import { hasStatedProblem, replyTo, textOfTurn } from './customer-turn.js';
import { type Mitigation, mitigationsIn } from './mitigation.js';

const ENGAGING: readonly Mitigation[] = ['question', 'reason', 'answer', 'referral', 'next-step'];
const PROTEST = /[?？]|不是|没有?要|我没|我只|我就|别转|为什么|干嘛|又转/;

type Span = readonly [number, number];

/** How blindly an agent announces a hand-over. */
export interface Blindness {
  /** The customer had said what it is about. */
  told: boolean;
  /** The customer says that it is wrong. */
  protested: boolean;
}

/**
 * Whether an announced hand-over was blind: the agent has asked and explained nothing, and the customer has told nothing
 * yet or protests. Null for one that was not.
 *
 * @param index of the message that announces it
 * @param match the words that announce it
 */
export function blindnessOf(
  context: RuleContext,
  turn: Turn,
  index: number,
  match: { readonly span: Span },
): Blindness | null {
  if (hasEngaged(context, turn, index, match)) return null;
  const told = hasStatedProblem(context, turn);
  const reply = replyTo(context, turn);
  const protested = reply !== null && PROTEST.test(textOfTurn(context, reply));
  return told && !protested ? null : { told, protested };
}

/** True when this agent asked or explained anything up to the transfer. */
function hasEngaged(
  context: RuleContext,
  transfer: Turn,
  index: number,
  { span }: { readonly span: Span },
): boolean {
  const aside = new Map([[index, [span]]]);
  for (const turn of context.conversation.turns) {
    if (turn.index > transfer.index) break;
    if (turn.role !== 'agent' || turn.agentId !== transfer.agentId) continue;
    const found = mitigationsIn(context, turn, aside);
    if (ENGAGING.some((kind) => found.has(kind))) return true;
  }
  return false;
}
