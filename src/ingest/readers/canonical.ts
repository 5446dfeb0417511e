import {
  MESSAGE_KINDS,
  type MessageKind,
  type Platform,
  ROLES,
  type Role,
  type SourceRef,
} from '../../model/message.js';
import type { SkipReason } from '../../model/skip.js';
import { platformOfWord } from '../columns.js';
import { ESCAPED, FlatObjectScanner, INTEGER, NULL, OBJECT, STRING } from '../flat-json.js';
import { kindOfWord } from '../kinds.js';
import { isCutLine, LineSplitter } from '../lines.js';
import {
  type Head,
  newBatch,
  type ReadBatch,
  type ReadContext,
  type Sniff,
  type TextReader,
} from '../reader.js';
import type { RoleDecision } from '../roles.js';
import { StretchCache } from '../stretch-cache.js';
import { parseEpoch, TimestampParser } from '../timestamps.js';
import { detached, TextUnits } from '../units.js';

/**
 * Canonical JSONL, our own common tongue: one message a line.
 *
 * Required are `conversation` (an explicit session mark: never split, never joined with another), `role` and `text`;
 * optional `id`, `speaker`, `speakerName`, `time` (ISO 8601 with offset; without one it is in the zone of the run; or
 * null), `kind` (`text` unless said), `platform`, `shop`, `customer`, `roleReason`, `source {file, line}`. A `source`
 * is honoured: evidence then points to the export that was converted. Other fields, and optional ones of the wrong
 * type, are kept in `extra` and written back.
 *
 * A line that is no JSON object is a skip `bad-json`; one without a required field `missing-field` (with its name); one
 * whose time is none `bad-time`; one with unknown fields nested without end `unsupported-record`. A `role` outside the five words does not cost the message: it is kept as `unknown`
 * with the reason `unknown-role-word`, and a notice names the word.
 */
export const canonical: TextReader = {
  id: 'canonical',
  platform: null,
  title: { zh: '规范 JSONL（convert 的输出）', en: 'Canonical JSONL, as convert writes it' },
  basis: 'documentation',
  input: 'text',

  sniff(head: Head): Sniff | null {
    // Elements of an array may stand on lines of their own.
    if (head.text.trimStart().startsWith('[')) return null;
    const fits = head.lines
      .filter((line) => line.trim() !== '')
      .slice(0, 20)
      .some((line) => {
        const record = parseObject(line);
        return record && 'conversation' in record && typeof record.role === 'string' && 'text' in record;
      });
    return fits ? { score: 1, why: 'fields conversation,role,text' } : null;
  },

  async *read(chunks, context) {
    const decoder = new CanonicalDecoder(context);
    const splitter = new LineSplitter();
    for await (const chunk of chunks) {
      const batch = newBatch();
      if (splitter.isWhole(chunk)) decoder.lines(batch, chunk);
      else for (const line of splitter.push(chunk)) decoder.line(batch, line);
      if (batch.lineCount > 0) yield batch;
    }
    const batch = newBatch();
    for (const line of splitter.end()) decoder.line(batch, line);
    if (batch.lineCount > 0) yield batch;
  },
};

const ROLE_SET: ReadonlySet<string> = new Set(ROLES);
const KIND_SET: ReadonlySet<string> = new Set(MESSAGE_KINDS);
/** All fields, in the order of {@link FlatObjectScanner.states}. */
const FIELDS = [
  'conversation',
  'role',
  'text',
  'id',
  'speaker',
  'speakerName',
  'time',
  'kind',
  'platform',
  'shop',
  'customer',
  'roleReason',
  'source',
] as const;
const FIELD_SET: ReadonlySet<string> = new Set(FIELDS);
const CONVERSATION = 0;
const ROLE = 1;
const TEXT = 2;
const ID = 3;
const SPEAKER = 4;
const SPEAKER_NAME = 5;
const TIME = 6;
const KIND = 7;
const PLATFORM = 8;
const SHOP = 9;
const CUSTOMER = 10;
const ROLE_REASON = 11;
const SOURCE = 12;
/** Fields that lines of one speaker in one conversation have in common. */
const IDENTITY = [CONVERSATION, ROLE, SPEAKER, SPEAKER_NAME, KIND, PLATFORM, SHOP, CUSTOMER, ROLE_REASON];

