import type { MessageKind, Platform } from '../model/message.js';
import type { SkipReason } from '../model/skip.js';
import { automaticRole } from './automatic-texts.js';
import { platformOfWord, roleOfFlag, roleOfWord } from './columns.js';
import { classify, kindOfWord } from './kinds.js';
import type { ReadBatch, ReadContext } from './reader.js';
import type { RoleDecision } from './roles.js';
import { type DateOrder, TimestampParser } from './timestamps.js';
import { detached } from './units.js';

/** One raw record by field, '' where it has none. One object is filled again for every record. */
export class RowValues {
  time = '';
  date = '';
  role = '';
  speaker = '';
  speakerName = '';
  /** To whom it was sent, where no field says whose conversation it is. */
  receiver = '';
  text = '';
  conversation = '';
  session = '';
  customer = '';
  agent = '';
  id = '';
  kind = '';
  shop = '';
  platform = '';
  /** True where `role` is a yes or no: did the shop's side send this? */
  roleIsFlag = false;
}

export interface RowMapperOptions {
  platform: Platform | null;
  /** Thread of records that name none: one conversation per file or sheet. */
  defaultKey: string;
  /** Date for times without one, `2026-03-01`, or null. */
  defaultDate: string | null;
  dateOrder: DateOrder;
  /** Kinds by the format's own type codes, before the common words. */
  kindCodes?: Readonly<Record<string, MessageKind>>;
  /** Type codes and words that mark messages of the system. */
  systemCodes?: ReadonlySet<string>;
}

/** What a word of the role field says, decided once a word. */
interface RoleWord {
  /** A side (客服, 买家): a robot's name may still say otherwise. */
  side: RoleDecision | null;
  /** A robot or the system, stated. */
  stated: RoleDecision | null;
  speakers: Map<string, SpeakerEntry>;
}

interface SpeakerEntry {
  id: string;
  name: string;
  role: RoleDecision;
  shop: string | null;
}

/** What all messages of one speaker in one conversation have in common. */
export interface Attribution {
  conversationKey: string;
  session: string | null;
  role: RoleDecision;
  speakerId: string;
  speakerName: string;
  platform: Platform | null;
  shop: string | null;
  customerId: string | null;
  /** What the record says of its kind, before its text is looked at. */
  kind: MessageKind | null;
  /** Thread of a record that names none and comes next; null where it stays what it was. */
  thread: string | null;
  /** True where the thread is that of the record before: the same fields may mean another one elsewhere. */
  carried: boolean;
}

const SYSTEM_WORDS: ReadonlySet<string> = new Set(['system', '系统', '系统消息', '系统通知']);

/**
 * Beyond this many, remembered names are forgotten and met anew, so that memory does not grow with the input. What is met
 * again comes soon: tables that stay small, and near the processor, are worth more than those that forget less.
 */
const CACHE_LIMIT = 2000;

/** Cells that stand for "nothing" in exports and in tables saved by pandas. */
const MISSING = /^(?:-+|\/|nan|nat|null|none|n\/a|无|空|\\n)$/iu;
const TIME_ONLY =
  /^'?\s*(?:(?:上午|下午|凌晨|早上|中午|晚上)\s*)?\d{1,2}:\d{2}(?::\d{2})?(?:\s*[AaPp][Mm])?$/u;
const DATE_ONLY =
  /^'?\s*(?:\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?|\d{1,2}[-/]\d{1,2}[-/]\d{4}|\d{8})(?:[ T]00:00:00)?$/u;

/**
 * Makes messages of records whose fields have been recognised: rows of tables and objects of JSON. All formats with
 * named fields go through here, so that one chat is the same chat whatever table it stands in.
 *
 * Built for millions of rows: what depends on a speaker, a role word or a customer is decided once and remembered.
 */
export class RowMapper {
  readonly values = new RowValues();

  private readonly timestamps: TimestampParser;
  private readonly roleWords = new Map<string, RoleWord>();
  private readonly flags = new Map<string, RoleWord>();
  private readonly names = new Map<string, string>();
  private readonly noticed = new Set<string>();
  private readonly keys = new Map<string, string>();
  private lastKey = '';

  constructor(
    private readonly context: ReadContext,
    private readonly options: RowMapperOptions,
  ) {
    this.timestamps = new TimestampParser(context.zone, options.dateOrder);
  }

