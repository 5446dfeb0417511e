import { MAX_LINE_LENGTH } from './lines.js';
import { TextUnits } from './units.js';

const QUOTE = 0x22;
const LF = 0x0a;
const CR = 0x0d;
const SPACE = 0x20;

/** What a unit means for the splitter; 0 for most. */
const ENDS_CELL = 1;
const IS_RETURN = 2;
const IS_WATCHED = 3;

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
 * It is pulled, and its arrays are used again for every record, because this is the hottest loop of the tool:
 * `push(chunk)`, then `while (next())` read cells `0 … fieldCount - 1`, as strings by {@link cell} or as stretches of
 * {@link source}. csv-parse, which reads the head of a file and is what this splitter is tested against, was measured at
 * 26 MB/s; this at well over 400.
 *
 * Nothing stops it. A quote that is never closed, that runs over other rows (a later quote then stands where none
 * can), or whose cell grows beyond 1 Mi characters costs one line: that line becomes a record with `problem` set, and
 * reading goes on with the next line. A stray quote inside a cell of one line is kept as it stands.
 */
export class CsvSplitter {
  /** The text at hand. */
  readonly source = new TextUnits();
  /** Where each cell of the current record begins and ends in the text, without quotes around it. */
  starts = new Int32Array(32);
  ends = new Int32Array(32);
  fieldCount = 0;
  /** False where a cell has quotes inside, so that its stretch of the text is not what it says. */
  plain = true;
  /** Whether the current record holds a watched character, or a `\r` that ends no line. */
  hasWatched = false;
  hasReturn = false;
  /** 1-based line where the current record starts. */
  line = 0;
  /** Set when the current record cannot be used; then it has no fields. */
  problem: 'ragged-row' | 'too-long' | null = null;
  /** Lines consumed so far. */
  lineCount = 0;

  private readonly delimiter: number;
  private readonly newline: string;
  private readonly newlineCode: number;
  /** Meaning by unit: one look-up takes less time than a comparison with each. */
  private readonly meanings = new Uint8Array(0x10000);
  private at = 0;
  private final = false;
  /** True inside the rest of a line that was given up. */
  private skipping = false;

  /** @param watched characters that {@link hasWatched} tells of */
  constructor(dialect: CsvDialect, watched = '') {
    this.delimiter = dialect.delimiter.charCodeAt(0);
    this.newline = dialect.newline;
    this.newlineCode = dialect.newline.charCodeAt(0);
    const { meanings } = this;
    for (let at = 0; at < watched.length; at++) meanings[watched.charCodeAt(at)] = IS_WATCHED;
    meanings[CR] = IS_RETURN;
    meanings[this.delimiter] = ENDS_CELL;
    meanings[this.newlineCode] = ENDS_CELL;
  }

  /** Adds text; call {@link next} until it returns false before the next chunk. */
  push(chunk: string): void {
    const { text } = this.source;
    this.source.set(this.at < text.length ? text.slice(this.at) + chunk : chunk);
    this.at = 0;
  }

  /** Says that no more text comes; call {@link next} for what is left. */
  end(): void {
    this.push('');
    this.final = true;
  }

  /** A cell of the current record. */
  cell(index: number): string {
    const value = this.source.text.slice(this.starts[index], this.ends[index]);
    // Quotes inside an unquoted cell are what they are.
    if (this.plain || this.source.units[this.starts[index]! - 1] !== QUOTE || value.indexOf('"') < 0)
      return value;
    return value.replaceAll('""', '"');
  }

  /** All cells of the current record. */
  cells(): string[] {
    const cells: string[] = [];
    for (let index = 0; index < this.fieldCount; index++) cells.push(this.cell(index));
    return cells;
  }