const SOURCE_FIELDS = ['file', 'line'] as const;
const FILE = 0;
const LINE = 1;

const LF = 10;
const CR = 13;

/** What lines of one speaker in one conversation have in common. */
interface Attribution {
  conversation: string;
  role: RoleDecision;
  speaker: string;
  speakerName: string;
  kind: MessageKind;
  platform: Platform | null;
  shop: string | null;
  customer: string | null;
}

class CanonicalDecoder {
  private readonly timestamps: TimestampParser;
  private readonly stated = new Map<string, Map<string, RoleDecision>>();
  private readonly noticedWords = new Set<string>();
  private readonly source = new TextUnits();
  private readonly sourceFields = new FlatObjectScanner(SOURCE_FIELDS);
  private readonly fields = new FlatObjectScanner(FIELDS, { source: this.sourceFields });
  private readonly attributions = new StretchCache<Attribution>();
  private readonly files = new StretchCache<string>();
  private number = 0;

  constructor(private readonly context: ReadContext) {
    this.timestamps = new TimestampParser(context.zone);
  }

  /** Reads whole lines that end in `\n`. */
  lines(batch: ReadBatch, text: string): void {
    this.source.set(text);
    let at = 0;
    while (at < text.length) {
      const next = this.quickLine(batch, at);
      if (next >= 0) {
        at = next;
        continue;
      }
      const feed = text.indexOf('\n', at);
      const end = feed > at && text.charCodeAt(feed - 1) === CR ? feed - 1 : feed;
      this.line(batch, text.slice(at, end));
      at = feed + 1;
    }
  }

  /** Reads one line without its end. */
  line(batch: ReadBatch, line: string): void {
    const number = ++this.number;
    batch.lineCount++;
    if (isBlank(line)) return;
    batch.recordCount++;
    if (isCutLine(line)) {
      this.skip(batch, 'too-long', number, '');
      return;
    }
    const record = parseObject(line);
    if (record === null) {
      this.skip(batch, 'bad-json', number, line.slice(0, 60));
      return;
    }
    this.record(batch, record, number);
  }

  private record(batch: ReadBatch, record: Record<string, unknown>, number: number): void {
    const conversation = idText(record.conversation);
    if (conversation === null || conversation === '') {
      this.skip(batch, 'missing-field', number, 'conversation');
      return;
    }
    const { role, text } = record;
    if (typeof role !== 'string' || typeof text !== 'string') {
      this.skip(batch, 'missing-field', number, typeof text === 'string' ? 'role' : 'text');
      return;
    }
    const atMs = this.timeOf(record.time);
    if (atMs === undefined) {
      this.skip(batch, 'bad-time', number, String(record.time).slice(0, 60));
      return;
    }
    const platform = typeof record.platform === 'string' ? platformOfWord(record.platform) : null;
    const extra = extraOf(record, platform);
    if (extra !== null && isDeep(extra)) {
      this.skip(batch, 'unsupported-record', number, 'nesting');
      return;
    }
    const by = this.attribution({
      conversation,
      role,
      speaker: idText(record.speaker),
      speakerName: idText(record.speakerName),
      kind: record.kind,
      platform,
      shop: idText(record.shop),
      customer: idText(record.customer),
      roleReason: record.roleReason,
    });
    const source = sourceOf(record.source) ?? { file: this.context.file, line: number };
    push(batch, by, idText(record.id), text, atMs, source, extra);
  }

