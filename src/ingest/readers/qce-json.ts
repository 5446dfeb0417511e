import { createMessage, type MessageKind } from '../../model/message.js';
import type { SkipReason } from '../../model/skip.js';
import { automaticRole } from '../automatic-texts.js';
import { headRecords, jsonRecords } from '../json-records.js';
import { headValues, type JsonValue } from '../json-values.js';
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
import { parseEpoch, TimestampParser } from '../timestamps.js';

const NAME = /^QQChatExporter/;

/** Kinds by message type and by type of element; texts, replies, mentions and faces are words. */
const KINDS: Readonly<Record<string, MessageKind>> = {
  image: 'image',
  market_face: 'image',
  mface: 'image',
  file: 'file',
  video: 'file',
  audio: 'file',
  voice: 'file',
  json: 'card',
  ark: 'card',
  location: 'card',
  forward: 'other',
  multi_forward: 'other',
};
/** Elements that stand beside the words and are none. */
const SILENT = new Set(['reply', 'at', 'mention']);

const SYSTEM: RoleDecision = { role: 'system', reason: 'stated' };
const EXPORTER: RoleDecision = { role: 'agent', reason: 'exporter' };

/**
 * QQChatExporter (QCE) for QQNT: JSON in one document, `manifest.json` with `chunks/*.jsonl`, and chunk files on their
 * own. Based on the source of the exporter.
 *
 * `timestamp` (milliseconds) is believed, not `time`, which is local in some builds and UTC in others. The builds of
 * November and December 2025 wrote other names (`messageId`, `messageType`, ISO `timestamp`); they are read too. In a
 * private chat whoever is not `selfUin` is the peer. A manifest lists chunks and holds no message; a chunk file asks
 * the manifest beside it who exported the chat, and without one only names tell roles.
 */
export const qceJson: TextReader = {
  id: 'qce-json',
  platform: 'qq',
  title: { zh: 'QQChatExporter JSON（单文件或分块）', en: 'QQChatExporter JSON, single or chunked' },
  basis: 'parsers',
  input: 'text',

  sniff(head: Head): Sniff | null {
    for (const { key, value } of headRecords(head, 8)) {
      if (!isObject(value)) continue;
      if (key === 'metadata' && NAME.test(textOf(value.name)))
        return { score: 1, why: 'metadata.name QQChatExporter' };
      if (key === null && isObject(value.metadata) && NAME.test(textOf(value.metadata.name))) {
        return { score: 1, why: 'metadata.name QQChatExporter' };
      }
      if (isRecord(value)) return { score: 0.97, why: 'sender.uid, content.elements' };
    }
    return null;
  },

  async *read(chunks, context) {
    const chat = new Chat(context);
    for await (const { values, lineCount } of jsonRecords(chunks)) {
      if (values.some(({ key }) => key === null)) await chat.findManifest();
      const batch = newBatch();
      batch.lineCount = lineCount;
      for (const value of values) chat.add(batch, value);
      yield batch;
    }
  },
};

function isRecord(value: JsonObject): boolean {
  const { sender, content } = value;
  return (
    isObject(sender) &&
    ('uid' in sender || 'uin' in sender) &&
    isObject(content) &&
    ('elements' in content || 'mentions' in content || 'html' in content) &&
    ('id' in value || 'messageId' in value)
  );
}

class Chat {
  private info: JsonObject = {};
  private hasLooked = false;
  private readonly timestamps: TimestampParser;

  constructor(private readonly context: ReadContext) {
    this.timestamps = new TimestampParser(context.zone);
  }

  add(batch: ReadBatch, { key, isElement, value, problem, line, detail }: JsonValue): void {
    if (problem !== null) {
      this.skip(batch, problem, line, detail);
    } else if (key === 'chatInfo') {
      if (isObject(value)) this.info = value;
    } else if (isElement && (key === null || key === 'messages')) {
      if (!isObject(value)) this.skip(batch, 'unsupported-record', line, '');
      else if (isObject(value.sender)) this.message(batch, value, value.sender, line);
      // A manifest on one line is a document of its own, and no message.
      else if (!isObject(value.metadata)) this.skip(batch, 'unsupported-record', line, '');
    }
  }

  /** A chunk file does not say whose chat it is; its manifest, one folder up, does. */
  async findManifest(): Promise<void> {
    if (this.hasLooked) return;
    this.hasLooked = true;
    for (const path of ['../manifest.json', 'manifest.json']) {
      const text = await this.context.sibling?.(path);
      if (!text) continue;
      const { value } = headValues(text).find(({ key }) => key === 'chatInfo') ?? {};
      if (isObject(value)) {
        this.info = value;
        return;
      }
    }
    this.context.notice('no-manifest', { file: this.context.file });
  }

