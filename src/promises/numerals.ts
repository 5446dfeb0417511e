const DIGITS: Readonly<Record<string, number>> = {
  零: 0,
  〇: 0,
  一: 1,
  二: 2,
  两: 2,
  俩: 2,
  三: 3,
  四: 4,
  五: 5,
  六: 6,
  七: 7,
  八: 8,
  九: 9,
};
const UNITS: Readonly<Record<string, number>> = { 十: 10, 百: 100 };

/** Source of a regular expression that finds what {@link parseNumeral} reads. */
export const NUMERAL = '(?:[0-9\uff10-\uff19]+(?:\\.[0-9]+)?|[零〇一二两俩三四五六七八九十百半]+)';

/**
 * The number that a numeral stands for, in Arabic or full-width digits or in Chinese up to 999: `48`, `４８`, `2.5`,
 * `四十八`, `一百二十`, `半`.
 *
 * Two or three digits in a row are a range in speech (`两三天` is two to three days), and the later end is what may be
 * held against the speaker.
 *
 * @returns null for what is no numeral
 */
export function parseNumeral(text: string): number | null {
  if (text === '') return null;
  if (text === '半') return 0.5;
  const arabic = text.replace(/[\uff10-\uff19]/g, (digit) => String(digit.charCodeAt(0) - 0xff10));
  if (/^\d+(?:\.\d+)?$/.test(arabic)) return Number(arabic);
  let total = 0;
  let digit: number | null = null;
  for (const character of text) {
    const unit = UNITS[character];
    if (unit !== undefined) {
      total += (digit ?? 1) * unit;
      digit = null;
      continue;
    }
    const value = DIGITS[character];
    if (value === undefined) return null;
    digit = value;
  }
  return total + (digit ?? 0);
}
