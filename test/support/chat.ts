import { readFileSync } from 'node:fs';
import { resolveProfile } from '../../src/config/resolve-profile.js';
import { findHandOvers } from '../../src/conversation/hand-overs.js';
import { joinTurns } from '../../src/conversation/turns.js';
import { measureWaits } from '../../src/conversation/waits.js';
import { type Conversation, createMessage, type Message, type Profile, Zone } from '../../src/model/index.js';

/** A line of a sample chat. */
export interface ChatLine {
  role: 'agent' | 'customer' | 'bot' | 'system';
  text: string;
  /** Seconds after the first line; a chat whose lines have none has no times. */
  at?: number;
  /** Default: one agent, one customer. */
  speaker?: string;
  kind?: Message['kind'];
}

export const ZONE = new Zone('Asia/Shanghai');
const START_MS = Date.parse('2026-03-02T10:00:00+08:00');

const sourced = <T>(value: T) => ({ value, source: 'test', confidence: 'convention' as const });

const GENERIC = resolveProfile(
  JSON.parse(readFileSync(new URL('../../profiles/generic.json', import.meta.url), 'utf8')),
);

/** Round thresholds: 30 s for the first answer, 180 s for later ones, 30 minutes is as slow as it gets. */
export const PROFILE: Profile = {
  ...GENERIC,
  id: 'test',
  window: sourced({ startSecond: 0, endSecond: 86_400, appliesTo: 'turn-start' as const }),
  firstResponseSeconds: sourced(30),
  responseSeconds: sourced(180),
  slowestSeconds: sourced(1800),
  unansweredSeconds: sourced(180),
};

/** Builds the conversation that these lines are, with turns and waits as the pipeline makes them. */
export function chat(lines: readonly ChatLine[], more: Partial<Conversation> = {}): Conversation {
  const messages = lines.map((line, index) =>
    createMessage({
      conversationKey: 'chat',
      role: line.role,
      speakerId:
        line.speaker ?? (line.role === 'agent' ? '客服' : line.role === 'customer' ? '顾客' : line.role),
      text: line.text,
      kind: line.kind ?? 'text',
      atMs: line.at === undefined ? null : START_MS + line.at * 1000,
      source: { file: 'chat.txt', line: index + 1 },
    }),
  );
  const turns = joinTurns(messages);
  return {
    id: 'chat',
    key: 'chat',
    customerId: null,
    platform: null,
    shop: null,
    messages,
    turns,
    waits: measureWaits(messages, turns, PROFILE, ZONE),
    handOvers: findHandOvers(messages, turns),
    startMs: messages[0]?.atMs ?? null,
    endMs: messages.at(-1)?.atMs ?? null,
    ...more,
  };
}
