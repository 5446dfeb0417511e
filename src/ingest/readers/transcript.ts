import type { Message, Platform } from '../../model/message.js';
import { createMessage } from '../../model/message.js';
import type { SkipReason } from '../../model/skip.js';
import { automaticRole } from '../automatic-texts.js';
import { classify } from '../kinds.js';
import { isCutLine, lineBatches, MAX_LINE_LENGTH } from '../lines.js';
import { newBatch, type ReadBatch, type ReadContext } from '../reader.js';
import type { RoleDecision } from '../roles.js';

/** A text format as a machine that is fed one line at a time and writes to a {@link Transcript}. */
export interface LineGrammar {
  /** @param number 1-based. */
  line(line: string, number: number): void;
  end(): void;
}

/** Runs a grammar over streamed text: one batch a chunk, nothing held but the open message. */
export async function* readLines(
  chunks: AsyncIterable<string>,
  transcript: Transcript,
  grammar: LineGrammar,
): AsyncGenerator<ReadBatch> {
  let number = 0;
  for await (const lines of lineBatches(chunks)) {
    for (const line of lines) grammar.line(line, ++number);
    yield transcript.take(lines.length);
  }
  grammar.end();
  yield transcript.finish();
}

/** Somebody who speaks in a thread; readers resolve each once. */
export interface Speaker {
  id: string;
  name: string;
  role: RoleDecision;
  /** Shop that the account shows, or null. */
  shop: string | null;
  extra: Record<string, unknown> | null;
}

/** Where messages belong: fields that all messages of a thread share. */
export interface Thread {
  key: string;
  session: string | null;
  customerId: string | null;
  shop: string | null;
  block: number;
}

/** Held messages are settled at the latest after this many; what is not known by then is assumed. */
const HOLD_LIMIT = 5000;

/**
 * Turns headers and body lines into messages. All text formats of this folder are a header followed by lines until the
 * next header; this class owns that part, so that a grammar only says what each line is.
 *
 * Blank lines around a body are dropped, those inside are kept. A stretch of lines that no header precedes is one record
 * and one skip (`orphan-line`).
 */
export class Transcript {
  private batch = newBatch();
  private lineCount = 0;
  private open: Message | null = null;
  private body: string[] = [];
  private bodyLength = 0;
  private orphanFrom = 0;
  private orphanTo = 0;
  /** Reasons to keep messages back, each with what to do when it lasts too long. */
  private readonly holds = new Map<string, () => void>();
  private heldCount = 0;

  constructor(
    readonly context: ReadContext,
    private readonly platform: Platform,
  ) {}

  /** The message that body lines go to, or null before the first header. */
  get current(): Message | null {
    return this.open;
  }

  /** True when no line of text has followed the header of the open message. */
  get bodyIsEmpty(): boolean {
    return this.bodyLength === 0;
  }

  /** Opens a message at its header line. Closes the one before. */
  start(speaker: Speaker, thread: Thread, atMs: number | null, line: number): Message {
    this.close();
    this.endOrphans();
    this.open = createMessage({
      conversationKey: thread.key,
      session: thread.session,
      role: speaker.role.role,
      roleReason: speaker.role.reason,
      speakerId: speaker.id,
      speakerName: speaker.name,
      atMs,
      text: '',
      platform: this.platform,
      shop: speaker.shop ?? thread.shop,
      customerId: thread.customerId,
      source: { file: this.context.file, line },
      block: thread.block,
      extra: speaker.extra,
    });
    return this.open;
  }

  /** Adds a body line to the open message; without one it is an orphan, unless it is blank. */
  append(text: string, line: number): void {
    if (this.open === null) {
      this.orphan(text, line);
      return;
    }
    if (isCutLine(text) || this.bodyLength + text.length > MAX_LINE_LENGTH) {
      this.skip('too-long', line, `${text.length}`);
      return;
    }
    this.body.push(text);
    if (text !== '') this.bodyLength += text.length + 1;
  }

  /** Completes the open message. Later lines are orphans until the next header. */
  close(): void {
    const message = this.open;
    if (message === null) return;
    this.open = null;
    message.text = this.takeBody();
    // A sticker or an unsupported item leaves a header without text: it was sent, but has no words.
    const kind = message.text === '' ? 'other' : classify(message.text);
    // A reader may know better than the text alone.
    if (message.kind === 'text') message.kind = kind;
    const automatic = automaticRole(message.text, message.kind);
    if (automatic !== null) {
      message.role = automatic.role;
      message.roleReason = automatic.reason;
    }
    // Counted when complete, so that every batch adds up: records = messages + skips.
    this.batch.recordCount++;
    this.batch.messages.push(message);
    if (this.holds.size > 0 && ++this.heldCount >= HOLD_LIMIT) this.settleAll();
  }

