import type { Turn } from '../../model/index.js';
import type { RuleContext } from '../rule.js';
import { essence } from './substance.js';

/** What can make up for a refusal or an 不知道. Each is a cue list `cue/<name>` of the lexicon. */
export const MITIGATIONS = [
  'reason',
  'alternative',
  'next-step',
  'offer',
  'referral',
  'apology',
  'question',
  'answer',
] as const;

export type Mitigation = (typeof MITIGATIONS)[number];

type Span = readonly [number, number];

/** Links, phone numbers, pictures and cards are things a customer can follow. */
const FOLLOWABLE =
  /https?:\/\/|\[链接|\[电话|\[网址|(?<!\d)(?:400|800)-?\d{3,4}-?\d{3,4}(?!\d)|(?<!\d)1[3-9]\d{9}(?!\d)|(?<!\d)\d{3,4}-\d{7,8}(?!\d)|(?<!\d)9\d{4}(?!\d)/;

/**
 * What a turn does for the customer besides the words under judgement.
 *
 * @param aside spans under judgement by message index: a mitigation inside them mitigates nothing
 */
export function mitigationsIn(
  context: RuleContext,
  turn: Turn,
  aside: ReadonlyMap<number, readonly Span[]> = new Map(),
): Set<Mitigation> {
  const found = new Set<Mitigation>();
  for (const index of turn.messageIndexes) {
    const message = context.conversation.messages[index]!;
    if (message.kind !== 'text') {
      if (message.kind !== 'other') found.add('referral');
      continue;
    }
    const spans = aside.get(index) ?? [];
    for (const kind of MITIGATIONS) {
      if (found.has(kind)) continue;
      if (
        context
          .matches(index, `cue/${kind}`)
          .some((match) => !spans.some((span) => overlaps(span, match.span)))
      ) {
        found.add(kind);
      }
    }
    if (FOLLOWABLE.test(message.text)) found.add('referral');
  }
  return found;
}

/** Mitigations of the agents' next turns, as far as `reach` turns ahead. */
export function mitigationsAfter(context: RuleContext, turn: Turn, reach = 3): Set<Mitigation> {
  const found = new Set<Mitigation>();
  const { turns } = context.conversation;
  let seen = 0;
  for (let at = turn.index + 1; at < turns.length && seen < reach; at++) {
    if (turns[at]!.role === 'system') continue;
    seen++;
    if (turns[at]!.role !== 'agent') continue;
    for (const kind of mitigationsIn(context, turns[at]!)) found.add(kind);
  }
  return found;
}

/** True when a turn does anything for the customer: helps, explains, asks, or says something of its own. */
export function engages(context: RuleContext, turn: Turn): boolean {
  if (context.textOf(turn).some(({ message }) => essence(message.text).length >= SUBSTANTIAL)) return true;
  for (const kind of mitigationsIn(context, turn)) if (kind !== 'apology') return true;
  return false;
}

/** So many characters besides courtesy say something. */
const SUBSTANTIAL = 16;

function overlaps(a: Span, b: Span): boolean {
  return a[0] < b[1] && b[0] < a[1];
}
