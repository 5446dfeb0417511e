import { renderMessage } from '../model/catalogue.js';
import { SEVERITIES } from '../model/finding.js';
import type { AuditReport } from '../model/report.js';
import { agentLabel } from './agent-label.js';
import { coverageSentence, totalsSentence } from './coverage.js';
import { customersSentence } from './customer-section.js';
import { MISSING, showScore } from './figures.js';
import { fill, grouped } from './messages/phrase.js';
import { PHRASES } from './messages/phrases.js';
import { SEVERITY_TERMS } from './messages/terms.js';
import type { Reporter, ReportOptions } from './reporter.js';
import { SEVERITY_SYMBOL } from './symbols.js';
import { visible } from './visible.js';

const LOWEST_SHOWN = 3;

/**
 * Six lines for logs: what was audited, how many findings, the lowest scores, the worst finding, what became of customers,
 * what was read.
 */
export const summary: Reporter = {
  create(options) {
    const nothing = (): string => '';
    return {
      header: nothing,
      conversation: nothing,
      skip: nothing,
      customer: nothing,
      end: (report) => [`${lines(report, options).join('\n')}\n`],
    };
  },
};

function lines(report: AuditReport, options: ReportOptions): string[] {
  const { locale } = options;
  const { findingCounts, acceptedCount } = report.summary;
  const counts = SEVERITIES.map(
    (severity) =>
      `${SEVERITY_SYMBOL[severity]} ${SEVERITY_TERMS[severity][locale]} ${grouped(findingCounts[severity])}`,
  );
  const lowest = report.agents
    .filter((agent) => agent.score.value !== null)
    .slice(0, LOWEST_SHOWN)
    .map((agent) =>
      fill(PHRASES.scoreOf, locale, {
        agent: agentLabel(agent),
        score: showScore(agent.score.value),
        turns: agent.score.sampleSize,
      }),
    );
  const none = fill(PHRASES.none, locale);
  const findings = fill(PHRASES.summaryFindings, locale, { counts: counts.join(' · ') });
  const accepted = fill(PHRASES.accepted, locale, { count: acceptedCount });
  return [
    fill(PHRASES.summaryAudited, locale, { totals: totalsSentence(report, locale) }),
    acceptedCount === 0 ? findings : fill(PHRASES.summaryAccepted, locale, { findings, accepted }),
    fill(PHRASES.summaryLowest, locale, { agents: lowest.length === 0 ? none : lowest }),
    fill(PHRASES.summaryWorst, locale, { worst: worstFinding(report, options) ?? none }),
    fill(PHRASES.summaryCustomers, locale, { customers: customersSentence(report.customers, locale) }),
    fill(PHRASES.summaryRead, locale, { coverage: coverageSentence(report.coverage, locale) }),
  ];
}

function worstFinding(report: AuditReport, options: ReportOptions): string | null {
  const [worst] = report.worst;
  if (worst === undefined) return null;
  const message = renderMessage(options.catalogue, worst, options.locale);
  const { file, line } = worst.source;
  const shown = options.mask === null ? message : options.mask(message);
  const agent = report.agents.find(({ agentId }) => agentId === worst.agentId);
  const name = agent === undefined ? visible(worst.agentId || MISSING) : agentLabel(agent);
  return `${name} ${visible(`${worst.ruleId} ${file}:${line} ${shown}`)}`;
}
