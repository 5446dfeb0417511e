import type { Conversation } from '../model/index.js';

/** First and last moment of conversations to audit, in milliseconds: `[sinceMs, untilMs)`, null for no bound. */
export interface Period {
  sinceMs: number | null;
  untilMs: number | null;
}

/**
 * Whether a conversation began within the period. Whole conversations are kept or left out, so that no turn is judged
 * without its context. One without a time is in no period but the unbounded one.
 */
export function inPeriod(conversation: Conversation, period: Period): boolean {
  if (period.sinceMs === null && period.untilMs === null) return true;
  if (conversation.startMs === null) return false;
  if (period.sinceMs !== null && conversation.startMs < period.sinceMs) return false;
  return period.untilMs === null || conversation.startMs < period.untilMs;
}