  /**
   * Makes a message of a line like most, without parsing what every line of its kind repeats. Returns where the next line
   * begins, or -1, with nothing done, where the line is or may be anything else.
   */
  private quickLine(batch: ReadBatch, from: number): number {
    const { units, text } = this.source;
    const { states, starts, ends } = this.fields;
    let end = this.fields.scan(units, from);
    if (units[end] === CR) end++;
    if (end < 0 || units[end] !== LF || states[ID]! > STRING) return -1;
    let words: string;
    if (states[TEXT] === STRING) words = text.slice(starts[TEXT], ends[TEXT]);
    else if (states[TEXT] === ESCAPED) {
      const parsed = parseString(text.slice(starts[TEXT]! - 1, ends[TEXT]! + 1));
      if (parsed === null) return -1;
      words = parsed;
    } else return -1;
    let atMs: number | null = null;
    if (states[TIME] === STRING) {
      atMs = this.timestamps.parseUnits(units, starts[TIME]!, ends[TIME]!, text);
      if (atMs === null) return -1;
    } else if (states[TIME]! > STRING) return -1;
    const source = { file: this.context.file, line: this.number + 1 };
    if (states[SOURCE] === OBJECT) {
      const inner = this.sourceFields;
      if (inner.states[FILE] !== STRING || inner.states[LINE] !== INTEGER) return -1;
      source.file = this.fileOf(inner.starts[FILE]!, inner.ends[FILE]!);
      source.line = integerAt(units, inner.starts[LINE]!, inner.ends[LINE]!);
    } else if (states[SOURCE]! > NULL) return -1;
    const by = this.quickAttribution();
    if (by === null) return -1;
    this.number++;
    batch.lineCount++;
    batch.recordCount++;
    const id = states[ID] === STRING ? text.slice(starts[ID], ends[ID]) : null;
    push(batch, by, id, words, atMs, source, null);
    return end + 1;
  }

  /** Whose the line is that the scanner has read, or null where it takes more to say. */
  private quickAttribution(): Attribution | null {
    const { attributions } = this;
    const { units, text } = this.source;
    const { states, starts, ends } = this.fields;
    // A kind that is null is no text.
    if (states[KIND] === NULL) return null;
    attributions.begin();
    for (let n = 0; n < IDENTITY.length; n++) {
      const field = IDENTITY[n]!;
      const state = states[field]!;
      if (state === STRING) attributions.add(units, starts[field]!, ends[field]!);
      else if (state <= NULL) attributions.addAbsent();
      else return null;
    }
    const known = attributions.find();
    if (known !== undefined) return known;
    const value = (field: number): string | null =>
      states[field] === STRING ? detached(text.slice(starts[field], ends[field])) : null;
    const conversation = value(CONVERSATION);
    const role = value(ROLE);
    // Without them the line is a skip, and an unknown platform is kept beside the message.
    if (conversation === null || conversation === '' || role === null) return null;
    const word = value(PLATFORM);
    const platform = word === null ? null : platformOfWord(word);
    if (word !== null && platform === null) return null;
    const by = this.attribution({
      conversation,
      role,
      speaker: value(SPEAKER),
      speakerName: value(SPEAKER_NAME),
      kind: value(KIND) ?? undefined,
      platform,
      shop: value(SHOP),
      customer: value(CUSTOMER),
      roleReason: value(ROLE_REASON),
    });
    attributions.store(by);
    return by;
  }

  private attribution(stated: {
    conversation: string;
    role: string;
    speaker: string | null;
    speakerName: string | null;
    kind: unknown;
    platform: Platform | null;
    shop: string | null;
    customer: string | null;
    roleReason: unknown;
  }): Attribution {
    const speaker = stated.speaker ?? '';
    const speakerName = stated.speakerName ?? speaker;
    return {
      conversation: stated.conversation,
      role: this.context.roles.resolve({
        id: speaker,
        name: speakerName,
        stated: this.statedRole(stated.role, stated.roleReason),
      }),
      speaker,
      speakerName,
      kind: stated.kind === undefined ? 'text' : kindOf(stated.kind),
      platform: stated.platform,
      shop: stated.shop,
      customer: stated.customer,
    };
  }

