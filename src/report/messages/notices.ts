import type { Bilingual, Locale } from '../../model/catalogue.js';
import type { Notice } from '../../model/report.js';
import { visible } from '../visible.js';
import { fill, showValue } from './phrase.js';

/** Remarks of a run, by code. */
export const NOTICES: Record<string, Bilingual> = {};

/** A notice in a sentence. A code that is not listed is shown with its data. */
export function noticeText(notice: Notice, locale: Locale): string {
  const phrase = Object.hasOwn(NOTICES, notice.code) ? NOTICES[notice.code] : undefined;
  const data = Object.fromEntries(
    Object.entries(notice.data).map(([name, value]) => [
      name,
      typeof value === 'number' ? value : Array.isArray(value) ? value.map(visible) : visible(value),
    ]),
  );
  if (phrase !== undefined) return fill(phrase, locale, data);
  const pairs = Object.entries(data).map(([name, value]) => `${name}=${showValue(value, locale)}`);
  return [visible(notice.code), ...pairs].join(' ');
}
