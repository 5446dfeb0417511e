import type { Message } from '../../model/message.js';
import { classify } from '../kinds.js';
import type { Head, Sniff, TextReader } from '../reader.js';
import { keyOfFile } from '../row-mapper.js';
import { BLANK, DATE, QqDates, TIME } from './qq-dates.js';
import { QqThread } from './qq-thread.js';
import {
  cleanLine,
  type LineGrammar,
  looksLikeName,
  MAX_HEADER_LENGTH,
  readLines,
  Transcript,
} from './transcript.js';

/** Chat window, message manager, mobile: sender, perhaps a date, time. */
const HEADER = new RegExp(`^(\\S.*?)${BLANK}+(?:(${DATE})${BLANK}+)?(${TIME})$`);
/** QQNT, several messages selected: `name: 05-08 01:00:11`, with a year only for past years. */
const COLON_HEADER = new RegExp(`^(\\S.*?): ?(?:(${DATE})|(\\d{1,2}-\\d{1,2})) (\\d{1,2}:\\d{2}:\\d{2})$`);
const DATE_ONLY = new RegExp(`^${DATE}$`);
const DATE_LINE = new RegExp(
  `^(?:[—–-]${BLANK}*)*${BLANK}*(${DATE})${BLANK}*(?:星期[一二三四五六日天])?(?:${BLANK}*[—–-])*$`,
);
/** A notice of the message manager: the time and the text without anything between. */
const NOTICE_LINE = new RegExp(`^(${TIME})${BLANK}*(\\S.*)$`);
const MARKED_SENDER = /^【[^】]*】.|\(\d{5,12}\)$|<[^<>\s]+@[^<>\s]+>$/;
const SECONDS = /\d:\d{2}:\d{2}/;
const TWELVE_HOURS = /[AaPp]\.?[Mm]|上午|下午|凌晨|晚上|中午/;
/** Senders of other formats: Taobao sub-accounts and directions, masked JD names. */
const FOREIGN_SENDER = /-->|^[^\s:：()]{2,}[:：][^\s:：()]+$|\*{2,}|^jimi_|@im\.jd\.com$/;

/** The year of messages that bear none when the file's name has none either: a leap year that nobody takes for real. */
const ASSUMED_YEAR = 2000;

/**
 * QQ chats copied from a window and pasted into a text file.
 *
 * Based on pasted fragments: PC chat window (`【title】name date time`, the date missing for the day of the copy),
 * message manager (`name(number) 上午 3:13:28` below lines with the date), mobile (`— — 2020-2-21 — —`, then
 * `name  23:50:12`); the selection of several messages in QQNT (`name: 05-08 01:00:11`, no year) is known from one sample
 * only.
 *
 * Messages without a date stay without a time (`extra.time` keeps the clock). Where only the year is missing it is taken
 * from the file's name, else assumed, with a notice `year-assumed`.
 */
export const qqCopy: TextReader = {
  id: 'qq-copy',
  platform: 'qq',
  title: { zh: 'QQ 聊天窗口复制的文字', en: 'Chat copied from a QQ window' },
  basis: 'real',
  input: 'text',

  sniff(head: Head): Sniff | null {
    let marked = 0;
    let plain = 0;
    let colon = 0;
    for (const raw of head.lines) {
      const line = cleanLine(raw);
      const header = matchHeader(line);
      if (header === null) {
        if (/^[—–-]/.test(line) && matchDateLine(line) !== null) marked++;
      } else if (FOREIGN_SENDER.test(header.sender)) {
      } else if (header.colon) colon += looksLikeName(header.sender) ? 1 : 0;
      else if (MARKED_SENDER.test(header.sender) || TWELVE_HOURS.test(header.time)) marked++;
      else if (looksLikeName(header.sender)) plain++;
    }
    if (colon > 0) return { score: 0.85, why: `headers name: date time ${colon}` };
    if (marked > 0) return { score: 0.8, why: `headers sender-time ${marked + plain}` };
    if (plain === 0) return null;
    return { score: plain > 1 ? 0.5 : 0.35, why: `headers name-time ${plain}` };
  },

  read(chunks, context) {
    const transcript = new Transcript(context, 'qq');
    return readLines(chunks, transcript, new QqCopyGrammar(transcript));
  },
};

interface Header {
  sender: string;
  /** Date as written, `MM-dd` where `yearless`, or null. */
  date: string | null;
  time: string;
  yearless: boolean;
  colon: boolean;
}