  private message(batch: ReadBatch, record: JsonObject, sender: JsonObject, line: number): void {
    const atMs = this.timeOf(record.timestamp);
    if (atMs === undefined) {
      this.skip(batch, 'bad-time', line, String(record.timestamp).slice(0, 40));
      return;
    }
    const content = isObject(record.content) ? record.content : {};
    const text = textOf(content.text);
    const isSystem = record.system === true || record.isSystemMessage === true || record.type === 'system';
    const isRecalled = record.recalled === true || record.isRecalled === true;
    let kind = kindOf(textOf(record.type), content.elements, text);
    // A sticker or an unsupported item was sent, but has no words.
    if (kind === 'text' && text.trim() === '') kind = isRecalled ? 'recall' : 'other';
    const uin = textOf(sender.uin);
    const id = uin === '' || uin === '0' ? textOf(sender.uid) : uin;
    const name = textOf(sender.groupCard) || textOf(sender.name) || textOf(sender.nickname) || id;
    const role = automaticRole(text, kind) ?? (isSystem ? SYSTEM : this.roleOf(sender, id, name));
    batch.recordCount++;
    batch.messages.push(
      createMessage({
        id: textOf(record.id) || textOf(record.messageId) || null,
        conversationKey: textOf(this.info.name) || keyOfFile(this.context.file),
        role: role.role,
        roleReason: role.reason,
        speakerId: id,
        speakerName: name,
        atMs,
        text,
        kind,
        platform: 'qq',
        customerId: this.customerId(),
        source: { file: this.context.file, line },
        extra: isRecalled ? { recalled: true } : null,
      }),
    );
  }

  private get isPrivate(): boolean {
    return this.info.type === 'private' || this.info.type === 'temp';
  }

  private isSelf(sender: JsonObject): boolean {
    const { selfUin, selfUid } = this.info;
    return (
      (textOf(selfUin) !== '' && textOf(selfUin) === textOf(sender.uin)) ||
      (textOf(selfUid) !== '' && textOf(selfUid) === textOf(sender.uid))
    );
  }

  private roleOf(sender: JsonObject, id: string, name: string): RoleDecision {
    const { roles } = this.context;
    if (textOf(sender.uid) === '未知') return SYSTEM;
    if (this.isPrivate && (this.info.selfUin !== undefined || this.info.selfUid !== undefined)) {
      // The peer's name as it stands in the message; a remark in chatInfo.name may differ from it.
      return roles.resolve({ id, name, peer: this.isSelf(sender) ? this.peerName() : name, twoParty: true });
    }
    const named = roles.resolve({ id, name });
    return named.role === 'unknown' && this.isSelf(sender) ? EXPORTER : named;
  }

  private peerName(): string {
    return textOf(this.info.name);
  }

  /** The peer of a private chat, where its number is known and nothing says that the peer is the shop. */
  private customerId(): string | null {
    const id = textOf(this.info.peerUin) || textOf(this.info.peerUid);
    if (!this.isPrivate || id === '') return null;
    const name = this.peerName();
    return this.context.roles.resolve({ id, name, peer: name, twoParty: true }).role === 'customer'
      ? id
      : null;
  }

  private timeOf(value: unknown): number | null | undefined {
    if (value === null || value === undefined) return null;
    if (typeof value === 'number') return parseEpoch(value) ?? undefined;
    return typeof value === 'string' ? (this.timestamps.parse(value) ?? undefined) : undefined;
  }

  private skip(batch: ReadBatch, reason: SkipReason, line: number, detail: string): void {
    batch.recordCount++;
    batch.skips.push({ reason, file: this.context.file, line, detail });
  }
}

/** The kind that all elements have which are not words; else what the text says. */
function kindOf(type: string, elements: unknown, text: string): MessageKind {
  const byType = KINDS[type];
  if (byType !== undefined) return byType;
  if (Array.isArray(elements)) {
    let common: MessageKind | null = null;
    for (const element of elements) {
      const name = isObject(element) ? textOf(element.type) : '';
      if (SILENT.has(name)) continue;
      const kind = KINDS[name] ?? 'text';
      if (kind === 'text') return classify(text);
      common ??= kind;
    }
    if (common !== null) return common;
  }
  return classify(text);
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : '';
}
