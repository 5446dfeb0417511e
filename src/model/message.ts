/** Who sent a message. `unknown` is a result, not a gap: the run says so and tells how to help. */
export type Role = 'agent' | 'customer' | 'bot' | 'system' | 'unknown';

export const ROLES: readonly Role[] = ['agent', 'customer', 'bot', 'system', 'unknown'];

/** What was sent. Only `text` carries words to judge; the rest are kept as what they are. */
export type MessageKind = 'text' | 'image' | 'card' | 'file' | 'recall' | 'transfer' | 'other';

export const MESSAGE_KINDS: readonly MessageKind[] = [
  'text',
  'image',
  'card',
  'file',
  'recall',
  'transfer',
  'other',
];

export type Platform = 'tmall' | 'jd' | 'qq' | 'wecom' | 'wechat' | 'pdd' | 'douyin' | 'kuaishou' | 'generic';

/** Where a message stood in the input: file as the user named it, 1-based line (or row), for people to look up. */
export interface SourceRef {
  file: string;
  line: number;
}

/**
 * One sent item. Readers build these with {@link createMessage}, so that all have one shape (the engine is fast on
 * objects of one shape) and every field is present.
 */
export interface Message {
  /** The input's own id, or null where it has none. See `messageIdOf` for the id that reports show. */
  id: string | null;
  /** The thread this message belongs to: the other party, the group, or the input's own conversation id. */
  conversationKey: string;
  /**
   * Explicit session mark of the input (会话ID, 以下为一通会话), or null. Messages that have one are never split by
   * inactivity: the input has said where a conversation ends.
   */
  session: string | null;
  role: Role;
  /** Which rule decided the role, as a short stable code, e.g. `flag`, `sub-account`, `user-pattern`. */
  roleReason: string;
  speakerId: string;
  speakerName: string;
  /** Milliseconds since the epoch, or null where the input has no time. Null is not zero. */
  atMs: number | null;
  /** The raw text, as decoded; spans of evidence count UTF-16 units of it. */
  text: string;
  kind: MessageKind;
  platform: Platform | null;
  shop: string | null;
  /** Id of the customer of this thread where the input names one apart from the speaker, or null. */
  customerId: string | null;
  source: SourceRef;
  /**
   * Which block of the input this came from. Exports repeat whole blocks and overlap each other; equal messages are
   * collapsed only across blocks, never inside one (docs/formats.md).
   */
  block: number;
  /** Fields of the input that we do not use, kept for `convert`. */
  extra: Record<string, unknown> | null;
}

export type MessageInit = Pick<Message, 'conversationKey' | 'text' | 'source'> & Partial<Message>;

/** Builds a message with every field present, in one fixed order. */
export function createMessage(init: MessageInit): Message {
  return {
    id: init.id ?? null,
    conversationKey: init.conversationKey,
    session: init.session ?? null,
    role: init.role ?? 'unknown',
    roleReason: init.roleReason ?? 'none',
    speakerId: init.speakerId ?? '',
    speakerName: init.speakerName ?? init.speakerId ?? '',
    atMs: init.atMs ?? null,
    text: init.text,
    kind: init.kind ?? 'text',
    platform: init.platform ?? null,
    shop: init.shop ?? null,
    customerId: init.customerId ?? null,
    source: init.source,
    block: init.block ?? 0,
    extra: init.extra ?? null,
  };
}
