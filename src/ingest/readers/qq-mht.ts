import type { Head, ReadBatch, ReadContext, Sniff, TextReader } from '../reader.js';
import { decodeEntities, htmlToText } from './html-text.js';
import { QqDates } from './qq-dates.js';
import { QqThread } from './qq-thread.js';
import { Transcript } from './transcript.js';

/**
 * PC QQ 导出消息记录 → MHT.
 *
 * Based on the header and rows of real exports and on what public parsers accept. The file is no valid MIME (a BOM first,
 * a `;` missing in its Content-Type, 8-bit text declared 7bit), so the parts are split here: the HTML part is read row by
 * row, the image parts, which make up most of the size, are dropped as they stream by. The date of a row stands in the
 * last `日期:` row above it. The two colours of senders are not used: what they mean is not documented.
 */
export const qqMht: TextReader = {
  id: 'qq-mht',
  platform: 'qq',
  title: { zh: 'QQ 消息记录 MHT', en: 'PC QQ chat history, MHT' },
  basis: 'real',
  input: 'text',

  sniff(head: Head): Sniff | null {
    const start = head.text.slice(0, 4096);
    if (/Save by Tencent MsgMgr|Subject: *Tencent IM Message/i.test(start)) {
      return { score: 1, why: 'header Tencent MsgMgr' };
    }
    const rows = head.text.includes('float:left') && /消息对象[:：]|>日期[:：]/.test(head.text);
    return rows && /<t[dr]\b/i.test(head.text) ? { score: 0.8, why: 'rows with float:left and 日期:' } : null;
  },

  async *read(chunks, context): AsyncGenerator<ReadBatch> {
    const reader = new MhtScanner(context);
    for await (const chunk of chunks) yield reader.push(chunk);
    yield reader.end();
  },
};

const BOUNDARY = /boundary="?([^"\r\n;]+)"?/i;
const HTML_START = /<html\b|<table\b|<tr\b/i;
const ROW_END = /<\/tr\s*>/gi;
/** A row is one message; one that is longer than this has lost its end. */
const MAX_ROW_LENGTH = 4 * 1024 * 1024;
/** The head of the file and of a part are a few lines. */
const MAX_HEAD_LENGTH = 64 * 1024;

const MESSAGE =
  /<div\b[^<>]*float:\s*left[^<>]*>([\s\S]{0,1000}?)<\/div>([^<]{0,200})<\/div>\s*<div\b[^<>]*>([\s\S]*)<\/div>\s*<\/td\s*>/i;
const DATE_ROW = />\s*日期[:：]\s*([^<]+)</;
const CATEGORY_ROW = /消息分组[:：]([^<]*)</;
const PEER_ROW = /消息对象[:：]([^<]*)</;

type Place = 'file-head' | 'part-head' | 'html' | 'dropped';

/** Cuts the stream into rows of the HTML part. Keeps no more than the row in hand. */
class MhtScanner {
  private readonly transcript: Transcript;
  private readonly dates: QqDates;
  private readonly thread: QqThread;
  private place: Place = 'file-head';
  /** `--` and the boundary; empty for a file that is HTML alone. */
  private delimiter = '';
  private buffer = '';
  /** 1-based line of the first character of `buffer`. */
  private line = 1;
  private reportedLine = 0;
  /** Date of the rows that follow, or empty before the first date row. */
  private date = '';

  constructor(context: ReadContext) {
    this.transcript = new Transcript(context, 'qq');
    this.dates = new QqDates(this.transcript);
    this.thread = new QqThread(this.transcript);
  }

  push(chunk: string): ReadBatch {
    this.buffer += chunk;
    this.scan(false);
    return this.transcript.take(this.newLines());
  }

  end(): ReadBatch {
    this.scan(true);
    if (this.place === 'html') this.row(this.buffer, this.line);
    this.drop(this.buffer.length);
    const batch = this.transcript.finish();
    batch.lineCount += this.newLines();
    return batch;
  }

  private scan(last: boolean): void {
    while (this.step(last)) {
      // Each step moves to another part.
    }
  }

  /** Works on the buffer as far as it goes. True when another part was entered. */
  private step(last: boolean): boolean {
    switch (this.place) {
      case 'file-head':
        return this.fileHead(last);
      case 'part-head':
        return this.partHead(last);
      case 'html':
        return this.html();
      case 'dropped':
        return this.dropped();
    }
  }

