import type { CompiledLexicon, LexiconMatch } from '../language/lexicon.js';
import { CategorySet } from '../model/index.js';
import { CUSTOMER_ABUSE_CATEGORIES } from './context/abuse.js';
import { remainder } from './context/substance.js';

/** Whoever writes more than this says something besides. */
export const ONLY_ABUSE_LENGTH = 24;
/** Whom the abuse is said of, and how much: 你们都是, 这群, 太. With anything else left something is asked or told. */
const ADDRESS = /[你您我他她它们都是就这那群个帮伙家店客服老板真太好很一的了]+/g;

/** Lexicon categories of what customers say when they do nothing but abuse. */
export const ONLY_ABUSE_CATEGORIES = CategorySet.of([...CUSTOMER_ABUSE_CATEGORIES, 'customer-abuse/abuse']);

/**
 * Tells customers' messages that are abuse and nothing else. Nobody has to answer those, so they start no agent's clock:
 * a customer's abuse never lowers an agent's score.
 */
export function onlyAbuse(lexicon: CompiledLexicon): (text: string) => boolean {
  const abuse = lexicon.only(new Set(ONLY_ABUSE_CATEGORIES.names));
  return (text) => {
    if (text.length > ONLY_ABUSE_LENGTH) return false;
    const found = abuse.scan(text);
    return found.length > 0 && isNothingButAbuse(text, found);
  };
}

/** True when nothing is left of a text without the abusive words found in it. */
export function isNothingButAbuse(text: string, found: readonly LexiconMatch[]): boolean {
  const rest = remainder(
    text,
    found.map(({ span }) => span),
  );
  return rest.replace(ADDRESS, '') === '';
}
