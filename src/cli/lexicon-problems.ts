import type { LexiconProblem, Rejection } from '../language/lexicon.js';
import type { Bilingual, Locale } from './options.js';
import { schemaProblemText } from './schema-text.js';

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

/** Why something that looks like a match is none. */
export const REJECTIONS: Record<Rejection, Bilingual> = {
  form: { zh: '只是一部分像', en: 'only a part of the form is there' },
  protected: { zh: '在链接、型号等之内', en: 'inside a link, a model name or the like' },
  'latin-edge': { zh: '在英文词之内', en: 'inside a Latin word' },
  allow: { zh: '是一个无害的词', en: 'is a harmless word' },
  unless: { zh: '旁边的话排除了它', en: 'the words beside it rule it out' },
  only: { zh: '缺少应有的上下文', en: 'the words it needs are not there' },
  'word-edge': { zh: '不在词的边界上', en: 'not on the edge of a word' },
  'inner-word': { zh: '在另一个词之内', en: 'inside another word' },
  'clause-break': { zh: '中间隔着标点', en: 'there is punctuation inside' },
  initials: { zh: '只是几个字母', en: 'only letters' },
  'not-alone': { zh: '整句不只是它', en: 'the message says more than that' },
  covered: { zh: '被更长的命中盖住', en: 'covered by a longer match' },
};

/** What templates are refused for, as their parser says it, and in Chinese. */
const TEMPLATE_TEXTS: readonly (readonly [RegExp, string])[] = [
  [/^empty alternative; write x\? for what may be absent$/, '有一个备选是空的；可有可无的写成 x?'],
  [/^(\S) is missing$/, '缺少 $1'],
  [/^a gap is at most (\d+) characters$/, '间隔最多 $1 个字'],
  [/^slot (.*) contains itself$/, '槽 $1 包含了自己'],
  [/^nothing after \\$/, '\\ 后面没有字'],
  [/^unexpected (\S); write (\S+) for the character$/, '这里不该有 $1；要写这个字，请写 $2'],
  [/^no character that must be there$/, '没有一个必须出现的字'],
];

/** The detail of a problem in the language of the user. */
export function lexiconDetail(code: string, detail: string, locale: Locale): string {
  if (code === 'schema') return schemaProblemText(detail, locale);
  if (locale !== 'zh') return detail;
  if (code === 'template') {
    const [, place = '', message = detail] = /^(.* \(\d+\)): (.*)$/s.exec(detail) ?? [];
    for (const [pattern, text] of TEMPLATE_TEXTS)
      if (pattern.test(message)) return `${place}：${message.replace(pattern, text)}`;
    return detail;
  }
  if (code !== 'misses-hit' && code !== 'never-matches') return detail;
  return detail.replace(/(?<= )[a-z-]+(?= )/g, (word) =>
    Object.hasOwn(REJECTIONS, word) ? REJECTIONS[word as Rejection].zh : word,
  );
}

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
  return [...where, ...about, `${words}${colon}${lexiconDetail(code, detail, locale)}`]
    .filter(Boolean)
    .join(' ');
}
