import type { Message } from '../../model/message.js';
import { isCutLine } from '../lines.js';
import type { Head, Sniff, TextReader } from '../reader.js';
import { keyOfFile } from '../row-mapper.js';
import { TimestampParser } from '../timestamps.js';
import { detached } from '../units.js';
import { accountName, tmallSpeaker } from './tmall-account.js';
import {
  cleanLine,
  type LineGrammar,
  looksLikeName,
  readLines,
  type Speaker,
  type Thread,
  Transcript,
} from './transcript.js';

const TIMED = /^(\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}) (\S.*)$/s;
/** The layout of 2014 repeats the clock behind the name, which makes the split certain. */
const WITH_CLOCK = /^(.+?)\(\d{2}:\d{2}:\d{2}\):(?: (.*))?$/s;
const DATE_LINE = /^\d{4}-\d{2}-\d{2}$/;
const RULE = /^={4,}$/;
const SECTION = /^[=\s]*(即时消息|文件记录)[=\s]*$/;
const SYSTEM_BODY = /^系统(?:提示|提醒)(?:[:：，,\s]|$)/;

/**
 * 阿里旺旺 client, layout A: the export of one contact.
 *
 * Based on a line of a real export and two public parsers: the contact on line 1, sections 即时消息 and 文件记录, date
 * lines, messages `date time who(clock): text` (2014) or `date time who: text` (2017). Several contacts in one file by
 * inference.
 *
 * An account may contain a colon (`店铺:子账号`), so the layout without the clock is split at the name of a speaker that is
 * known, else at the first colon that a blank or the end follows. A line that has neither is split behind two names or
 * one, by inference.
 */
export const wangwangA: TextReader = {
  id: 'wangwang-a',
  platform: 'tmall',
  title: { zh: '旺旺 单个联系人 TXT', en: 'Wangwang single contact, TXT' },
  basis: 'parsers',
  input: 'text',

  sniff(head: Head): Sniff | null {
    let certain = 0;
    let likely = 0;
    let section = false;
    for (const raw of head.lines) {
      const line = cleanLine(raw);
      const rest = TIMED.exec(line)?.[2];
      if (rest === undefined) section ||= SECTION.test(line);
      else if (WITH_CLOCK.test(rest)) certain++;
      else if (splitAtBlank(rest) !== null) likely++;
    }
    if (certain + likely === 0) return null;
    const why = `headers date-time-who: ${certain + likely}`;
    if (section) return { score: 0.98, why: `section 即时消息, ${why}` };
    return { score: certain > 0 ? 0.9 : 0.6, why };
  },

  read(chunks, context) {
    const transcript = new Transcript(context, 'tmall');
    return readLines(chunks, transcript, new WangwangAGrammar(transcript));
  },
};

interface Split {
  who: string;
  body: string;
}

/** At the first colon that a blank or the end of the line follows, when a name stands before it. */
function splitAtBlank(rest: string): Split | null {
  const match = /^(.+?):(?: (.*))?$/s.exec(rest);
  return match !== null && looksLikeName(match[1]!) ? { who: match[1]!, body: match[2] ?? '' } : null;
}

class WangwangAGrammar implements LineGrammar {
  private readonly timestamps: TimestampParser;
  private readonly thread: Thread;
  /** Speakers as written. */
  private readonly speakers = new Map<string, Speaker>();
  private contact: string | null = null;
  private inFiles = false;
  private current: Message | null = null;
  /** Names that may stand before a colon, the longest first: `店` must not win over `店:小美`. */
  private names: string[] = [];
  /** A rule inside a body: part of the text, unless a section follows. */
  private heldRule: { text: string; number: number } | null = null;

  constructor(private readonly transcript: Transcript) {
    const { zone, file } = transcript.context;
    this.timestamps = new TimestampParser(zone);
    this.thread = { key: keyOfFile(file), session: null, customerId: null, shop: null, block: 0 };
  }

  line(raw: string, number: number): void {
    const line = cleanLine(raw);
    const afterRule = this.heldRule !== null;
    if (!SECTION.test(line)) this.flushRule();
    this.heldRule = null;
    if (isCutLine(raw)) {
      this.closeMessage();
      this.transcript.skip('too-long', number, `${raw.length}`);
      return;
    }
    const timed = TIMED.exec(line);
    const split = timed === null ? null : this.split(timed[2]!);
    if (split !== null) {
      this.message(split, timed![1]!, number);
      return;
    }
    if (this.structure(line, number, afterRule)) return;
    this.transcript.append(line, number);
  }

  end(): void {
    this.flushRule();
    this.closeMessage();
  }

  private flushRule(): void {
    if (this.heldRule !== null) this.transcript.append(this.heldRule.text, this.heldRule.number);
    this.heldRule = null;
  }

  private split(rest: string): Split | null {
    const clock = WITH_CLOCK.exec(rest);
    if (clock !== null) return { who: clock[1]!, body: clock[2] ?? '' };
    for (const who of this.names) {
      if (rest.startsWith(who) && rest.charAt(who.length) === ':') {
        return { who, body: rest.slice(who.length + 1).replace(/^ /, '') };
      }
    }
    const blank = splitAtBlank(rest);
    if (blank !== null) return blank;
    // No blank behind any colon: a sub-account has one of its own, the contact has none.
    const names =
      /^([^:]{1,40}:[^:]{1,20}):([^\s/].*)$/s.exec(rest) ?? /^([^:]{1,40}):([^\s/].*)$/s.exec(rest);
    return names !== null && looksLikeName(names[1]!) ? { who: names[1]!, body: names[2]! } : null;
  }

  private message({ who, body }: Split, time: string, number: number): void {
    this.closeMessage();
    let speaker = this.speakers.get(who);
    if (speaker === undefined) {
      speaker = tmallSpeaker(accountName(who), this.transcript.context.roles, this.contact);
      this.speakers.set(detached(who), speaker);
      this.learn(who);
    }
    this.current = this.transcript.start(speaker, this.thread, this.timestamps.parse(time), number);
    if (body !== '') this.transcript.append(body, number);
  }

  private closeMessage(): void {
    const message = this.current;
    if (message === null) return;
    this.current = null;
    this.transcript.close();
    if (SYSTEM_BODY.test(message.text)) {
      message.role = 'system';
      message.roleReason = 'system-text';
    }
    if (this.inFiles && message.kind === 'text') message.kind = 'file';
  }

  /** Lines that are neither header nor text. */
  private structure(line: string, number: number, afterRule: boolean): boolean {
    const section = SECTION.exec(line)?.[1];
    if (section !== undefined && (afterRule || line.includes('=') || this.current === null)) {
      this.closeMessage();
      this.inFiles = section === '文件记录';
      return true;
    }
    if (RULE.test(line)) {
      if (this.current !== null) this.heldRule = { text: line, number };
      return true;
    }
    if (DATE_LINE.test(line)) return true;
    if (number === 1 && line !== '' && looksLikeName(line)) {
      this.enterContact(accountName(line));
      return true;
    }
    return false;
  }

  private enterContact(name: string): void {
    this.contact = name;
    this.thread.key = name;
    this.thread.customerId = name;
    this.learn(name);
  }

  private learn(name: string): void {
    this.names.push(detached(name));
    this.names.sort((a, b) => b.length - a.length);
  }
}