  /**
   * Adds the record in `values` to a batch, as a message or as a skip with its reason.
   *
   * @param line 1-based line or row of the record
   * @param extra fields that are not used, for `convert`
   */
  add(batch: ReadBatch, line: number, extra: Record<string, unknown> | null = null): void {
    const { values } = this;
    // Line ends inside a text are one character, as in all other formats.
    const text = values.text.indexOf('\r') < 0 ? values.text : values.text.replace(/\r\n?/g, '\n');
    let kind = values.kind === '' ? null : this.kindOf(values.kind);
    if (kind === null || kind === 'text') kind = classify(text);
    if (kind === 'text' && isBlank(text)) {
      this.reject(batch, isEmpty(values) ? 'empty-record' : 'no-text', line, '');
      return;
    }
    const atMs = this.timeOf(values);
    if (atMs === undefined) {
      const detail = values.date === '' ? values.time : `${values.date} ${values.time}`;
      this.reject(batch, 'bad-time', line, detail);
      return;
    }
    this.push(batch, this.attribution(), text, kind, atMs, line, extra);
  }

  /**
   * Adds a message whose parts are known.
   *
   * @param text with `\n` as the only line end
   * @param kind told by the record and by the text
   */
  push(
    batch: ReadBatch,
    by: Attribution,
    text: string,
    kind: MessageKind,
    atMs: number | null,
    line: number,
    extra: Record<string, unknown> | null,
  ): void {
    if (by.thread !== null) this.lastKey = by.thread;
    const { id } = this.values;
    const { role, reason } = automaticRole(text, kind) ?? by.role;
    batch.recordCount++;
    // As `createMessage` does, without an object to be thrown away for each.
    batch.messages.push({
      id: id === '' ? null : cleanId(id),
      conversationKey: by.conversationKey,
      session: by.session,
      role,
      roleReason: reason,
      speakerId: by.speakerId,
      speakerName: by.speakerName,
      atMs,
      text,
      kind,
      platform: by.platform,
      shop: by.shop,
      customerId: by.customerId,
      source: { file: this.context.file, line },
      block: 0,
      extra,
    });
  }

  /**
   * Whose the record in `values` is. Depends on all of its fields but time, date, text and id, and, where it says so, on
   * the record before.
   */
  attribution(): Attribution {
    const { values, options } = this;
    const customer = values.customer === '' ? '' : this.nameOf(values.customer);
    const speaker = this.speakerOf(values, customer);
    const receiver = values.receiver === '' ? '' : this.nameOf(values.receiver);
    const role = customer === '' && receiver !== '' ? this.roleBeside(speaker, receiver) : speaker.role;
    const session = values.session === '' ? '' : this.keyOf(values.session);
    let thread = values.session === '' ? null : session;
    let conversationKey = session;
    let carried = false;
    if (session === '') {
      if (values.conversation !== '') {
        conversationKey = this.keyOf(values.conversation);
        thread = conversationKey;
      } else if (customer !== '') {
        conversationKey = customer;
        thread = customer;
      } else if (receiver !== '') {
        conversationKey = pairOf(speaker.id, role, receiver);
      } else {
        // A notice between two messages often names nobody.
        conversationKey = (thread ?? this.lastKey) || options.defaultKey;
        carried = thread === null;
      }
    }
    return {
      conversationKey,
      session: session === '' ? null : session,
      role,
      speakerId: speaker.id,
      speakerName: speaker.name,
      platform: options.platform ?? (values.platform === '' ? null : platformOfWord(values.platform)),
      shop: values.shop === '' ? speaker.shop : this.nameOf(values.shop),
      customerId: customer === '' ? null : customer,
      kind: values.kind === '' ? null : this.kindOf(values.kind),
      thread,
      carried,
    };
  }

  /** The instant of a time cell that is a stretch of a text, or null where it takes more to read it. */
  timeAt(units: Uint16Array, start: number, end: number, text: string): number | null {
    return this.timestamps.parseUnits(units, start, end, text);
  }

  /** Adds a record that cannot be used. */
  reject(batch: ReadBatch, reason: SkipReason, line: number, detail: string): void {
    batch.recordCount++;
    batch.skips.push({ reason, file: this.context.file, line, detail: detail.slice(0, 80) });
  }

  private noticeOnce(code: string, data: Record<string, string | number | string[]>): void {
    const key = `${code} ${JSON.stringify(data)}`;
    // A column of anything can be mapped to `role`; a hundred remarks say no more than five.
    if (this.noticed.has(key) || this.noticed.size >= 8) return;
    this.noticed.add(key);
    this.context.notice(code, data);
  }

  /** The instant, null where the record has none, undefined where what it has is no time. */
  private timeOf(values: RowValues): number | null | undefined {
    const { time, date } = values;
    if (date === '') {
      if (time === '') return null;
      return this.timestamps.parse(time) ?? this.oddTime(time);
    }
    const day = /^'?\s*(\S+?)(?:[ T]00:00:00(?:\.0+)?)?\s*$/u.exec(date)?.[1] ?? date;
    const clock = time.startsWith("'") ? time.slice(1).trim() : time.trim();
    // Both columns may hold the whole timestamp.
    return this.timestamps.parse(`${day} ${clock}`) ?? this.timestamps.parse(time) ?? this.oddTime(clock);
  }

