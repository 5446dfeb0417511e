import type { Head, Sniff, TextReader } from '../reader.js';
import { TimestampParser } from '../timestamps.js';
import { shopOfAccount } from './tmall-account.js';
import { TmallThread } from './tmall-thread.js';
import { cleanLine, type LineGrammar, looksLikeName, readLines, Transcript } from './transcript.js';

const TIME_LINE = /^\d{1,2}:\d{2}:\d{2}$/;
const DATE_LINE = /^(\d{4}-\d{1,2}-\d{1,2}|\d{4}年\d{1,2}月\d{1,2}日)(?: ?(?:星期|周)[一二三四五六日天])?$/;
const END = /^没有更多内容了$/;
/** What the page shows in place of a message that only the client can show. */
const NOT_SHOWN = /^请在客户端查看原始聊天记录/;
/** Lines that one message may have; a paste that never names a sender must not fill the memory. */
const MAX_LINES = 10_000;

/**
 * 千牛 web page 聊天记录查询, copied and pasted: time first, then the text, the sender last.
 *
 * Based on public parsers of that page: the time on a line of its own, the date on a line of its own above, the end
 * marker 没有更多内容了. The page has no download, so this is a paste or a scrape. Other date wordings than
 * `2026-03-01` are inferred.
 */
export const qianniuWeb: TextReader = {
  id: 'qianniu-web',
  platform: 'tmall',
  title: { zh: '千牛网页聊天记录查询', en: 'Qianniu web chat history, pasted' },
  basis: 'parsers',
  input: 'text',

  sniff(head: Head): Sniff | null {
    let complete = 0;
    let times = 0;
    let before = '';
    let sinceTime = 0;
    const lines = head.complete ? [...head.lines, '没有更多内容了'] : head.lines;
    for (const raw of lines) {
      const line = cleanLine(raw);
      if (line === '') continue;
      const isTime = TIME_LINE.test(line);
      if (isTime || DATE_LINE.test(line) || END.test(line)) {
        if (times > 0 && sinceTime > 0 && isAccount(before)) complete++;
        sinceTime = 0;
        if (isTime) times++;
      } else sinceTime++;
      before = line;
    }
    return complete > 0 ? { score: 0.85, why: `time-text-sender ${complete}` } : null;
  },

  read(chunks, context) {
    const transcript = new Transcript(context, 'tmall');
    return readLines(chunks, transcript, new QianniuWebGrammar(transcript));
  },
};

function isAccount(line: string): boolean {
  return looksLikeName(line) && /[:：]/.test(line) && shopOfAccount(line) !== null;
}

interface Line {
  text: string;
  number: number;
}

class QianniuWebGrammar implements LineGrammar {
  private readonly timestamps: TimestampParser;
  private readonly thread: TmallThread;
  private date = '';
  /** The time line of the message in hand and its lines so far; the last is the sender. */
  private time: Line | null = null;
  private lines: Line[] = [];

  constructor(private readonly transcript: Transcript) {
    this.timestamps = new TimestampParser(transcript.context.zone);
    this.thread = new TmallThread(transcript);
  }

  line(raw: string, number: number): void {
    const line = cleanLine(raw);
    if (TIME_LINE.test(line)) {
      if (this.complete()) this.time = { text: line, number };
      else this.lines.push({ text: line, number });
      return;
    }
    const date = DATE_LINE.exec(line);
    if (date !== null && this.complete()) {
      this.date = date[1]!;
      return;
    }
    if (END.test(line) && this.complete()) return;
    if (this.time === null) {
      this.transcript.append(line, number);
      return;
    }
    this.lines.push({ text: line, number });
    if (this.lines.length > MAX_LINES) this.giveUp('too-long');
  }

  end(): void {
    if (!this.complete()) this.giveUp('missing-field');
  }

  /**
   * Writes the message in hand. False when it cannot be complete yet: a time line as its text, or no sender so far.
   */
  private complete(): boolean {
    const { time } = this;
    if (time === null) return true;
    const filled = this.lines.filter(({ text }) => text !== '');
    const sender = filled.at(-1);
    if (sender === undefined || !looksLikeName(sender.text)) return false;
    // A single line is the sender of a message without text only if it is known to be one.
    if (filled.length === 1 && !isAccount(sender.text) && !this.thread.knows(sender.text)) return false;
    const atMs = this.date === '' ? null : this.timestamps.parse(`${this.date} ${time.text}`);
    const message = this.thread.open(sender.text, null, atMs, time.number);
    for (const line of this.lines) {
      if (line === sender) break;
      this.transcript.append(line.text, line.number);
      if (NOT_SHOWN.test(line.text)) message.kind = 'other';
    }
    this.transcript.close();
    this.time = null;
    this.lines = [];
    return true;
  }

  /** A message that never named its sender. */
  private giveUp(reason: 'too-long' | 'missing-field'): void {
    this.transcript.skip(reason, this.time!.number, 'sender');
    this.time = null;
    this.lines = [];
  }
}
