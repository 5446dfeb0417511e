import { KefuError } from '../model/errors.js';
import type { MessageKind } from '../model/message.js';
import { splitChatCell } from './chat-cell.js';
import {
  type ColumnField,
  type ColumnMap,
  type ColumnPlan,
  type FieldPositions,
  labelColumns,
  noTextColumn,
  planByNumber,
  planColumns,
} from './columns.js';
import type { CsvSplitter } from './csv-records.js';
import { classify } from './kinds.js';
import type { ReadBatch, ReadContext } from './reader.js';
import { type Attribution, cleanId, dateInName, keyOfFile, RowMapper, type RowValues } from './row-mapper.js';
import { StretchCache } from './stretch-cache.js';
import { guessDateOrder } from './timestamps.js';

/** Titles, blank rows and notes stand above the header row of spreadsheets made for people. */
const MAX_PREAMBLE = 30;

/** WeChat's own message types, as WechatMsg writes them; 10000 is inferred. */
const WECHAT_KINDS: Readonly<Record<string, MessageKind>> = {
  '1': 'text',
  '3': 'image',
  '34': 'file',
  '42': 'card',
  '43': 'file',
  '47': 'image',
  '48': 'card',
  '49': 'card',
  '50': 'other',
  // Notices of recall and the like: their text tells which.
  '10000': 'text',
};
const WECHAT_SYSTEM: ReadonlySet<string> = new Set(['10000']);

export interface FoundTable {
  plan: ColumnPlan;
  /** Index of the header row among the rows looked at; -1 where the table has none. */
  headerIndex: number;
  /** How well the row was understood, to compare delimiters by; 0 is not at all. */
  score: number;
}

/** The row among the first ones that is best understood as a header, or null where none is. */
export function findTable(rows: readonly (readonly string[])[], map: ColumnMap | null): FoundTable | null {
  const byNumber = map === null ? null : planByNumber(map);
  if (byNumber) {
    const reach = 1 + Math.max(...Object.values(byNumber.at));
    const fits = rows.some((row) => row.length >= reach);
    return fits ? { plan: byNumber, headerIndex: -1, score: byNumber.fieldCount } : null;
  }
  let best: FoundTable | null = null;
  for (let index = 0; index < rows.length && index < MAX_PREAMBLE; index++) {
    const row = rows[index]!;
    if (row.length < 2 && map === null) continue;
    let plan: ColumnPlan;
    try {
      plan = planColumns(row, map);
    } catch (error) {
      if (error instanceof KefuError && error.code === 'unknown-columns') continue;
      throw error;
    }
    if (plan.at.text < 0 && plan.layout === null) continue;
    const score = plan.fieldCount + (plan.layout === null ? 0 : 10);
    if (best === null || score > best.score) best = { plan, headerIndex: index, score };
  }
  return best;
}

/**
 * {@link findTable} under the columns that the user named; where these may be meant for another input, under the table's
 * own headers, which a notice says.
 *
 * @param find looks for a table under a map
 */
export function findOwnTable<Found extends { table: FoundTable | null }>(
  context: ReadContext,
  find: (map: ColumnMap | null) => Found,
): Found {
  const named = find(context.columns);
  if (context.columns === null) return named;
  if (named.table !== null) {
    context.namedColumns?.fit();
    return named;
  }
  if (context.columnsMayDiffer !== true) return named;
  const own = find(null);
  if (own.table === null) return named;
  context.namedColumns?.look(own.table.plan.headers);
  context.notice('columns-elsewhere', { file: context.file });
  return own;
}

/**
 * The error for rows in which {@link findTable} found nothing: it names the columns of the likeliest header row, and
 * the nearest to what the user asked for.
 */
export function noTable(
  rows: readonly (readonly string[])[],
  map: ColumnMap | null,
  file: string,
): KefuError {
  const first = rows.slice(0, MAX_PREAMBLE);
  const width = Math.max(0, ...first.map(filled));
  const header = first.find((row) => filled(row) === width) ?? [];
  try {
    planColumns(header, map, file);
  } catch (error) {
    if (error instanceof KefuError) return error;
    throw error;
  }
  return noTextColumn(header, file);
}

function filled(row: readonly string[]): number {
  return row.filter((cell) => cell.trim() !== '').length;
}

