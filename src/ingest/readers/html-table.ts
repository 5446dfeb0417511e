import { KefuError } from '../../model/errors.js';
import {
  type Head,
  newBatch,
  type ReadBatch,
  type ReadContext,
  type Sniff,
  type TextReader,
} from '../reader.js';
import { findOwnTable, findTable, noTable, Table } from '../table.js';

/** Rows that are looked at for the header. */
const HEAD_ROWS = 60;
const MAX_DEPTH = 2000;
/** Text of one cell beyond this is dropped. */
const MAX_CELL_LENGTH = 1024 * 1024;

/**
 * An HTML table under the name of a spreadsheet, as many back-office pages "export to Excel". Columns as in CSV. The
 * name `.xls` says nothing: old binary workbooks begin with other bytes, and TAB-separated text goes to the CSV reader.
 * By inference; no real file was seen.
 */
export const htmlTable: TextReader = {
  id: 'html-table',
  platform: null,
  title: { zh: '存成 .xls 的 HTML 表格', en: 'HTML table saved as .xls' },
  basis: 'fixture',
  input: 'text',

  sniff(head: Head): Sniff | null {
    const start = head.text.slice(0, 4096).toLowerCase();
    if (!/^\s*(?:<\?xml[^>]*>\s*)?(?:<!--|<!doctype html|<html|<table|<meta)/.test(start)) return null;
    const table = head.text.search(/<table[\s>]/i);
    if (table < 0) return null;
    const texts = head.text
      .slice(table)
      .split(/<\/t[dh]\s*>/i)
      .slice(0, 200)
      .map((cell) =>
        cell
          .replace(/^[\s\S]*<t[dh][^>]*>/i, '')
          .replace(/<[^>]*>/g, ' ')
          .trim(),
      );
    // The cells of all rows as one row: enough to see whether the header's names occur.
    const found = findTable([texts], head.columns ?? null) ?? findTable([texts], null);
    if (found === null) return /\.xls$/i.test(head.name) ? { score: 0.5, why: 'table, extension' } : null;
    return { score: found.score >= 2 ? 0.85 : 0.4, why: `<table>, ${found.score} columns known` };
  },

  async *read(chunks, context) {
    const { Parser } = await import('htmlparser2');
    const rows = new RowBuilder();
    let depth = 0;
    const parser = new Parser(
      {
        onopentag: (name, attributes) => {
          // The parser takes time with the square of the depth; no table is as deep as this.
          if (++depth > MAX_DEPTH)
            throw new KefuError('unsupported-format', { line: rows.line, data: { kind: 'HTML in HTML' } });
          rows.open(name, attributes.colspan);
        },
        ontext: (text) => rows.text(text),
        onclosetag: (name) => {
          depth--;
          rows.close(name);
        },
      },
      { decodeEntities: true },
    );
    const sink = new TableSink(context);
    let last = '';
    for await (const chunk of chunks) {
      if (chunk !== '') last = chunk;
      for (let at = 0; at < chunk.length; ) {
        const newline = chunk.indexOf('\n', at);
        const end = newline < 0 ? chunk.length : newline + 1;
        parser.write(chunk.slice(at, end));
        at = end;
        if (newline >= 0) rows.line++;
      }
      const batch = sink.take(rows.drain());
      if (batch) yield batch;
    }
    parser.end();
    yield sink.finish(rows.drain(), last === '' || last.endsWith('\n') ? rows.line - 1 : rows.line);
  },
};

interface HtmlRow {
  cells: string[];
  line: number;
}

/** Collects the text of cells; what stands outside of them is nothing. */
class RowBuilder {
  line = 1;
  private rows: HtmlRow[] = [];
  private row: HtmlRow | null = null;
  private cell: string[] | null = null;
  private length = 0;
  private span = 1;

  open(name: string, colspan: string | undefined): void {
    if (name === 'tr') {
      this.close('tr');
      this.row = { cells: [], line: this.line };
    } else if (name === 'td' || name === 'th') {
      this.close('td');
      this.row ??= { cells: [], line: this.line };
      this.cell = [];
      this.length = 0;
      this.span = Math.min(100, Math.max(1, Number(colspan ?? 1) || 1));
    } else if (name === 'br') {
      this.cell?.push('\n');
    }
  }

  text(text: string): void {
    if (this.cell === null) return;
    this.length += text.length;
    // Line ends of the source are blanks in HTML; those of `<br>` are pieces of their own.
    if (this.length <= MAX_CELL_LENGTH) this.cell.push(text.replace(/[\r\n\t ]+/g, ' '));
  }

  close(name: string): void {
    if ((name === 'td' || name === 'th' || name === 'tr') && this.cell !== null && this.row !== null) {
      this.row.cells.push(cleanCell(this.cell.join('')));
      for (let more = 1; more < this.span; more++) this.row.cells.push('');
      this.cell = null;
    }
    if (name === 'tr' && this.row !== null) {
      if (this.row.cells.length > 0) this.rows.push(this.row);
      this.row = null;
    }
  }

  drain(): HtmlRow[] {
    const { rows } = this;
    this.rows = [];
    return rows;
  }
}

function cleanCell(text: string): string {
  return text
    .replace(/\u00a0/g, ' ')
    .replace(/ *\n */g, '\n')
    .trim();
}

/** Finds the header among the first rows, then hands rows on. */
class TableSink {
  private head: HtmlRow[] = [];
  private table: Table | null = null;
  private lineCount = 0;

  constructor(private readonly context: ReadContext) {}

  take(rows: HtmlRow[]): ReadBatch | null {
    if (this.table === null) {
      this.head.push(...rows);
      return this.head.length < HEAD_ROWS ? null : this.start();
    }
    return this.fill(rows);
  }

  finish(rows: HtmlRow[], lines: number): ReadBatch {
    let batch = this.table === null ? null : this.fill(rows);
    if (batch === null) {
      this.head.push(...rows);
      batch = this.head.length > 0 ? this.start() : newBatch();
    }
    batch.lineCount += Math.max(0, lines - this.lineCount);
    return batch;
  }

  /** @throws KefuError `unknown-columns` */
  private start(): ReadBatch {
    const texts = this.head.map(({ cells }) => cells);
    const { table: found } = findOwnTable(this.context, (map) => ({ table: findTable(texts, map) }));
    if (found === null) throw noTable(texts, this.context.columns, this.context.file);
    this.table = new Table(this.context, found.plan, {
      strict: false,
      sheet: null,
      samples: texts.slice(found.headerIndex + 1),
    });
    return this.fill(this.head.slice(found.headerIndex + 1));
  }

  private fill(rows: HtmlRow[]): ReadBatch {
    const batch = newBatch();
    for (const { cells, line } of rows) {
      if (cells.every((cell) => cell === '')) continue;
      this.table!.row(batch, cells, cells.length, line);
      batch.lineCount += line - this.lineCount;
      this.lineCount = line;
    }
    return batch;
  }
}
