import type { EvalReport } from '../report.js';

/** The report with the words of its turns and quotes masked. */
export function masked(report: EvalReport, mask: ((text: string) => string) | null): EvalReport {
  if (mask === null) return report;
  return {
    ...report,
    wrong: report.wrong.map((one) => ({
      ...one,
      text: mask(one.text),
      before: mask(one.before),
      findings: one.findings.map((finding) => ({ ...finding, quotes: finding.quotes.map(mask) })),
    })),
  };
}