export interface TableOptions {
  /** Rows of a text table have as many cells as the header, or are ragged; a spreadsheet leaves out empty ones. */
  strict: boolean;
  /** Name of the sheet where it may name the customer, else null. */
  sheet: string | null;
  /** Rows below the header that were looked at, to tell the order of dates by. */
  samples: readonly (readonly string[])[];
}

/** Makes messages of the rows of one table, whatever file it stands in. */
export class Table {
  private readonly mapper: RowMapper;
  private readonly at: FieldPositions;
  private readonly width: number;
  /** Cells that a row must at least have: all columns that are used. */
  private readonly reach: number;
  private readonly isWechat: boolean;
  /** Columns with labels, or null: hardly any table has some. */
  private readonly labels: readonly number[] | null;
  /** Columns that tell whose a row is, and what rows told before. */
  private readonly identity: readonly number[];
  private readonly attributions = new StretchCache<Attribution>();
  /** Name of the column of texts. */
  private readonly header: string;
  /** False where more is to be done with a row than {@link quickRow} does. */
  private readonly isPlain: boolean;

  constructor(
    private readonly context: ReadContext,
    private readonly plan: ColumnPlan,
    private readonly options: TableOptions,
  ) {
    const { at, layout } = plan;
    this.at = at;
    this.width = plan.headers.length;
    this.reach = 1 + Math.max(...Object.values(at));
    this.isWechat = layout === 'wechatmsg';
    const labels = labelColumns(plan.headers);
    this.labels = labels.length > 0 ? labels : null;
    this.header = plan.headers[at.text] ?? '';
    this.identity = IDENTITY.map((field) => at[field]).filter((position) => position >= 0);
    this.isPlain =
      options.strict && this.labels === null && at.text >= 0 && at.date < 0 && !UNUSUAL.has(layout ?? '');
    const place = options.sheet ?? context.file;
    this.mapper = new RowMapper(context, {
      platform: plan.platform,
      defaultKey: options.sheet ?? keyOfFile(context.file),
      defaultDate: dateInName(place) ?? dateInName(keyOfFile(context.file)),
      dateOrder: guessDateOrder(options.samples.map((row) => row[at.time] ?? '')),
      ...(this.isWechat ? { kindCodes: WECHAT_KINDS, systemCodes: WECHAT_SYSTEM } : {}),
    });
    this.mapper.values.roleIsFlag = plan.roleIsFlag;
    this.announce();
  }

  /** Remarks that concern the whole table. */
  private announce(): void {
    const { context, at, plan, options } = this;
    if (plan.layout === 'jd-sessions') {
      context.notice('metadata-only', { file: context.file, layout: plan.layout });
      return;
    }
    const hasPairs = options.samples.some((row) => !isBlankCell(row[at.receiver] ?? ''));
    if (at.session < 0 && at.conversation < 0 && at.customer < 0 && !hasPairs && options.sheet === null) {
      context.notice('one-conversation-per-file', { file: context.file });
    }
    if (at.role < 0 && at.speaker < 0 && at.speakerName < 0 && plan.layout !== 'qianniu-cells') {
      context.notice('no-role-column', { file: context.file, headers: plan.headers });
    }
  }

  /**
   * Adds one row to a batch. Blank lines and repeated header rows (of files that were put together) are no records.
   *
   * @param fields cells; only the first `count` belong to the row
   * @param line 1-based line or row
   */
  row(batch: ReadBatch, fields: string[], count: number, line: number): void {
    const { at, mapper, plan } = this;
    if (count === 1 && this.width !== 1 && isBlankCell(fields[0]!)) return;
    if (count > 0 && fields[0]!.charCodeAt(0) === 0xfeff) fields[0] = fields[0]!.slice(1);
    if (this.isHeader(fields, count)) return;
    if (count !== this.width && this.options.strict && this.isRagged(fields, count)) {
      mapper.reject(batch, 'ragged-row', line, `${count}/${this.width === 0 ? this.reach : this.width}`);
      return;
    }
    if (plan.layout === 'jd-sessions') {
      mapper.reject(batch, 'metadata-only', line, '');
      return;
    }
    const { values } = mapper;
    fill(values, fields, count, at);
    if (this.isWechat) this.mendWechat(values, fields, count);
    if (plan.layout === 'qianniu-cells') this.cell(batch, values, line);
    else mapper.add(batch, line, this.labels === null ? null : this.labelsOf(this.labels, fields, count));
  }

