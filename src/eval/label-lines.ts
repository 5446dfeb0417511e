import { type Conversation, ROLES, type Role, type Zone } from '../model/index.js';
import { type ChatLine, type ChatSetting, conversationFrom } from './chat.js';
import { type LabelProblem, type Labels, type Refuse, readLabels } from './labels.js';

/** A turn that somebody labelled, in its conversation. */
export interface LabelledTurn {
  conversation: Conversation;
  /** The labelled messages, all of one turn, as indexes into `conversation.messages`. */
  targets: number[];
  labels: Labels;
}

type Json = Record<string, unknown>;

const ROLE_SET: ReadonlySet<unknown> = new Set(ROLES);

/**
 * Whether a text is made of lines that each hold a labelled turn with its context, and not of a chat: the first line
 * is an object with `labels` and without `conversation`.
 */
export function areLabelLines(text: string): boolean {
  const first = text.slice(text.charCodeAt(0) === 0xfeff ? 1 : 0).match(/^\s*(\{.*)$/m)?.[1];
  if (first === undefined) return false;
  const record = parseObject(first);
  return record !== null && 'labels' in record && !('conversation' in record);
}

/**
 * Reads labelled turns, one JSON object a line (docs/eval.md has the format).
 *
 * @param refuse takes what cannot be understood
 */
export function* readLabelLines(
  text: string,
  file: string,
  setting: ChatSetting,
  ruleIds: ReadonlySet<string>,
  refuse: (problem: LabelProblem) => void,
): Generator<LabelledTurn> {
  let number = 0;
  // Texts may hold U+2028: only \n ends a line.
  for (const line of text.replace(/^\ufeff/, '').split('\n')) {
    number++;
    if (line.trim() === '') continue;
    const fault: Refuse = (problem, value) => refuse({ file, line: number, problem, value });
    const record = parseObject(line);
    if (record === null) {
      fault('bad-line', line.slice(0, 60));
      continue;
    }
    const chat = chatOf(record, setting, fault);
    if (chat === null) continue;
    const labels = readLabels(record, chat.lines[chat.target]!.role, ruleIds, fault);
    if (labels === null) {
      fault('no-labels', '');
      continue;
    }
    const id = typeof record.id === 'string' ? record.id : `${file}:${number}`;
    const conversation = conversationFrom(id, chat.lines, setting);
    for (const message of conversation.messages) message.source = { file, line: number };
    yield { conversation, targets: [chat.target], labels };
  }
}

/** `{text, role?, before?, after?}` or `{turns, target}`. */
function chatOf(
  record: Json,
  setting: ChatSetting,
  fault: Refuse,
): { lines: ChatLine[]; target: number } | null {
  if (Array.isArray(record.turns)) {
    const lines = linesOf(record.turns, setting, fault);
    const target = typeof record.target === 'number' ? record.target : record.turns.length - 1;
    if (lines === null) return null;
    if (lines[target] !== undefined) return { lines, target };
    fault('bad-target', String(record.target));
    return null;
  }
  const before = linesOf(record.before ?? [], setting, fault);
  const after = linesOf(record.after ?? [], setting, fault);
  const own = linesOf([{ role: 'agent', ...record }], setting, fault);
  if (before === null || after === null || own === null) return null;
  return { lines: [...before, ...own, ...after], target: before.length };
}

function linesOf(value: unknown, { zone }: ChatSetting, fault: Refuse): ChatLine[] | null {
  if (!Array.isArray(value)) {
    fault('bad-line', JSON.stringify(value).slice(0, 60));
    return null;
  }
  const lines: ChatLine[] = [];
  for (const turn of value as Json[]) {
    if (typeof turn?.text !== 'string' || !ROLE_SET.has(turn.role)) {
      fault('no-text', (JSON.stringify(turn) ?? '').slice(0, 60));
      return null;
    }
    const line: ChatLine = { role: turn.role as Role, text: turn.text };
    if (typeof turn.speaker === 'string') line.speaker = turn.speaker;
    if (typeof turn.time === 'string') {
      const atMs = instantOf(turn.time, zone);
      if (atMs === null) fault('bad-time', turn.time);
      line.atMs = atMs;
    }
    lines.push(line);
  }
  return lines;
}

/** An instant with its offset, or a wall-clock time of the zone; null where it is neither. */
function instantOf(text: string, zone: Zone): number | null {
  const match =
    /^(\d{4})-(\d{2})-(\d{2})[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?(Z|[+-]\d{2}:\d{2})?$/.exec(
      text.trim(),
    );
  if (match === null) return null;
  const [year, month, day, hour, minute, second] = match.slice(1, 7).map((part) => Number(part ?? 0));
  if (match[7] === undefined) return zone.toMs(year!, month!, day!, hour!, minute!, second!);
  const atMs = Date.parse(text.trim().replace(' ', 'T'));
  return Number.isNaN(atMs) ? null : atMs;
}

function parseObject(line: string): Json | null {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : null;
  } catch {
    return null;
  }
}