function matchHeader(line: string): Header | null {
  if (line.length > MAX_HEADER_LENGTH) return null;
  const last = line.charCodeAt(line.length - 1);
  // A clock ends in a digit, or in the M of PM.
  if (!((last >= 0x30 && last <= 0x39) || last === 0x4d || last === 0x6d || last === 0x2e)) return null;
  const colon = COLON_HEADER.exec(line);
  if (colon !== null) {
    const [, sender, date, monthDay, time] = colon;
    return {
      sender: sender!,
      date: date ?? monthDay ?? null,
      time: time!,
      yearless: date === undefined,
      colon: true,
    };
  }
  const match = HEADER.exec(line);
  if (match === null) return null;
  const [, sender, date, time] = match;
  // A timestamp alone is no header.
  if (DATE_ONLY.test(sender!)) return null;
  return { sender: sender!, date: date ?? null, time: time!, yearless: false, colon: false };
}

function matchDateLine(line: string): RegExpExecArray | null {
  return line.length > 60 ? null : DATE_LINE.exec(line);
}

class QqCopyGrammar implements LineGrammar {
  private readonly dates: QqDates;
  private readonly thread: QqThread;
  /** Date of the last date line, or null before the first. */
  private date: string | null = null;
  private afterBlank = true;
  /** The message above, for notices that bear no time. */
  private last: { message: Message; header: Header | null } | null = null;
  private year = 0;
  private month = 0;

  constructor(private readonly transcript: Transcript) {
    this.dates = new QqDates(transcript);
    this.thread = new QqThread(transcript);
  }

  line(raw: string, number: number): void {
    const line = cleanLine(raw);
    const { afterBlank } = this;
    this.afterBlank = line === '';
    if (line === '') {
      this.transcript.append('', number);
      return;
    }
    const header = matchHeader(line);
    if (header !== null && this.isSpeaker(header)) this.message(header, number);
    else if (this.isDateLine(line, afterBlank)) this.transcript.close();
    else if (!this.notice(line, number)) this.body(line, number);
  }

  end(): void {}

  private isSpeaker({ sender, date, time }: Header): boolean {
    if (MARKED_SENDER.test(sender) || this.thread.knows(sender)) return true;
    return looksLikeName(sender) && (date !== null || SECONDS.test(time));
  }

  private isDateLine(line: string, afterBlank: boolean): boolean {
    const match = matchDateLine(line);
    // A date alone can be an answer: separators are drawn with dashes, indented, or stand apart.
    if (match === null || (line.charCodeAt(0) >= 0x30 && line.charCodeAt(0) <= 0x39 && !afterBlank))
      return false;
    this.date = match[1]!;
    return true;
  }

  private message(header: Header, number: number): void {
    const message = this.thread.open(header.sender, number);
    this.stamp(message, header);
    this.last = { message, header };
  }

  private stamp(message: Message, header: Header): void {
    const { time } = header;
    const date = header.yearless ? this.withYear(header.date!) : (header.date ?? this.date);
    if (date === null) message.extra = { ...message.extra, time };
    else this.dates.stamp(message, date, time);
  }

  /** A notice of recall and the like, with its time glued to it or with none. */
  private notice(line: string, number: number): boolean {
    const timed = line.length > MAX_HEADER_LENGTH ? null : NOTICE_LINE.exec(line);
    const text = timed === null ? line : timed[2]!;
    if (classify(text) !== 'recall') return false;
    if (timed === null && this.transcript.current !== null && this.transcript.bodyIsEmpty) return false;
    const above = this.last;
    const message = this.thread.open('系统消息', number);
    if (timed !== null) {
      this.stamp(message, { sender: '', date: null, time: timed[1]!, yearless: false, colon: false });
    } else if (above?.header) {
      this.stamp(message, above.header);
    }
    this.transcript.append(text, number);
    this.transcript.close();
    return true;
  }

  private body(line: string, number: number): void {
    // QQNT indents the text below its header.
    const indented = this.last?.header?.colon === true && line.startsWith(' ');
    this.transcript.append(indented ? line.slice(1) : line, number);
  }

  /** A full date for `MM-dd`. Months that fall back mean that a new year has begun. */
  private withYear(monthDay: string): string {
    const month = Number(monthDay.slice(0, monthDay.indexOf('-')));
    if (this.year === 0) this.assumeYear();
    if (month < this.month - 6) this.year++;
    this.month = month;
    return `${this.year}-${monthDay}`;
  }

  private assumeYear(): void {
    const { context } = this.transcript;
    const named = /(?<!\d)(20\d{2})(?!\d{5})/.exec(keyOfFile(context.file))?.[1];
    this.year = named === undefined ? ASSUMED_YEAR : Number(named);
    context.notice('year-assumed', {
      file: context.file,
      year: this.year,
      basis: named === undefined ? 'none' : 'file-name',
    });
  }
}
