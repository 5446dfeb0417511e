import type { Category, Finding, Severity } from '../model/index.js';

/** How many findings a report keeps for people to read first. */
export const WORST_LIMIT = 200;

const SEVERITY_RANK: Record<Severity, number> = { error: 0, warning: 1, info: 2 };
const CATEGORY_RANK: Record<Category, number> = { abuse: 0, dismissive: 1, process: 2, latency: 3, 'customer-abuse': 4 };

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

/** Keeps the worst findings in order. */
export class WorstFindings {
  private readonly kept: Finding[] = [];

  add(finding: Finding): void {
    const { kept } = this;
    if (kept.length === WORST_LIMIT && compareFindings(finding, kept[WORST_LIMIT - 1]!) >= 0) return;
    let low = 0;
    let high = kept.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (compareFindings(finding, kept[middle]!) < 0) high = middle;
      else low = middle + 1;
    }
    kept.splice(low, 0, finding);
    if (kept.length > WORST_LIMIT) kept.pop();
  }

  list(): Finding[] {
    return [...this.kept];
  }
}
