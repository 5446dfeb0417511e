import type { Message } from '../../model/message.js';
import { kindOfWord } from '../kinds.js';
import type { Head, Sniff, TextReader } from '../reader.js';
import { QqDates } from './qq-dates.js';
import { QqThread } from './qq-thread.js';
import { cleanLine, type LineGrammar, readLines, Transcript } from './transcript.js';

const SIGNATURE = /^\[QQChatExporter\b/;
const SENDER = /^(?:\[([^\]]*)\] ?)?(.+?)[:：]$/;
const TIME = /^时间[:：] ?(\d{4}-\d{2}-\d{2}) (\d{2}:\d{2}:\d{2})$/;
const TYPE = /^类型[:：] ?(.*)$/;
const CONTENT = /^内容[:：] ?(.*)$/;
const RESOURCES = /^资源[:：] ?\d+ ?个文件/;
const RESOURCE_ITEM = /^[ \t]/;
const SYSTEM_TYPE = /^(?:system|系统)/i;
const REPLY = /^回复[:：] ?\d{2}-\d{2} \d{2}:\d{2} /;
const FOOTER = /^总计导出 ?(\d+) ?条消息/;
const NAME = /^聊天名称[:：] ?(.*)$/;
const CHAT_TYPE = /^聊天类型[:：] ?(.*)$/;
const TOTAL = /^消息总数[:：] ?(\d+)/;

/**
 * QQChatExporter (QQNT) → TXT.
 *
 * Based on the exporter's own source: a banner, then per message the sender, 时间, optionally 类型, 内容 (raw, may be many
 * lines), 资源 and 回复, and a footer with the number of messages, which tells a truncated file.
 */
export const qceTxt: TextReader = {
  id: 'qce-txt',
  platform: 'qq',
  title: { zh: 'QQChatExporter TXT', en: 'QQChatExporter, TXT' },
  basis: 'parsers',
  input: 'text',

  sniff(head: Head): Sniff | null {
    for (const line of head.lines.slice(0, 5)) {
      if (SIGNATURE.test(cleanLine(line))) return { score: 1, why: 'banner QQChatExporter' };
    }
    const times = head.lines.filter(
      (line, index) => TIME.test(line) && SENDER.test(head.lines[index - 1] ?? ''),
    );
    const contents = head.lines.some((line) => CONTENT.test(line));
    return times.length > 0 && contents ? { score: 0.9, why: `时间:/内容: ${times.length}` } : null;
  },

  read(chunks, context) {
    const transcript = new Transcript(context, 'qq');
    return readLines(chunks, transcript, new QceGrammar(transcript));
  },
};

/** Where a line stands: the banner, the lines between sender and 内容, the text, and what follows it. */
type Place = 'banner' | 'fields' | 'content' | 'after' | 'footer';

class QceGrammar implements LineGrammar {
  private readonly dates: QqDates;
  private readonly thread: QqThread;
  private place: Place = 'banner';
  /** The last line: a sender, if the next is a 时间 line. */
  private held: { text: string; number: number } | null = null;
  private current: { message: Message; type: string } | null = null;
  private count = 0;
  private announced: number | null = null;

  constructor(private readonly transcript: Transcript) {
    this.dates = new QqDates(transcript);
    this.thread = new QqThread(transcript);
  }

  line(raw: string, number: number): void {
    const line = cleanLine(raw);
    const time = TIME.exec(line);
    const sender = time !== null && this.held !== null ? SENDER.exec(this.held.text) : null;
    if (sender !== null) {
      this.openMessage(sender, time!, this.held!.number);
      return;
    }
    this.flushHeld();
    this.held = { text: line, number };
  }

  end(): void {
    this.flushHeld();
    this.closeMessage();
    if (this.announced !== null && this.announced !== this.count) {
      const { file } = this.transcript.context;
      this.transcript.context.notice('truncated-export', {
        file,
        announced: this.announced,
        found: this.count,
      });
    }
  }

  private openMessage(sender: RegExpExecArray, time: RegExpExecArray, number: number): void {
    this.closeMessage();
    this.held = null;
    const name = sender[1] === undefined ? sender[2]! : `【${sender[1]}】${sender[2]}`;
    const message = this.thread.open(name === '0' ? '系统消息' : name, number);
    this.dates.stamp(message, time[1]!, time[2]!);
    this.current = { message, type: '' };
    this.count++;
    this.place = 'fields';
  }

  /** The exporter's own word for the type, where the text itself does not tell. */
  private closeMessage(): void {
    if (this.current === null) return;
    const { message, type } = this.current;
    this.current = null;
    this.transcript.close();
    if (type === '') return;
    if (message.kind === 'text') message.kind = kindOfWord(type) ?? 'text';
    if (SYSTEM_TYPE.test(type) && message.role !== 'system') {
      message.role = 'system';
      message.roleReason = 'stated';
    }
  }

  private flushHeld(): void {
    if (this.held === null) return;
    const { text, number } = this.held;
    this.held = null;
    const footer = FOOTER.exec(text);
    if (footer !== null) {
      this.closeMessage();
      this.announced = Number(footer[1]);
      this.place = 'footer';
      return;
    }
    switch (this.place) {
      case 'banner':
        this.banner(text);
        return;
      case 'fields':
        this.field(text, number);
        return;
      case 'content':
        if (RESOURCES.test(text) || REPLY.test(text)) this.place = 'after';
        else this.transcript.append(text, number);
        return;
      case 'after':
        if (text !== '' && !RESOURCE_ITEM.test(text) && !RESOURCES.test(text) && !REPLY.test(text)) {
          this.transcript.append(text, number);
        }
        return;
      case 'footer':
        return;
    }
  }

  private banner(text: string): void {
    const name = NAME.exec(text)?.[1];
    if (name !== undefined) this.thread.enterPeer(name);
    const type = CHAT_TYPE.exec(text)?.[1];
    if (type !== undefined) this.thread.enterCategory(/群|group/.test(type) ? '群聊' : '私聊');
    const total = TOTAL.exec(text)?.[1];
    if (total !== undefined) this.announced = Number(total);
  }

  private field(text: string, number: number): void {
    const type = TYPE.exec(text)?.[1];
    if (type !== undefined) {
      this.current!.type = type;
      return;
    }
    const content = CONTENT.exec(text);
    if (content === null) {
      if (RESOURCES.test(text) || REPLY.test(text)) this.place = 'after';
      return;
    }
    this.place = 'content';
    this.transcript.append(content[1]!, number);
  }
}
