import type { Bilingual, Locale } from '../../model/catalogue.js';

/** Values that a phrase is filled with. */
export type PhraseData = Readonly<Record<string, string | number | readonly string[]>>;

/**
 * Fills a phrase: `{name}` gives the value, `{name|one|other}` the first word when the value is 1, else the second.
 * Numbers are grouped by thousands, lists joined. A name without a value leaves nothing.
 */
export function fill(phrase: Bilingual, locale: Locale, data: PhraseData = {}): string {
  return phrase[locale].replace(
    /\{(\w+)(?:\|([^|}]*)\|([^|}]*))?\}/g,
    (_, name: string, one: string | undefined, other: string | undefined) => {
      const value = data[name];
      if (one !== undefined) return value === 1 ? one : other!;
      return value === undefined ? '' : showValue(value, locale);
    },
  );
}

export function showValue(value: PhraseData[string], locale: Locale): string {
  if (typeof value === 'number') return Number.isInteger(value) ? grouped(value) : String(value);
  if (typeof value === 'string') return value;
  return value.join(locale === 'zh' ? '、' : ', ');
}

/** `1,204`; the same on every machine. */
export function grouped(value: number): string {
  return String(value).replace(/\B(?=(\d{3})+$)/g, ',');
}
