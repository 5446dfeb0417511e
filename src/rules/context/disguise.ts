import type { LexiconMatch } from '../../language/lexicon.js';

/** Steps that hide nothing from a reader. */
const PLAIN = /^(?:case|width|traditional|stretch)\b/;

/**
 * What a finding's data says of how its words were written: the steps that led to the lexicon (`homophone 尼→你`), and,
 * where they hide the words from a reader, what the words are read as. Nothing where they are written plainly.
 */
export function disguiseData(matches: readonly LexiconMatch[]): {
  disguises?: string[];
  readings?: string[];
} {
  const disguises = distinct(matches.flatMap(({ path }) => path));
  if (disguises.length === 0) return {};
  const hidden = matches.filter(({ path }) => path.some((step) => !PLAIN.test(step)));
  if (hidden.length === 0) return { disguises };
  return { disguises, readings: distinct(hidden.map(({ reading }) => reading)) };
}

/** Nobody reads more of them. */
const MOST = 20;

function distinct(texts: readonly string[]): string[] {
  return [...new Set(texts)].slice(0, MOST);
}

/** The part of a message about that; see `renderMessage`. */
export const DISGUISE_PART = {
  zh: '{?readings （读作“{readings}”：{disguises}）}',
  en: '{?readings  (read as “{readings}”: {disguises})}',
} as const;
