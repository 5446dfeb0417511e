import {
  createMessage,
  MESSAGE_KINDS,
  type MessageKind,
  type Platform,
  ROLES,
  type Role,
} from '../../model/message.js';
import type { SkipReason } from '../../model/skip.js';
import { platformOfWord } from '../columns.js';
import { kindOfWord } from '../kinds.js';
import { isCutLine, lineBatches } from '../lines.js';
import {
  type Head,
  newBatch,
  type ReadBatch,
  type ReadContext,
  type Sniff,
  type TextReader,
} from '../reader.js';
import type { RoleDecision } from '../roles.js';
import { parseEpoch, TimestampParser } from '../timestamps.js';

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
    let number = 0;
    for await (const lines of lineBatches(chunks)) {
      const batch = newBatch();
      for (const line of lines) decoder.line(batch, line, ++number);
      batch.lineCount = lines.length;
      yield batch;
    }
  },
};

const ROLE_SET: ReadonlySet<string> = new Set(ROLES);
const KIND_SET: ReadonlySet<string> = new Set(MESSAGE_KINDS);
const FIELDS: ReadonlySet<string> = new Set([
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
]);

class CanonicalDecoder {
  private readonly timestamps: TimestampParser;
  private readonly stated = new Map<string, Map<string, RoleDecision>>();
  private readonly noticedWords = new Set<string>();

  constructor(private readonly context: ReadContext) {
    this.timestamps = new TimestampParser(context.zone);
  }

  line(batch: ReadBatch, line: string, number: number): void {
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
    let used = 3;
    let odd = false;
    const id = idText(record.id);
    if (id !== null) used++;
    const speaker = idText(record.speaker);
    if (speaker !== null) used++;
    const speakerName = idText(record.speakerName);
    if (speakerName !== null) used++;
    const shop = idText(record.shop);
    if (shop !== null) used++;
    const customer = idText(record.customer);
    if (customer !== null) used++;
    if (record.time !== undefined) used++;
    const kind = record.kind === undefined ? 'text' : kindOf(record.kind);
    if (record.kind !== undefined) used++;
    const platform = typeof record.platform === 'string' ? platformOfWord(record.platform) : null;
    if (platform !== null) used++;
    if (typeof record.roleReason === 'string') used++;
    const source = sourceOf(record.source);
    if (source !== null) used++;
    const keys = Object.keys(record);
    if (keys.length !== used) odd = true;
    const extra = odd ? extraOf(record, platform) : null;
    if (extra !== null && isDeep(extra)) {
      this.skip(batch, 'unsupported-record', number, 'nesting');
      return;
    }

    const stated = this.statedRole(role, record.roleReason);
    const decided = this.context.roles.resolve({
      id: speaker ?? '',
      name: speakerName ?? speaker ?? '',
      stated,
    });
    batch.messages.push(
      createMessage({
        id,
        conversationKey: conversation,
        session: conversation,
        role: decided.role,
        roleReason: decided.reason,
        speakerId: speaker ?? '',
        speakerName: speakerName ?? speaker ?? '',
        atMs,
        text,
        kind,
        platform,
        shop,
        customerId: customer,
        source: source ?? { file: this.context.file, line: number },
        extra,
      }),
    );
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
    if (!FIELDS.has(key)) return true;
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
