import { createMessage, type MessageKind } from '../../model/message.js';
import type { SkipReason } from '../../model/skip.js';
import { automaticRole } from '../automatic-texts.js';
import { headRecords, jsonRecords } from '../json-records.js';
import type { JsonValue } from '../json-values.js';
import { classify } from '../kinds.js';
import { isObject, type JsonObject, short } from '../object-mapper.js';
import {
  type Head,
  newBatch,
  type ReadBatch,
  type ReadContext,
  type Sniff,
  type TextReader,
} from '../reader.js';
import type { RoleDecision } from '../roles.js';
import { keyOfFile } from '../row-mapper.js';
import { parseEpoch } from '../timestamps.js';

/** Kinds by msgtype; what is not listed is `other`. */
const KINDS: Readonly<Record<string, MessageKind>> = {
  text: 'text',
  markdown: 'text',
  mixed: 'text',
  image: 'image',
  emotion: 'image',
  voice: 'file',
  video: 'file',
  file: 'file',
  link: 'card',
  weapp: 'card',
  card: 'card',
  location: 'card',
  news: 'card',
  revoke: 'recall',
};

/** Fields whose text stands for the message in other types. */
const TITLES: readonly string[] = ['content', 'title', 'filename', 'displayname', 'description', 'corpname'];

const EXTERNAL = /^w[mo][A-Za-z0-9_-]{8,}$/;
const ROBOT = /^wb[A-Za-z0-9_-]{6,}$/;
const CUSTOMER: RoleDecision = { role: 'customer', reason: 'external-id' };
const STAFF: RoleDecision = { role: 'agent', reason: 'staff-id' };
const BOT: RoleDecision = { role: 'bot', reason: 'robot-name' };
const RECALL: RoleDecision = { role: 'system', reason: 'recall-notice' };

/** How an answer to a message begins; the words before the rule are somebody else's. */
const QUOTE = /^这是一条引用\/回复消息[\s\S]*?\n-{3,}\n/;

/**
 * 企业微信会话存档: decrypted messages as JSON Lines, a JSON array or `{"chatdata": […]}`. Based on the documentation and
 * on real records in public projects.
 *
 * External contacts have ids `wm…` or `wo…` and are customers, `wb…` are robots, everyone else is staff. A room is a
 * thread, and so is each pair of two. Of an answer that quotes, only the answer is the message; the quotation is kept in
 * `extra`. A recall is kept as such, with the id of what was recalled. Records that are still encrypted are skips
 * `encrypted`, switches of the enterprise `unsupported-record`.
 */
export const wecom: TextReader = {
  id: 'wecom',
  platform: 'wecom',
  title: {
    zh: '企业微信会话存档 JSON/JSONL（已解密）',
    en: 'WeCom chat archive, decrypted JSON or JSON Lines',
  },
  basis: 'real',
  input: 'text',

  sniff(head: Head): Sniff | null {
    for (const { value } of headRecords(head, 10)) {
      if (!isObject(value)) continue;
      if (isEncrypted(value)) return { score: 0.98, why: 'encrypt_chat_msg' };
      if (
        'msgid' in value &&
        typeof value.action === 'string' &&
        ('msgtype' in value || value.action === 'switch')
      ) {
        return { score: 0.98, why: 'msgid, action, msgtype' };
      }
    }
    return null;
  },

  async *read(chunks, context) {
    const archive = new Archive(context);
    for await (const { values, lineCount } of jsonRecords(chunks)) {
      const batch = newBatch();
      batch.lineCount = lineCount;
      for (const value of values) archive.add(batch, value);
      yield batch;
    }
  },
};

class Archive {
  private encryptedCount = 0;

  constructor(private readonly context: ReadContext) {}

