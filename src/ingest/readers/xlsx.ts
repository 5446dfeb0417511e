import { KefuError } from '../../model/errors.js';
import { COLUMN_FIELDS } from '../columns.js';
import {
  type BinaryReader,
  type ByteSource,
  type Head,
  newBatch,
  type ReadContext,
  type Sniff,
} from '../reader.js';
import { findOwnTable, findTable, noTable, Table } from '../table.js';
import { inspectWorkbook, type Merge } from '../workbook.js';

/** Rows of a sheet that are looked at for its header. */
const HEAD_ROWS = 60;
const BATCH_ROWS = 1000;

/** Above this many bytes, the sheets of a workbook are read one after the other instead of all at once. */
const BIG_WORKBOOK = 24 * 1024 * 1024;

/**
 * XLSX workbooks: every sheet whose header row is recognised, by the same names as CSV. Titles above the header, dates as
 * dates, serials or text, ids that end in `.0`, texts with a leading `'`; where no column names a customer or a
 * conversation and there are several sheets, each sheet is the chat with one customer (a third-party 千牛 layout, read
 * out of one public parser).
 *
 * Of the readers compared, hucre's stream returned every cell of hostile sheets as written; exceljs' stream damages
 * multi-byte characters at chunk edges, read-excel-file trims cells.
 */
export const xlsx: BinaryReader = {
  id: 'xlsx',
  platform: null,
  title: { zh: 'Excel 工作簿 XLSX（按列名识别）', en: 'XLSX workbook, columns recognised by name' },
  basis: 'parsers',
  input: 'bytes',

  sniff(head: Head): Sniff | null {
    if (head.bytes[0] !== 0x50 || head.bytes[1] !== 0x4b) return null;
    const start = new TextDecoder('latin1').decode(head.bytes);
    if (start.includes('xl/') || start.includes('[Content_Types].xml'))
      return { score: 1, why: 'zip with xl/' };
    return /\.xls[xm]$/i.test(head.name) ? { score: 0.8, why: 'zip, extension' } : null;
  },

  async *read(source, context) {
    const workbook = await openWorkbook(source, context);
    const several = workbook.names.length > 1;
    let understood = 0;
    let failure: KefuError | null = null;
    for (let index = 0; index < workbook.names.length; index++) {
      const name = workbook.names[index]!;
      const rows = workbook.rows(index);
      const head: Row[] = [];
      let done = false;
      while (!done && head.length < HEAD_ROWS) {
        const next = await rows.next();
        if (next.done) done = true;
        else head.push(next.value);
      }
      const texts = head.map(({ cells }) => cells);
      const { table: found } = findOwnTable(context, (map) => ({ table: findTable(texts, map) }));
      if (found === null) {
        if (texts.some((row) => row.some((cell) => cell !== ''))) {
          failure ??= noTable(texts, context.columns, context.file);
          if (several) context.notice('sheet-skipped', { file: context.file, sheet: name });
        }
        continue;
      }
      understood++;
      const { at } = found.plan;
      const named = at.session >= 0 || at.conversation >= 0 || at.customer >= 0;
      const table = new Table(context, found.plan, {
        strict: false,
        sheet: several && !named ? name : null,
        samples: texts.slice(found.headerIndex + 1),
      });
      const timeColumn = at.time;
      const carried = FIELDS_OF_MERGES.map((field) => at[field]).filter((column) => column >= 0);
      const merged = new MergedCells(workbook.merges.get(name) ?? [], carried);
      let batch = newBatch();
      const take = ({ cells, line, serial }: Row): void => {
        batch.lineCount++;
        merged.fill(cells, line);
        if (cells.every((cell) => cell === '')) return;
        if (timeColumn >= 0 && serial?.[timeColumn] !== undefined) cells[timeColumn] = serial[timeColumn];
        table.row(batch, cells, cells.length, line);
      };
      batch.lineCount += found.headerIndex + 1;
      for (const row of head.slice(found.headerIndex + 1)) take(row);
      while (!done) {
        const next = await rows.next();
        if (next.done) break;
        take(next.value);
        if (batch.lineCount >= BATCH_ROWS) {
          yield batch;
          batch = newBatch();
        }
      }
      if (batch.lineCount > 0) yield batch;
    }
    if (understood === 0 && failure !== null) throw failure;
  },
};

/** Fields that a merged cell says of every row beside it; a text or an id is that of one message. */
const FIELDS_OF_MERGES = COLUMN_FIELDS.filter((field) => field !== 'text' && field !== 'id');

/** Puts the value of a merged cell into all rows that it stands beside: the file has it in the first alone. */
class MergedCells {
  private readonly byTop = new Map<number, { column: number; bottom: number }[]>();
  private open: { column: number; bottom: number; value: string }[] = [];

