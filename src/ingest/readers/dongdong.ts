import type { Message } from '../../model/message.js';
import type { Head, Sniff, TextReader } from '../reader.js';
import type { RoleDecision } from '../roles.js';
import { keyOfFile } from '../row-mapper.js';
import { TimestampParser } from '../timestamps.js';
import { detached } from '../units.js';
import { hasHtml, htmlLineToText } from './html-text.js';
import {
  cleanLine,
  type LineGrammar,
  looksLikeName,
  MAX_HEADER_LENGTH,
  mayEndInClock,
  readLines,
  type Speaker,
  type Thread,
  Transcript,
} from './transcript.js';

const START = /^\s*\/?\*{3,}\s*以下为一通会话\s*\*{3,}\/?$/;
const END =
  /^[\s/*]*(?:以上为一通会话|会话结束(?:_时间)?\s*[:：]?\s*(?:\d{4}-\d{2}-\d{2}[ T]\d{2}:\d{2}:\d{2})?)[\s/*]*$/;
const HEADER = /^\s*(\S.*?)\s+(\d{4}-\d{2}-\d{2}[ T]\d{2}:\d{2}:\d{2})$/;

const ID_SUFFIX = '@im.jd.com';
const MASKED = /\*{2,}/;
const ROBOT = /^jimi(?:_|$)/i;
/** `店铺-花名`, `某某自营--小丙`. */
const SHOP_PREFIX = /^(.{2,}?)-{1,2}([^-]+)$/;
const SHOP_WORD = /店|自营|官方|旗舰|专营|专卖|商城|京东|超市/;

const MASKED_CUSTOMER: RoleDecision = { role: 'customer', reason: 'masked-name' };
const JIMI: RoleDecision = { role: 'bot', reason: 'robot-name' };
const SHOP_AGENT: RoleDecision = { role: 'agent', reason: 'shop-prefix' };
/** Texts that are cards under anybody's name. */
const CARD = /^(?:\[商品快照\]|商品链接$|您选择了一个(?:订单|商品)进行咨询)/;

/**
 * 咚咚 / 京麦 chat LOG (.log, .txt).
 *
 * Based on several public parsers and their samples; no complete file was at hand. `以下为一通会话` between rules of `*`
 * begins a session; headers `who time`, with a blank before and TABs behind; pieces of HTML in bodies. An end mark
 * (`会话结束`, `以上为一通会话`) is accepted and not required.
 *
 * A session is an explicit conversation. Its customer is the masked name, or else the only party that is no agent or
 * robot; this is known at its end, so the messages of a session are held until then.
 */
export const dongdong: TextReader = {
  id: 'dongdong',
  platform: 'jd',
  title: { zh: '京东咚咚/京麦 LOG', en: 'JD Dongdong/Jingmai chat log' },
  basis: 'parsers',
  input: 'text',

  sniff(head: Head): Sniff | null {
    let headers = 0;
    for (const raw of head.lines) {
      const line = cleanLine(raw);
      if (isStart(line)) return { score: 1, why: 'mark 以下为一通会话' };
      const who = matchHeader(line)?.[1];
      if (who !== undefined && (MASKED.test(who) || ROBOT.test(who) || who.endsWith(ID_SUFFIX))) headers++;
    }
    return headers > 0 ? { score: 0.9, why: `headers of masked names or robots ${headers}` } : null;
  },

  read(chunks, context) {
    const transcript = new Transcript(context, 'jd');
    return readLines(chunks, transcript, new DongdongGrammar(transcript));
  },
};

function isStart(line: string): boolean {
  return line.length <= MAX_HEADER_LENGTH && START.test(line);
}

function matchHeader(line: string): RegExpExecArray | null {
  return mayEndInClock(line) ? HEADER.exec(line) : null;
}

class DongdongGrammar implements LineGrammar {
  private readonly timestamps: TimestampParser;
  private session: DongdongSession;
  private block = 0;

  constructor(private readonly transcript: Transcript) {
    this.timestamps = new TimestampParser(transcript.context.zone);
    this.session = new DongdongSession(transcript, false, 0);
  }

  line(raw: string, number: number): void {
    const line = cleanLine(raw);
    if (isStart(line)) {
      this.enter(true);
      return;
    }
    if (line.length <= MAX_HEADER_LENGTH && END.test(line)) {
      // As the whole text of a message it is one: the platform closes some sessions so.
      if (this.transcript.current !== null && this.transcript.bodyIsEmpty) this.closingNotice(line, number);
      this.enter(false);
      return;
    }
    const header = matchHeader(line);
    if (header !== null && this.isSpeaker(header[1]!)) {
      this.message(header[1]!, header[2]!, number);
      return;
    }
    this.body(line, number);
  }

  end(): void {
    this.transcript.close();
    this.session.settle();
  }

  /** Ends the session in hand and begins the next. What follows an end mark without a start mark is no session. */
  private enter(marked: boolean): void {
    this.transcript.close();
    this.session.settle();
    this.session = new DongdongSession(this.transcript, marked, ++this.block);
  }

  /** A body line may end in a timestamp as well: unknown speakers must look like a name. */
  private isSpeaker(who: string): boolean {
    const name = speakerName(who);
    return this.session.knows(name) || looksLikeName(name);
  }

  private message(who: string, time: string, number: number): void {
    this.transcript.close();
    const name = speakerName(who);
    if (this.session.endsBefore(name)) this.enter(false);
    this.session.open(name, time.replace('T', ' '), this.timestamps.parse(time), number);
  }

  private closingNotice(line: string, number: number): void {
    const message = this.transcript.current!;
    message.role = 'system';
    message.roleReason = 'system-text';
    message.kind = 'other';
    this.transcript.append(line.trim(), number);
  }

  private body(line: string, number: number): void {
    const text = line.includes('\uFEFF') ? line.replaceAll('\uFEFF', '') : line;
    const { current, bodyIsEmpty } = this.transcript;
    if (current !== null && bodyIsEmpty && CARD.test(text)) current.kind = 'card';
    if (!hasHtml(text)) {
      this.transcript.append(text, number);
      return;
    }
    for (const part of htmlLineToText(text).split('\n')) this.transcript.append(part.trim(), number);
  }
}

function speakerName(who: string): string {
  let name = who.replaceAll('\uFEFF', '').replaceAll('\u00a0', ' ').trim();
  if (name.endsWith(ID_SUFFIX)) name = name.slice(0, -ID_SUFFIX.length);
  return name;
}

/** One session, marked by the log or, in a log without marks, everything of one customer in a row. */
class DongdongSession implements Thread {
  key: string;
  session: string | null = null;
  customerId: string | null = null;
  readonly shop = null;
  private readonly speakers = new Map<string, Speaker>();
  private held: { message: Message; speaker: Speaker }[] = [];
  /** Time of the first message as written; with the customer it names the session. */
  private start = '';

  constructor(
    private readonly transcript: Transcript,
    private readonly marked: boolean,
    readonly block: number,
  ) {
    this.key = keyOfFile(transcript.context.file);
  }

  knows(name: string): boolean {
    return this.speakers.has(name);
  }

  /** True when a speaker can only belong to another customer's chat, in a log without marks. */
  endsBefore(name: string): boolean {
    return !this.marked && MASKED.test(name) && this.customerId !== null && this.customerId !== name;
  }

  open(name: string, time: string, atMs: number | null, line: number): void {
    if (this.start === '') this.start = time;
    const speaker = this.speakers.get(name) ?? this.meet(name);
    const message = this.transcript.start(speaker, this, atMs, line);
    this.held.push({ message, speaker });
    this.transcript.hold('session', () => this.settle());
  }

  private meet(name: string): Speaker {
    const own = detached(name);
    const speaker: Speaker = {
      id: own,
      name: own,
      role: this.transcript.context.roles.resolve({ id: own, name: own, stated: stated(own) }),
      shop: null,
      extra: null,
    };
    if (speaker.role.role === 'customer') this.customerId ??= own;
    this.speakers.set(own, speaker);
    return speaker;
  }

  /** Completes the held messages with what the session tells: its customer, and who the others are. */
  settle(): void {
    const others = [...this.speakers.values()];
    const unknown = others.filter(({ role }) => role.role === 'unknown');
    const hasShop = others.some(({ role }) => role.role === 'agent' || role.role === 'bot');
    if (this.customerId === null && unknown.length === 1 && hasShop) this.customerId = unknown[0]!.name;
    const peer = this.customerId;
    for (const speaker of others) {
      const { id, name } = speaker;
      if (speaker.role.role === 'unknown' && peer !== null) {
        speaker.role = this.transcript.context.roles.resolve({ id, name, peer, twoParty: true });
      }
      if (speaker.role.role === 'agent') speaker.shop = SHOP_PREFIX.exec(name)?.[1] ?? null;
    }
    if (peer !== null) this.key = peer;
    if (this.marked) this.session ??= `${this.key}@${this.start.replace(' ', 'T')}`;
    for (const { message, speaker } of this.held) this.complete(message, speaker);
    this.held = [];
    this.transcript.release('session');
  }

  private complete(message: Message, speaker: Speaker): void {
    message.conversationKey = this.key;
    message.session = this.session;
    message.customerId = this.customerId;
    message.shop = speaker.shop;
    // A notice or auto reply has been recognised by its text meanwhile.
    if (message.role !== 'unknown') return;
    message.role = speaker.role.role;
    message.roleReason = speaker.role.reason;
  }
}

/** What a JD name itself states. */
function stated(name: string): RoleDecision | null {
  if (ROBOT.test(name)) return JIMI;
  if (MASKED.test(name)) return MASKED_CUSTOMER;
  const shop = SHOP_PREFIX.exec(name)?.[1];
  return shop !== undefined && SHOP_WORD.test(shop) ? SHOP_AGENT : null;
}
