import type { Wait } from '../../model/index.js';
import { timeTerms } from '../../promises/index.js';
import type { RuleContext } from '../rule.js';
import { asks, calls } from './customer-turn.js';

const AGREES = ['cue/agrees-to-wait', 'cue/lets-wait'];
/** 可以, to 大概要二十分钟，可以吗. */
const CONSENTS = /^(?:好|可以|行|嗯|没问题|没事|没关系|ok)[^?？吗]{0,6}$/i;
/** So long nobody is hurried who says 不急 where no time was named, in milliseconds. */
const UNNAMED_MS = 30 * 60_000;

/**
 * True when the customer agreed to wait and was answered within that: within the time that the agent had just named
 * (大概要二十分钟，可以吗), counted from there, or, where none was, within half an hour of 不急 and nothing asked since.
 */
export function isAgreedTo(context: RuleContext, wait: Wait): boolean {
  const { messages, turns } = context.conversation;
  if (wait.agentTurn === null || wait.endMs === null) return false;
  const first = turns[wait.customerTurn]!.messageIndexes[0]!;
  const reply = turns[wait.agentTurn]!.messageIndexes[0]!;
  const named = namedBefore(context, first);
  let agreedMs: number | null = null;
  for (let index = first; index < reply; index++) {
    const { role, kind, text, atMs } = messages[index]!;
    if (role !== 'customer' || kind !== 'text' || atMs === null) continue;
    const agrees = AGREES.some((category) => context.matches(index, category).length > 0);
    if (named !== null && (agrees || CONSENTS.test(text))) return wait.endMs <= named;
    if (agrees) agreedMs = atMs;
    else if (asks(text) || calls(text)) agreedMs = null;
  }
  return agreedMs !== null && wait.endMs - agreedMs <= UNNAMED_MS;
}

/** By when the agent's words right before a message say that it will take, or null. */
function namedBefore({ conversation: { messages } }: RuleContext, before: number): number | null {
  for (let index = before - 1; index >= 0; index--) {
    const { role, text, atMs } = messages[index]!;
    if (role === 'customer') return null;
    if (role !== 'agent' || atMs === null) continue;
    for (const { due } of timeTerms(text)) if (due.kind === 'within') return atMs + due.ms;
  }
  return null;
}
