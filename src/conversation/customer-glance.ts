/** What a customer's text may hold, as bits: order and product numbers, papers, dates. */
export const MAY_HOLD_NUMBERS = 1;
export const MAY_HOLD_PAPERS = 2;
export const MAY_HOLD_DATES = 4;

const DIGIT = 1;
/** Stands for hidden digits of telephones. */
const STAR = 2;
/** 6号, 6日, 6月. */
const AFTER_DATE = 4;
/** [图片], 【视频】 */
const BRACKET = 8;
const REGION = 16;
/** An address names one of these after its region. */
const STREET = 32;

const KINDS = new Uint8Array(0x10000);
for (const [characters, kind] of [
  ['0123456789', DIGIT],
  ['*', STAR],
  ['日号月', AFTER_DATE],
  ['[【', BRACKET],
  ['省市区县镇', REGION],
  ['路街道村区园号栋幢室', STREET],
] as const) {
  for (const character of characters) KINDS[character.charCodeAt(0)]! |= kind;
}

/** The shortest number of a product, and the shortest of an order; telephones are longer. */
const PRODUCT_DIGITS = 6;
const PAPER_DIGITS = 8;

/**
 * A glance at each text of a customer that spares most of them the expressions that could find nothing there: six digits
 * in a row, or eight with stars, a bracket, a region and a street, a date.
 */
export function glanceAtCustomer(text: string): number {
  let found = 0;
  let digits = 0;
  let shown = 0;
  let region = false;
  for (let at = 0; at < text.length; at++) {
    const kind = KINDS[text.charCodeAt(at)]!;
    if (kind === 0) {
      digits = 0;
      shown = 0;
    } else if (kind <= STAR) {
      shown++;
      digits = kind === DIGIT ? digits + 1 : 0;
      if (digits === PRODUCT_DIGITS) found |= MAY_HOLD_NUMBERS;
      if (shown === PAPER_DIGITS) found |= MAY_HOLD_PAPERS;
    } else {
      if (digits > 0 && (kind & AFTER_DATE) !== 0) found |= MAY_HOLD_DATES;
      if ((kind & BRACKET) !== 0 || (region && (kind & STREET) !== 0)) found |= MAY_HOLD_PAPERS;
      if ((kind & REGION) !== 0) region = true;
      digits = 0;
      shown = 0;
    }
  }
  return found;
}
