import type { ColumnMap } from '../columns.js';
import { type CsvDialect, CsvSplitter, splitCsv } from '../csv-records.js';
import { NOTICE_CHARACTERS } from '../kinds.js';
import {
  type Head,
  newBatch,
  type ReadBatch,
  type ReadContext,
  type Sniff,
  type TextReader,
} from '../reader.js';
import { type FoundTable, findOwnTable, findTable, noTable, Table } from '../table.js';
import { looksLikeJddc } from './jddc.js';

/** Characters of the start that are looked at to find the delimiter and the header row. */
const HEAD_LENGTH = 32 * 1024;
const HEAD_ROWS = 60;
const DELIMITERS = [',', '\t', ';', '|'] as const;
/** What the two splitters may read otherwise: a quote, or a line end of its own kind. */
const STRICT = /"|\r(?!\n)/;

/**
 * CSV and its kin, delimited by comma, TAB, semicolon or bar, with a header row (after any rows of title), or with
 * columns that the user names.
 *
 * The columns are recognised by name (`columns.ts`): layouts of 晓多, third-party 千牛 tables, JD 咨询会话 and WechatMsg
 * were read out of public parsers and exporters, WechatMsg also out of a real file; everything else is a list of names
 * in use.
 *
 * csv-parse reads the head, where its strictness helps to tell delimiters apart. The body is split by `CsvSplitter`:
 * csv-parse was measured at 26 MB/s.
 */
export const csv: TextReader = {
  id: 'csv',
  platform: null,
  title: { zh: 'CSV/TSV 表格（按列名识别）', en: 'CSV or TSV, columns recognised by name' },
  basis: 'parsers',
  input: 'text',

  sniff(head: Head): Sniff | null {
    if (looksLikeJddc(head.lines)) return null;
    const first = head.text.trimStart().charAt(0);
    if (first === '{' || first === '<') return null;
    const isNamed = /\.(?:csv|tsv|tab)$/i.test(head.name);
    const columns = head.columns ?? null;
    let { table, rows } = recognise(head.text, columns, splitHead);
    // Whether the columns that the user named are these, the reader tells.
    if (table === null && columns !== null) ({ table, rows } = recognise(head.text, null, splitHead));
    if (table === null) {
      // Read anyway when it is called so: then the error says which columns were found.
      return isNamed && rows.some((row) => row.length > 1) ? { score: 0.4, why: 'extension' } : null;
    }
    const { plan, score } = table;
    const why = `columns ${plan.headers.filter((_, index) => Object.values(plan.at).includes(index)).join(',')}`;
    if (plan.layout !== null) return { score: 0.95, why: `layout ${plan.layout}, ${why}` };
    if (score < 2 && columns === null) return isNamed ? { score: 0.4, why } : null;
    return { score: Math.min(0.9, 0.6 + 0.05 * score + (isNamed ? 0.1 : 0)), why };
  },

  async *read(chunks, context) {
    const source = chunks[Symbol.asyncIterator]();
    let head = '';
    let done = false;
    while (!done && head.length < HEAD_LENGTH) {
      const result = await source.next();
      if (result.done) done = true;
      else head += result.value;
    }
    if (head.charCodeAt(0) === 0xfeff) head = head.slice(1);
    if (head.trim() === '') return;
    const start = head.slice(0, HEAD_LENGTH);
    // Without quotes, and with one kind of line end, there is nothing to be strict about.
    const split = STRICT.test(start) ? await strictly() : splitHead;
    const { table, rows, lines, dialect } = findOwnTable(context, (map) => recognise(start, map, split));
    if (table === null) throw noTable(rows, context.columns, context.file);
    const headerLine = table.headerIndex < 0 ? 0 : lines[table.headerIndex]!;

    const body = new Body(context, table, rows, dialect, headerLine);
    yield body.take(head);
    while (!done) {
      const result = await source.next();
      if (result.done) break;
      yield body.take(result.value);
    }
    yield body.finish();
  },
};

/** Splits a head as csv-parse does. */
async function strictly(): Promise<typeof splitHead> {
  const { parse } = await import('csv-parse/sync');
  return (text, { delimiter, newline }) => {
    try {
      const records = parse(text, {
        delimiter,
        record_delimiter: newline === '\r' ? ['\r'] : ['\r\n', '\n'],
        relax_column_count: true,
        to: HEAD_ROWS,
        info: true,
      }) as unknown as { record: string[]; info: { lines: number } }[];
      return records.map(({ record, info }) => ({ fields: record, line: info.lines }));
    } catch {
      // Broken quotes in the first rows: the splitter, which gives up only the lines that are broken, looks again.
      return splitHead(text, { delimiter, newline });
    }
  };
}

function splitHead(text: string, dialect: CsvDialect): HeadRow[] {
  return splitCsv(text, dialect, HEAD_ROWS);
}

/** The rows below the header. */
class Body {
  private readonly splitter: CsvSplitter;
  private readonly table: Table;
  private lineCount = 0;

  constructor(
    context: ReadContext,
    found: FoundTable,
    rows: readonly (readonly string[])[],
    dialect: CsvDialect,
    private readonly headerLine: number,
  ) {
    this.splitter = new CsvSplitter(dialect, NOTICE_CHARACTERS);
    this.table = new Table(context, found.plan, {
      strict: true,
      sheet: null,
      samples: rows.slice(found.headerIndex + 1),
    });
  }

  take(chunk: string): ReadBatch {
    this.splitter.push(chunk);
    return this.batch();
  }

  finish(): ReadBatch {
    this.splitter.end();
    return this.batch();
  }

  private batch(): ReadBatch {
    const { splitter, table, headerLine } = this;
    const batch = newBatch();
    while (splitter.next()) {
      if (splitter.line <= headerLine) continue;
      if (splitter.problem !== null) table.broken(batch, splitter.problem, splitter.line);
      else table.record(batch, splitter);
    }
    batch.lineCount = splitter.lineCount - this.lineCount;
    this.lineCount = splitter.lineCount;
    return batch;
  }
}

interface HeadRow {
  fields: string[];
  line: number;
}

interface Recognised {
  table: FoundTable | null;
  /** First rows under the chosen delimiter. */
  rows: string[][];
  /** For each of them a line that it stands on. */
  lines: number[];
  dialect: CsvDialect;
}

/** The delimiter under which the header row is understood best; without one, under which the rows are widest. */
function recognise(
  text: string,
  columns: ColumnMap | null,
  split: (text: string, dialect: CsvDialect) => HeadRow[],
): Recognised {
  const newline = text.includes('\n') || !text.includes('\r') ? '\n' : '\r';
  // A cut last line could look like a row of its own.
  const end = text.lastIndexOf(newline);
  const whole = text.length >= HEAD_LENGTH && end > 0 ? text.slice(0, end + 1) : text;
  let best: Recognised | null = null;
  for (const delimiter of DELIMITERS) {
    if (!whole.includes(delimiter) && delimiter !== ',') continue;
    const dialect: CsvDialect = { delimiter, newline };
    const head = split(whole, dialect);
    const rows = head.map(({ fields }) => fields);
    const lines = head.map(({ line }) => line);
    const found = { table: findTable(rows, columns), rows, lines, dialect };
    if (best === null || rank(found) > rank(best)) best = found;
  }
  return best ?? { table: null, rows: [], lines: [], dialect: { delimiter: ',', newline } };
}

function rank({ table, rows }: Recognised): number {
  if (table !== null) return 1000 * table.score + table.plan.headers.length;
  return Math.max(0, ...rows.slice(0, 5).map((row) => row.length)) / 1000;
}
