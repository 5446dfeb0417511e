import { MAX_LINE_LENGTH } from './lines.js';

const QUOTE = 0x22;
const LF = 0x0a;
const CR = 0x0d;
const SPACE = 0x20;

/**
 * A quoted cell longer than this is taken for a quote that nobody closed. Whole conversations in one cell stay far
 * below it.
 */
const MAX_QUOTED_LENGTH = 1024 * 1024;

export interface CsvDialect {
  /** One of `,`, `;`, TAB and `|`. */
  delimiter: string;
  /** `\r` for files of old Macintosh programs, else `\n`, with or without `\r` before it. */
  newline: '\n' | '\r';
}

/**
 * Splits a CSV text into records as it streams in: RFC 4180, quotes anywhere, chunk edges anywhere.
 *
 * It is pulled, and its `fields` array is used again for every record, because this is the hottest loop of the tool:
 * `push(chunk)`, then `while (next())` read `fields[0 … fieldCount - 1]`. csv-parse, which reads the head of a file and
 * is what this splitter is tested against, was measured at 26 MB/s; this at well over 150.
 *
 * Nothing stops it. A quote that is never closed, that runs over other rows (a later quote then stands where none
 * can), or whose cell grows beyond 1 Mi characters costs one line: that line becomes a record with `problem` set, and
 * reading goes on with the next line. A stray quote inside a cell of one line is kept as it stands.
 */
export class CsvSplitter {
  /** Cells of the current record. Longer than `fieldCount` where an earlier record had more cells. */
  readonly fields: string[] = [];
  fieldCount = 0;
  /** 1-based line where the current record starts. */
  line = 0;
  /** Set when the current record cannot be used; then it has no fields. */
  problem: 'ragged-row' | 'too-long' | null = null;
  /** Lines consumed so far. */
  lineCount = 0;

  private readonly delimiter: string;
  private readonly delimiterCode: number;
  private readonly newline: string;
  private readonly newlineCode: number;
  private text = '';
  private at = 0;
  private final = false;
  /** True inside the rest of a line that was given up. */
  private skipping = false;
  /** Next newline, delimiter and quote at or after `at`, as far as known; a stale one is smaller. */
  private nextNewline = -1;
  private nextDelimiter = -1;
  private nextQuote = -1;

  constructor(dialect: CsvDialect) {
    this.delimiter = dialect.delimiter;
    this.delimiterCode = dialect.delimiter.charCodeAt(0);
    this.newline = dialect.newline;
    this.newlineCode = dialect.newline.charCodeAt(0);
  }

  /** Adds text; call {@link next} until it returns false before the next chunk. */
  push(chunk: string): void {
    this.text = this.at < this.text.length ? this.text.slice(this.at) + chunk : chunk;
    this.at = 0;
    this.nextNewline = -1;
    this.nextDelimiter = -1;
    this.nextQuote = -1;
  }

  /** Says that no more text comes; call {@link next} for what is left. */
  end(): void {
    this.push('');
    this.final = true;
  }

  /** Moves to the next record. False where the text at hand holds no further whole one. */
  next(): boolean {
    if (this.skipping && !this.skipRest()) return false;
    const text = this.text;
    const start = this.at;
    const length = text.length;
    if (start >= length) return false;
    let newline = this.nextNewline;
    if (newline < start) {
      newline = text.indexOf(this.newline, start);
      if (newline < 0) newline = length;
      this.nextNewline = newline;
    }
    this.problem = null;
    this.line = this.lineCount + 1;
    let quote = this.nextQuote;
    if (quote < start) {
      quote = text.indexOf('"', start);
      if (quote < 0) quote = length;
      this.nextQuote = quote;
    }
    if (quote < newline) return this.nextQuoted();
    if (newline === length && !this.final) return this.waitOrGiveUp(MAX_LINE_LENGTH, 'too-long');

    const end = this.lineEnd(start, newline);
    const fields = this.fields;
    let count = 0;
    let from = start;
    let comma = this.nextDelimiter;
    if (comma < start) comma = this.findDelimiter(start);
    while (comma < end) {
      fields[count++] = text.slice(from, comma);
      from = comma + 1;
      comma = this.findDelimiter(from);
    }
    this.nextDelimiter = comma;
    fields[count++] = text.slice(from, end);
    this.fieldCount = count;
    this.at = newline + 1;
    this.lineCount++;
    return true;
  }

