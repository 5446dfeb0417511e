import type { Message } from '../model/index.js';

/**
 * Collapses messages that several exports, or several blocks of one export, hold in common.
 *
 * Two messages are the same when they carry the same id, or when speaker, second and text agree. People do repeat
 * themselves within a second, so equal messages inside one block are all kept: of each group of equals, as many remain
 * as the block with the most of them has. Where there are no times nothing tells a repetition from an overlap, so only a
 * block whose whole sequence stands in another block is dropped.
 *
 * @param messages of one conversation key, in input order
 * @returns the messages that remain, in input order, and how many were dropped
 */
export function deduplicate(messages: Message[]): { kept: Message[]; dropped: number } {
  if (!spansBlocks(messages)) return { kept: messages, dropped: 0 };
  const redundant = redundantUntimedBlocks(messages);
  const seen = new Map<string, { block: number; count: number; total: number }>();
  const kept: Message[] = [];
  for (const message of messages) {
    if (redundant.has(message.block)) continue;
    if (message.id === null && message.atMs === null) {
      kept.push(message);
      continue;
    }
    const key = identity(message);
    const group = seen.get(key);
    if (group === undefined) {
      seen.set(key, { block: message.block, count: 1, total: 1 });
      kept.push(message);
      continue;
    }
    if (group.block !== message.block) {
      group.block = message.block;
      group.count = 0;
    }
    group.count++;
    if (group.count > group.total) {
      group.total = group.count;
      kept.push(message);
    }
  }
  return { kept, dropped: messages.length - kept.length };
}

/** What makes two messages of different blocks the same one. */
export function identity(message: Message): string {
  if (message.id !== null) return `#${message.id}`;
  const second = message.atMs === null ? '' : Math.floor(message.atMs / 1000);
  return `${second}\u0000${message.speakerId}\u0000${message.text.replace(/\s+/g, ' ').trim()}`;
}

function spansBlocks(messages: readonly Message[]): boolean {
  const first = messages[0]?.block;
  for (const message of messages) if (message.block !== first) return true;
  return false;
}

function redundantUntimedBlocks(messages: readonly Message[]): Set<number> {
  const sequences = new Map<number, string[]>();
  for (const message of messages) {
    if (message.atMs !== null || message.id !== null) continue;
    let sequence = sequences.get(message.block);
    if (sequence === undefined) {
      sequence = [];
      sequences.set(message.block, sequence);
    }
    sequence.push(identity(message));
  }
  const redundant = new Set<number>();
  const known = new Set<string>();
  for (const [block, sequence] of sequences) {
    const whole = sequence.join('\u0001');
    if (known.has(whole)) redundant.add(block);
    known.add(whole);
  }
  return redundant;
}
