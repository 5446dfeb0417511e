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

/** Parts of a wait that nobody is answerable for, or somebody else is, in milliseconds. */
export interface Uncharged {
  /** With a robot that served the customer, until the customer turned to a human. */
  botMs: number;
  /** Waiting in line, until the platform gave the customer to an agent. */
  queueMs: number;
  /** With a colleague, until the hand-over to the agent who answered. */
  handOverMs: number;
  /** Outside working hours. */
  closedMs: number;
  /** After abuse that asked for nothing, until the customer asked something. */
  abuseMs: number;
}

/**
 * From the first customer message after the last human reply to the first human reply. Open waits (`endMs` null) are
 * customers who were never answered.
 */
export interface Wait {
  /** Turn of the customer message that started the clock. */
  customerTurn: number;
  /** Turn of the reply, or null when none came. */
  agentTurn: number | null;
  /** Who wrote the reply; a robot only where the profile counts its replies. */
  answeredBy: 'agent' | 'bot' | null;
  /** The agent the wait is charged to, or '' when no agent ever appeared. */
  agentId: string;
  startMs: number | null;
  endMs: number | null;
  /** All that the customer waited, in milliseconds; null when there was no reply or no time is known. */
  waitMs: number | null;
  /** The part of `waitMs` that `agentId` is answerable for. What an agent is judged by. */
  chargedMs: number | null;
  /** Where the rest of `waitMs` went, or null when all of it is charged. */
  uncharged: Uncharged | null;
  /** True for the first wait of the conversation. */
  first: boolean;
  /**
   * Why this wait is not judged, or null: `outside-window` (of the profile; figures have windows of their own),
   * `exempt-day` (of the calendar), `clock-jump` (the reply is dated before the question),
   * `only-abuse` (the customer did nothing but abuse, which nobody has to answer),
   * `only-answer` (an open wait: the customer's last words were 对 to a question of the agent).
   */
  excluded: WaitExclusion | null;
}

export type WaitExclusion = 'outside-window' | 'exempt-day' | 'clock-jump' | 'only-abuse' | 'only-answer';

/** One agent passed the customer on to another. */
export interface HandOver {
  fromAgentId: string;
  /** Who took over, or '' when nobody did in this conversation. */
  toAgentId: string;
  /** Index of the platform's notice in `conversation.messages`, or null where only the new agent's words show it. */
  message: number | null;
  /** Time of the notice, else of the new agent's first words. */
  atMs: number | null;
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
  handOvers: readonly HandOver[];
  startMs: number | null;
  endMs: number | null;
}

/** The id that reports show for a message: the input's own, else its place in the conversation. */
export function messageIdOf(conversation: Conversation, index: number): string {
  return conversation.messages[index]?.id ?? `${conversation.id}#${index}`;
}
