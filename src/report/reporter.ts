import type { Locale, MessageCatalogue } from '../model/catalogue.js';
import type { AuditEvent, AuditReport, RunInfo } from '../model/report.js';
import type { Skip } from '../model/skip.js';
import type { Zone } from '../model/zone.js';
import type { Later } from './later.js';

export type { Locale };

/** Hides personal data in a text. The result has the same length, so that spans into the text still hold. */
export type TextMask = (text: string) => string;

/** Everything a reporter may depend on besides the audit itself. */
export interface ReportOptions {
  locale: Locale;
  zone: Zone;
  /** The words of the rules. */
  catalogue: MessageCatalogue;
  /** Columns of the terminal, or null when the output is not one: then nothing is cut or wrapped. */
  width: number | null;
  /** 0 none, 1 basic, 2 256, 3 truecolor; decided once in `cli/io`. */
  colorLevel: 0 | 1 | 2 | 3;
  /** How many places with findings `table` shows. */
  maxShown: number;
  /** Which table `csv` writes. */
  csvTable: 'agents' | 'findings' | 'turns' | 'customers' | 'promises';
  /** Byte-order mark before CSV, for spreadsheets. */
  bom: boolean;
  /** Language of CSV headers: `en` snake_case or `zh`. */
  csvHeaders: Locale;
  /**
   * Applied to quoted words and to messages made of them; null shows them as they are. Formats for people get one by
   * default, formats for machines only when asked ({@link ReporterEntry.audience}).
   */
  mask: TextMask | null;
  /** Makes places for text that has to wait until the end; default in memory. */
  later?: () => Later;
}

/** One output format, known by name before its code is loaded: `--help` is made from these. */
export interface ReporterEntry {
  readonly id: string;
  readonly describe: { zh: string; en: string };
  /** Who reads it. Decides whether quotes are masked unless the user says otherwise. */
  readonly audience: 'people' | 'machines';
  /** True when whoever reads it is told the notices of the run, so that nobody else need tell them. */
  readonly tellsNotices: boolean;
  load(): Promise<Reporter>;
}

/**
 * A pure function from the events of an audit to text. A writer gets the header first, then conversations and skips in
 * input order, then customers, then the end, and returns what to write after each ('' for nothing). It knows no files, no process, no
 * console.
 */
export interface Reporter {
  create(options: ReportOptions): ReportWriter;
}

export interface ReportWriter {
  header(run: RunInfo): string;
  conversation(event: Extract<AuditEvent, { type: 'conversation' }>): string;
  skip(skip: Skip): string;
  customer(event: Extract<AuditEvent, { type: 'customer' }>): string;
  /** In pieces, since what was kept back until now may be longer than a string can be. */
  end(report: AuditReport): Iterable<string>;
}
