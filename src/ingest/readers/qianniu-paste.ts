import { classify } from '../kinds.js';
import type { Head, Sniff, TextReader } from '../reader.js';
import { TimestampParser } from '../timestamps.js';
import { shopOfAccount } from './tmall-account.js';
import { TmallThread } from './tmall-thread.js';
import {
  cleanLine,
  type LineGrammar,
  looksLikeName,
  mayEndInClock,
  readLines,
  Transcript,
} from './transcript.js';

const TIMESTAMP = String.raw`\d{4}-\d{1,2}-\d{1,2} \d{1,2}:\d{2}:\d{2}`;
const HEADER = new RegExp(`^(.+?)(?: *--> *(.+?))?\\s*(${TIMESTAMP})$`);
const TIME_LINE = new RegExp(`^${TIMESTAMP}$`);
const NAME_LINE = /^(.+?)(?: *--> *(.+?))?$/;
/** Read receipts below a message. */
const STATUS = /^(?:已读|未读|发送中)$/;
const VISITOR = /^当前用户来自/;
const REASON = /^原因[:：]/;

/**
 * 千牛 client, chat copied and pasted: sender first.
 *
 * Based on public parsers and one sample of them: headers `who --> shop time` or `shop:who time`, the blank before the
 * time optional and no leading zeros, older ones on two lines (name, then time); read receipts below messages; notices
 * of recall, transfer and origin on lines of their own, without sender or time.
 */
export const qianniuPaste: TextReader = {
  id: 'qianniu-paste',
  platform: 'tmall',
  title: { zh: '千牛客户端复制的聊天', en: 'Chat pasted from the Qianniu client' },
  basis: 'parsers',
  input: 'text',

  sniff(head: Head): Sniff | null {
    let arrows = 0;
    let accounts = 0;
    let twoLine = 0;
    let before = '';
    for (const raw of head.lines) {
      const line = cleanLine(raw);
      const header = matchHeader(line);
      if (header !== null) {
        if (header[2] !== undefined) arrows++;
        else if (isSubAccount(header[1]!)) accounts++;
      } else if (TIME_LINE.test(line)) {
        const name = NAME_LINE.exec(before);
        if (name !== null && (name[2] !== undefined || isSubAccount(name[1]!))) twoLine++;
      }
      before = line;
    }
    if (arrows > 0) return { score: 0.95, why: `headers --> ${arrows}` };
    if (accounts > 0) return { score: 0.85, why: `headers shop:who-time ${accounts}` };
    return twoLine > 0 ? { score: 0.8, why: `name and time lines ${twoLine}` } : null;
  },

  read(chunks, context) {
    const transcript = new Transcript(context, 'tmall');
    return readLines(chunks, transcript, new QianniuPasteGrammar(transcript));
  },
};

function matchHeader(line: string): RegExpExecArray | null {
  return mayEndInClock(line) ? HEADER.exec(line) : null;
}

function isSubAccount(name: string): boolean {
  return looksLikeName(name) && /^[^:：\d][^:：]*[:：][^:：]+$/.test(name) && shopOfAccount(name) !== null;
}

class QianniuPasteGrammar implements LineGrammar {
  private readonly timestamps: TimestampParser;
  private readonly thread: TmallThread;
  /** A line that is a name if the next one is a time. */
  private held: { text: string; number: number } | null = null;
  private inTransfer = false;

  constructor(private readonly transcript: Transcript) {
    this.timestamps = new TimestampParser(transcript.context.zone);
    this.thread = new TmallThread(transcript);
  }

  line(raw: string, number: number): void {
    const line = cleanLine(raw);
    if (this.held !== null && TIME_LINE.test(line)) {
      const name = NAME_LINE.exec(this.held.text)!;
      const start = this.held.number;
      this.held = null;
      this.header(name[1]!, name[2] ?? null, line, start);
      return;
    }
    this.flushHeld();
    const header = matchHeader(line);
    if (
      header !== null &&
      (header[2] !== undefined || this.thread.knows(header[1]!) || looksLikeName(header[1]!))
    ) {
      this.header(header[1]!, header[2] ?? null, header[3]!, number);
    } else if (looksLikeName(line)) {
      this.held = { text: line, number };
    } else {
      this.body(line, number);
    }
  }

  end(): void {
    this.flushHeld();
  }

  private header(who: string, to: string | null, time: string, number: number): void {
    this.inTransfer = false;
    this.thread.open(who, to, this.timestamps.parse(time), number);
  }

  private flushHeld(): void {
    if (this.held === null) return;
    const { text, number } = this.held;
    this.held = null;
    this.body(text, number);
  }

  private body(line: string, number: number): void {
    const { transcript } = this;
    // The first line of a body is what somebody wrote, even if it is 已读.
    if (STATUS.test(line) && (transcript.current === null || !transcript.bodyIsEmpty)) return;
    if (transcript.current === null || !transcript.bodyIsEmpty) {
      const kind = classify(line);
      if (kind === 'recall' || kind === 'transfer' || VISITOR.test(line)) {
        this.inTransfer = kind === 'transfer';
        const notice = this.thread.notice(number);
        if (kind !== 'text') notice.kind = kind;
        transcript.append(line, number);
        transcript.close();
        return;
      }
      if (this.inTransfer && REASON.test(line)) {
        this.thread.notice(number);
        transcript.append(line, number);
        transcript.close();
        return;
      }
    }
    transcript.append(line, number);
  }
}
