import type { LexiconMatch } from '../language/lexicon.js';
import type {
  Bilingual,
  Category,
  CategorySet,
  Conversation,
  CustomerRecord,
  Evidence,
  FindingData,
  Message,
  Platform,
  Profile,
  Said,
  Severity,
  Turn,
  Zone,
} from '../model/index.js';

/** One sample chat of a rule page. It is run by the tests: `finds` lists exactly what this rule must report. */
export interface RuleExample {
  title: Bilingual;
  turns: {
    /** `system` for a notice of the platform. */
    role: 'agent' | 'customer' | 'system';
    text: string;
    /** Seconds after the first turn; without it the chat has no times. */
    at?: number;
    /** Who speaks, where two agents do. */
    speaker?: string;
    /** Which contact of the customer it belongs to, from 0; examples of one chat leave it out. */
    contact?: number;
  }[];
  /** When the log ends, in seconds after the first turn; default with the last turn. */
  logEnds?: number;
  /** Turn index (within its contact) and quoted words of each expected finding of this rule; empty for a near miss. */
  finds: { turn: number; quote?: string; contact?: number }[];
}

export type RuleOptions = Readonly<Record<string, number | string | boolean>>;

export interface RuleMeta {
  /** `category/kebab-name`. */
  id: string;
  category: Category;
  severity: Severity;
  /** `experimental` rules are reported but never gate and never score. */
  stability: 'stable' | 'experimental';
  /** What it finds, why that matters, what to do instead. Coaching text for supervisors. */
  docs: { what: Bilingual; why: Bilingual; remedy: Bilingual };
  /** Message templates by message id; `{name}` is filled from the finding's data. */
  messages: Record<string, Bilingual>;
  /** Options with their defaults; a config may override them by name. */
  options?: RuleOptions;
  examples: RuleExample[];
}

/** Words of one message that a rule puts forward as evidence. */
export interface Quote {
  /** Index into `conversation.messages`. */
  message: number;
  /** `[start, end)` in UTF-16 units of the raw text. */
  span: readonly [number, number];
  /** The words the rule believes to stand there; the engine fails the run when they do not. */
  text?: string;
}

/** What a rule reports; the engine adds ids, source and fingerprint, and verifies every quote. */
export interface Report {
  turn: Turn;
  messageId: string;
  confidence: number;
  /** Defaults to the rule's own severity after configuration, and is never above it. */
  severity?: Severity;
  /** 0–1, defaults to severity weight × confidence. */
  weight?: number;
  /** May be left out by rules about something that is missing. */
  evidence?: readonly Quote[];
  data?: FindingData;
  /** Agent the finding is about; defaults to the turn's agent. */
  agentId?: string;
}

/** What a rule is handed. Rules read it and call `report`; they know no files, no clock and no other rule. */
export interface RuleContext {
  readonly conversation: Conversation;
  readonly profile: Profile;
  readonly zone: Zone;
  readonly options: RuleOptions;
  /** Lexicon matches of one message (index into `conversation.messages`), of one category, in the order of the text. */
  matches(messageIndex: number, category: string): readonly LexiconMatch[];
  /**
   * Whether a message may hold words of one of these categories, without verifying any: false is certain.
   */
  mayHold(messageIndex: number, categories: CategorySet): boolean;
  /** The same of all messages of a role. */
  mayBeSaid(role: 'agent' | 'customer', categories: CategorySet): boolean;
  /** The judged text messages of a turn, with their indexes. */
  textOf(turn: Turn): readonly { index: number; message: Message }[];
  report(report: Report): void;
}

/** What a rule reports of a customer's record; its evidence was taken from the messages when the contact was kept. */
export interface RecordReport {
  /** Place of the contact in `customer.contacts`. */
  contact: number;
  /** Where in the contact: the words that the finding is about. */
  at: Pick<Said, 'turnIndex' | 'atMs' | 'source'>;
  agentId: string;
  messageId: string;
  confidence: number;
  /** Defaults to the rule's own severity after configuration, and is never above it. */
  severity?: Severity;
  evidence?: readonly Evidence[];
  data?: FindingData;
}

/** What a rule is handed of a customer, when the whole log has been read. */
export interface CustomerContext {
  readonly customer: CustomerRecord;
  readonly zone: Zone;
  readonly options: RuleOptions;
  profileOf(platform: Platform | null): Profile;
  report(report: RecordReport): void;
}

/** A rule judges single conversations, the records of customers over many, or both. */
export interface Rule {
  readonly meta: RuleMeta;
  /**
   * Lexicon categories this rule needs. A conversation without a match in any of them is not shown to it; a rule that
   * leaves this out sees every conversation, and pays for it.
   */
  readonly triggers?: readonly string[];
  /** Whose words trigger it. Default `agent`. */
  readonly listensTo?: 'agent' | 'customer';
  check?(context: RuleContext): void;
  /**
   * Findings of records tell of things that no single chat shows; they are never part of a score. Customers whose only
   * contact was uneventful (`isUneventful`) are not shown to it.
   */
  checkCustomer?(context: CustomerContext): void;
}
