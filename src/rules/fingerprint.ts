import { hash } from 'node:crypto';
import type { Conversation, Turn } from '../model/index.js';

/**
 * A name for one finding that survives a new export of the same chat: it is made of the rule, the agent, when the turn
 * began and the words quoted, never of files, lines or how the messages were cut into conversations. Where the input
 * has no times, the words said before stand for the time.
 *
 * @param ordinal 0 for the first of several findings that are alike in all of this.
 */
export function fingerprint(identity: string, ordinal: number): string {
  return hash('sha1', `${identity}\u0000${ordinal}`).slice(0, 16);
}

/** What makes a finding that finding, before the ordinal. */
export function identityOf(
  ruleId: string,
  messageId: string,
  agentId: string,
  conversation: Conversation,
  turn: Turn,
  quotes: readonly string[],
): string {
  const when = turn.startMs === null ? textBefore(conversation, turn) : String(turn.startMs);
  return identityOfRecord(ruleId, messageId, agentId, when, quotes);
}

/** {@link identityOf} for a finding of a customer's record. @param when the time, or the conversation without times */
export function identityOfRecord(
  ruleId: string,
  messageId: string,
  agentId: string,
  when: string,
  quotes: readonly string[],
): string {
  let identity = `${ruleId}\u0001${messageId}\u0001${agentId}\u0001${when}`;
  for (const quote of quotes) identity += `\u0001${quote}`;
  return identity;
}

function textBefore(conversation: Conversation, turn: Turn): string {
  const before = conversation.turns[turn.index - 1]?.messageIndexes ?? [];
  return before.map((index) => conversation.messages[index]!.text).join('\u0002');
}
