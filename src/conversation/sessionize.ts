import type { Message } from '../model/index.js';
import { needsAnswer } from './acknowledgements.js';

/** A late answer belongs to the conversation it answers, however long the silence, up to this. */
const LATE_ANSWER_MS = 72 * 3_600_000;

/** A clock may be set back by so much within a record that is in order otherwise. */
const JUMP_MS = 60_000;

/**
 * Sorts the messages of one key by time, in place where they are out of order; a message without a time stays behind
 * the one it followed in the input. Stable: what stood first within a second stays first.
 *
 * A record in order but for a few small steps back is left as it is: two machines with clocks that differ wrote it, and
 * sorting would put answers before their questions.
 */
export function sortByTime(messages: Message[]): Message[] {
  let last = Number.NEGATIVE_INFINITY;
  let sorted = true;
  for (const message of messages) {
    if (message.atMs === null) continue;
    if (message.atMs < last) {
      sorted = false;
      break;
    }
    last = message.atMs;
  }
  if (sorted || clocksDiffer(messages)) return messages;
  let carried = Number.NEGATIVE_INFINITY;
  const keyed = messages.map((message) => {
    if (message.atMs !== null) carried = message.atMs;
    return { at: carried, message };
  });
  keyed.sort((a, b) => (a.at === b.at ? 0 : a.at - b.at));
  return keyed.map((entry) => entry.message);
}

/** True when times step back seldom, a little, and only within one block of the input. */
function clocksDiffer(messages: readonly Message[]): boolean {
  let previous: Message | null = null;
  let highest = Number.NEGATIVE_INFINITY;
  let first: number | null = null;
  let steps = 0;
  let back = 0;
  for (const message of messages) {
    if (message.atMs === null) continue;
    first ??= message.atMs;
    if (previous !== null) {
      steps++;
      if (message.atMs < highest) {
        if (highest - message.atMs > JUMP_MS || message.block !== previous.block) return false;
        back++;
      }
    }
    highest = Math.max(highest, message.atMs);
    previous = message;
  }
  return previous!.atMs! >= first! && back * 4 <= steps;
}

/**
 * Splits sorted messages where nobody wrote for longer than the gap. One silence does not end a conversation: the one
 * before an agent's answer to a customer who is still waiting.
 *
 * @param gapMs silence after which a new conversation begins
 */
export function splitByGap(messages: Message[], gapMs: number): Message[][] {
  const parts: Message[][] = [];
  let start = 0;
  let lastMs: number | null = null;
  for (let i = 0; i < messages.length; i++) {
    const message = messages[i]!;
    if (message.atMs !== null) {
      if (lastMs !== null && message.atMs - lastMs > gapMs) {
        const lateAnswer =
          message.role === 'agent' &&
          message.atMs - lastMs <= LATE_ANSWER_MS &&
          customerWaits(messages, start, i);
        if (!lateAnswer) {
          parts.push(messages.slice(start, i));
          start = i;
        }
      }
      lastMs = message.atMs;
    }
  }
  parts.push(start === 0 ? messages : messages.slice(start));
  return parts;
}

/** True when the customer has asked something since the last agent message before `end`. */
function customerWaits(messages: readonly Message[], start: number, end: number): boolean {
  for (let i = end - 1; i >= start; i--) {
    const message = messages[i]!;
    if (message.role === 'agent') return false;
    if (message.role === 'customer' && needsAnswer(message)) return true;
  }
  return false;
}
