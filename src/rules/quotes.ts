import type { Quote } from './rule.js';

/** Quotes without repetitions: two lexicon entries, or two cues of one clause, may know the same words. */
export function distinctQuotes(quotes: readonly Quote[]): Quote[] {
  const seen = new Set<string>();
  return quotes.filter(({ message, span }) => {
    const key = `${message} ${span.join()}`;
    return !seen.has(key) && seen.add(key);
  });
}
