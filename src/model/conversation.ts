import type { Message, Platform, Role } from './message.js';

/**
 * The longest run of messages by one role, and for agents and bots by one speaker: when a colleague takes over, a new
 * turn begins. System notices neither form turns nor break them.
 */
export interface Turn {
  /** 0-based place among all turns of the conversation. */
  index: number;
  role: Role;
  /** `speakerId` of an agent turn, else ''. */
  agentId: string;
  /** Indexes into `conversation.messages`, in order. */
  messageIndexes: number[];
  startMs: number | null;
  endMs: number | null;
  /** The wait that this turn ended, or null where it answered nobody or no time is known. */
  wait: Wait | null;
}

/**
 * From the first customer message after the last human reply to the first human reply. Open waits (`endMs` null) are
 * customers who were never answered.
 */
export interface Wait {
  /** Turn of the customer message that started the clock. */
  customerTurn: number;
  /** Turn of the human reply, or null when none came. */
  agentTurn: number | null;
  /** The agent the wait is charged to, or '' when no agent ever appeared. */
  agentId: string;
  startMs: number | null;
  endMs: number | null;
  /** Milliseconds waited; null when there was no reply or no time is known. */
  waitMs: number | null;
  /** True for the first wait of the conversation. */
  first: boolean;
  /** Why this wait counts for nobody (`closing-thanks`, `outside-window`), or null. */
  excluded: string | null;
}

/** One contact between a customer and the shop. */
export interface Conversation {
  id: string;
  key: string;
  customerId: string | null;
  platform: Platform | null;
  shop: string | null;
  messages: Message[];
  turns: Turn[];
  waits: Wait[];
  startMs: number | null;
  endMs: number | null;
}

/** The id that reports show for a message: the input's own, else its place in the conversation. */
export function messageIdOf(conversation: Conversation, index: number): string {
  return conversation.messages[index]?.id ?? `${conversation.id}#${index}`;
}
