import type { LexiconMatch } from '../../language/lexicon.js';
import type { Turn } from '../../model/index.js';
import type { RuleContext } from '../rule.js';
import { hasStatedProblem, replyTo, textOfTurn } from './customer-turn.js';
import { type Mitigation, mitigates } from './mitigation.js';

export const TRANSFER = 'cue/transfer';

const ENGAGING: readonly Mitigation[] = ['question', 'reason', 'answer', 'referral', 'next-step'];
const PROTEST = /[?？]|不是|没有?要|我没|我只|我就|别转|为什么|干嘛|又转/;

/** A hand-over that an agent announces without having asked or explained anything. */
export interface BlindHandOver {
  turn: Turn;
  /** The message that announces it, and the words. */
  message: number;
  match: LexiconMatch;
  /** The customer had said what it is about. */
  told: boolean;
  /** The customer says that it is wrong. */
  protested: boolean;
}

/**
 * The hand-overs that agents announce blindly: having asked and explained nothing, to a customer who has told nothing yet
 * or who protests. At most one a turn.
 */
export function blindHandOversIn(context: RuleContext): BlindHandOver[] {
  const found: BlindHandOver[] = [];
  const engaged = new Set<string>();
  for (const turn of context.conversation.turns) {
    if (turn.role !== 'agent' || engaged.has(turn.agentId)) continue;
    for (const message of turn.messageIndexes) {
      const match = context.matches(message, TRANSFER)[0];
      if (match === undefined || engagesBesides(context, turn, message, match)) continue;
      const told = hasStatedProblem(context, turn);
      const reply = replyTo(context, turn);
      const protested = reply !== null && PROTEST.test(textOfTurn(context, reply));
      if (told && !protested) continue;
      found.push({ turn, message, match, told, protested });
      break;
    }
    if (engagesBesides(context, turn)) engaged.add(turn.agentId);
  }
  return found;
}

/** True when a turn asks or explains anything besides the transfer. */
function engagesBesides(context: RuleContext, turn: Turn, index = -1, match?: LexiconMatch): boolean {
  return mitigates(context, turn, ENGAGING, new Map(match ? [[index, [match.span]]] : []));
}