  /** Moves to the next record. False where the text at hand holds no further whole one. */
  next(): boolean {
    if (this.skipping && !this.skipRest()) return false;
    const { delimiter, newlineCode, meanings } = this;
    const { units } = this.source;
    const { length } = this.source.text;
    let at = this.at;
    if (at >= length) return false;
    this.problem = null;
    this.plain = true;
    this.hasWatched = false;
    this.hasReturn = false;
    this.line = this.lineCount + 1;
    let count = 0;
    let lines = 1;
    for (;;) {
      if (count === this.starts.length) this.widen();
      if (at < length && units[at] === QUOTE) {
        const close = this.closingQuote(at);
        if (close === UNFINISHED) return this.waitOrGiveUp(MAX_QUOTED_LENGTH, 'ragged-row');
        if (close === BROKEN) return this.giveUp('ragged-row');
        for (let inside = at + 1; inside < close; inside++) {
          const unit = units[inside]!;
          if (unit === newlineCode) lines++;
          else if (unit === QUOTE) this.plain = false;
          else if (meanings[unit] === IS_WATCHED) this.hasWatched = true;
          else if (meanings[unit] === IS_RETURN) this.hasReturn = true;
        }
        this.starts[count] = at + 1;
        this.ends[count++] = close;
        at = close + 1;
        while (at < length && units[at] === SPACE) at++;
        if (at < length && units[at] === delimiter) {
          at++;
          continue;
        }
        // The end of the line, or of the text.
        if (at < length && units[at] !== newlineCode) at++;
        break;
      }
      const start = at;
      while (at < length) {
        const meaning = meanings[units[at]!]!;
        if (meaning !== 0) {
          if (meaning === ENDS_CELL) break;
          if (meaning === IS_WATCHED) this.hasWatched = true;
          else if (units[at + 1] !== newlineCode) this.hasReturn = true;
        }
        at++;
      }
      if (at === length && !this.final) return this.waitOrGiveUp(MAX_LINE_LENGTH, 'too-long');
      this.starts[count] = start;
      if (at < length && units[at] === delimiter) {
        this.ends[count++] = at++;
        continue;
      }
      const isReturn = at > start && newlineCode === LF && units[at - 1] === CR;
      this.ends[count++] = isReturn ? at - 1 : at;
      break;
    }
    this.fieldCount = count;
    this.at = at + 1;
    this.lineCount += lines;
    return true;
  }

  private widen(): void {
    const starts = new Int32Array(2 * this.starts.length);
    const ends = new Int32Array(2 * this.ends.length);
    starts.set(this.starts);
    ends.set(this.ends);
    this.starts = starts;
    this.ends = ends;
  }

  /**
   * Index of the quote that closes the cell opened at `open`; {@link UNFINISHED} where more text is needed,
   * {@link BROKEN} where the quote has run away.
   */
  private closingQuote(open: number): number {
    const { text } = this.source;
    const { length } = text;
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
      if (code === this.delimiter || code === this.newlineCode) return quote;
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

  private waitOrGiveUp(limit: number, problem: 'ragged-row' | 'too-long'): boolean {
    return this.source.text.length - this.at > limit ? this.giveUp(problem) : false;
  }

  /** Turns the first line of the current record into one that cannot be used, and goes on behind it. */
  private giveUp(problem: 'ragged-row' | 'too-long'): boolean {
    this.problem = problem;
    this.fieldCount = 0;
    const newline = this.source.text.indexOf(this.newline, this.at);
    if (newline < 0) {
      if (!this.final) this.problem = 'too-long';
      this.skipping = !this.final;
      this.at = this.source.text.length;
    } else {
      this.at = newline + 1;
    }
    this.lineCount++;
    return true;
  }

  private skipRest(): boolean {
    const newline = this.source.text.indexOf(this.newline, this.at);
    if (newline < 0) {
      this.at = this.source.text.length;
      return false;
    }
    this.at = newline + 1;
    this.skipping = false;
    return true;
  }
}

const UNFINISHED = -1;
const BROKEN = -2;

/** The records of a text at hand, or the first so many of them, for heads and tests. */
export function splitCsv(
  text: string,
  dialect: CsvDialect,
  most = Number.POSITIVE_INFINITY,
): { fields: string[]; line: number }[] {
  const splitter = new CsvSplitter(dialect);
  const records: { fields: string[]; line: number }[] = [];
  const take = () => {
    while (records.length < most && splitter.next()) {
      records.push({ fields: splitter.cells(), line: splitter.line });
    }
  };
  splitter.push(text);
  take();
  splitter.end();
  take();
  return records;
}
