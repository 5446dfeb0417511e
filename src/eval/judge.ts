import { type Conversation, type Finding, messageIdOf } from '../model/index.js';

/** What findings are looked for in: something that judges a conversation. */
export interface Judge {
  judge(conversation: Conversation): readonly Finding[];
}

/**
 * What is found in one message of a conversation. The judge sees all of it; only findings that quote the message count,
 * and those without a quote on the turn it stands in.
 *
 * @param target index into `conversation.messages`
 */
export function findingsAbout(judge: Judge, conversation: Conversation, target: number): Finding[] {
  const turn = conversation.turns.find(({ messageIndexes }) => messageIndexes.includes(target));
  if (turn === undefined) return [];
  const id = messageIdOf(conversation, target);
  const own = new Set(turn.messageIndexes.map((index) => messageIdOf(conversation, index)));
  return judge.judge(conversation).filter(({ turnIndex, evidence }) => {
    if (turnIndex !== turn.index) return false;
    const quoted = evidence.filter(({ messageId }) => own.has(messageId));
    return quoted.length === 0 || quoted.some(({ messageId }) => messageId === id);
  });
}
