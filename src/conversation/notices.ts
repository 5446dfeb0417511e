import type { Message } from '../model/index.js';

/**
 * What a platform's notice says about who has the customer: `queue` – wants or waits for a human; `assigned` – an agent
 * has been given the customer; `hand-over` – one agent has passed the customer on.
 */
export type Handling = 'queue' | 'assigned' | 'hand-over';

/** Wordings of the platforms' own notices; people's words are never looked at. The first that fits counts. */
const NOTICES: readonly (readonly [RegExp, Handling])[] = [
  [/排队|正在(?:为您)?(?:转接|分配|接入)|请求(?:人工|转人工)|发起转人工|(?:^|请)转人工/, 'queue'],
  [/^由.+(?:转交|转接|转移)(?:给|至|到)|\s(?:转交|转接)给\s|会话(?:已)?(?:转交|转接|转移)/, 'hand-over'],
  [
    /为您服务|(?:已|成功)(?:为您)?(?:接入|接通|分配)|(?:接入|进入)(?:了)?(?:人工|会话)|分配(?:给|到|至)/,
    'assigned',
  ],
];

/** What a message says as a notice, or null for messages of people and robots and for other notices. */
export function handlingOf(message: Message): Handling | null {
  if (message.role !== 'system' && message.kind !== 'transfer') return null;
  const text = message.text.trim();
  for (const [pattern, handling] of NOTICES) if (pattern.test(text)) return handling;
  return message.kind === 'transfer' ? 'hand-over' : null;
}

const RECEIVER = /(?:转交|转接|转移)(?:给|至|到)\s*(.{1,40}?)[。.!!]?$/;

/** Whom a notice of hand-over names as the one who takes over, as it is written there, or null. */
export function receiverOf(message: Message): string | null {
  return RECEIVER.exec(message.text.trim())?.[1]?.trim() ?? null;
}

/** True when a customer asks to speak to a person. */
export function asksForHuman(message: Message): boolean {
  return message.text.length <= 30 && /人工|真人|转客服|找客服/.test(message.text);
}
