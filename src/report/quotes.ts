import { type Conversation, messageIdOf } from '../model/conversation.js';
import type { Evidence, Finding } from '../model/finding.js';
import type { Message } from '../model/message.js';
import type { TextMask } from './reporter.js';

/** Words of a message with those that a finding quotes told apart, in order. */
export type Excerpt = readonly { text: string; quoted: boolean }[];

/** How far a quote's context may reach to either side when no sentence ends before, in UTF-16 units. */
const REACH = 40;
/** 。！？；… and their half-width kin. */
const SENTENCE_END = /[\u3002\uff01\uff1f\uff1b\u2026!?;\n]/;

/**
 * What a finding quotes, one excerpt a message: each quote inside its sentence.
 *
 * @param conversation where the finding is from; null gives the bare quotes.
 * @param mask hides personal data; it sees whole messages, so that a number cut by an excerpt is hidden too.
 */
export function excerptsOf(
  finding: Finding,
  conversation: Conversation | null,
  mask: TextMask | null,
): Excerpt[] {
  const byMessage = new Map<string, Evidence[]>();
  for (const evidence of finding.evidence) {
    const known = byMessage.get(evidence.messageId);
    if (known === undefined) byMessage.set(evidence.messageId, [evidence]);
    else known.push(evidence);
  }
  const excerpts: Excerpt[] = [];
  for (const group of byMessage.values()) {
    const message = conversation === null ? null : messageOfEvidence(conversation, finding, group[0]!);
    if (message === null) excerpts.push(bare(group, mask));
    else excerpts.push(inContext(mask === null ? message.text : mask(message.text), group));
  }
  return excerpts;
}

/** The message that an evidence quotes, or null when the conversation has none that says so. */
export function messageOfEvidence(
  conversation: Conversation,
  finding: Finding,
  evidence: Evidence,
): Message | null {
  const says = (index: number): boolean =>
    messageIdOf(conversation, index) === evidence.messageId &&
    conversation.messages[index]!.text.slice(...evidence.span) === evidence.text;
  const own = conversation.turns[finding.turnIndex]?.messageIndexes.find(says);
  const index = own ?? conversation.messages.findIndex((_, at) => says(at));
  return conversation.messages[index] ?? null;
}

function bare(group: readonly Evidence[], mask: TextMask | null): Excerpt {
  return [...new Set(group.map(({ text }) => text))].flatMap((text, index) => {
    const quote = { text: mask === null ? text : mask(text), quoted: true };
    return index === 0 ? [quote] : [{ text: ' … ', quoted: false }, quote];
  });
}

function inContext(text: string, group: readonly Evidence[]): Excerpt {
  const spans = joined(group);
  const parts: { text: string; quoted: boolean }[] = [];
  let at = sentenceStart(text, spans[0]![0]);
  if (at > 0 && !SENTENCE_END.test(text[at - 1]!)) parts.push({ text: '…', quoted: false });
  for (const [start, end] of spans) {
    if (end <= at) continue;
    const from = Math.max(start, at);
    if (from - at > 2 * REACH) {
      const shownBefore = sentenceEnd(text, at);
      const shownAfter = sentenceStart(text, from);
      if (shownBefore < shownAfter) {
        parts.push({ text: `${text.slice(at, shownBefore)}…${text.slice(shownAfter, from)}`, quoted: false });
      } else parts.push({ text: text.slice(at, from), quoted: false });
    } else if (from > at) parts.push({ text: text.slice(at, from), quoted: false });
    parts.push({ text: text.slice(from, end), quoted: true });
    at = end;
  }
  const stop = sentenceEnd(text, at);
  const rest = text.slice(at, stop).trimEnd();
  const more = stop < text.length && !SENTENCE_END.test(text[stop - 1] ?? '');
  if (rest !== '' || more) parts.push({ text: more ? `${rest}…` : rest, quoted: false });
  return parts;
}

/** Spans in order, those that overlap made one. */
function joined(group: readonly Evidence[]): [number, number][] {
  const spans: [number, number][] = [];
  for (const [start, end] of group.map((one) => one.span).sort((a, b) => a[0] - b[0])) {
    const last = spans.at(-1);
    if (last !== undefined && start < last[1]) last[1] = Math.max(last[1], end);
    else spans.push([start, end]);
  }
  return spans;
}

/** Where the sentence around `at` begins, at most {@link REACH} before it and never inside a surrogate pair. */
function sentenceStart(text: string, at: number): number {
  const limit = Math.max(0, at - REACH);
  let start = at;
  while (start > limit && !SENTENCE_END.test(text[start - 1]!)) start--;
  while (start < at && /[\s\udc00-\udfff]/.test(text[start]!)) start++;
  return start;
}

/** Where the sentence around `at` ends, with its mark. */
function sentenceEnd(text: string, at: number): number {
  const limit = Math.min(text.length, at + REACH);
  let end = at;
  while (end < limit && !SENTENCE_END.test(text[end]!)) end++;
  while (end < limit && SENTENCE_END.test(text[end]!) && text[end] !== '\n') end++;
  if (end > at && end < text.length && /[\ud800-\udbff]/.test(text[end - 1]!)) end--;
  return end;
}
