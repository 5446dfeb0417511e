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
  MAX_HEADER_LENGTH,
  readLines,
  type Speaker,
  type Thread,
  Transcript,
} from './transcript.js';

const CUSTOMER = /^-{20,}(.+?)-{20,}$/;
/** Two spaces stand before a text, one before a card: both belong to the header. */
const HEADER = /^(.+?)\((\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2})\):(?: {1,2}(.*))?$/s;
const DATE_LINE = /^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}$/;
const RULE = /^={20,}$/;
const SECTION = /^\s*(单聊|群聊)\s*$/;

/**
 * 阿里旺旺 / 千牛 client, layout B: the batch export by account.
 *
 * Based on lines of real exports and two public parsers: the exporting account on line 1, banners 单聊 and 群聊 between
 * rules of `=`, a line of dashes with the customer's nickname above each customer's messages, headers `who(time):`.
 * Usually GBK with broken bytes.
 *
 * In 单聊 the name in the dash line is the customer and everybody else is the shop's side; in 群聊 the dash line names a
 * group, so only sub-accounts and the like are told.
 */
export const wangwangB: TextReader = {
  id: 'wangwang-b',
  platform: 'tmall',
  title: { zh: '旺旺/千牛 批量导出 TXT', en: 'Wangwang/Qianniu batch export, TXT' },
  basis: 'real',
  input: 'text',

  sniff(head: Head): Sniff | null {
    let headers = 0;
    let customers = 0;
    for (const raw of head.lines) {
      const line = cleanLine(raw);
      if (line.endsWith('-')) customers += customerOf(line) === undefined ? 0 : 1;
      else if (HEADER.test(line)) headers++;
    }
    if (headers === 0) return null;
    return customers > 0
      ? { score: 0.98, why: `dash lines ${customers}, headers who(time): ${headers}` }
      : { score: 0.85, why: `headers who(time): ${headers}` };
  },

  read(chunks, context) {
    const transcript = new Transcript(context, 'tmall');
    return readLines(chunks, transcript, new WangwangBGrammar(transcript));
  },
};

/** The name in a line of dashes. */
function customerOf(line: string): string | undefined {
  return line.length > MAX_HEADER_LENGTH ? undefined : CUSTOMER.exec(line)?.[1];
}

class WangwangBGrammar implements LineGrammar {
  private readonly timestamps: TimestampParser;
  private readonly thread: Thread;
  private speakers = new Map<string, Speaker>();
  private inGroups = false;
  /** A rule inside a body: part of the text, unless a banner follows. */
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
      this.transcript.close();
      this.transcript.skip('too-long', number, `${raw.length}`);
      return;
    }
    const header = HEADER.exec(line);
    if (header !== null) {
      this.message(header[1]!, header[2]!, header[3] ?? '', number);
      return;
    }
    if (this.structure(line, number, afterRule)) return;
    this.transcript.append(line, number);
  }

  end(): void {
    this.flushRule();
  }

  private flushRule(): void {
    if (this.heldRule !== null) this.transcript.append(this.heldRule.text, this.heldRule.number);
    this.heldRule = null;
  }

  private message(who: string, time: string, body: string, number: number): void {
    let speaker = this.speakers.get(who);
    if (speaker === undefined) {
      const account = accountName(who);
      speaker = tmallSpeaker(account, this.transcript.context.roles, this.thread.customerId);
      this.speakers.set(detached(who), speaker);
    }
    this.transcript.start(speaker, this.thread, this.timestamps.parse(time), number);
    if (body !== '') this.transcript.append(body, number);
  }

  /** Lines that are neither header nor text. */
  private structure(line: string, number: number, afterRule: boolean): boolean {
    if (line.startsWith('-')) {
      const name = customerOf(line);
      if (name === undefined) return false;
      this.enterThread(accountName(name));
      return true;
    }
    if (line.startsWith('=') && RULE.test(line)) {
      if (this.transcript.current !== null) this.heldRule = { text: line, number };
      return true;
    }
    const section = afterRule || this.transcript.current === null ? SECTION.exec(line)?.[1] : undefined;
    if (section !== undefined) {
      this.transcript.close();
      this.inGroups = section === '群聊';
      return true;
    }
    // The client writes the time of a contact's first message on a line of its own.
    if (DATE_LINE.test(line)) return true;
    // The exporting account.
    return number === 1 && looksLikeName(line);
  }

  private enterThread(name: string): void {
    this.transcript.close();
    this.speakers = new Map();
    this.thread.key = name;
    this.thread.customerId = this.inGroups ? null : name;
    this.thread.block++;
  }
}