  private oddTime(time: string): number | null | undefined {
    const plain = time.trim();
    if (plain === '' || isMissing(plain)) return null;
    if (TIME_ONLY.test(plain)) {
      const { defaultDate } = this.options;
      this.noticeOnce(defaultDate === null ? 'time-without-date' : 'date-assumed', {
        file: this.context.file,
        ...(defaultDate === null ? {} : { date: defaultDate }),
      });
      return defaultDate === null ? null : (this.timestamps.parse(`${defaultDate} ${plain}`) ?? undefined);
    }
    // A day without a time would be midnight by invention, and a year 0 is no day.
    if (DATE_ONLY.test(plain) && this.timestamps.parse(`${dayOf(plain)} 12:00:00`) !== null) {
      this.noticeOnce('date-without-time', { file: this.context.file });
      return null;
    }
    return undefined;
  }

  private kindOf(word: string): MessageKind | null {
    const { kindCodes } = this.options;
    if (kindCodes && Object.hasOwn(kindCodes, word)) return kindCodes[word]!;
    return kindOfWord(word);
  }

  private speakerOf(values: RowValues, customer: string): SpeakerEntry {
    let word = values.roleIsFlag ? this.flagOf(values.role) : this.roleWordOf(values.role);
    const system =
      values.kind !== '' && (this.options.systemCodes?.has(values.kind) || SYSTEM_WORDS.has(values.kind));
    if (system && word.side === null && word.stated === null)
      word = this.wordFor('\u0000system', SYSTEM_KIND);
    let raw = values.speaker === '' ? values.speakerName : values.speaker;
    if (raw === '') {
      const role = word.side?.role ?? word.stated?.role;
      if (role === 'customer') raw = values.customer;
      else if (role === 'agent' || role === 'bot') raw = values.agent;
      // Nobody is named: the side is all there is to call them by.
      if (raw === '') raw = values.roleIsFlag ? (role ?? '') : values.role;
    } else if (values.role === '' && !system) {
      if (values.agent !== '' && values.agent === raw) word = this.wordFor('\u0000agent', AGENT_COLUMN);
      else if (values.customer !== '' && (values.customer === raw || customer === raw)) {
        word = this.wordFor('\u0000customer', CUSTOMER_COLUMN);
      }
    }
    const known = word.speakers.get(raw);
    // One id under two names (a nickname changed): the name is the row's own.
    if (known !== undefined && (values.speakerName === '' || values.speakerName === known.name)) return known;
    return this.newSpeaker(word, raw, values.speakerName);
  }

  private newSpeaker(word: RoleWord, raw: string, rawName: string): SpeakerEntry {
    const id = cleanName(detached(raw));
    const name = rawName === '' ? id : cleanName(detached(rawName));
    const resolved = this.context.roles.resolve({ id, name, stated: word.stated, side: word.side });
    const role = resolved.role === 'unknown' ? (this.customerByName(id, name) ?? resolved) : resolved;
    const entry = { id, name, role, shop: role.role === 'agent' || role.role === 'bot' ? shopOf(id) : null };
    if (word.speakers.size >= CACHE_LIMIT) word.speakers.clear();
    word.speakers.set(id === raw ? id : detached(raw), entry);
    return entry;
  }

  /** Platforms mask the names of buyers only; on Taobao, whoever has no `店铺:子账号` is one. */
  private customerByName(id: string, name: string): RoleDecision | null {
    if (MASKED.test(id) || MASKED.test(name)) return MASKED_CUSTOMER;
    const isTaobao = this.options.platform === 'tmall' || this.values.platform === 'tmall';
    return isTaobao && id !== '' && !/[:：]/u.test(id) ? NO_SUB_ACCOUNT : null;
  }

  private roleWordOf(raw: string): RoleWord {
    const known = this.roleWords.get(raw);
    if (known !== undefined) return known;
    const role = roleOfWord(raw);
    if (role === null) this.noticeWord(raw);
    return this.wordFor(detached(raw), role === null ? null : { role, reason: 'column' });
  }

  private flagOf(raw: string): RoleWord {
    const known = this.flags.get(raw);
    if (known !== undefined) return known;
    const role = roleOfFlag(raw);
    if (role === null) this.noticeWord(raw);
    const word = newRoleWord(role === null ? null : { role, reason: 'flag' });
    if (this.flags.size >= CACHE_LIMIT) this.flags.clear();
    this.flags.set(detached(raw), word);
    return word;
  }

  private noticeWord(raw: string): void {
    const word = raw.trim();
    if (word === '' || isMissing(word)) return;
    this.noticeOnce('unknown-role-word', { file: this.context.file, word: word.slice(0, 20) });
  }