  private fileHead(last: boolean): boolean {
    const html = this.buffer.search(HTML_START);
    const boundary = BOUNDARY.exec(this.buffer);
    if (boundary !== null && (html < 0 || boundary.index < html)) {
      const lineEnd = this.buffer.indexOf('\n', boundary.index);
      if (lineEnd < 0 && !last) return false;
      this.delimiter = `--${boundary[1]!.trim()}`;
      this.drop(boundary.index + boundary[0].length);
      this.place = 'dropped';
      return true;
    }
    if (html >= 0) {
      this.place = 'html';
      return true;
    }
    if (this.buffer.length > MAX_HEAD_LENGTH) this.drop(this.buffer.length - 1024);
    return false;
  }

  /** The headers of a part: only the HTML part is read. */
  private partHead(last: boolean): boolean {
    const end = /\r?\n[ \t]*\r?\n/.exec(this.buffer);
    const html = this.buffer.search(HTML_START);
    if (end === null && html < 0 && this.buffer.length < MAX_HEAD_LENGTH && !last) return false;
    let length = end === null ? Math.min(this.buffer.length, MAX_HEAD_LENGTH) : end.index + end[0].length;
    // The blank line may be missing.
    if (html >= 0 && html < length) length = html;
    const isHtml = /content-type:\s*text\/html/i.test(this.buffer.slice(0, length));
    this.drop(length);
    this.place = isHtml ? 'html' : 'dropped';
    return true;
  }

  private html(): boolean {
    const next = this.delimiter === '' ? -1 : this.buffer.indexOf(this.delimiter);
    const limit = next < 0 ? this.buffer.length : next;
    let from = 0;
    let line = this.line;
    ROW_END.lastIndex = 0;
    for (let match = ROW_END.exec(this.buffer); match !== null; match = ROW_END.exec(this.buffer)) {
      const to = ROW_END.lastIndex;
      if (to > limit) break;
      this.row(this.buffer.slice(from, to), line);
      line += countLines(this.buffer, from, to);
      from = to;
    }
    if (next >= 0) {
      this.row(this.buffer.slice(from, next), line);
      this.drop(next + this.delimiter.length);
      this.place = 'part-head';
      return true;
    }
    this.drop(from);
    if (this.buffer.length > MAX_ROW_LENGTH) {
      this.transcript.skip('too-long', this.line, `${MAX_ROW_LENGTH}`);
      this.drop(this.buffer.length - this.delimiter.length);
    }
    return false;
  }

  private dropped(): boolean {
    const next = this.buffer.indexOf(this.delimiter);
    if (next >= 0) {
      this.drop(next + this.delimiter.length);
      this.place = 'part-head';
      return true;
    }
    // A delimiter may have begun at the end of the chunk.
    this.drop(Math.max(0, this.buffer.length - this.delimiter.length));
    return false;
  }

  /** @param firstLine Line of the first character of the row. */
  private row(html: string, firstLine: number): void {
    const message = MESSAGE.exec(html);
    if (message === null) {
      this.otherRow(html);
      return;
    }
    const line = firstLine + countLines(html, 0, message.index);
    const sender = decodeEntities(message[1]!).trim();
    const opened = this.thread.open(sender, line);
    const time = decodeEntities(message[2]!).trim();
    if (this.date !== '' && time !== '') this.dates.stamp(opened, this.date, time);
    for (const text of htmlToText(message[3]!).split('\n')) this.transcript.append(text.trim(), line);
    this.transcript.close();
  }

  /** A row of the head or a date; one row may hold several. */
  private otherRow(html: string): void {
    const category = CATEGORY_ROW.exec(html);
    if (category !== null) this.thread.enterCategory(decodeEntities(category[1]!));
    const peer = PEER_ROW.exec(html);
    if (peer !== null) {
      this.thread.enterPeer(decodeEntities(peer[1]!));
      this.date = '';
    }
    const date = DATE_ROW.exec(html);
    if (date !== null) this.date = decodeEntities(date[1]!).trim();
  }

  /** Forgets the first `length` characters of the buffer. */
  private drop(length: number): void {
    if (length <= 0) return;
    this.line += countLines(this.buffer, 0, length);
    this.buffer = this.buffer.slice(length);
  }

  private newLines(): number {
    const count = this.line - 1 - this.reportedLine;
    this.reportedLine = this.line - 1;
    return count;
  }
}

function countLines(text: string, from: number, to: number): number {
  let count = 0;
  for (let at = text.indexOf('\n', from); at >= 0 && at < to; at = text.indexOf('\n', at + 1)) count++;
  return count;
}
