import type { Settings } from '../config/settings.js';
import { KefuError } from '../model/errors.js';
import type { Severity } from '../model/finding.js';
import type { AuditEvent, AuditReport, Coverage } from '../model/report.js';

/**
 * 0 complete and passed; 1 complete, a gate failed; 2 not complete or not to be trusted; 130 interrupted.
 * docs/exit-status.md has every case, and a test that runs them.
 */
export type ExitCode = 0 | 1 | 2 | 130;

/** The settings that decide between 0, 1 and 2. */
export type Gates = Pick<
  Settings,
  'failOn' | 'maxFindings' | 'minScore' | 'maxBreachRatio' | 'maxSkipped' | 'since' | 'until'
>;

/** One gate that was not passed, with what it compares. */
export type GateFailure =
  | { gate: 'fail-on'; severity: Severity; count: number }
  | { gate: 'max-findings'; count: number; limit: number }
  | { gate: 'min-score'; limit: number; agents: { name: string; value: number }[] }
  | { gate: 'max-breach-ratio'; limit: number; agents: { name: string; value: number }[] };

/**
 * Findings by severity as gates count them: those of experimental rules and those about customers are left out, those
 * hidden by `--quiet` are not.
 */
export class GateCounter {
  readonly counts: Record<Severity, number> = { error: 0, warning: 0, info: 0 };

  add({ findings }: Extract<AuditEvent, { type: 'conversation' | 'customer' }>): void {
    for (const { experimental, category, severity } of findings) {
      if (!experimental && category !== 'customer-abuse') this.counts[severity]++;
    }
  }
}

const AT_LEAST: Readonly<Record<Severity, readonly Severity[]>> = {
  error: ['error'],
  warning: ['error', 'warning'],
  info: ['error', 'warning', 'info'],
};

/** Every gate that a whole audit did not pass, in the order of the help. */
export function failedGates(
  report: AuditReport,
  counts: Readonly<Record<Severity, number>>,
  gates: Gates,
): GateFailure[] {
  const failures: GateFailure[] = [];
  const total = (severities: readonly Severity[]) => severities.reduce((sum, one) => sum + counts[one], 0);
  if (gates.failOn !== 'none') {
    const count = total(AT_LEAST[gates.failOn]);
    if (count > 0) failures.push({ gate: 'fail-on', severity: gates.failOn, count });
  }
  if (gates.maxFindings !== null) {
    const count = total(AT_LEAST.info);
    if (count > gates.maxFindings) failures.push({ gate: 'max-findings', count, limit: gates.maxFindings });
  }
  if (gates.minScore !== null) {
    const limit = gates.minScore;
    const agents = report.agents
      .filter(({ score }) => score.value !== null && score.value < limit)
      .map(({ agentName, agentId, score }) => ({ name: agentName || agentId, value: score.value! }));
    if (agents.length > 0) failures.push({ gate: 'min-score', limit, agents });
  }
  if (gates.maxBreachRatio !== null) {
    const limit = gates.maxBreachRatio;
    const agents = report.agents
      .filter(({ rates }) => rates.slow.value !== null && rates.slow.value > limit)
      .map(({ agentName, agentId, rates }) => ({ name: agentName || agentId, value: rates.slow.value! }));
    if (agents.length > 0) failures.push({ gate: 'max-breach-ratio', limit, agents });
  }
  return failures;
}

/** What makes a whole audit untrustworthy, as the errors to tell. */
export function doubtsAbout({ coverage, summary }: AuditReport, gates: Gates): KefuError[] {
  const doubts = doubtsAboutReading(coverage, summary.conversationCount, gates);
  const unknown = Object.values(coverage.roles.unknown).reduce((sum, count) => sum + count, 0);
  if (summary.conversationCount > 0 && summary.agentTurnCount === 0 && unknown > 0) {
    doubts.unshift(new KefuError('no-roles', { data: { unknown, messages: coverage.messageCount } }));
  }
  return doubts;
}

/** The part of {@link doubtsAbout} that concerns reading alone. */
export function doubtsAboutReading(
  coverage: Coverage,
  conversationCount: number,
  gates: Pick<Gates, 'since' | 'until' | 'maxSkipped'>,
): KefuError[] {
  const doubts: KefuError[] = [];
  if (conversationCount === 0) {
    const filtered = gates.since !== null || gates.until !== null ? 'yes' : 'no';
    doubts.push(
      new KefuError('no-conversations', {
        data: { records: coverage.recordCount, messages: coverage.messageCount, filtered },
      }),
    );
  }
  if (coverage.recordCount > 0 && coverage.skipCount / coverage.recordCount > gates.maxSkipped) {
    doubts.push(
      new KefuError('too-many-skips', {
        data: {
          skipped: coverage.skipCount,
          records: coverage.recordCount,
          limit: gates.maxSkipped,
          reasons: Object.entries(coverage.skips)
            .sort((a, b) => b[1] - a[1])
            .map(([reason, count]) => `${reason}:${count}`),
        },
      }),
    );
  }
  return doubts;
}

/** 130 wins over 2, and 2 over 1. */
export function exitCode(outcome: { interrupted: boolean; errors: number; failedGates: number }): ExitCode {
  if (outcome.interrupted) return 130;
  if (outcome.errors > 0) return 2;
  return outcome.failedGates > 0 ? 1 : 0;
}
