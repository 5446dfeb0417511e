import type { LexiconMatch } from '../../language/lexicon.js';
import { CategorySet, type Conversation } from '../../model/index.js';
import type { RuleContext } from '../rule.js';
import { type Addressee, addresseeOf, isCalled, type Speaker } from './directed.js';
import { isNegated } from './negated.js';
import { isQuotedFromCustomer } from './quoted.js';
import { isReported } from './reported.js';
import { scopeOf } from './scope.js';

/** Lexicon categories of abusive words; rules and provocation share them. */
export const ABUSE_CATEGORIES = [
  'abuse/profanity',
  'abuse/insult',
  'abuse/contempt',
  'abuse/curse',
  'abuse/threat',
  'abuse/mockery',
  'abuse/provocation',
  'abuse/discrimination',
  'abuse/harassment',
] as const;

/** The same as a set. */
const ABUSE = CategorySet.of(ABUSE_CATEGORIES);

export type AbuseCategory = (typeof ABUSE_CATEGORIES)[number];

/** Taking power: in a customer's mouth, 店大欺客, 我要去投诉 and 跟你说了多少遍 are complaints. */
const OF_THE_STRONGER: ReadonlySet<AbuseCategory> = new Set([
  'abuse/contempt',
  'abuse/mockery',
  'abuse/provocation',
]);

/** What a customer can be guilty of; their own kind of contempt has words of its own. */
export const CUSTOMER_ABUSE_CATEGORIES: readonly AbuseCategory[] = ABUSE_CATEGORIES.filter(
  (category) => !OF_THE_STRONGER.has(category),
);

/** Abusive words that their context lets stand as the speaker's own. */
export interface AbusiveWords {
  match: LexiconMatch;
  addressee: Addressee;
}

/** A message is no worse for more insults than these, and whoever pastes a hundred thousand must not hold up the audit. */
const MOST_WORDS = 10_000;
const NO_WORDS: readonly AbusiveWords[] = [];

/**
 * The abusive words of one message that are the speaker's own: not quoted from the other side, not denied, not told of
 * a third person, not about oneself. Words that only offend when aimed at somebody are left out unless they are.
 */
export function abuseIn(context: RuleContext, index: number, category: string): readonly AbusiveWords[] {
  const matches = context.matches(index, category);
  if (matches.length === 0) return NO_WORDS;
  const message = context.conversation.messages[index]!;
  const speaker: Speaker = message.role === 'customer' ? 'customer' : 'agent';
  const abusive: AbusiveWords[] = [];
  for (const match of matches.length > MOST_WORDS ? matches.slice(0, MOST_WORDS) : matches) {
    const scope = scopeOf(message.text, match.span);
    if (isNegated(scope) || isReported(scope)) continue;
    if (isQuotedFromCustomer(scope, (words) => wasSaidTo(context.conversation, index, speaker, words)))
      continue;
    // An agent who answers with an oath means the customer; a customer's 卧槽 or 妈的 may mean the price or the weather.
    const bare = speaker === 'customer' && isOath(match) ? 'unknown' : 'partner';
    let addressee = match.addressed ? 'partner' : addresseeOf(scope, speaker, bare);
    if (addressee === 'self') continue;
    if (addressee === 'unknown' && match.directed === 'required' && isCalled(scope)) addressee = 'partner';
    if (match.directed === 'required' && !isAimed(match, addressee, speaker)) continue;
    abusive.push({ match, addressee });
  }
  return abusive;
}

/** Swearing that is not of the worst kind: said of nobody, it abuses nobody. */
export function isOath({ category, severity }: LexiconMatch): boolean {
  return category === 'abuse/profanity' && severity !== 'error';
}

/**
 * Whether words that need an aim have one. A customer who calls names without naming anybody means the shop; an agent
 * may mean goods or weather.
 */
function isAimed(match: LexiconMatch, addressee: Addressee, speaker: Speaker): boolean {
  return (
    addressee === 'partner' ||
    (addressee === 'unknown' && speaker === 'customer' && match.severity === 'error')
  );
}

/** {@link abuseIn} over every category of abuse that its speaker can be guilty of. */
export function allAbuseIn(context: RuleContext, index: number): readonly AbusiveWords[] {
  if (!context.mayHold(index, ABUSE)) return NO_WORDS;
  const isCustomer = context.conversation.messages[index]!.role === 'customer';
  const categories = isCustomer ? CUSTOMER_ABUSE_CATEGORIES : ABUSE_CATEGORIES;
  return categories.flatMap((category) => abuseIn(context, index, category));
}

/** How many messages back a quote may be of. */
const QUOTE_REACH = 500;

/** True when the other side wrote words before a message of this speaker. */
function wasSaidTo({ messages }: Conversation, index: number, speaker: Speaker, words: string): boolean {
  const other = speaker === 'agent' ? 'customer' : 'agent';
  for (let at = index - 1; at >= 0 && at >= index - QUOTE_REACH; at--) {
    const message = messages[at]!;
    if (message.role === other && message.kind === 'text' && message.text.includes(words)) return true;
  }
  return false;
}
