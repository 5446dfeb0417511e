import type { Severity } from '../model/finding.js';
import type { Role, SourceRef } from '../model/message.js';
import type { Scope } from './labels.js';
import type { Confusion, Estimate } from './statistics.js';

/** How well something is told apart: one category, one rule, one group of turns. */
export interface Figures extends Confusion {
  scope: Scope;
  /** Turns that the annotators together call neither so nor not so; they count in no figure. */
  unsure: number;
  precision: Estimate;
  recall: Estimate;
  f1: Estimate;
  /** False alarms per 10,000 turns that are not so. */
  falseAlarms: Estimate;
}

/** How one rule does on the turns that are labelled for its category, or for the rule itself. */
export interface RuleFigures {
  ruleId: string;
  /** Turns it reported; `trueCount` of them are so, `falseCount` not, the rest unsure. */
  reportedCount: number;
  trueCount: number;
  falseCount: number;
  precision: Estimate;
  falseAlarms: Estimate;
  /** Turns that somebody said this rule should report, and how many of them it did. */
  expectedCount: number;
  foundCount: number;
  recall: Estimate;
}

export interface GroupFigures extends Figures {
  group: string;
}

/** How far two judges of the same turns agree; the tool is one of them where its name is null. */
export interface Agreement {
  scope: Scope;
  first: string;
  second: string | null;
  turnCount: number;
  kappa: Estimate;
  /** What the second one's F1 would be if the first one were right. */
  f1: Estimate;
}

/** How often turns that should be reported by one rule were reported by another. */
export interface ConfusionCell {
  /** A rule; `other` is a turn that is so without a rule named, `none` one that is not so. */
  expected: string;
  /** The rule that reported it, or `none`. */
  found: string;
  turnCount: number;
}

/** What was found in a turn, for people to look at. */
export interface CaseFinding {
  ruleId: string;
  severity: Severity;
  confidence: number;
  quotes: string[];
}

/** A turn that was judged otherwise than it is labelled. */
export interface WrongCase {
  kind: 'missed' | 'false-alarm';
  scope: Scope;
  id: string;
  source: SourceRef;
  role: Role;
  /** The turn's words, and those of the turn before it ('' where it is the first). */
  text: string;
  before: string;
  group: string | null;
  /** Annotator → verdict. */
  verdicts: Record<string, number>;
  expectedRules: string[];
  findings: CaseFinding[];
}

/** What an evaluation tells. Plain JSON. */
export interface EvalReport {
  /** Labelled turns. */
  turnCount: number;
  /** Of all files, in the order they first spoke; '' is somebody without a name. */
  annotators: string[];
  /** From which mean verdict on a turn is positive, and from which severity on a finding counts. */
  positiveAt: number;
  minSeverity: Severity;
  categories: Figures[];
  rules: RuleFigures[];
  groups: GroupFigures[];
  agreement: Agreement[];
  confusion: ConfusionCell[];
  wrong: WrongCase[];
}
