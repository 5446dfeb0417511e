import type { Category, Conversation, Finding, Severity, TurnScore } from '../model/index.js';
import { hidesCustomer } from './hidden-customer.js';

/** How much one finding of this severity, quite sure, weighs in a turn. */
export const SEVERITY_WEIGHT: Record<Severity, number> = { error: 1, warning: 0.5, info: 0.1 };

/** Weight of a finding that says nothing of its own: severity × confidence. */
export function defaultWeight(severity: Severity, confidence: number): number {
  return SEVERITY_WEIGHT[severity] * confidence;
}

/**
 * Scores every agent turn of a conversation: `abuse`, `dismissive` and `slow`, each 1 − Π(1 − weight) over the turn's
 * findings of that category, so that each further finding adds and nothing exceeds 1. `slow` is null without times, and
 * where nobody is known to be a customer. Findings of experimental rules and of other categories do not count.
 */
export function scoreTurns(conversation: Conversation, findings: readonly Finding[]): TurnScore[] {
  const scores: TurnScore[] = [];
  const byTurn = findings.length === 0 ? null : groupByTurn(findings);
  const isBlind = hidesCustomer(conversation);
  for (const turn of conversation.turns) {
    if (turn.role !== 'agent') continue;
    const own = byTurn?.get(turn.index) ?? NONE;
    scores.push({
      turnIndex: turn.index,
      abuse: own.length === 0 ? 0 : combine(findings, own, 'abuse'),
      dismissive: own.length === 0 ? 0 : combine(findings, own, 'dismissive'),
      slow:
        isBlind || turn.startMs === null ? null : own.length === 0 ? 0 : combine(findings, own, 'latency'),
      findings: own,
    });
  }
  return scores;
}

const NONE: number[] = [];

function groupByTurn(findings: readonly Finding[]): Map<number, number[]> {
  const groups = new Map<number, number[]>();
  findings.forEach((finding, index) => {
    const group = groups.get(finding.turnIndex);
    if (group === undefined) groups.set(finding.turnIndex, [index]);
    else group.push(index);
  });
  return groups;
}

function combine(findings: readonly Finding[], indexes: readonly number[], category: Category): number {
  let innocent = 1;
  for (const index of indexes) {
    const finding = findings[index]!;
    if (finding.category === category && !finding.experimental) innocent *= 1 - finding.weight;
  }
  return round(1 - innocent);
}

/** Scores are kept to thousandths: enough to read, and sums of them are exact on any machine. */
export function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}
