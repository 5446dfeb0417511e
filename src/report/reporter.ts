import type { AuditEvent, AuditReport, RunInfo } from '../model/report.js';
import type { Skip } from '../model/skip.js';
import type { Zone } from '../model/zone.js';

export type Locale = 'zh' | 'en';

/** Everything a reporter may depend on besides the audit itself. */
export interface ReportOptions {
  locale: Locale;
  zone: Zone;
  /** Columns of the terminal, or null when the output is not one: then nothing is cut or wrapped. */
  width: number | null;
  /** 0 none, 1 basic, 2 256, 3 truecolor; decided once in `cli/io`. */
  colorLevel: 0 | 1 | 2 | 3;
  /** How many findings `table` shows. */
  maxShown: number;
  /** Which table `csv` writes. */
  csvTable: 'agents' | 'findings' | 'turns';
  /** Byte-order mark before CSV, for spreadsheets. */
  bom: boolean;
  /** Language of CSV headers: `en` snake_case or `zh`. */
  csvHeaders: Locale;
}

/**
 * One output format: a pure function from the events of an audit to text. A writer gets the header first, then
 * conversations and skips in input order, then the end, and returns what to write after each ('' for nothing).
 * It knows no files, no process, no console.
 */
export interface Reporter {
  readonly id: string;
  readonly describe: { zh: string; en: string };
  create(options: ReportOptions): ReportWriter;
}

export interface ReportWriter {
  header(run: RunInfo): string;
  conversation(event: Extract<AuditEvent, { type: 'conversation' }>): string;
  skip(skip: Skip): string;
  end(report: AuditReport): string;
}
