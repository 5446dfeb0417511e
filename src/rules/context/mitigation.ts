import type { LexiconMatch } from '../../language/lexicon.js';
import type { Message, Turn } from '../../model/index.js';
import type { RuleContext } from '../rule.js';
import { remainderLength } from './substance.js';

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

const CUE_OF: Readonly<Record<Mitigation, string>> = {
  reason: 'cue/reason',
  alternative: 'cue/alternative',
  'next-step': 'cue/next-step',
  offer: 'cue/offer',
  referral: 'cue/referral',
  apology: 'cue/apology',
  question: 'cue/question',
  answer: 'cue/answer',
};

type Span = readonly [number, number];

/** Links, phone numbers, pictures and cards are things a customer can follow. */
const FOLLOWABLE =
  /https?:\/\/|\[链接|\[电话|\[网址|(?<!\d)(?:400|800)-?\d{3,4}-?\d{3,4}(?!\d)|(?<!\d)1[3-9]\d{9}(?!\d)|(?<!\d)\d{3,4}-\d{7,8}(?!\d)|(?<!\d)9\d{4}(?!\d)/;

export type Aside = ReadonlyMap<number, readonly Span[]>;

const NOTHING: Aside = new Map();
const NO_SPANS: readonly Span[] = [];

/**
 * What a turn does for the customer besides the words under judgement. Whoever needs only some of it asks
 * {@link mitigates}, which is cheaper.
 *
 * @param aside spans under judgement by message index: a mitigation inside them mitigates nothing
 */
export function mitigationsIn(context: RuleContext, turn: Turn, aside: Aside = NOTHING): Set<Mitigation> {
  return new Set(MITIGATIONS.filter((kind) => isThere(context, turn, kind, aside)));
}

/** True when a turn does any of these things for the customer; looks no further than the first. */
export function mitigates(
  context: RuleContext,
  turn: Turn,
  kinds: readonly Mitigation[],
  aside: Aside = NOTHING,
): boolean {
  for (const kind of kinds) if (isThere(context, turn, kind, aside)) return true;
  return false;
}

function isThere(context: RuleContext, turn: Turn, kind: Mitigation, aside: Aside): boolean {
  for (const index of turn.messageIndexes) {
    if (standsApart(context.matches(index, CUE_OF[kind]), aside.get(index) ?? NO_SPANS)) return true;
    if (kind === 'referral' && isFollowable(context.conversation.messages[index]!)) return true;
  }
  return false;
}

/** True when one of some matches overlaps none of some spans. */
function standsApart(matches: readonly LexiconMatch[], spans: readonly Span[]): boolean {
  return matches.some((match) => !spans.some((span) => overlaps(span, match.span)));
}

function isFollowable({ kind, text }: Message): boolean {
  return kind === 'text' ? FOLLOWABLE.test(text) : kind !== 'other';
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

/**
 * True when a turn does anything for the customer: helps, explains, asks, or says something of its own.
 *
 * @param aside spans by message index that do nothing, whatever they say
 */
export function engages(context: RuleContext, turn: Turn, aside: Aside = NOTHING): boolean {
  for (const index of turn.messageIndexes) {
    const { kind, text } = context.conversation.messages[index]!;
    if (kind !== 'text' || text.length < SUBSTANTIAL) continue;
    if (remainderLength(text, aside.get(index) ?? NO_SPANS, SUBSTANTIAL) >= SUBSTANTIAL) return true;
  }
  return mitigates(context, turn, HELP, aside);
}

/** An apology alone does nothing. */
const HELP = MITIGATIONS.filter((kind) => kind !== 'apology');

/** So many characters besides courtesy say something. */
const SUBSTANTIAL = 16;

function overlaps(a: Span, b: Span): boolean {
  return a[0] < b[1] && b[0] < a[1];
}
