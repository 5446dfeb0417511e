import type { Contact, HandOver, HandOverChain, LastHandOver, Turn } from '../../model/index.js';
import type { RuleContext } from '../rule.js';
import { TRANSFER } from './blind-hand-over.js';

/** A hand-over inside one conversation, with the turns on both sides. */
export interface HandOverTurns {
  handOver: HandOver;
  /** The last turn of the one who hands over. */
  last: Turn;
  /** The first turn of the one who takes over, or null when nobody did. */
  next: Turn | null;
  /** Words of the agent that announce it, or null for a hand-over that only the platform's notice shows. */
  words: { message: number; span: readonly [number, number]; text: string } | null;
}

/**
 * Hand-overs that the platform's notice or the agent's own words show, in order. Two agents who merely follow each other
 * are not among them.
 */
export function handOversIn(context: RuleContext): HandOverTurns[] {
  const { handOvers, turns } = context.conversation;
  const found: HandOverTurns[] = [];
  let from = 0;
  for (const handOver of handOvers) {
    const next = nextTurn(turns, from, handOver);
    const last = lastTurn(turns, from, next?.index ?? turns.length, handOver.fromAgentId);
    if (last === null) continue;
    from = next?.index ?? last.index;
    const words = wordsOfTransfer(context, last);
    if (handOver.message !== null || words !== null) found.push({ handOver, last, next, words });
  }
  return found;
}

/** The first turn of the one who takes over: after the notice, where there is one. */
function nextTurn(turns: readonly Turn[], from: number, { toAgentId, message }: HandOver): Turn | null {
  for (let at = from; at < turns.length; at++) {
    const turn = turns[at]!;
    if (turn.role !== 'agent' || turn.agentId !== toAgentId) continue;
    if (message === null || turn.messageIndexes[0]! > message) return turn;
  }
  return null;
}

function lastTurn(turns: readonly Turn[], from: number, end: number, agentId: string): Turn | null {
  for (let at = end - 1; at >= from; at--)
    if (turns[at]!.role === 'agent' && turns[at]!.agentId === agentId) return turns[at]!;
  return null;
}

function wordsOfTransfer(context: RuleContext, turn: Turn): HandOverTurns['words'] {
  for (const message of turn.messageIndexes) {
    const match = context.matches(message, TRANSFER)[0];
    if (match !== undefined) return { message, span: match.span, text: match.text };
  }
  return null;
}

/** What an agent is called in the chat; `unknown` where nobody spoke under that id. */
export function nameOf({ conversation: { messages } }: RuleContext, agentId: string): string {
  if (agentId === '') return 'unknown';
  const message = messages.find(({ role, speakerId }) => role === 'agent' && speakerId === agentId);
  return message?.speakerName || agentId;
}

/** A hand-over from one chat of a customer to the next, minutes later. */
export interface HandOverBetween {
  handOver: LastHandOver;
  /** Places of the two contacts. */
  contact: number;
  next: number;
}

/** The hand-overs between the contacts of a customer, in order. */
export function handOversBetween(
  contacts: readonly Contact[],
  chains: readonly HandOverChain[],
): HandOverBetween[] {
  return chains.flatMap(({ contacts: places }) =>
    places.slice(1).map((next, at) => {
      const contact = places[at]!;
      return { handOver: contacts[contact]!.handOver!, contact, next };
    }),
  );
}
