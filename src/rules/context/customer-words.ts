import { CategorySet, type Conversation, type Turn } from '../../model/index.js';
import type { RuleContext } from '../rule.js';
import { type AbusiveWords, abuseIn, CUSTOMER_ABUSE_CATEGORIES, isOath } from './abuse.js';

/** Lexicon categories of what a customer can abuse an agent with; the last holds words that attack the shop as well. */
export const ABUSE_WORDS: readonly string[] = [...CUSTOMER_ABUSE_CATEGORIES, 'customer-abuse/abuse'];
/** The same as a set. */
export const ABUSE_SET = CategorySet.of(ABUSE_WORDS);

/** A customer's abusive words in a turn that are not about a third person, with their messages. */
export function wordsAgainstAgents(
  context: RuleContext,
  turn: Turn,
): { index: number; word: AbusiveWords }[] {
  const words: { index: number; word: AbusiveWords }[] = [];
  for (const index of turn.messageIndexes) {
    if (!context.mayHold(index, ABUSE_SET)) continue;
    for (const category of ABUSE_WORDS) {
      for (const word of abuseIn(context, index, category)) {
        if (isAgainstAgents(word)) words.push({ index, word });
      }
    }
  }
  return words;
}

/** An oath aimed at nobody (我靠, 卧槽 这么便宜, 妈的 又没送到) is no abuse, unless it is of the worst kind. */
function isAgainstAgents({ match, addressee }: AbusiveWords): boolean {
  if (addressee === 'unknown' && isOath(match)) return false;
  return addressee !== 'third-party' && (addressee === 'partner' || match.severity !== 'info');
}

/** Who was there to be spoken to: the agent who spoke last before the turn, else the first one after it. */
export function nearestAgent({ turns }: Conversation, turn: Turn): string {
  for (let at = turn.index - 1; at >= 0; at--) if (turns[at]!.role === 'agent') return turns[at]!.agentId;
  for (let at = turn.index + 1; at < turns.length; at++)
    if (turns[at]!.role === 'agent') return turns[at]!.agentId;
  return '';
}
