import type { Conversation } from './conversation.js';
import type { CustomerRecord, Issue, PromiseStatus } from './customer.js';
import type { Evidence, Finding, Severity } from './finding.js';
import type { Role } from './message.js';
import type { Skip, SkipReason } from './skip.js';

/** The three numbers of an agent turn, each in [0, 1]; 0 is none. `slow` is null where no time is known, or no customer. */
export interface TurnScore {
  turnIndex: number;
  abuse: number;
  dismissive: number;
  slow: number | null;
  /** Indexes into the findings of the conversation. */
  findings: number[];
}

/** A figure with what it was computed from. `value` is null, with a `reason`, where the data cannot support it. */
export interface Metric {
  value: number | null;
  numerator: number | null;
  denominator: number | null;
  /** `seconds`, `ratio`, `count`. */
  unit: 'seconds' | 'ratio' | 'count';
  /** What was counted. */
  of: 'turns' | 'sessions' | 'people' | 'messages' | 'promises';
  /** Id of the profile that says how it was counted. */
  profile: string;
  /** 95 % interval (Wilson for ratios), or null. */
  interval: [number, number] | null;
  reason: string | null;
}

export interface AgentScore {
  /** 0–100, higher is better; null when the agent has no turn. */
  value: number | null;
  /** 95 % interval. */
  interval: [number, number] | null;
  /** Agent turns that were judged. */
  sampleSize: number;
}

/** Kinds of trouble that agents are compared by. */
export type TroubleKind = 'abuse' | 'dismissive' | 'slow';

/** How an agent compares with all others of the audit, by conversations: turns of one chat are not independent. */
export interface Comparison {
  /** Conversations with a finding of this kind, of severity warning or above. */
  share: Metric;
  /** The share over all agents, or null where there is no other. */
  team: number | null;
  /** The share shrunk towards the team: the fewer conversations, the nearer. Null where there is no other agent. */
  adjusted: number | null;
  /** Fisher's exact test, two-sided, against all others; null where it is not done. */
  pValue: number | null;
  /** `pValue` adjusted for the number of comparisons (Benjamini and Hochberg). */
  qValue: number | null;
  /** Set only where the difference holds: `qValue` of at most 0.05. */
  stands: 'higher' | 'lower' | null;
  /** Why there is no test: `too-few-turns`, `only-agent`, `no-times`. */
  reason: string | null;
}

/** A place among those with enough turns; 1 is the highest score, and equal scores share a place. */
export interface Rank {
  value: number | null;
  /** How many agents are ranked. */
  of: number;
  /** Why there is none: `too-few-turns`, `only-agent`. */
  reason: string | null;
}

/** What an agent was given to do, since nights and second contacts are harder. */
export interface CaseMix {
  /** Conversations by the hour in which they began, `09:00`; those without a time are left out. */
  byHour: Record<string, number>;
  /** Share of conversations that began from 22:00 to 08:00. */
  late: Metric;
  /** Share of conversations with customers who had been there before, within this audit. */
  later: Metric;
}

/** What customers did to this agent: abuse, and chats that were no business at all. Never part of the score. */
export interface Exposure {
  /** Customer turns with abuse. */
  turnCount: number;
  conversationCount: number;
  /** From the first to the last abused turn of each conversation, summed; null without times. */
  durationMs: number | null;
  /** The longest stretch of abuse without a break of 15 minutes, in whatever conversations; null without times. */
  longestMs: number | null;
  worst: Finding | null;
  /** Conversations in which the customer only wanted company, from their first to their last message. */
  noBusiness: { conversationCount: number; durationMs: number | null };
  /** Why a duration is null: `no-times`. */
  reason: string | null;
}

/** What makes an answer worth showing: see docs/scoring.md. */
export type GoodWorkKind = 'apology' | 'reason' | 'alternative' | 'next-step' | 'offer' | 'calm';

/** An answer for praise and training. No part of any score. */
export interface GoodTurn {
  agentId: string;
  conversationId: string;
  turnIndex: number;
  kinds: GoodWorkKind[];
  /** The whole turn. */
  text: string;
  /** The words that each kind but `calm` was told by. */
  evidence: Evidence[];
  source: { file: string; line: number };
  atMs: number | null;
}

export interface AgentReport {
  agentId: string;
  agentName: string;
  shop: string | null;
  conversationCount: number;
  turnCount: number;
  messageCount: number;
  score: AgentScore;
  /** Shares of turns with a finding of severity warning or above, by category. */
  rates: { abuse: Metric; dismissive: Metric; slow: Metric };
  /** Keyed by metric id: `first-response-time`, `response-time`, `response-rate-3min`, `unanswered`, … */
  metrics: Record<string, Metric>;
  rank: Rank;
  comparison: Record<TroubleKind, Comparison>;
  caseMix: CaseMix;
  findingCounts: Record<Severity, number>;
  /** Findings by rule id, sorted by id. */
  ruleCounts: Record<string, number>;
  exposure: Exposure;
}

