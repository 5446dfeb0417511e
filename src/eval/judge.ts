import { type Conversation, type Finding, messageIdOf } from '../model/index.js';

/** What findings are looked for with: something that judges a conversation. */
export interface Judge {
  judge(conversation: Conversation): readonly Finding[];
}

/**
 * Those findings of a conversation that are about some messages of one turn: findings that quote one of them, and those
 * on their turn that quote nothing of it.
 *
 * @param findings everything that was found in the conversation
 * @param targets indexes into `conversation.messages`, all of one turn
 */
export function findingsAbout(
  findings: readonly Finding[],
  conversation: Conversation,
  targets: readonly number[],
): Finding[] {
  const turn = conversation.turns.find(({ messageIndexes }) => messageIndexes.includes(targets[0] ?? -1));
  if (turn === undefined) return [];
  const idsOf = (indexes: readonly number[]) => new Set(indexes.map((at) => messageIdOf(conversation, at)));
  const wanted = idsOf(targets);
  const others = idsOf(turn.messageIndexes.filter((at) => !targets.includes(at)));
  return findings.filter(({ turnIndex, evidence }) => {
    if (turnIndex !== turn.index) return false;
    const quotesThese = evidence.some(({ messageId }) => wanted.has(messageId));
    return quotesThese || !evidence.some(({ messageId }) => others.has(messageId));
  });
}