  /** Files of sources, each as one string. */
  private fileOf(start: number, end: number): string {
    const { files } = this;
    files.begin();
    files.add(this.source.units, start, end);
    const known = files.find();
    if (known !== undefined) return known;
    const file = detached(this.source.text.slice(start, end));
    files.store(file);
    return file;
  }

  private skip(batch: ReadBatch, reason: SkipReason, line: number, detail: string): void {
    batch.skips.push({ reason, file: this.context.file, line, detail });
  }

  private statedRole(word: string, reason: unknown): RoleDecision {
    const why = typeof reason === 'string' ? reason : 'stated';
    let byReason = this.stated.get(word);
    if (byReason === undefined) {
      if (this.stated.size > 1000) this.stated.clear();
      byReason = new Map();
      this.stated.set(word, byReason);
    }
    let decision = byReason.get(why);
    if (decision === undefined) {
      if (ROLE_SET.has(word)) {
        decision = { role: word as Role, reason: why };
      } else {
        decision = { role: 'unknown', reason: 'unknown-role-word' };
        this.noticeWord(word.slice(0, 20));
      }
      if (byReason.size > 1000) byReason.clear();
      byReason.set(why, decision);
    }
    return decision;
  }

  private noticeWord(word: string): void {
    if (this.noticedWords.has(word) || this.noticedWords.size >= 8) return;
    this.noticedWords.add(word);
    this.context.notice('unknown-role-word', { file: this.context.file, word });
  }

  /** The instant, null where none is given, undefined where what is given is none. */
  private timeOf(value: unknown): number | null | undefined {
    if (value === null || value === undefined) return null;
    if (typeof value === 'number') return parseEpoch(value) ?? undefined;
    if (typeof value !== 'string') return undefined;
    return parseIso(value) ?? this.timestamps.parse(value) ?? undefined;
  }
}

function push(
  batch: ReadBatch,
  by: Attribution,
  id: string | null,
  text: string,
  atMs: number | null,
  source: SourceRef,
  extra: Record<string, unknown> | null,
): void {
  // As `createMessage` does, without an object to be thrown away for each.
  batch.messages.push({
    id,
    conversationKey: by.conversation,
    session: by.conversation,
    role: by.role.role,
    roleReason: by.role.reason,
    speakerId: by.speaker,
    speakerName: by.speakerName,
    atMs,
    text,
    kind: by.kind,
    platform: by.platform,
    shop: by.shop,
    customerId: by.customer,
    source,
    block: 0,
    extra,
  });
}

/** A JSON string with its quotes, or null where it is none. */
function parseString(text: string): string | null {
  try {
    return JSON.parse(text) as string;
  } catch {
    return null;
  }
}

function integerAt(units: Uint16Array, start: number, end: number): number {
  let value = 0;
  for (let at = start; at < end; at++) value = value * 10 + units[at]! - 0x30;
  return value;
}

/** A JSON object on one line, or null. */
function parseObject(line: string): Record<string, unknown> | null {
  const text = line.charCodeAt(0) === 0xfeff ? line.slice(1) : line;
  const first = text.charCodeAt(0);
  if (first !== 0x7b && text.trimStart().charCodeAt(0) !== 0x7b) return null;
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    return null;
  }
}

/** Ids may be numbers in files that others wrote. */
function idText(value: unknown): string | null {
  if (typeof value === 'string') return value;
  return typeof value === 'number' ? String(value) : null;
}

function kindOf(value: unknown): MessageKind {
  if (typeof value !== 'string') return 'other';
  return KIND_SET.has(value) ? (value as MessageKind) : (kindOfWord(value) ?? 'other');
}

function sourceOf(value: unknown): { file: string; line: number } | null {
  if (typeof value !== 'object' || value === null) return null;
  const { file, line } = value as Record<string, unknown>;
  if (typeof file !== 'string' || !Number.isSafeInteger(line) || (line as number) < 0) return null;
  return { file, line: line as number };
}