  /** A record with a quote in its first line. */
  private nextQuoted(): boolean {
    const text = this.text;
    const length = text.length;
    const start = this.at;
    const fields = this.fields;
    let count = 0;
    let position = start;
    let newlines = 0;
    for (;;) {
      if (text.charCodeAt(position) === QUOTE) {
        const close = this.closingQuote(position);
        if (close === UNFINISHED) return this.waitOrGiveUp(MAX_QUOTED_LENGTH, 'ragged-row');
        if (close === BROKEN) return this.giveUp('ragged-row');
        const value = text.slice(position + 1, close);
        fields[count++] = value.indexOf('"') < 0 ? value : value.replaceAll('""', '"');
        newlines += countOf(value, this.newline);
        position = close + 1;
        while (text.charCodeAt(position) === SPACE) position++;
        if (text.charCodeAt(position) === this.delimiterCode) {
          position++;
          continue;
        }
        // The end of the line, or of the text.
        if (position < length && text.charCodeAt(position) !== this.newlineCode) position++;
        break;
      }
      let newline = text.indexOf(this.newline, position);
      if (newline < 0) newline = length;
      if (newline === length && !this.final) return this.waitOrGiveUp(MAX_LINE_LENGTH, 'too-long');
      const comma = this.findDelimiter(position);
      if (comma < newline) {
        fields[count++] = text.slice(position, comma);
        position = comma + 1;
        continue;
      }
      fields[count++] = text.slice(position, this.lineEnd(position, newline));
      position = newline;
      break;
    }
    this.fieldCount = count;
    this.at = position + 1;
    this.lineCount += newlines + 1;
    return true;
  }

  /**
   * Index of the quote that closes the cell opened at `open`; {@link UNFINISHED} where more text is needed,
   * {@link BROKEN} where the quote has run away.
   */
  private closingQuote(open: number): number {
    const text = this.text;
    const length = text.length;
    let look = open + 1;
    let lineEnd = -1;
    for (;;) {
      const quote = text.indexOf('"', look);
      if (quote < 0) return this.final ? BROKEN : UNFINISHED;
      let after = quote + 1;
      if (text.charCodeAt(after) === QUOTE) {
        look = quote + 2;
        continue;
      }
      while (text.charCodeAt(after) === SPACE) after++;
      if (after >= length) return this.final ? quote : UNFINISHED;
      const code = text.charCodeAt(after);
      if (code === this.delimiterCode || code === this.newlineCode) return quote;
      if (code === CR) {
        if (after + 1 >= length) return this.final ? quote : UNFINISHED;
        if (text.charCodeAt(after + 1) === this.newlineCode) return quote;
      }
      // A quote where none can stand. In the line of the opening quote it is a slip of the program that wrote the
      // file; beyond it, the opening quote has swallowed other rows.
      if (lineEnd < 0) {
        lineEnd = text.indexOf(this.newline, open);
        if (lineEnd < 0) lineEnd = length;
      }
      if (lineEnd < quote) return BROKEN;
      look = quote + 1;
    }
  }

  private findDelimiter(from: number): number {
    const found = this.text.indexOf(this.delimiter, from);
    return found < 0 ? this.text.length + 1 : found;
  }

  /** `newline` without a `\r` before it. */
  private lineEnd(start: number, newline: number): number {
    return newline > start && this.newlineCode === LF && this.text.charCodeAt(newline - 1) === CR
      ? newline - 1
      : newline;
  }

  private waitOrGiveUp(limit: number, problem: 'ragged-row' | 'too-long'): boolean {
    return this.text.length - this.at > limit ? this.giveUp(problem) : false;
  }

  /** Turns the first line of the current record into one that cannot be used, and goes on behind it. */
  private giveUp(problem: 'ragged-row' | 'too-long'): boolean {
    this.problem = problem;
    this.fieldCount = 0;
    const newline = this.text.indexOf(this.newline, this.at);
    if (newline < 0) {
      if (!this.final) this.problem = 'too-long';
      this.skipping = !this.final;
      this.at = this.text.length;
    } else {
      this.at = newline + 1;
    }
    this.lineCount++;
    return true;
  }

  private skipRest(): boolean {
    const newline = this.text.indexOf(this.newline, this.at);
    if (newline < 0) {
      this.at = this.text.length;
      return false;
    }
    this.at = newline + 1;
    this.skipping = false;
    return true;
  }
}

const UNFINISHED = -1;
const BROKEN = -2;

function countOf(text: string, needle: string): number {
  let count = 0;
  for (let at = text.indexOf(needle); at >= 0; at = text.indexOf(needle, at + 1)) count++;
  return count;
}

/** All records of a text at hand, for heads and tests. */
export function splitCsv(text: string, dialect: CsvDialect): { fields: string[]; line: number }[] {
  const splitter = new CsvSplitter(dialect);
  const records: { fields: string[]; line: number }[] = [];
  const take = () => {
    while (splitter.next()) {
      records.push({ fields: splitter.fields.slice(0, splitter.fieldCount), line: splitter.line });
    }
  };
  splitter.push(text);
  take();
  splitter.end();
  take();
  return records;
}
