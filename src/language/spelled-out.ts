import { isAlphanumeric, isHan, KIND, Kind, PUNCTUATION_CLASS, SEPARATOR_CLASS } from './characters.js';

/**
 * Words spelled out with punctuation between their characters: 傻，逼 or (傻)(逼). Punctuation also stands between any two
 * clauses, so such a match is only believed where each clause but the first is a single character, and nothing follows it
 * directly.
 */

/** One character of a spelled word: Han, an emoji, or a syllable in Latin letters. */
const CHARACTER =
  '(?:[\\u3400-\\u9fff]|[\\ud800-\\udbff][\\udc00-\\udfff]|[\\u2600-\\u27bf]|[a-z]{1,6}|[0-9])';
const ALONE = `${SEPARATOR_CLASS}*${CHARACTER}${SEPARATOR_CLASS}*`;
const ONE_CHARACTER_CLAUSE = new RegExp(`${PUNCTUATION_CLASS}${ALONE}(?:${PUNCTUATION_CLASS}|$)`);
const ONE_CHARACTER = new RegExp(`^${ALONE}$`);
const PUNCTUATIONS = new RegExp(`${PUNCTUATION_CLASS}+`);
/** Further letters of a list: s,b,m. */
const LETTER_AFTER = /^[,、][a-z0-9](?![a-z0-9])/;
const LETTER_BEFORE = /(?<![a-z0-9])[a-z0-9][,、]$/;

/** Whether a folded text has a clause of one character; no word is spelled out in a text without. */
export function hasOneCharacterClause(text: string): boolean {
  return ONE_CHARACTER_CLAUSE.test(text);
}

/** Whether there is punctuation in `[from, to)`. */
export function holdsPunctuation(text: string, from: number, to: number): boolean {
  for (let at = from; at < to; at++) if (KIND[text.charCodeAt(at)] === Kind.punctuation) return true;
  return false;
}

/** Whether the punctuation in `[from, to)` of a folded text spells a word out, and does not separate clauses or letters. */
export function isSpelledOut(text: string, from: number, to: number): boolean {
  const next = text.charCodeAt(to);
  if (isHan(next) || isAlphanumeric(next)) return false;
  const parts = text.slice(from, to).split(PUNCTUATIONS);
  if (!parts.slice(1).every((part) => ONE_CHARACTER.test(part))) return false;
  return (
    !LETTER_AFTER.test(text.slice(to, to + 3)) && !LETTER_BEFORE.test(text.slice(Math.max(0, from - 3), from))
  );
}
