export type Severity = 'error' | 'warning' | 'info';

export const SEVERITIES: readonly Severity[] = ['error', 'warning', 'info'];

/** The rooms of rules. The first three make the turn score; the others inform. */
export type Category = 'abuse' | 'dismissive' | 'latency' | 'process' | 'customer-abuse';

/** Of the rules about customers, the one that tells chats without business. */
export const NO_BUSINESS_RULE = 'customer-abuse/no-business';

/** And those that tell of no abuse an agent had to bear: idle chats, rough words that abuse nobody, suspicions. */
export const NO_EXPOSURE_RULES: ReadonlySet<string> = new Set([
  NO_BUSINESS_RULE,
  'customer-abuse/rudeness',
  'customer-abuse/suspected',
]);

/** Words quoted from one message: `text` equals `message.text.slice(span[0], span[1])`, and that is verified. */
export interface Evidence {
  messageId: string;
  /** `[start, end)` in UTF-16 units of the raw text. */
  span: [number, number];
  text: string;
}

/** Values that a message template is filled with, and that analysts read. */
export type FindingData = Record<string, string | number | boolean | null | string[]>;

/** What a rule found in one turn. */
export interface Finding {
  /** `category/kebab-name`. */
  ruleId: string;
  category: Category;
  severity: Severity;
  /** 0–1: how sure the rule is. How bad it is stands in `severity`. */
  confidence: number;
  /** 0–1: what this finding adds to the turn's score; docs/scoring.md has the formula. */
  weight: number;
  agentId: string;
  conversationId: string;
  turnIndex: number;
  /** May be empty for rules about something that is missing. */
  evidence: Evidence[];
  /** Key of the rule's message template, rendered in zh or en by the reporter. */
  messageId: string;
  data: FindingData;
  /** Stable across re-exports of the same chat: does not depend on file names or lines. */
  fingerprint: string;
  /** Where the turn starts, for people to look up. */
  source: { file: string; line: number };
  atMs: number | null;
  /** True when the rule is experimental: reported, never gating, never scored. */
  experimental: boolean;
}

const SEVERITY_RANK: Record<Severity, number> = { error: 0, warning: 1, info: 2 };
const CATEGORY_RANK: Record<Category, number> = {
  abuse: 0,
  dismissive: 1,
  process: 2,
  latency: 3,
  'customer-abuse': 4,
};

/**
 * Total order of findings, worst first. Total, so that the first N are the same however the input was cut: severity,
 * then kind, confidence, weight, and at last time, conversation, turn, rule and fingerprint.
 */
export function compareFindings(a: Finding, b: Finding): number {
  return (
    SEVERITY_RANK[a.severity] - SEVERITY_RANK[b.severity] ||
    CATEGORY_RANK[a.category] - CATEGORY_RANK[b.category] ||
    b.confidence - a.confidence ||
    b.weight - a.weight ||
    (a.atMs ?? Number.MAX_SAFE_INTEGER) - (b.atMs ?? Number.MAX_SAFE_INTEGER) ||
    compareText(a.conversationId, b.conversationId) ||
    a.turnIndex - b.turnIndex ||
    compareText(a.ruleId, b.ruleId) ||
    compareText(a.fingerprint, b.fingerprint)
  );
}

/** Order of UTF-16 units: the same on every machine, unlike a locale's. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