  /**
   * Adds the row that a splitter stands at, as {@link row} does, at a fraction of the cost.
   *
   * @param record of a splitter that watches {@link NOTICE_CHARACTERS}
   */
  record(batch: ReadBatch, record: CsvSplitter): void {
    if (
      this.isPlain &&
      record.plain &&
      !record.hasReturn &&
      record.fieldCount === this.width &&
      this.quickRow(batch, record)
    )
      return;
    this.row(batch, record.cells(), record.fieldCount, record.line);
  }

  /**
   * Makes a message of a row like most: strings are cut only of its text and of what no row before has told. Returns false,
   * with nothing done, where the row is or may be anything but a message with a text and a time.
   */
  private quickRow(batch: ReadBatch, record: CsvSplitter): boolean {
    const { at, mapper } = this;
    const { starts, ends } = record;
    const { units, text } = record.source;
    const start = starts[at.text]!;
    const end = ends[at.text]!;
    const first = units[start]!;
    if (start === end || first <= BLANK || first === APOSTROPHE || units[starts[0]!] === BYTE_ORDER_MARK)
      return false;
    if (end - start === this.header.length && text.startsWith(this.header, start)) return false;
    let atMs: number | null = null;
    if (at.time >= 0) {
      atMs = mapper.timeAt(units, starts[at.time]!, ends[at.time]!, text);
      if (atMs === null) return false;
    }
    const by = this.attributionOf(record);
    const words = text.slice(start, end);
    const kind =
      by.kind !== null && by.kind !== 'text' ? by.kind : record.hasWatched ? classify(words) : 'text';
    mapper.values.id = at.id < 0 ? '' : record.cell(at.id);
    mapper.push(batch, by, words, kind, atMs, record.line, null);
    return true;
  }

  private attributionOf(record: CsvSplitter): Attribution {
    const { attributions, at, mapper } = this;
    const { starts, ends } = record;
    const { units } = record.source;
    attributions.begin();
    for (let n = 0; n < this.identity.length; n++) {
      const column = this.identity[n]!;
      attributions.add(units, starts[column]!, ends[column]!);
    }
    const known = attributions.find();
    if (known !== undefined) return known;
    const { values } = mapper;
    values.session = at.session < 0 ? '' : record.cell(at.session);
    values.conversation = at.conversation < 0 ? '' : record.cell(at.conversation);
    values.role = at.role < 0 ? '' : record.cell(at.role);
    values.speaker = at.speaker < 0 ? '' : record.cell(at.speaker);
    values.speakerName = at.speakerName < 0 ? '' : record.cell(at.speakerName);
    values.receiver = at.receiver < 0 ? '' : record.cell(at.receiver);
    values.customer = at.customer < 0 ? '' : record.cell(at.customer);
    values.agent = at.agent < 0 ? '' : record.cell(at.agent);
    values.kind = at.kind < 0 ? '' : record.cell(at.kind);
    values.shop = at.shop < 0 ? '' : record.cell(at.shop);
    values.platform = at.platform < 0 ? '' : record.cell(at.platform);
    const by = mapper.attribution();
    // Of an id without a name, the name that stood beside it last is taken.
    const isNamed = at.speakerName < 0 || mapper.values.speakerName !== '';
    if (isNamed && !by.carried) attributions.store(by);
    return by;
  }

  /** What label columns hold, by header. */
  private labelsOf(
    columns: readonly number[],
    fields: readonly string[],
    count: number,
  ): Record<string, unknown> | null {
    const filled = columns.filter((index) => index < count && fields[index]!.trim() !== '');
    if (filled.length === 0) return null;
    return Object.fromEntries(filled.map((index) => [this.plan.headers[index], fields[index]]));
  }

  /** A line that could not be split into cells. */
  broken(batch: ReadBatch, reason: 'ragged-row' | 'too-long', line: number): void {
    this.mapper.reject(batch, reason, line, '');
  }

