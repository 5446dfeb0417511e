import { visible } from '../report/visible.js';
import type { Bilingual, Locale } from './options.js';

const TYPES: Readonly<Record<string, Bilingual>> = {
  string: { zh: '文字', en: 'text' },
  number: { zh: '数字', en: 'a number' },
  int: { zh: '整数', en: 'a whole number' },
  boolean: { zh: 'true 或 false', en: 'true or false' },
  array: { zh: '列表', en: 'a list' },
  object: { zh: '一组设置', en: 'an object' },
  record: { zh: '一组设置', en: 'an object' },
};

/** What a value should be, by the first word of `SchemaProblem.detail`; `{value}` is the rest. */
const EXPECTED: Readonly<Record<string, Bilingual>> = {
  min: { zh: '不小于 {value}', en: 'at least {value}' },
  above: { zh: '大于 {value}', en: 'above {value}' },
  max: { zh: '不大于 {value}', en: 'at most {value}' },
  'not-empty': { zh: '不能为空', en: 'not empty' },
  like: { zh: '{value} 这样的写法', en: 'written like {value}' },
};

/** What is wrong, where that is no question of what should stand there. */
const WRONG: Readonly<Record<string, Bilingual>> = {
  missing: { zh: '缺少这一项', en: 'it is missing' },
  'unknown-key': { zh: '没有这一项', en: 'there is no such field' },
  'ends-before-start': { zh: '结束不晚于开始 {value}', en: 'it does not end after it starts {value}' },
  overlap: { zh: '时段有重叠', en: 'the hours overlap' },
  'no-range': { zh: '{value} 不是一段日期', en: '{value} is no range of days' },
  'no-day': { zh: '没有 {value} 这一天', en: '{value} is no day' },
  'no-category': { zh: '没有“{value}”这个类别', en: 'there is no category “{value}”' },
  'figure-missing': {
    zh: '缺少 figure：没有叫这个名字的已知指标',
    en: 'figure is missing: no metric of this name is known',
  },
  'within-missing': { zh: '缺少 withinSeconds', en: 'withinSeconds is missing' },
  'people-need-share': {
    zh: '按人数计的只能是 share-within',
    en: 'people can only be counted by share-within',
  },
  'sessions-need-first': {
    zh: '按会话计的只能看首次等待（waits: first）',
    en: 'sessions are counted by their first waits',
  },
};

/** A `SchemaProblem.detail` in words. What is not in its language is shown as it is. */
export function schemaText(detail: string, locale: Locale): string {
  const zh = locale === 'zh';
  const [first = '', value] = cutWord(detail);
  if (Object.hasOwn(WRONG, first)) return WRONG[first]![locale].replace('{value}', visible(value)).trimEnd();
  let known = true;
  const parts = detail.split(' or ').map((part) => {
    const [word, rest] = cutWord(part);
    if (word === 'one-of') return rest.split('|').join(zh ? '、' : ', ');
    if (word === 'type') return TYPES[rest]?.[locale] ?? rest;
    if (Object.hasOwn(EXPECTED, word)) return EXPECTED[word]![locale].replace('{value}', visible(rest));
    known = false;
    return visible(part);
  });
  if (!known) return parts.join(' or ');
  return zh ? `应为 ${parts.join(' 或 ')}` : `it should be ${parts.join(' or ')}`;
}

/** `window.value.start: like 08:00`, as errors carry it, in words. */
export function schemaProblemText(problem: string, locale: Locale): string {
  const at = problem.indexOf(': ');
  if (at < 0) return visible(problem);
  const place = visible(problem.slice(0, at));
  const text = schemaText(problem.slice(at + 2), locale);
  if (place === '') return text;
  return locale === 'zh' ? `${place}：${text}` : `${place}: ${text}`;
}

function cutWord(text: string): [word: string, rest: string] {
  const at = text.indexOf(' ');
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
}
