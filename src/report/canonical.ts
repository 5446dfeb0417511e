import type { Message } from '../model/message.js';
import type { Zone } from '../model/zone.js';

/**
 * One message as a line of canonical JSONL, without the line end: what `convert` writes and the `canonical` reader
 * reads back as it was.
 *
 * Fields that hold nothing (`id`, `platform`, `shop`, `customer`) or what the reader would assume anyway (`kind` text, a
 * `speakerName` equal to `speaker`) are left out; `time` is always there, null where it is unknown. Unused fields of
 * the input (`extra`) follow ours and never replace them.
 *
 * @param conversationId the conversation that the message was put into, an explicit mark for whoever reads it back
 * @param zone the zone whose offset the time is written with
 */
export function toCanonicalLine(message: Message, conversationId: string, zone: Zone): string {
  const line: Record<string, unknown> = {
    conversation: conversationId,
    role: message.role,
    text: message.text,
  };
  if (message.id !== null) line.id = message.id;
  if (message.speakerId !== '') line.speaker = message.speakerId;
  if (message.speakerName !== message.speakerId) line.speakerName = message.speakerName;
  line.time = message.atMs === null ? null : zone.iso(message.atMs);
  if (message.kind !== 'text') line.kind = message.kind;
  if (message.platform !== null) line.platform = message.platform;
  if (message.shop !== null) line.shop = message.shop;
  if (message.customerId !== null) line.customer = message.customerId;
  line.roleReason = message.roleReason;
  line.source = { file: message.source.file, line: message.source.line };
  if (message.extra === null) return JSON.stringify(line);
  const rest = Object.entries(message.extra).filter(([key]) => !Object.hasOwn(line, key));
  return JSON.stringify({ ...line, ...Object.fromEntries(rest) });
}
