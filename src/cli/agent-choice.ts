import { namePattern } from '../ingest/roles.js';
import type { Conversation } from '../model/conversation.js';
import { KefuError } from '../model/errors.js';
import { type Finding, SEVERITIES, type Severity } from '../model/finding.js';
import type { AgentReport, AuditEvent, AuditReport } from '../model/report.js';
import { agentLabel } from '../report/agent-label.js';
import { WorstFindings } from '../score/worst.js';
import { withFindings } from './quiet.js';

/** Whether an agent is one of those that were asked for; `*` stands for any run of characters, no pattern for all. */
export function agentMatcher(patterns: readonly string[]): (agentId: string, agentName: string) => boolean {
  const tests = patterns.map(namePattern);
  return (agentId, agentName) => tests.length === 0 || tests.some((is) => is(agentId) || is(agentName));
}

/** What an agent is called in a conversation. */
export function agentNameIn(agentId: string, { messages }: Conversation): string {
  return messages.find((one) => one.role === 'agent' && one.speakerId === agentId)?.speakerName ?? agentId;
}

/** The error for patterns that fit nobody. */
export function unknownAgent(patterns: readonly string[], agents: readonly AgentReport[]): KefuError {
  return new KefuError('usage', {
    data: { problem: 'unknown-agent', value: patterns.join(', '), known: agents.map(agentLabel) },
  });
}

/**
 * An audit as one agent's report shows it: their conversations, turns, findings and figures. All were judged, so that rank
 * and comparison are those among all; what is counted by shop, day and customer, and what was read, stays that of all.
 */
export class AgentView {
  private readonly fits: (agentId: string, agentName: string) => boolean;
  private readonly worst = new WorstFindings();
  private conversationCount = 0;

  /** @param patterns of the agents to show; without any, all are shown */
  constructor(private readonly patterns: readonly string[]) {
    this.fits = agentMatcher(patterns);
  }

  /**
   * The part of an event that is shown, or null.
   *
   * @throws KefuError `usage` at the end where nobody fits, though there are agents
   */
  of(event: AuditEvent): AuditEvent | null {
    if (this.patterns.length === 0) return event;
    if (event.type === 'end') return { ...event, report: this.report(event.report) };
    if (event.type === 'conversation') return this.conversation(event);
    if (event.type !== 'customer') return event;
    const findings = event.findings.filter(({ agentId }) => this.fits(agentId, agentId));
    this.keep(findings);
    return findings.length === 0 ? null : { ...event, findings };
  }

  private conversation(event: Extract<AuditEvent, { type: 'conversation' }>): AuditEvent | null {
    const { conversation } = event;
    const chosen = new Set<string>();
    for (const id of new Set(
      conversation.turns.map(({ role, agentId }) => (role === 'agent' ? agentId : '')),
    )) {
      if (id !== '' && this.fits(id, agentNameIn(id, conversation))) chosen.add(id);
    }
    if (chosen.size === 0) return null;
    this.conversationCount++;
    const own = withFindings(event, ({ agentId }) => chosen.has(agentId));
    this.keep(own.findings);
    const turnScores = own.turnScores.filter(({ turnIndex }) =>
      chosen.has(conversation.turns[turnIndex]!.agentId),
    );
    return { ...own, turnScores };
  }

  private keep(findings: readonly Finding[]): void {
    for (const finding of findings) if (finding.category !== 'customer-abuse') this.worst.add(finding);
  }

  private report(whole: AuditReport): AuditReport {
    const agents = whole.agents.filter(({ agentId, agentName }) => this.fits(agentId, agentName));
    if (agents.length === 0 && whole.agents.length > 0) throw unknownAgent(this.patterns, whole.agents);
    const sum = (count: (agent: AgentReport) => number) => agents.reduce((all, one) => all + count(one), 0);
    const findingCounts = Object.fromEntries(
      SEVERITIES.map((severity) => [severity, sum((agent) => agent.findingCounts[severity])]),
    ) as Record<Severity, number>;
    const ids = new Set(agents.map(({ agentId }) => agentId));
    return {
      ...whole,
      agents,
      summary: {
        ...whole.summary,
        conversationCount: this.conversationCount,
        agentCount: agents.length,
        agentTurnCount: sum(({ turnCount }) => turnCount),
        findingCounts,
      },
      worst: this.worst.list(),
      best: whole.best.filter(({ agentId }) => ids.has(agentId)),
      notices: [...whole.notices, { code: 'only-agents', data: { agents: [...this.patterns] } }],
    };
  }
}
