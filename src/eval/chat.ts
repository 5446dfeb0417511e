import { findHandOvers } from '../conversation/hand-overs.js';
import { joinTurns } from '../conversation/turns.js';
import { measureWaits } from '../conversation/waits.js';
import { type Conversation, createMessage, type Profile, type Role, type Zone } from '../model/index.js';

/** One line of a chat that somebody labelled, or of a rule's example. */
export interface ChatLine {
  role: Role;
  text: string;
  speaker?: string;
  /** Milliseconds since the epoch; null where no time is known. */
  atMs?: number | null;
}

export interface ChatSetting {
  profile: Profile;
  zone: Zone;
}

/** Builds the conversation that these lines are, with turns and waits as the pipeline makes them. */
export function conversationFrom(
  id: string,
  lines: readonly ChatLine[],
  { profile, zone }: ChatSetting,
): Conversation {
  const messages = lines.map((line, index) =>
    createMessage({
      conversationKey: id,
      session: id,
      role: line.role,
      roleReason: 'stated',
      speakerId: line.speaker ?? line.role,
      text: line.text,
      atMs: line.atMs ?? null,
      source: { file: id, line: index + 1 },
    }),
  );
  const turns = joinTurns(messages);
  const times = messages.flatMap(({ atMs }) => atMs ?? []);
  return {
    id,
    key: id,
    customerId: null,
    platform: null,
    shop: null,
    messages,
    turns,
    waits: measureWaits(messages, turns, profile, zone),
    handOvers: findHandOvers(messages, turns),
    startMs: times.length > 0 ? Math.min(...times) : null,
    endMs: times.length > 0 ? Math.max(...times) : null,
  };
}
