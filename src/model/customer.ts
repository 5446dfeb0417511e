import type { Evidence } from './finding.js';
import type { Platform, SourceRef } from './message.js';

/** What agents ask customers for. */
export type Paper = 'order-number' | 'invoice' | 'video' | 'photo' | 'address' | 'phone';

/**
 * By what a customer is known: an id that is one person's; a nick with a hidden middle (`t***7`), which several people
 * may share; or, where the input names nobody, only the thread that the messages stand in.
 */
export type Identity = 'exact' | 'masked' | 'thread';

/** Words kept from a contact, with where they were said. */
export interface Said {
  evidence: Evidence;
  /** '' for the customer. */
  agentId: string;
  turnIndex: number;
  atMs: number | null;
  source: SourceRef;
}

/** What a customer says about things between contacts: that something came, did not come, or has taken too long. */
export type Word =
  | 'no-call'
  | 'no-refund'
  | 'no-shipping'
  | 'no-answer'
  | 'no-progress'
  | 'time-over'
  | 'got-call'
  | 'got-refund'
  | 'got-goods'
  | 'solved';

export interface CustomerWord extends Said {
  word: Word;
}

export type PromisedAct = 'reply' | 'call' | 'contact' | 'refund' | 'ship' | 'visit' | 'handle';

/** Something that an agent said would be done by a time. */
export interface MadePromise extends Said {
  act: PromisedAct;
  /** The last moment at which it may still be kept; null where no time is known. */
  dueMs: number | null;
  /** A promise to be back in the chat on the same day (稍等, 五分钟给您答复): rules about holds judge it. */
  hold: boolean;
  /** When an agent next said something of substance in the same conversation, or null. */
  answeredMs: number | null;
}

/** An agent's word that the shop has called or written (给您打了三次电话). */
export interface ContactClaim extends Said {
  /** How often, where it is said. */
  count: number | null;
}

/** Papers that an agent asked for. */
export interface Asked extends Said {
  papers: Paper[];
}

/** How one agent passed the customer on at the end of a contact. */
export interface LastHandOver extends Said {
  /** Whether the words are the agent's or the platform's notice. */
  by: 'words' | 'notice';
  /** The customer had said what it was about. */
  told: boolean;
  /** The agent had asked or explained anything. */
  engaged: boolean;
  /** The agent says that the case was written down for the colleague. */
  briefed: boolean;
}

/** A customer who left without an answer, or before it came. */
export interface Departure extends Said {
  /** Said so (算了 不买了), was left waiting, or did not write again after a late answer. */
  how: 'gave-up' | 'waiting' | 'late-answer';
  /** The agent whose answer was waited for, or '' when no human ever answered. */
  waitedFor: string;
  /** The last wait: from its question to the customer's last words, or to the late answer. */
  waitMs: number;
  /** All waits of the contact together. */
  totalWaitMs: number;
}

/**
 * What is kept of one conversation for the record of its customer: facts and the words that prove them, never messages.
 * Plain JSON, so that parts of an audit can be put together.
 */
export interface Contact {
  conversationId: string;
  customerId: string;
  /** What the input calls the customer; '' where that is the id. */
  customerName: string;
  identity: Identity;
  platform: Platform | null;
  shop: string | null;
  startMs: number | null;
  endMs: number | null;
  /** Human agents in order of appearance. */
  agents: string[];
  /** The agent who spoke last, or null where none did. */
  closedBy: string | null;
  /** Who wrote first, robots and notices aside. */
  openedBy: 'customer' | 'agent' | null;
  firstAgentMs: number | null;
  orders: string[];
  products: string[];
  /** Word pieces of what the customer said, for finding rare ones that contacts share. */
  terms: string[];
  /** Dates that the customer names, as `MM-DD`. */
  dates: string[];
  /** The customer said what it was about. */
  told: boolean;
  given: Paper[];
  asked: Asked[];
  /** The first time an agent asked what the matter is. */
  askedStory: Said | null;
  promises: MadePromise[];
  words: CustomerWord[];
  claims: ContactClaim[];
  /** Where the shop wrote first: what it says was done (单号…, 已经退了). */
  news: Said | null;
  handOver: LastHandOver | null;
  departure: Departure | null;
  /** What stands at the end: an open question, an agent's hold, thanks or a goodbye, the customer's or an agent's words. */
  ending: 'waiting' | 'hold' | 'thanks' | 'customer' | 'agent' | 'nobody';
}

/** Why two contacts of a customer are taken for the same matter. */
export type LinkReason = 'order' | 'product' | 'hand-over' | 'soon' | 'date' | 'promise' | 'words';

