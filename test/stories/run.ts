import { fileURLToPath } from 'node:url';
import { audit } from '../../src/audit.js';
import type { AuditOptions } from '../../src/config/options.js';
import type { AuditReport, Conversation, Finding, Role, Skip } from '../../src/model/index.js';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** Everything that one audit says, gathered. */
export interface Audited {
  report: AuditReport;
  conversations: Conversation[];
  findings: Finding[];
  skips: Skip[];
}

/** Audits files of the repository, named from its root. */
export async function run(paths: string[], options: Partial<AuditOptions> = {}): Promise<Audited> {
  const conversations: Conversation[] = [];
  const findings: Finding[] = [];
  const skips: Skip[] = [];
  for await (const event of audit({ ...options, paths: paths.map((path) => `${ROOT}${path}`) })) {
    if (event.type === 'conversation') {
      conversations.push(event.conversation);
      findings.push(...event.findings);
    } else if (event.type === 'customer') findings.push(...event.findings);
    else if (event.type === 'skip') skips.push(event.skip);
    else if (event.type === 'end') return { report: event.report, conversations, findings, skips };
  }
  throw new Error('the audit ended without a report');
}

/** Messages read, by role; roles that nobody had are left out. */
export function roleCounts(report: AuditReport): Partial<Record<Role, number>> {
  const counts: Partial<Record<Role, number>> = {};
  for (const [role, reasons] of Object.entries(report.coverage.roles) as [Role, Record<string, number>][]) {
    const count = Object.values(reasons).reduce((sum, one) => sum + one, 0);
    if (count > 0) counts[role] = count;
  }
  return counts;
}
