import { createMessage, type MessageKind, type Platform } from '../../model/message.js';
import type { SkipReason } from '../../model/skip.js';
import { automaticRole } from '../automatic-texts.js';
import { platformOfWord, roleOfWord } from '../columns.js';
import { headRecords, jsonRecords } from '../json-records.js';
import type { JsonValue } from '../json-values.js';
import { classify } from '../kinds.js';
import { isObject, type JsonObject } from '../object-mapper.js';
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

/** Message types of the format; what is not listed is `other`. Texts (0), replies (25) and notices (80, 81) have words. */
const KINDS: Readonly<Record<number, MessageKind>> = {
  0: 'text',
  1: 'image',
  2: 'file',
  3: 'file',
  4: 'file',
  5: 'image',
  7: 'card',
  8: 'card',
  24: 'card',
  25: 'text',
  27: 'card',
  80: 'text',
  81: 'recall',
};

const SYSTEM: RoleDecision = { role: 'system', reason: 'stated' };
const EXPORTER: RoleDecision = { role: 'agent', reason: 'exporter' };

/**
 * ChatLab's interchange format, as JSON document and as JSON Lines (`_type` header, member, message; `#` comments), by
 * its documentation 0.0.2.
 *
 * The format knows no customer service: `members[].roles[].id` is free text, so `agent`, `customer` and `bot` fit there
 * and are read; without them `meta.ownerId` is the exporter and the other of a private chat the peer. Members and meta
 * must stand before the messages, as all writers have them.
 */
export const chatlab: TextReader = {
  id: 'chatlab',
  platform: null,
  title: { zh: 'ChatLab JSON/JSONL', en: 'ChatLab, JSON or JSON Lines' },
  basis: 'documentation',
  input: 'text',

  sniff(head: Head): Sniff | null {
    for (const { key, value } of headRecords(head, 5)) {
      if (!isObject(value)) continue;
      if (key === 'chatlab' && 'version' in value) return { score: 1, why: 'chatlab.version' };
      if (value._type === 'header' && isObject(value.chatlab)) return { score: 1, why: '_type header' };
      if (
        (value._type === 'message' || value._type === 'member') &&
        ('sender' in value || 'platformId' in value)
      ) {
        return { score: 0.9, why: `_type ${value._type}` };
      }
    }
    return null;
  },

  async *read(chunks, context) {
    const chat = new Chat(context);
    for await (const { values, lineCount } of jsonRecords(chunks)) {
      const batch = newBatch();
      batch.lineCount = lineCount;
      for (const value of values) chat.add(batch, value);
      yield batch;
    }
  },
};

class Chat {
  private key: string;
  private platform: Platform | null = null;
  private isPrivate = false;
  private peerName: string | null = null;
  private ownerId: string | null = null;
  private readonly stated = new Map<string, RoleDecision>();
  private readonly names = new Map<string, string>();

  constructor(private readonly context: ReadContext) {
    this.key = keyOfFile(context.file);
  }

  add(batch: ReadBatch, { key, value, problem, line, detail }: JsonValue): void {
    if (problem !== null) {
      this.skip(batch, problem, line, detail);
      return;
    }
    if (key === null && isObject(value)) {
      if (value._type === 'header') this.meta(value.meta);
      else if (value._type === 'member') this.member(value);
      else if (value._type === 'message') this.message(batch, value, line);
      else this.skip(batch, 'unsupported-record', line, String(value._type ?? '').slice(0, 40));
    } else if (key === 'meta') {
      this.meta(value);
    } else if (key === 'members') {
      if (isObject(value)) this.member(value);
    } else if (key === 'messages') {
      if (isObject(value)) this.message(batch, value, line);
      else this.skip(batch, 'unsupported-record', line, '');
    }
  }

  private meta(meta: unknown): void {
    if (!isObject(meta)) return;
    const name = textOf(meta.name);
    this.key = textOf(meta.groupId) || name || this.key;
    this.platform = platformOfWord(textOf(meta.platform));
    this.isPrivate = meta.type === 'private';
    this.peerName = name || null;
    this.ownerId = textOf(meta.ownerId) || null;
  }

  private member(member: JsonObject): void {
    const id = textOf(member.platformId);
    const name = textOf(member.groupNickname) || textOf(member.accountName);
    if (id !== '' && name !== '') this.names.set(id, name);
    if (!Array.isArray(member.roles)) return;
    for (const entry of member.roles) {
      const role = isObject(entry) ? roleOfWord(textOf(entry.id)) : null;
      // `admin` and `owner` are roles of a group, not of a shop.
      if (role !== null && isObject(entry) && !/^(?:admin|owner|member)$/i.test(textOf(entry.id))) {
        this.stated.set(id, { role, reason: 'stated' });
        return;
      }
    }
  }

  private message(batch: ReadBatch, record: JsonObject, line: number): void {
    const atMs = this.timeOf(record.timestamp);
    if (atMs === undefined) {
      this.skip(batch, 'bad-time', line, String(record.timestamp).slice(0, 40));
      return;
    }
    const text = typeof record.content === 'string' ? record.content : '';
    const type = Number(record.type ?? 0);
    let kind: MessageKind = KINDS[type] ?? 'other';
    if (kind === 'text') kind = classify(text);
    if (kind === 'text' && text.trim() === '') {
      this.skip(batch, 'no-text', line, '');
      return;
    }
    const id = textOf(record.sender);
    const name = textOf(record.groupNickname) || textOf(record.accountName) || this.names.get(id) || id;
    const role = automaticRole(text, kind) ?? this.roleOf(id, name, type);
    const reply = textOf(record.replyToMessageId);
    batch.recordCount++;
    batch.messages.push(
      createMessage({
        id: textOf(record.platformMessageId) || null,
        conversationKey: this.key,
        role: role.role,
        roleReason: role.reason,
        speakerId: id,
        speakerName: name,
        atMs,
        text,
        kind,
        platform: this.platform,
        source: { file: this.context.file, line },
        extra: reply === '' ? null : { replyTo: reply },
      }),
    );
  }

  private roleOf(id: string, name: string, type: number): RoleDecision {
    const { roles } = this.context;
    if (id === 'SYSTEM' || type === 80 || type === 81) return roles.resolve({ id, name, stated: SYSTEM });
    const stated = this.stated.get(id);
    if (stated !== undefined) return roles.resolve({ id, name, stated });
    if (this.isPrivate && (this.ownerId !== null || this.peerName === name)) {
      // The peer speaks under the chat's name, or is whoever the owner is not.
      const peer = this.ownerId === null ? name : id === this.ownerId ? (this.peerName ?? '') : name;
      return roles.resolve({ id, name, peer, twoParty: true });
    }
    const named = roles.resolve({ id, name });
    return named.role === 'unknown' && id !== '' && id === this.ownerId ? EXPORTER : named;
  }

  /** Seconds by the documentation; milliseconds are told by their length. */
  private timeOf(value: unknown): number | null | undefined {
    if (value === null || value === undefined) return null;
    if (typeof value !== 'number' && typeof value !== 'string') return undefined;
    return parseEpoch(value) ?? undefined;
  }

  private skip(batch: ReadBatch, reason: SkipReason, line: number, detail: string): void {
    batch.recordCount++;
    batch.skips.push({ reason, file: this.context.file, line, detail });
  }
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : '';
}