  add(batch: ReadBatch, { isElement, value, problem, line, detail }: JsonValue): void {
    if (problem !== null) {
      this.skip(batch, problem, line, detail);
    } else if (!isElement) {
      // errcode and errmsg beside chatdata.
    } else if (!isObject(value)) {
      this.skip(batch, 'unsupported-record', line, short(value));
    } else if (isEncrypted(value)) {
      if (this.encryptedCount++ === 0) this.context.notice('encrypted', { file: this.context.file });
      this.skip(batch, 'encrypted', line, textOf(value.msgid));
    } else if (typeof value.from !== 'string' || typeof value.msgtype !== 'string') {
      this.skip(batch, 'unsupported-record', line, textOf(value.action) || textOf(value.msgtype));
    } else {
      this.message(batch, value, value.from, value.msgtype, line);
    }
  }

  private message(batch: ReadBatch, record: JsonObject, from: string, type: string, line: number): void {
    const atMs = record.msgtime === undefined ? null : parseEpoch(record.msgtime as number | string);
    if (atMs === null && record.msgtime !== undefined) {
      this.skip(batch, 'bad-time', line, String(record.msgtime).slice(0, 40));
      return;
    }
    const body = isObject(record[type]) ? record[type] : {};
    const content = type === 'mixed' ? mixedText(body) : bodyText(body);
    const quote = QUOTE.exec(content)?.[0] ?? '';
    const text = content.slice(quote.length);
    let kind: MessageKind = record.action === 'recall' ? 'recall' : (KINDS[type] ?? 'other');
    if (kind === 'text') kind = classify(text);
    if (kind === 'text' && text.trim() === '') {
      this.skip(batch, 'no-text', line, '');
      return;
    }
    const to = Array.isArray(record.tolist) ? record.tolist.filter((id) => typeof id === 'string') : [];
    const room = textOf(record.roomid);
    const customer = [from, ...to].find((id) => EXTERNAL.test(id)) ?? null;
    const role = kind === 'recall' ? RECALL : (automaticRole(text, kind) ?? this.roleOf(from));
    const recalled = isObject(record.revoke) ? textOf(record.revoke.pre_msgid) : '';
    const extra = {
      ...(quote === '' ? {} : { quote }),
      ...(recalled === '' ? {} : { recalls: recalled }),
    };
    batch.recordCount++;
    batch.messages.push(
      createMessage({
        id: textOf(record.msgid) || null,
        conversationKey: room || pairOf(from, to[0]) || keyOfFile(this.context.file),
        role: role.role,
        roleReason: role.reason,
        speakerId: from,
        atMs,
        text,
        kind,
        platform: 'wecom',
        // In a room, several customers may be present.
        customerId: room === '' ? customer : null,
        source: { file: this.context.file, line },
        extra: Object.keys(extra).length === 0 ? null : extra,
      }),
    );
  }

  private roleOf(id: string): RoleDecision {
    const stated = EXTERNAL.test(id) ? CUSTOMER : ROBOT.test(id) ? BOT : null;
    return this.context.roles.resolve({ id, name: id, stated, side: stated === null ? STAFF : null });
  }

  private skip(batch: ReadBatch, reason: SkipReason, line: number, detail: string): void {
    batch.recordCount++;
    batch.skips.push({ reason, file: this.context.file, line, detail });
  }
}

function isEncrypted(record: JsonObject): boolean {
  return typeof record.encrypt_chat_msg === 'string';
}

function pairOf(a: string, b: string | undefined): string {
  if (b === undefined) return a;
  return a < b ? `${a}|${b}` : `${b}|${a}`;
}

function bodyText(body: JsonObject): string {
  for (const field of TITLES) if (typeof body[field] === 'string') return body[field];
  return '';
}

/** Pieces of text of a message with pictures between them; each piece is JSON inside a string. */
function mixedText(body: JsonObject): string {
  if (!Array.isArray(body.item)) return '';
  const texts: string[] = [];
  for (const item of body.item) {
    if (!isObject(item)) continue;
    let inner: unknown = item.content;
    try {
      if (typeof inner === 'string') inner = JSON.parse(inner);
    } catch {
      // Not JSON after all: the text itself.
    }
    if (item.type === 'text') texts.push(isObject(inner) ? textOf(inner.content) : textOf(inner));
    else if (item.type === 'image') texts.push('[图片]');
  }
  return texts.join('\n');
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : '';
}
