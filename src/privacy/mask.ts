/**
 * Hides personal data in words that a report quotes: phone, identity, card, order and tracking numbers, e-mail
 * addresses, chat accounts, street addresses and named recipients.
 *
 * Every hidden character becomes `*` of the same length, so that spans of evidence into the text still hold. A few
 * characters stay, enough to tell two numbers apart. This is a courtesy of reports, no anonymisation: a determined
 * reader can tell people from what is left, and patterns miss what they do not know (docs/privacy.md).
 */
export function maskText(text: string): string {
  let masked = text;
  for (const { find, hide } of PATTERNS) masked = masked.replace(find, hide);
  return masked;
}

interface Pattern {
  find: RegExp;
  hide(found: string, ...groups: string[]): string;
}

const DIGIT = '[0-9\uff10-\uff19]';
const HAN_DIGIT = '[零〇一二三四五六七八九幺两壹贰叁肆伍陆柒捌玖]';
const ALONE_BEFORE = `(?<!${DIGIT})`;
const ALONE_AFTER = `(?!${DIGIT})`;

/** Parts of an address: a road or estate, then house, building, unit and room in any number. */
const ROAD = '(?:路|街|大道|巷|胡同|弄|村|小区|花园|家园|苑|大厦|公寓|广场)';
const HOUSE = `(?:[A-Za-z0-9\uff10-\uff19一二三四五六七八九十百甲乙丙丁-]{1,8}(?:号楼|号院|号(?!线|码)|栋|幢|座|单元|弄|楼|层|室))`;
const ROOM = `(?:${DIGIT}{2,5})?`;

/** In this order: the narrower kinds of number before the wider ones. */
const PATTERNS: readonly Pattern[] = [
  {
    // E-mail: the first letter and the domain stay.
    find: /[A-Za-z0-9._%+-]{1,64}(?=@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,4})/g,
    hide: (local) => (local.length === 1 ? '*' : keepEnds(local, 1, 0)),
  },
  {
    // Identity card: 6 digits of region, birthday, 3 of order, check digit or X.
    find: new RegExp(
      `${ALONE_BEFORE}[1-9]${DIGIT}{5}(?:19|20)${DIGIT}{2}(?:0[1-9]|1[0-2])${DIGIT}{5}[0-9Xx]${ALONE_AFTER}`,
      'g',
    ),
    hide: (number) => keepEnds(number, 0, 2),
  },
  {
    // Mobile phone, perhaps with country code and separators.
    find: new RegExp(
      `${ALONE_BEFORE}((?:(?:\\+|00)?86[- ]?)?)([1\uff11]${DIGIT}{2}[- ]?${DIGIT}{4}[- ]?${DIGIT}{4})${ALONE_AFTER}`,
      'g',
    ),
    hide: (_, country, number) => country + keepDigits(number!, 3, 4),
  },
  {
    // Landline with area code.
    find: new RegExp(`${ALONE_BEFORE}(0${DIGIT}{2,3}[- ])(${DIGIT}{7,8})${ALONE_AFTER}`, 'g'),
    hide: (_, area, number) => area + keepEnds(number!, 0, 2),
  },
  {
    // Bank card in groups of four.
    find: new RegExp(
      `${ALONE_BEFORE}${DIGIT}{4}(?:[- ]${DIGIT}{4}){3}(?:[- ]${DIGIT}{1,3})?${ALONE_AFTER}`,
      'g',
    ),
    hide: (number) => keepDigits(number, 0, 4),
  },
  {
    // Account of another messenger, when it is named as one.
    find: /((?:QQ|微信|wechat|wx|vx|V信)(?:号|号码)?(?:[ 是:\uff1a]){0,3})([A-Za-z0-9_-]{5,20})(?![A-Za-z0-9_-])/gi,
    hide: (_, cue, account) => cue + keepEnds(account!, 1, 1),
  },
  {
    // Order, card and tracking numbers: nine digits or more. Dates, prices and sizes are shorter.
    find: new RegExp(`${DIGIT}{9,}`, 'g'),
    hide: (number) => keepEnds(number, 0, 4),
  },
  {
    // A number spelt out.
    find: new RegExp(`${HAN_DIGIT}{9,}`, 'g'),
    hide: (number) => keepEnds(number, 3, 4),
  },
  {
    // Street address: the district stays.
    find: new RegExp(`\\p{Script=Han}{1,6}${ROAD}${HOUSE}{1,6}${ROOM}|${HOUSE}{2,6}${ROOM}`, 'gu'),
    hide: hideAddress,
  },
  {
    // A recipient who is named as one: the surname stays.
    find: /((?:收货人|收件人|联系人|姓名)[ :\uff1a]{1,2})(\p{Script=Han}{2,4})/gu,
    hide: (_, cue, name) => cue + keepEnds(name!, 1, 0),
  },
];

/** `****1234`: all but the given numbers of UTF-16 units at both ends. */
function keepEnds(text: string, start: number, end: number): string {
  const hidden = Math.max(0, text.length - start - end);
  return text.slice(0, start) + '*'.repeat(hidden) + text.slice(start + hidden);
}

/** Like {@link keepEnds}, counting digits only; separators stay. */
function keepDigits(text: string, start: number, end: number): string {
  const total = text.replace(/[- ]/g, '').length;
  let at = 0;
  return text.replace(/[^- ]/g, (digit) => {
    at++;
    return at <= start || at > total - end ? digit : '*';
  });
}

function hideAddress(address: string): string {
  const district = /^.*(?:[省市县镇乡]|(?<![小社])区)(?=.)/u.exec(address)?.[0] ?? '';
  return district + '*'.repeat(address.length - district.length);
}
