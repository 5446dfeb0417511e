import type { HandOver, Turn } from '../../model/index.js';
import type { RuleContext } from '../rule.js';

/** A hand-over inside one conversation, with the turns on both sides. */
export interface HandOverTurns {
  handOver: HandOver;
  /** The last turn of the one who hands over. */
  last: Turn;
  /** The first turn of the one who takes over, or null when nobody did. */
  next: Turn | null;
  /** Words of the agent that announce it: message index and span. */
  words: { message: number; span: readonly [number, number]; text: string } | null;
}

/**
 * Hand-overs that the platform's notice or the agent's own words show. Two agents who merely follow each other are not
 * among them.
 */
export function handOversIn(context: RuleContext): HandOverTurns[] {
  const { handOvers, turns } = context.conversation;
  if (handOvers.length === 0) return [];
  const found: HandOverTurns[] = [];
  let from = 0;
  for (const handOver of handOvers) {
    const at = handOver.message;
    const next =
      turns.find(
        (turn) =>
          turn.index > from &&
          turn.role === 'agent' &&
          turn.agentId === handOver.toAgentId &&
          (at === null || turn.messageIndexes[0]! > at),
      ) ?? null;
    const end = next?.index ?? turns.length;
    const last = turns.findLast(
      (turn) => turn.index < end && turn.role === 'agent' && turn.agentId === handOver.fromAgentId,
    );
    if (last === undefined) continue;
    from = next?.index ?? last.index;
    const words = wordsOfTransfer(context, last);
    if (at !== null || words !== null) found.push({ handOver, last, next, words });
  }
  return found;
}

function wordsOfTransfer(context: RuleContext, turn: Turn): HandOverTurns['words'] {
  for (const index of turn.messageIndexes) {
    const match = context.matches(index, 'cue/transfer')[0];
    if (match !== undefined) return { message: index, span: match.span, text: match.text };
  }
  return null;
}
