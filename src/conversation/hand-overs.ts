import type { HandOver, Message, Turn } from '../model/index.js';
import { handlingOf, receiverOf } from './notices.js';

const NONE: HandOver[] = [];

/**
 * Finds where one agent passed a customer on to another: a notice of the platform says so, or an agent speaks who has
 * not spoken before in this conversation. Two agents who take turns without a notice (a group) pass on nobody.
 *
 * @returns in order; one that nobody took over has `toAgentId` ''
 */
export function findHandOvers(messages: readonly Message[], turns: readonly Turn[]): HandOver[] {
  if (!concernsSeveral(messages, turns)) return NONE;
  const found: HandOver[] = [];
  const spoken = new Set<string>();
  let last: Turn | null = null;
  let from = 0;
  for (const turn of turns) {
    if (turn.role !== 'agent') continue;
    const begin = turn.messageIndexes[0]!;
    if (last !== null) {
      const notice = lastHandOver(messages, from, begin);
      if (turn.agentId !== last.agentId && (notice >= 0 || !spoken.has(turn.agentId))) {
        found.push({
          fromAgentId: last.agentId,
          toAgentId: turn.agentId,
          message: notice < 0 ? null : notice,
          atMs: messages[notice < 0 ? begin : notice]!.atMs,
        });
      }
    }
    spoken.add(turn.agentId);
    last = turn;
    from = turn.messageIndexes[turn.messageIndexes.length - 1]! + 1;
  }
  if (last !== null) {
    const notice = lastHandOver(messages, from, messages.length);
    if (notice >= 0) {
      const receiver = receiverOf(messages[notice]!);
      const known = messages.find(
        (one) => one.role === 'agent' && (one.speakerId === receiver || one.speakerName === receiver),
      );
      found.push({
        fromAgentId: last.agentId,
        toAgentId: known?.speakerId ?? '',
        message: notice,
        atMs: messages[notice]!.atMs,
      });
    }
  }
  return found;
}

/** True when several agents spoke, or a notice tells of passing on: all other conversations need no look. */
function concernsSeveral(messages: readonly Message[], turns: readonly Turn[]): boolean {
  let first: string | null = null;
  for (const turn of turns) {
    if (turn.role !== 'agent') continue;
    if (first === null) first = turn.agentId;
    else if (turn.agentId !== first) return true;
  }
  if (first === null) return false;
  return messages.some((message) => message.role === 'system' && handlingOf(message) === 'hand-over');
}

function lastHandOver(messages: readonly Message[], from: number, to: number): number {
  for (let index = to - 1; index >= from; index--) {
    if (handlingOf(messages[index]!) === 'hand-over') return index;
  }
  return -1;
}
