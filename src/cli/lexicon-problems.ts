import type { LexiconProblem } from '../language/lexicon.js';
import type { Bilingual, Locale } from './options.js';

/** What can be wrong with a lexicon. */
export const LEXICON_PROBLEMS: Record<LexiconProblem['code'], Bilingual> = {
  syntax: { zh: '语法有误', en: 'syntax error' },
  schema: { zh: '不合格式', en: 'not of the right form' },
  template: { zh: '写法看不懂', en: 'a form cannot be understood' },
  'unknown-slot': { zh: '没有这个槽', en: 'unknown slot' },
  'duplicate-id': { zh: '编号重复', en: 'id used twice' },
  'duplicate-form': { zh: '写法重复', en: 'form used twice' },
  'never-matches': { zh: '永远不会命中', en: 'can never match' },
  'misses-hit': { zh: 'hit 例句没有命中', en: 'does not match its hit' },
  'hits-miss': { zh: 'miss 例句却命中了', en: 'matches its miss' },
  'useless-disguise': { zh: '变体没有用', en: 'a disguise does nothing' },
  'unknown-entry': { zh: '没有这个条目', en: 'unknown entry' },
};

/** A problem as errors carry it, `words.yaml:3 e0 schema: …`, with its code in words. An unlisted one is as it was. */
export function lexiconProblemText(problem: string, locale: Locale): string {
  const [, place = '', entry = '', code = '', detail = ''] =
    /^(.*:\d+) (.*?) ?([a-z-]+): (.*)$/s.exec(problem) ?? [];
  if (!Object.hasOwn(LEXICON_PROBLEMS, code)) return problem;
  const words = LEXICON_PROBLEMS[code as LexiconProblem['code']][locale];
  const colon = locale === 'zh' ? '：' : ': ';
  // What was switched off stands in no file.
  const where = place === ':0' ? [] : [place];
  const about = entry === detail ? [] : [entry];
  return [...where, ...about, `${words}${colon}${detail}`].filter(Boolean).join(' ');
}
