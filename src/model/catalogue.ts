import type { Category, Finding, FindingData, Severity } from './finding.js';

/** A text in both languages of the tool. */
export interface Bilingual {
  zh: string;
  en: string;
}

export type Locale = keyof Bilingual;

/** What a reporter needs to know of a rule: its words, never its code. */
export interface CatalogueEntry {
  category: Category;
  severity: Severity;
  stability: 'stable' | 'experimental';
  docs: { what: Bilingual; why: Bilingual; remedy: Bilingual };
  /** Message templates by message id; see {@link renderMessage}. */
  messages: Readonly<Record<string, Bilingual>>;
}

/** Every rule's words, by rule id. The rules' registry makes it, reporters are handed it. */
export interface MessageCatalogue {
  rules: ReadonlyMap<string, CatalogueEntry>;
  /** Words for the codes that stand in a finding's data, e.g. `reason` → 原因. */
  terms: Readonly<Record<string, Bilingual>>;
}

/**
 * The sentence that tells a finding to a person.
 *
 * `{name}` in a template is filled from the finding's data: numbers whose name ends in `Ms` become durations, codes
 * that the catalogue has a term for become that term, lists are joined. `{quote}` is the evidence. A name without a
 * value leaves nothing, so that an old report read by a newer tool still makes a sentence; `{?name …}` is there only
 * where the name has a value, and `{name|turn|turns}` chooses the word for one or for many. Where a finding quotes only the first of many places, the sentence ends with how many more
 * there are.
 */
export function renderMessage(catalogue: MessageCatalogue, finding: Finding, locale: Locale): string {
  const template = catalogue.rules.get(finding.ruleId)?.messages[finding.messageId]?.[locale];
  if (template === undefined) return `${finding.ruleId} ${finding.messageId}`;
  const applicable = template.replace(/\{\?(\w+) ((?:[^{}]|\{\w+\})*)\}/g, (_, name: string, part: string) =>
    isAbsent(finding.data[name]) ? '' : part,
  );
  const numbered = applicable.replace(
    /\{(\w+)\|([^{}|]*)\|([^{}|]*)\}/g,
    (_, name: string, one: string, many: string) => (finding.data[name] === 1 ? one : many),
  );
  const message = numbered.replace(/\{(\w+)\}/g, (_, name: string) => {
    if (name === 'quote') return finding.evidence.map((one) => one.text).join(' … ');
    return renderValue(catalogue, name, finding.data[name], locale);
  });
  const { moreQuotes } = finding.data;
  if (typeof moreQuotes !== 'number') return message;
  return message + (locale === 'zh' ? `（另有${moreQuotes}处）` : ` (and ${moreQuotes} more)`);
}

/** Null, and a list of nothing. */
function isAbsent(value: FindingData[string] | undefined): boolean {
  return value === undefined || value === null || (Array.isArray(value) && value.length === 0);
}

function renderValue(
  catalogue: MessageCatalogue,
  name: string,
  value: FindingData[string] | undefined,
  locale: Locale,
): string {
  if (value === undefined || value === null) return '';
  if (typeof value === 'number') return name.endsWith('Ms') ? formatDuration(value, locale) : String(value);
  if (typeof value === 'boolean') return renderTerm(catalogue, value ? 'yes' : 'no', locale);
  if (typeof value === 'string') return renderTerm(catalogue, value, locale);
  return value.map((one) => renderTerm(catalogue, one, locale)).join(locale === 'zh' ? '、' : ', ');
}

/** The words for a code; behind a code may stand what it is about: `homophone 尼→你`. */
function renderTerm(catalogue: MessageCatalogue, code: string, locale: Locale): string {
  return termText(catalogue.terms, code, locale);
}

/** {@link renderMessage} for a single code. */
export function termText(terms: MessageCatalogue['terms'], code: string, locale: Locale): string {
  const end = code.indexOf(' ');
  const name = end < 0 ? code : code.slice(0, end);
  return Object.hasOwn(terms, name) ? terms[name]![locale] + code.slice(name.length) : code;
}

/** `3分20秒` or `3m20s`; whole seconds, at most two units. */
export function formatDuration(ms: number, locale: Locale): string {
  const names = locale === 'zh' ? ['天', '小时', '分', '秒'] : ['d', 'h', 'm', 's'];
  const seconds = Math.round(ms / 1000);
  const amounts = [
    Math.floor(seconds / 86_400),
    Math.floor(seconds / 3600) % 24,
    Math.floor(seconds / 60) % 60,
    seconds % 60,
  ];
  const first = amounts.findIndex((amount) => amount > 0);
  if (first === -1) return `0${names[3]}`;
  return amounts
    .slice(first, first + 2)
    .map((amount, at) => (amount === 0 ? '' : `${amount}${names[first + at]}`))
    .join('');
}