  constructor(merges: readonly Merge[], columns: readonly number[]) {
    for (const { top, bottom, left } of merges) {
      for (const column of columns) {
        // Only the first column of a block has a value.
        if (column !== left) continue;
        const tops = this.byTop.get(top);
        if (tops === undefined) this.byTop.set(top, [{ column, bottom }]);
        else tops.push({ column, bottom });
      }
    }
  }

  fill(cells: string[], line: number): void {
    if (this.byTop.size === 0) return;
    this.open = this.open.filter(({ bottom }) => bottom >= line);
    // A row without anything of its own is no message.
    if (cells.some((cell) => cell !== '')) {
      for (const { column, value } of this.open) {
        while (cells.length <= column) cells.push('');
        if (cells[column] === '') cells[column] = value;
      }
    }
    for (const { column, bottom } of this.byTop.get(line) ?? [])
      this.open.push({ column, bottom, value: cells[column] ?? '' });
  }
}

interface Row {
  cells: string[];
  /** 1-based row of the sheet. */
  line: number;
  /** What numbers would be as dates, by column; only a column of times is read so. */
  serial: Record<number, string> | null;
}

interface Workbook {
  names: string[];
  merges: ReadonlyMap<string, readonly Merge[]>;
  rows(index: number): AsyncGenerator<Row, void>;
}

async function openWorkbook(source: ByteSource, context: ReadContext): Promise<Workbook> {
  const bytes = await source.bytes();
  const { merges, date1904 } = await inspectWorkbook(bytes, context.file);
  const { readXlsx, streamXlsxRows } = await import('hucre/xlsx');
  const broken = (cause: unknown) => new KefuError('broken-archive', { file: context.file, cause });
  const names: string[] = [];
  try {
    // Asking for no sheet tells their names without reading them.
    await readXlsx(bytes, {
      sheets: (info) => {
        names.push(info.name);
        return false;
      },
    });
  } catch (error) {
    throw broken(error);
  }
  const streamed: Workbook = {
    names,
    merges,
    async *rows(index) {
      try {
        for await (const row of streamXlsxRows(bytes, { sheet: index }))
          yield toRow(row.values, row.index + 1, date1904);
      } catch (error) {
        throw error instanceof KefuError ? error : broken(error);
      }
    },
  };
  if (names.length === 1 || bytes.length > BIG_WORKBOOK) return streamed;
  // Every stream reads the shared strings anew: of many small sheets that would be most of the work.
  let sheets: Awaited<ReturnType<typeof readXlsx>>['sheets'];
  try {
    ({ sheets } = await readXlsx(bytes));
  } catch {
    // Read whole, a sheet with one cell far down is too large; row by row it is not, and what is broken is found again.
    return streamed;
  }
  return {
    names,
    merges,
    async *rows(index) {
      const rows = sheets[index]?.rows ?? [];
      for (let line = 1; line <= rows.length; line++) yield toRow(rows[line - 1]!, line, date1904);
    },
  };
}

/** Days between the two dates that workbooks count from. */
const DAYS_TO_1904 = 1462;

function toRow(values: readonly unknown[], line: number, date1904: boolean): Row {
  const cells: string[] = [];
  let serial: Record<number, string> | null = null;
  for (let column = 0; column < values.length; column++) {
    const value = values[column];
    cells.push(cellText(value));
    if (typeof value === 'number' && value > 0 && value < 80_000 && !(value >= 1 && value < 20_000)) {
      serial ??= {};
      const days = value + (date1904 && value >= 1 ? DAYS_TO_1904 : 0);
      serial[column] = dateText(new Date(Math.round((days - 25_569) * 86_400_000)));
    }
  }
  return { cells, line, serial };
}

function cellText(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'string') return value;
  if (value instanceof Date) return dateText(value);
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  return '';
}

/**
 * A cell's date as it is shown: local wall-clock time, which spreadsheets hand out as UTC. Serials are rounded to the
 * second within 10 ms, as many programs cut their digits; the day 0 stands for a time without a date.
 */
function dateText(date: Date): string {
  let atMs = date.getTime();
  if (Number.isNaN(atMs)) return '';
  const second = Math.round(atMs / 1000) * 1000;
  if (Math.abs(second - atMs) <= 10) atMs = second;
  const [day, clock] = new Date(atMs).toISOString().replace('Z', '').split('T') as [string, string];
  const time = clock.endsWith('.000') ? clock.slice(0, 8) : clock;
  return day < '1901' ? time.slice(0, 8) : `${day} ${time}`;
}