  private isHeader(fields: readonly string[], count: number): boolean {
    const { headers, at } = this.plan;
    if (headers.length === 0 || at.text < 0 || at.text >= count || fields[at.text] !== headers[at.text]) {
      return false;
    }
    for (let index = 0; index < headers.length; index++) {
      if ((fields[index] ?? '') !== headers[index] && index !== 0) return false;
    }
    return true;
  }

  private isRagged(fields: readonly string[], count: number): boolean {
    if (this.width === 0) return count < this.reach;
    if (count < this.width) return count < this.reach;
    if (this.isWechat && count === this.width + 1) return false;
    for (let index = this.width; index < count; index++) if (!isBlankCell(fields[index]!)) return true;
    return false;
  }

  /**
   * WechatMsg up to 0.2.6 writes ten cells under nine headers: MsgSvrID has none. The text stands before the one cell
   * that is a local time.
   */
  private mendWechat(values: RowValues, fields: readonly string[], count: number): void {
    if (count !== this.width + 1) return;
    for (let index = 1; index < count; index++) {
      if (/^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}$/.test(fields[index]!)) {
        values.text = fields[index - 1]!;
        values.time = fields[index]!;
        return;
      }
    }
  }

  /** A cell that holds a whole conversation is one record a message. */
  private cell(batch: ReadBatch, values: RowValues, line: number): void {
    const { customer, text } = values;
    const date = cleanId(values.time);
    const items = splitChatCell(text, date);
    if (items.length === 0) {
      this.mapper.reject(batch, text.trim() === '' ? 'empty-record' : 'no-text', line, '');
      return;
    }
    for (const item of items) {
      values.date = item.date;
      values.time = item.time;
      values.speaker = item.speaker;
      values.text = item.text;
      values.customer = customer;
      values.role = '';
      this.mapper.add(batch, line);
    }
  }
}

const BLANK = 0x20;
const APOSTROPHE = 0x27;
const BYTE_ORDER_MARK = 0xfeff;

/** Fields that tell whose a row is. */
const IDENTITY: readonly ColumnField[] = [
  'session',
  'conversation',
  'role',
  'speaker',
  'speakerName',
  'receiver',
  'customer',
  'agent',
  'kind',
  'shop',
  'platform',
];

/** Layouts that need a closer look at every row. */
const UNUSUAL: ReadonlySet<string> = new Set(['jd-sessions', 'qianniu-cells', 'wechatmsg']);

/** Sets every field from its cell. Written out: this runs once a row, and a loop over names is several times slower. */
function fill(values: RowValues, fields: readonly string[], count: number, at: FieldPositions): void {
  values.time = at.time >= 0 && at.time < count ? fields[at.time]! : '';
  values.date = at.date >= 0 && at.date < count ? fields[at.date]! : '';
  values.role = at.role >= 0 && at.role < count ? fields[at.role]! : '';
  values.speaker = at.speaker >= 0 && at.speaker < count ? fields[at.speaker]! : '';
  values.speakerName = at.speakerName >= 0 && at.speakerName < count ? fields[at.speakerName]! : '';
  values.receiver = at.receiver >= 0 && at.receiver < count ? fields[at.receiver]! : '';
  values.text = at.text >= 0 && at.text < count ? unescaped(fields[at.text]!) : '';
  values.conversation = at.conversation >= 0 && at.conversation < count ? fields[at.conversation]! : '';
  values.session = at.session >= 0 && at.session < count ? fields[at.session]! : '';
  values.customer = at.customer >= 0 && at.customer < count ? fields[at.customer]! : '';
  values.agent = at.agent >= 0 && at.agent < count ? fields[at.agent]! : '';
  values.id = at.id >= 0 && at.id < count ? fields[at.id]! : '';
  values.kind = at.kind >= 0 && at.kind < count ? fields[at.kind]! : '';
  values.shop = at.shop >= 0 && at.shop < count ? fields[at.shop]! : '';
  values.platform = at.platform >= 0 && at.platform < count ? fields[at.platform]! : '';
}

/** Careful writers put `'` before a cell that a spreadsheet would run as a formula; it is not part of the text. */
function unescaped(text: string): string {
  if (text.charCodeAt(0) !== 0x27) return text;
  const next = text.charAt(1);
  return next === '=' || next === '+' || next === '-' || next === '@' ? text.slice(1) : text;
}

function isBlankCell(cell: string): boolean {
  return cell === '' || cell.trim() === '';
}
