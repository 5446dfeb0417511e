import type { Finding } from '../model/finding.js';
import type { AuditEvent } from '../model/report.js';

/** `--quiet`: the event as reports show it, with findings of severity error only. Scores and gates know them all. */
export function onlyErrors(event: AuditEvent): AuditEvent {
  if (event.type === 'end') {
    const worst = event.report.worst.filter((finding) => finding.severity === 'error');
    return { ...event, report: { ...event.report, worst } };
  }
  if (event.type === 'customer') {
    return { ...event, findings: event.findings.filter(({ severity }) => severity === 'error') };
  }
  return event.type === 'conversation' ? withFindings(event, ({ severity }) => severity === 'error') : event;
}

/** A conversation with some of its findings. */
export function withFindings(
  event: Extract<AuditEvent, { type: 'conversation' }>,
  keep: (finding: Finding) => boolean,
): Extract<AuditEvent, { type: 'conversation' }> {
  // Turn scores name findings by their place, which moves.
  const place = new Map<number, number>();
  event.findings.forEach((finding, at) => {
    if (keep(finding)) place.set(at, place.size);
  });
  return {
    ...event,
    findings: event.findings.filter((_, at) => place.has(at)),
    turnScores: event.turnScores.map((score) => ({
      ...score,
      findings: score.findings.filter((at) => place.has(at)).map((at) => place.get(at)!),
    })),
  };
}
