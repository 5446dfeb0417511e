import type { Head, Sniff, TextReader } from '../reader.js';
import { BLANK, DATE, QqDates, TIME } from './qq-dates.js';
import { QqThread } from './qq-thread.js';
import { cleanLine, type LineGrammar, looksLikeName, readLines, Transcript } from './transcript.js';

const BANNER = /^消息记录[（(]此消息记录为文本格式[，,]\s*不支持重新导入[）)]/;
const RULE = /^={40,}$/;
const CATEGORY = /^消息分组[:：](.*)$/;
const PEER = /^消息对象[:：](.*)$/;
const HEADER = new RegExp(`^(${DATE})${BLANK}+(${TIME})(?:${BLANK}+(\\S.*))?$`);
/** A sender that can be none but a sender: with its number or mail address. */
const MARKED_SENDER = /(?:\(\d{5,12}\)|<[^<>\s]+@[^<>\s]+>)$/;
/** Notices that stand below a timestamp without a sender. */
const NOTICE =
  /撤回了一条消息|加入(?:了)?本群|退出(?:了)?本群|被.{1,40}移出(?:了)?本群|共同好友|点击添加好友|最新版手机QQ|成为(?:了)?好友|修改(?:了)?群名/;

/**
 * PC QQ 导出消息记录 → TXT.
 *
 * Based on fragments of real exports and on what several public parsers accept: the banner line with full-width
 * punctuation, rules of 64 `=` around 消息分组 and 消息对象, headers `date time sender`, one blank line between messages.
 * Header lines without seconds are tolerated by inference.
 */
export const qqTxt: TextReader = {
  id: 'qq-txt',
  platform: 'qq',
  title: { zh: 'QQ 消息记录 TXT', en: 'PC QQ chat history, TXT' },
  basis: 'real',
  input: 'text',

  sniff(head: Head): Sniff | null {
    let headers = 0;
    for (const raw of head.lines) {
      const line = cleanLine(raw);
      if (BANNER.test(line)) return { score: 1, why: 'banner 消息记录' };
      const match = HEADER.exec(line);
      if (match?.[3] !== undefined && MARKED_SENDER.test(match[3])) headers++;
    }
    const peer = head.lines.some((line) => PEER.test(cleanLine(line)));
    if (peer && headers > 0) return { score: 0.95, why: `消息对象, headers ${headers}` };
    return headers > 0 ? { score: 0.7, why: `headers date-time-sender ${headers}` } : null;
  },

  read(chunks, context) {
    const transcript = new Transcript(context, 'qq');
    return readLines(chunks, transcript, new QqTxtGrammar(transcript));
  },
};

/** What the line before was, as far as the next one depends on it. */
type Before = 'blank' | 'rule' | 'key' | 'text';

class QqTxtGrammar implements LineGrammar {
  private readonly dates: QqDates;
  private readonly thread: QqThread;
  private before: Before = 'blank';
  /** False in a file that an editor has stripped of its blank lines. */
  private blankSeen = false;
  /** A line whose meaning the next one tells: a rule, or a timestamp without sender. */
  private held: { text: string; number: number; header: RegExpExecArray | null } | null = null;

  constructor(private readonly transcript: Transcript) {
    this.dates = new QqDates(transcript);
    this.thread = new QqThread(transcript);
  }

  line(raw: string, number: number): void {
    const line = cleanLine(raw);
    if (this.held !== null) this.resolveHeld(line);
    this.before = this.read(line, number);
  }

  end(): void {
    this.dropHeldIntoBody();
  }

  private read(line: string, number: number): Before {
    if (line === '') {
      this.blankSeen = true;
      this.transcript.append('', number);
      return 'blank';
    }
    const code = line.charCodeAt(0);
    if (code >= 0x30 && code <= 0x39) return this.digitLine(line, number);
    if (code === 0x3d && RULE.test(line)) {
      // A rule closes the key line above it; otherwise it opens a block only if a key line follows.
      if (this.before !== 'key') this.held = { text: line, number, header: null };
      return 'rule';
    }
    if (code === 0x6d88) {
      if (this.before === 'rule' || this.transcript.current === null) {
        const key = CATEGORY.exec(line) ?? PEER.exec(line);
        if (key !== null) return this.key(line, key[1]!);
      }
      if (BANNER.test(line)) {
        this.transcript.close();
        return 'key';
      }
    }
    this.transcript.append(line, number);
    return 'text';
  }

  private key(line: string, value: string): Before {
    this.transcript.close();
    if (line.startsWith('消息分组')) this.thread.enterCategory(value);
    else this.thread.enterPeer(value);
    return 'key';
  }

  /** A header, or text that begins with a digit. */
  private digitLine(line: string, number: number): Before {
    const match = HEADER.exec(line);
    if (match !== null) {
      const sender = match[3];
      if (sender === undefined) {
        if (this.before !== 'text') {
          this.held = { text: line, number, header: match };
          return 'text';
        }
      } else if (this.before !== 'text' || this.isSurelySender(sender)) {
        this.header(match, sender, number);
        return 'text';
      }
    }
    this.transcript.append(line, number);
    return 'text';
  }

  /** Without a blank line above, a timestamp with some words behind it may be text. */
  private isSurelySender(sender: string): boolean {
    return (
      MARKED_SENDER.test(sender) || this.thread.knows(sender) || (!this.blankSeen && looksLikeName(sender))
    );
  }

  private header(match: RegExpExecArray, sender: string, number: number): void {
    this.dates.stamp(this.thread.open(sender, number), match[1]!, match[2]!);
  }

  private resolveHeld(next: string): void {
    const { header, number } = this.held!;
    if (header !== null && NOTICE.test(next)) {
      this.held = null;
      this.header(header, '系统消息', number);
    } else if (header === null && (CATEGORY.test(next) || PEER.test(next))) {
      this.held = null;
    } else {
      this.dropHeldIntoBody();
    }
  }

  private dropHeldIntoBody(): void {
    if (this.held === null) return;
    const { text, number } = this.held;
    this.held = null;
    this.before = 'text';
    this.transcript.append(text, number);
  }
}
