import type { Severity } from '../model/index.js';

/** What a finding of this severity adds to its turn's score when the rule is wholly sure. */
export const SEVERITY_WEIGHT: Readonly<Record<Severity, number>> = { error: 1, warning: 0.5, info: 0.1 };

const RANK: Readonly<Record<Severity, number>> = { error: 2, warning: 1, info: 0 };

/** The milder of two severities. */
export function milder(a: Severity, b: Severity): Severity {
  return RANK[a] < RANK[b] ? a : b;
}

/** The graver of two severities. */
export function graver(a: Severity, b: Severity): Severity {
  return RANK[a] < RANK[b] ? b : a;
}