export interface ContactLink {
  /** Places in `CustomerRecord.contacts`, `from` before `to`. */
  from: number;
  to: number;
  reason: LinkReason;
  /** What they share: the order number, the words, the date. */
  shared: string[];
}

export type PromiseStatus = 'kept' | 'late' | 'broken' | 'unknown';

/** How the status of a promise is known. */
export type PromiseBasis =
  /** An agent came back in the chat. */
  | 'came-back'
  /** The shop wrote of its own accord that it was done; the customer does not deny it. */
  | 'shop-says'
  /** The customer confirms it. */
  | 'customer-confirms'
  /** The customer says that it did not happen. */
  | 'customer-complains'
  /** Nobody came back, though the log goes on. */
  | 'silence'
  /** The log ends before it was due. */
  | 'log-ends'
  /** It would have happened outside the log, and nobody speaks of it again. */
  | 'not-in-log'
  | 'no-times';

export interface PromiseRecord {
  promise: MadePromise;
  /** Place of the contact in which it was made. */
  contact: number;
  status: PromiseStatus;
  basis: PromiseBasis;
  /** When it was kept, where that is known. */
  keptMs: number | null;
  /** The customer's words that decide it, and the contact they stand in. */
  proof: CustomerWord | null;
  proofContact: number | null;
  /** The shop says that it has called. */
  claim: ContactClaim | null;
}

/** Something asked for again that the shop had: papers, or the story. */
export interface Repeat extends Said {
  contact: number;
  what: (Paper | 'story')[];
  /** The contact in which it was first given. */
  givenIn: number;
  /** After a hand-over minutes before. */
  afterHandOver: boolean;
}

/** A customer who came back with the same matter. */
export interface Return {
  contact: number;
  /** The contact after which the matter was still open. */
  previous: number;
  /** The agent who caused it: who broke a promise that fell due in between, or who left the matter unsolved. */
  causedBy: string;
  because: 'broken-promise' | 'unsolved';
  /** Milliseconds since the previous contact; null without times. */
  afterMs: number | null;
}

/** Agents that a customer was passed along within minutes. */
export interface HandOverChain {
  /** Places of the contacts, in order. */
  contacts: number[];
  agents: string[];
}

export type OutcomeReason =
  | 'customer-confirmed'
  | 'customer-thanked'
  | 'no-return'
  | 'customer-complained'
  | 'left-waiting'
  | 'promise-broken'
  /** Something was promised of which the log says no more. */
  | 'promise-open'
  | 'log-ends'
  | 'no-times';

/** One matter of a customer: the contacts about it, and how it ended. */
export interface Issue {
  contacts: number[];
  orders: string[];
  status: 'resolved' | 'unresolved' | 'unknown';
  reason: OutcomeReason;
  proof: Said | null;
}

/** An agent's word that the shop has called, held against the rest of the record. */
export interface ClaimRecord {
  claim: ContactClaim;
  contact: number;
  /** Contacts that the shop opened in the log before the claim; telephone calls are never in it. */
  loggedCount: number;
  /** The customer's words to the contrary. */
  denial: CustomerWord | null;
}

/** One customer over all contacts of the audited log. */
export interface CustomerRecord {
  customerId: string;
  customerName: string;
  identity: Identity;
  /** Customers who may or may not be the same: others of the same masked nick that nothing ties to this one. */
  namesakeCount: number;
  /** What shows that contacts under one masked nick are one customer's; null where the id alone does. */
  ties: LinkReason[] | null;
  platform: Platform | null;
  shop: string | null;
  /** In order of time. */
  contacts: Contact[];
  links: ContactLink[];
  issues: Issue[];
  promises: PromiseRecord[];
  repeats: Repeat[];
  returns: Return[];
  handOvers: HandOverChain[];
  claims: ClaimRecord[];
  /** The last moment of the log that this customer could have written in; null without times. */
  logEndMs: number | null;
}

/**
 * True of a contact that leaves nothing behind: nobody promised anything or said to have called, and nobody left. Most
 * customers come once and leave no more than this: their figures count, but there is nothing to judge or to tell.
 */
export function isUneventful({
  promises,
  claims,
  departure,
}: Pick<Contact, 'promises' | 'claims' | 'departure'>): boolean {
  return promises.length === 0 && claims.length === 0 && departure === null;
}

/** Contacts with one shop on one platform belong together. */
export function shopKey({ platform, shop }: Pick<Contact, 'platform' | 'shop'>): string {
  return `${platform ?? ''}\u0000${shop ?? ''}`;
}
