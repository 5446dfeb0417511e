import type { Message, Turn } from '../model/index.js';

/**
 * Joins messages to turns: the longest run by one role, and for agents and bots by one speaker, so that every agent
 * turn has one author. System notices, recalls and transfer notices neither form turns nor break them: a picture that
 * was taken back between two questions does not make the customer speak twice.
 */
export function joinTurns(messages: readonly Message[]): Turn[] {
  const turns: Turn[] = [];
  let current: Turn | null = null;
  let speaker = '';
  for (let i = 0; i < messages.length; i++) {
    const message = messages[i]!;
    const role = message.role;
    if (role === 'system' || message.kind === 'recall' || message.kind === 'transfer') continue;
    const author = role === 'agent' || role === 'bot' ? message.speakerId : '';
    if (current === null || current.role !== role || speaker !== author) {
      current = {
        index: turns.length,
        role,
        agentId: role === 'agent' ? author : '',
        messageIndexes: [i],
        startMs: message.atMs,
        endMs: message.atMs,
        wait: null,
      };
      speaker = author;
      turns.push(current);
      continue;
    }
    current.messageIndexes.push(i);
    if (message.atMs !== null) {
      current.startMs ??= message.atMs;
      current.endMs = message.atMs;
    }
  }
  return turns;
}
