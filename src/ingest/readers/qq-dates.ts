import type { Message } from '../../model/message.js';
import { type DateOrder, TimestampParser } from '../timestamps.js';
import type { Transcript } from './transcript.js';

/** Blanks between the parts of a timestamp; newer Windows and ICU put U+202F before AM/PM. */
export const BLANK = String.raw`[ \t\u00a0\u2009\u202f]`;

/** A date as the exporting computer's locale writes it. */
export const DATE = String.raw`(?:\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{4}年\d{1,2}月\d{1,2}日|\d{1,2}[-/.]\d{1,2}[-/.]\d{4})`;

/** A clock of 24 or 12 hours, the half of the day before or behind. */
export const TIME = String.raw`(?:(?:上午|下午|凌晨|清晨|早上|中午|傍晚|晚上|[AaPp][Mm])${BLANK}*)?\d{1,2}:\d{2}(?::\d{2})?(?:${BLANK}*[AaPp]\.?[Mm]\.?(?![A-Za-z]))?`;

const YEAR_LAST = /^(\d{1,2})[-/.](\d{1,2})[-/.]\d{4}/;

/**
 * Gives messages their time. `M/d/yyyy` and `d/M/yyyy` look alike, so messages with such dates are held until a day
 * above 12 tells which one the file uses; a file without one is read month first, as Windows writes it with AM/PM, and
 * a notice says so.
 *
 * Notices: `date-order` {order, basis: `day-above-12` | `assumed`}, `date-order-mixed` {line}, `bad-time` {line, text}
 * (once a file; the messages stay, without a time).
 */
export class QqDates {
  private readonly parsers: Record<DateOrder, TimestampParser>;
  private order: DateOrder | null = null;
  private waiting: { message: Message; text: string }[] = [];
  private saidMixed = false;
  private saidBad = false;

  constructor(private readonly transcript: Transcript) {
    const { zone } = transcript.context;
    this.parsers = {
      'month-first': new TimestampParser(zone, 'month-first'),
      'day-first': new TimestampParser(zone, 'day-first'),
    };
  }

  /** Sets `message.atMs`, at once or when the order of dates is known. */
  stamp(message: Message, date: string, time: string): void {
    const text = `${date} ${time}`;
    const yearLast = YEAR_LAST.exec(date);
    if (yearLast === null) {
      message.atMs = this.parsers['month-first'].parse(text);
      if (message.atMs === null) this.noticeBad(message, text);
      return;
    }
    if (this.order === null) {
      this.waiting.push({ message, text });
      const first = Number(yearLast[1]);
      const second = Number(yearLast[2]);
      if (first > 12 !== second > 12) this.decide(first > 12 ? 'day-first' : 'month-first', 'day-above-12');
      else this.transcript.hold('date-order', () => this.decide('month-first', 'assumed'));
      return;
    }
    this.stampYearLast(message, text, this.order);
  }

  private decide(order: DateOrder, basis: string): void {
    this.order = order;
    for (const { message, text } of this.waiting) this.stampYearLast(message, text, order);
    this.waiting = [];
    this.transcript.release('date-order');
    this.notice('date-order', { order: order === 'month-first' ? 'M/d/yyyy' : 'd/M/yyyy', basis });
  }

  private stampYearLast(message: Message, text: string, order: DateOrder): void {
    message.atMs = this.parsers[order].parse(text);
    if (message.atMs !== null) return;
    // A file joined from two computers: a date that only the other order can read is read so.
    message.atMs = this.parsers[order === 'month-first' ? 'day-first' : 'month-first'].parse(text);
    if (message.atMs === null) this.noticeBad(message, text);
    else if (!this.saidMixed) {
      this.saidMixed = true;
      this.notice('date-order-mixed', { line: message.source.line });
    }
  }

  private noticeBad(message: Message, text: string): void {
    if (this.saidBad) return;
    this.saidBad = true;
    this.notice('bad-time', { line: message.source.line, text });
  }

  private notice(code: string, data: Record<string, string | number>): void {
    this.transcript.context.notice(code, { file: this.transcript.context.file, ...data });
  }
}