/** What became of one input. */
export interface InputReport {
  file: string;
  readerId: string;
  encoding: string;
  /** How the reader was chosen: `content` or `flag`. */
  chosenBy: 'content' | 'flag';
  lineCount: number;
  recordCount: number;
  messageCount: number;
  skipCount: number;
  /** Messages of which nobody knows who sent them. */
  unknownCount: number;
  /** Undecodable byte sequences that became U+FFFD. */
  brokenByteCount: number;
  /** Earliest and latest message. */
  fromMs: number | null;
  toMs: number | null;
}

/** How much of the input was understood. records = messages + skips; duplicates are counted among the messages read. */
export interface Coverage {
  fileCount: number;
  lineCount: number;
  recordCount: number;
  messageCount: number;
  skipCount: number;
  duplicateCount: number;
  brokenByteCount: number;
  /** Messages without a time. */
  untimedCount: number;
  skips: Partial<Record<SkipReason, number>>;
  /** Messages by role, and by the rule that decided it: `{ agent: { 'sub-account': 12 } }`. */
  roles: Record<Role, Record<string, number>>;
  kinds: Record<string, number>;
}

/** Everything about a run that changes its result; no clock, no host, no absolute path. */
export interface RunInfo {
  tool: { name: string; version: string };
  timezone: string;
  segmenter: { name: string; version: string };
  lexicon: { entryCount: number; hash: string };
  profiles: string[];
  /** Hash of the calendar of working hours, or null without one. */
  calendar: string | null;
  preset: string;
  filters: { agent: string[]; customer: string[]; bot: string[]; since: string | null; until: string | null };
}

/** Non-fatal things that a reader of the report must know, as code and data. */
export interface Notice {
  code: string;
  data: Record<string, string | number | string[]>;
}

export interface Summary {
  conversationCount: number;
  agentCount: number;
  agentTurnCount: number;
  findingCounts: Record<Severity, number>;
  /** Findings left out because somebody looked at them and accepted them. */
  acceptedCount: number;
}

/** Figures of a shop, a day or an hour, whoever answered. */
export interface Breakdown {
  conversationCount: number;
  /** By metric id, as in {@link AgentReport.metrics}. */
  metrics: Record<string, Metric>;
}

/** Days are local dates (`2026-03-01`), hours `09:00`; days beyond the latest 400 are left out. */
export interface Breakdowns {
  shop: Record<string, Breakdown>;
  day: Record<string, Breakdown>;
  hour: Record<string, Breakdown>;
}

/** Customers over all their contacts (docs/customers.md). */
export interface CustomerFigures {
  /** Customers known by an id or a nick, `maskedCount` of them by one with a hidden middle. */
  customerCount: number;
  maskedCount: number;
  /** Threads that name no customer; whoever writes in them cannot be known to come back. */
  threadCount: number;
  contactCount: number;
  /** Customers with more than one contact. */
  returningCount: number;
  /** Matters, by how they ended. */
  issueCounts: Record<Issue['status'], number>;
  /** Times that customers came back with the same matter. */
  returnCount: number;
  /** Papers and stories asked for again. */
  repeatCount: number;
  promiseCounts: Record<PromiseStatus, number>;
  /** 1, or the share of customers that was followed where there were too many. */
  followedShare: number;
  firstContactResolution: Metric;
  repeatRate: Metric;
}

export interface AuditReport {
  run: RunInfo;
  inputs: InputReport[];
  coverage: Coverage;
  summary: Summary;
  /** Sorted by score (lowest first), then id. */
  agents: AgentReport[];
  /** Case mix of all agents together, to hold an agent's against. */
  caseMix: CaseMix;
  breakdowns: Breakdowns;
  customers: CustomerFigures;
  /** The worst findings under a total order, at most `WORST_LIMIT`. */
  worst: Finding[];
  /** Answers to learn from, the best first, at most three of an agent. */
  best: GoodTurn[];
  notices: Notice[];
}

/**
 * What a report writer is handed, in order: one header; conversations and skips as they come; when all is read, the
 * customers of whom there is more to tell than one chat, each with what only the whole record shows; one end.
 */
export type AuditEvent =
  | { type: 'header'; run: RunInfo }
  | { type: 'conversation'; conversation: Conversation; findings: Finding[]; turnScores: TurnScore[] }
  | { type: 'skip'; skip: Skip }
  | { type: 'customer'; customer: CustomerRecord; findings: Finding[] }
  | { type: 'end'; report: AuditReport };