  private wordFor(key: string, decision: RoleDecision | null): RoleWord {
    const known = this.roleWords.get(key);
    if (known !== undefined) return known;
    const word = newRoleWord(decision);
    if (this.roleWords.size >= CACHE_LIMIT) this.roleWords.clear();
    this.roleWords.set(key, word);
    return word;
  }

  /** The role of a sender; of whom nothing is known but that they write to the shop's side is the customer. */
  private roleBeside({ role }: SpeakerEntry, receiver: string): RoleDecision {
    if (role.role !== 'unknown') return role;
    const to = this.context.roles.resolve({ id: receiver, name: receiver }).role;
    return to === 'agent' || to === 'bot' ? WRITES_TO_AGENT : role;
  }

  private keyOf(raw: string): string {
    const known = this.keys.get(raw);
    if (known !== undefined) return known;
    const own = detached(raw);
    const key = cleanId(own);
    if (this.keys.size >= CACHE_LIMIT) this.keys.clear();
    this.keys.set(own, key);
    return key;
  }

  private nameOf(raw: string): string {
    const known = this.names.get(raw);
    if (known !== undefined) return known;
    const own = detached(raw);
    const name = cleanName(own);
    if (this.names.size >= CACHE_LIMIT) this.names.clear();
    this.names.set(own, name);
    return name;
  }
}

/** The customer of two parties; both, in one order, where no role tells which that is. */
function pairOf(id: string, { role }: RoleDecision, receiver: string): string {
  if (role === 'customer') return id;
  if (role === 'agent' || role === 'bot') return receiver;
  return id < receiver ? `${id}|${receiver}` : `${receiver}|${id}`;
}

function newRoleWord(decision: RoleDecision | null): RoleWord {
  const isSide = decision?.role === 'agent' || decision?.role === 'customer';
  return { side: isSide ? decision : null, stated: isSide ? null : decision, speakers: new Map() };
}

const MASKED = /\*{2,}/;
const MASKED_CUSTOMER: RoleDecision = { role: 'customer', reason: 'masked-name' };
const NO_SUB_ACCOUNT: RoleDecision = { role: 'customer', reason: 'no-sub-account' };
const WRITES_TO_AGENT: RoleDecision = { role: 'customer', reason: 'writes-to-agent' };
const SYSTEM_KIND: RoleDecision = { role: 'system', reason: 'column' };
const AGENT_COLUMN: RoleDecision = { role: 'agent', reason: 'column' };
const CUSTOMER_COLUMN: RoleDecision = { role: 'customer', reason: 'column' };

/** Ids as spreadsheets and pandas leave them: `'123`, `123.0`, blanks around; `-` and `nan` are none. */
export function cleanId(raw: string): string {
  let id = raw.trim();
  if (id.charCodeAt(0) === 0x27) id = id.slice(1);
  if (id.charCodeAt(id.length - 1) === 0x30 && /^\d+\.0$/.test(id)) id = id.slice(0, -2);
  return isMissing(id) ? '' : id;
}

/** Whether a cell stands for nothing. Only a run of hyphens is longer than `none`. */
function isMissing(text: string): boolean {
  return (text.length <= 4 || text.charCodeAt(0) === 0x2d) && MISSING.test(text);
}

/** A nickname or account, without the site prefix of Taobao ids. */
function cleanName(raw: string): string {
  const id = cleanId(raw);
  return id.charCodeAt(0) === 0x63 && id.startsWith('cntaobao') ? id.slice('cntaobao'.length) : id;
}

function shopOf(id: string): string | null {
  const colon = id.search(/[:：]/u);
  return colon > 0 ? id.slice(0, colon) : null;
}

function dayOf(date: string): string {
  return date.replace(/^'?\s*/u, '').replace(/[ T]00:00:00$/u, '');
}

function isBlank(text: string): boolean {
  return text === '' || (text.charCodeAt(0) <= 0x20 && text.trim() === '');
}

function isEmpty(values: RowValues): boolean {
  return Object.values(values).every((value) => typeof value !== 'string' || value.trim() === '');
}

/** The conversation of a file that names none: the file's name without folder and extension. */
export function keyOfFile(file: string): string {
  const base = file.slice(Math.max(file.lastIndexOf('/'), file.lastIndexOf('\\')) + 1);
  const dot = base.lastIndexOf('.');
  return dot > 0 ? base.slice(0, dot) : base;
}

/** A date in a file's or sheet's name, `2026-03-01`, or null. */
export function dateInName(name: string): string | null {
  const match = /(?<!\d)(20\d{2})[-_.年]?(\d{1,2})[-_.月]?(\d{1,2})(?!\d)/u.exec(name);
  if (!match) return null;
  const [, year, month, day] = match;
  if (Number(month) < 1 || Number(month) > 12 || Number(day) < 1 || Number(day) > 31) return null;
  return `${year}-${month!.padStart(2, '0')}-${day!.padStart(2, '0')}`;
}