  /** A record that is not used. */
  skip(reason: SkipReason, line: number, detail: string): void {
    this.batch.recordCount++;
    this.batch.skips.push({ reason, file: this.context.file, line, detail });
  }

  /**
   * Keeps messages back until {@link release}, for what only later lines tell: whether dates are day or month first, who
   * the customer is. The caller remembers the messages it will complete.
   *
   * @param settle Called when too many are held or the input ends: must complete them with what is known by then.
   */
  hold(reason: string, settle: () => void): void {
    if (this.holds.size === 0) this.heldCount = 0;
    if (!this.holds.has(reason)) this.holds.set(reason, settle);
  }

  /** Ends a hold. */
  release(reason: string): void {
    this.holds.delete(reason);
  }

  /** What is ready after a chunk of `lineCount` lines. */
  take(lineCount: number): ReadBatch {
    this.lineCount += lineCount;
    const holding = this.holds.size > 0;
    const ready = holding ? newBatch() : this.batch;
    if (!holding) this.batch = newBatch();
    ready.lineCount = this.lineCount;
    this.lineCount = 0;
    return ready;
  }

  /** The rest, at the end of the input. */
  finish(): ReadBatch {
    this.close();
    this.endOrphans();
    this.settleAll();
    return this.take(0);
  }

  private settleAll(): void {
    for (const [reason, settle] of [...this.holds]) {
      settle();
      this.release(reason);
    }
  }

  private orphan(text: string, line: number): void {
    if (text.trim() === '') return;
    if (this.orphanFrom === 0) this.orphanFrom = line;
    this.orphanTo = line;
  }

  private endOrphans(): void {
    if (this.orphanFrom === 0) return;
    const { orphanFrom: from, orphanTo: to } = this;
    this.orphanFrom = 0;
    this.skip('orphan-line', from, from === to ? `${from}` : `${from}-${to}`);
  }

  private takeBody(): string {
    const { body } = this;
    let from = 0;
    let to = body.length;
    while (from < to && body[from] === '') from++;
    while (to > from && body[to - 1] === '') to--;
    const text = to - from === 1 ? body[from]! : body.slice(from, to).join('\n');
    this.body = [];
    this.bodyLength = 0;
    return text;
  }
}

/**
 * Lines longer than this are no headers, where a header stands on a line of its own. Patterns that look for a time at the
 * end of a line are only tried below it: on megabytes of blanks they would not end.
 */
export const MAX_HEADER_LENGTH = 250;

/** True when a line may end in a clock: short enough, with a digit at its end. Spares most lines the pattern. */
export function mayEndInClock(line: string): boolean {
  const last = line.charCodeAt(line.length - 1);
  return last >= 0x30 && last <= 0x39 && line.length <= MAX_HEADER_LENGTH;
}

const TAB = 9;
const SPACE = 32;

/**
 * A line without what exports leave around it: byte order marks (also mid-file, from concatenation), control characters,
 * white space at the end.
 */
export function cleanLine(line: string): string {
  let from = 0;
  let to = line.length;
  while (from < to && isNoise(line.charCodeAt(from))) from++;
  while (to > from) {
    const code = line.charCodeAt(to - 1);
    if (code !== TAB && code !== SPACE && !isNoise(code)) break;
    to--;
  }
  return from === 0 && to === line.length ? line : line.slice(from, to);
}

function isNoise(code: number): boolean {
  return (code < SPACE && code !== TAB) || code === 0xfeff;
}

/** Speaker of notices that stand without a sender. */
export const NOTICE_SPEAKER: Speaker = {
  id: '系统消息',
  name: '系统消息',
  role: { role: 'system', reason: 'system-text' },
  shop: null,
  extra: null,
};

const SENTENCE_MARK = /[，。！？；,!?;…\t]/u;
/** `付款时间 2026-03-01 10:00:00` is a line of an order, not a header. */
const FIELD_LABEL = /(?:时间|日期|[:：])\s*$/;

/**
 * Whether a stretch of text can be a nickname where nothing else tells: short, without the marks that sentences have,
 * and no label of a time.
 */
export function looksLikeName(text: string): boolean {
  return text.length > 0 && text.length <= 40 && !SENTENCE_MARK.test(text) && !FIELD_LABEL.test(text);
}