/** What is not ours, and what is ours in name only: an id that is an object, a platform that nobody knows. */
function extraOf(record: Record<string, unknown>, platform: Platform | null): Record<string, unknown> | null {
  const rest = Object.entries(record).filter(([key, value]) => {
    if (!FIELD_SET.has(key)) return true;
    if (value === null) return false;
    if (key === 'platform') return platform === null;
    if (key === 'source') return sourceOf(value) === null;
    if (key === 'roleReason') return typeof value !== 'string';
    if (key === 'id' || key === 'speaker' || key === 'speakerName' || key === 'shop' || key === 'customer') {
      return idText(value) === null;
    }
    return false;
  });
  return rest.length > 0 ? Object.fromEntries(rest) : null;
}

/** Unknown fields are written back; what is nested deeper than this could not be. */
const MAX_NESTING = 100;

function isDeep(value: unknown): boolean {
  let level: unknown[] = [value];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > MAX_NESTING) return true;
    level = level.flatMap((one) => (typeof one === 'object' && one !== null ? Object.values(one) : []));
  }
  return false;
}

function isBlank(line: string): boolean {
  return line === '' || (line.charCodeAt(0) <= 0x20 && line.trim() === '');
}

const MINUTE = 60_000;

/** The day read last: messages of one day follow each other. A cache, not a state: results do not depend on it. */
let lastDay = -1;
let lastDayMs = 0;

/**
 * `2026-03-01T10:00:00+08:00` with or without milliseconds, which is all that we write ourselves; null for every other
 * spelling, and for dates that do not exist.
 */
function parseIso(text: string): number | null {
  const length = text.length;
  if (length !== 25 && length !== 29) return null;
  if (
    text.charCodeAt(4) !== 0x2d ||
    text.charCodeAt(7) !== 0x2d ||
    text.charCodeAt(10) !== 0x54 ||
    text.charCodeAt(13) !== 0x3a ||
    text.charCodeAt(16) !== 0x3a
  ) {
    return null;
  }
  let at = 19;
  let milli = 0;
  if (length === 29) {
    if (text.charCodeAt(19) !== 0x2e) return null;
    milli = digits2(text, 20) * 10 + (digits2(text, 21) % 10);
    at = 23;
  }
  const sign = text.charCodeAt(at);
  if ((sign !== 0x2b && sign !== 0x2d) || text.charCodeAt(at + 3) !== 0x3a) return null;
  const day =
    digits2(text, 0) * 1_000_000 + digits2(text, 2) * 10_000 + digits2(text, 5) * 100 + digits2(text, 8);
  const hour = digits2(text, 11);
  const minute = digits2(text, 14);
  const second = digits2(text, 17);
  const offset = digits2(text, at + 1) * 60 + digits2(text, at + 4);
  // NaN, from anything that was not a digit, fails every comparison.
  if (
    !(
      hour < 24 &&
      minute < 60 &&
      second < 60 &&
      offset < 1440 &&
      day >= 19_900_000 &&
      day < 21_010_000 &&
      milli >= 0
    )
  ) {
    return null;
  }
  if (day !== lastDay) {
    const year = Math.floor(day / 10_000);
    const month = Math.floor(day / 100) % 100;
    const date = new Date(Date.UTC(year, month - 1, day % 100));
    if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day % 100) return null;
    lastDay = day;
    lastDayMs = date.getTime();
  }
  const local = lastDayMs + hour * 3_600_000 + minute * MINUTE + second * 1000 + milli;
  return sign === 0x2b ? local - offset * MINUTE : local + offset * MINUTE;
}

function digits2(text: string, at: number): number {
  const tens = text.charCodeAt(at) - 0x30;
  const ones = text.charCodeAt(at + 1) - 0x30;
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : Number.NaN;
}
