import { SIMPLIFIED, TRADITIONAL } from './traditional.js';

/**
 * What each UTF-16 unit is and what it folds to. Two tables of 65,536 entries answer every question the hot loops ask:
 * {@link FOLD} (width, case, accents, look-alikes, Traditional to Simplified) and {@link KIND}.
 */

export const Kind = {
  other: 0,
  /** Zero-width and combining marks: no part of any word. */
  dropped: 1,
  /** Spaces and the small marks that people put between the characters of a word to hide it. */
  separator: 2,
  /** Marks that end a clause or enclose one, and line ends. */
  punctuation: 3,
  han: 4,
  letter: 5,
  digit: 6,
  highSurrogate: 7,
  lowSurrogate: 8,
} as const;

/** Two letters that the Unicode tables do not join to what readers take them for, and a spelling of 你. */
const LOOK_ALIKES: Readonly<Record<string, string>> = {
  а: 'a',
  с: 'c',
  е: 'e',
  о: 'o',
  р: 'p',
  ѕ: 's',
  х: 'x',
  у: 'y',
  і: 'i',
  ј: 'j',
  в: 'b',
  ь: 'b',
  н: 'h',
  м: 'm',
  т: 't',
  к: 'k',
  α: 'a',
  β: 'b',
  ν: 'v',
  ο: 'o',
  ß: 'b',
  妳: '你',
  牠: '它',
};

/** Ranges in which a compatibility form may hide a plain character; outside of them nothing is normalised. */
const COMPATIBILITY_RANGES: readonly [number, number][] = [
  [0x00a0, 0x024f],
  [0x1d00, 0x1dbf],
  [0x1e00, 0x1eff],
  [0x2000, 0x200a],
  [0x2070, 0x209c],
  [0x2100, 0x214f],
  [0x2460, 0x24ff],
  [0x2e80, 0x2fdf],
  [0x3000, 0x3000],
  [0x3200, 0x33ff],
  [0xf900, 0xfaff],
  [0xff01, 0xffef],
];

const DROPPED_RANGES: readonly [number, number][] = [
  [0x0000, 0x0008],
  [0x000e, 0x001f],
  [0x007f, 0x0084],
  [0x0086, 0x009f],
  [0x00ad, 0x00ad],
  [0x0300, 0x036f],
  [0x0483, 0x0489],
  [0x0591, 0x05bd],
  [0x061c, 0x061c],
  [0x064b, 0x065f],
  [0x0e34, 0x0e3a],
  [0x0e47, 0x0e4e],
  [0x115f, 0x1160],
  [0x17b4, 0x17b5],
  [0x180b, 0x180e],
  [0x1ab0, 0x1aff],
  [0x1dc0, 0x1dff],
  [0x200b, 0x200f],
  [0x202a, 0x202e],
  [0x2060, 0x206f],
  [0x20d0, 0x20ff],
  [0x302a, 0x302d],
  [0x3099, 0x309a],
  [0x3164, 0x3164],
  [0xfe00, 0xfe0f],
  [0xfe20, 0xfe2f],
  [0xfeff, 0xfeff],
  [0xffa0, 0xffa0],
  [0xfff9, 0xfffb],
];

const SEPARATORS =
  ' \t\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u2800\u3000' +
  '.*·•・‧∙⋅●○◦★☆♥♡❤-‐‑‒–—―_~～∼/\\|¦+="\'`′″‘’“”…';

/** Square brackets are none: what they enclose is a mask or a client's code for an emoji. */
const PUNCTUATION = ',，。!！?？;；:：、(（)）{}<>《》〈〉「」『』【】〔〕\n\r\u2028\u2029';

const HAN_RANGES: readonly [number, number][] = [
  [0x3007, 0x3007],
  [0x3400, 0x4dbf],
  [0x4e00, 0x9fff],
];

function foldTable(): Uint16Array {
  const fold = new Uint16Array(65536);
  for (let code = 0; code < 65536; code++) fold[code] = code;
  for (const [first, last] of COMPATIBILITY_RANGES) {
    for (let code = first; code <= last; code++) {
      // The compatibility form without its accents, where that is one unit.
      const plain = String.fromCharCode(code)
        .normalize('NFKD')
        .replace(/[\u0300-\u036f]/g, '');
      if (plain.length === 1) fold[code] = plain.charCodeAt(0);
      else if (/^\([0-9a-z\u4e00-\u9fff]\)$/i.test(plain)) fold[code] = plain.charCodeAt(1);
    }
  }
  for (let i = 0; i < TRADITIONAL.length; i++) fold[TRADITIONAL.charCodeAt(i)] = SIMPLIFIED.charCodeAt(i);
  for (const char in LOOK_ALIKES) {
    fold[char.charCodeAt(0)] = LOOK_ALIKES[char]!.charCodeAt(0);
    const upper = char.toUpperCase();
    if (upper !== char && upper.length === 1) fold[upper.charCodeAt(0)] = LOOK_ALIKES[char]!.charCodeAt(0);
  }
  for (let code = 0; code < 65536; code++) {
    const to = fold[code]!;
    if (to >= 0x41 && to <= 0x5a) fold[code] = to + 32;
    else if (to > 0x7f && to < 0x2000) {
      const lower = String.fromCharCode(to).toLowerCase();
      if (lower.length === 1) fold[code] = lower.charCodeAt(0);
    } else if (to >= 0x4e00 && fold[to] !== to) fold[code] = fold[to]!;
  }
  return fold;
}

function kindTable(): Uint8Array {
  const kind = new Uint8Array(65536);
  const mark = (ranges: readonly [number, number][], value: number) => {
    for (const [first, last] of ranges) kind.fill(value, first, last + 1);
  };
  mark(HAN_RANGES, Kind.han);
  mark([[0x30, 0x39]], Kind.digit);
  mark(
    [
      [0x41, 0x5a],
      [0x61, 0x7a],
    ],
    Kind.letter,
  );
  mark([[0xd800, 0xdbff]], Kind.highSurrogate);
  mark([[0xdc00, 0xdfff]], Kind.lowSurrogate);
  for (const char of SEPARATORS) kind[char.charCodeAt(0)] = Kind.separator;
  for (const char of PUNCTUATION) kind[char.charCodeAt(0)] = Kind.punctuation;
  // A unit is what it folds to: ａ is a letter, ＊ a separator.
  for (let code = 0; code < 65536; code++) if (FOLD[code] !== code) kind[code] = kind[FOLD[code]!]!;
  mark(DROPPED_RANGES, Kind.dropped);
  return kind;
}

/** What a UTF-16 unit becomes; itself where nothing is to be folded. */
export const FOLD: Uint16Array = foldTable();

/** What a raw UTF-16 unit is, one of {@link Kind}. */
export const KIND: Uint8Array = kindTable();

/**
 * What a code point above U+FFFF becomes: a letter or digit for the mathematical alphabets (𝐬𝐛), 0 for what is dropped
 * (variation selectors, skin tones, tags), -1 for all others.
 */
export function foldAstral(codePoint: number): number {
  if (codePoint >= 0x1d400 && codePoint <= 0x1d7ff) {
    const plain = String.fromCodePoint(codePoint).normalize('NFKC');
    return plain.length === 1 ? FOLD[plain.charCodeAt(0)]! : -1;
  }
  if (codePoint >= 0x1f3fb && codePoint <= 0x1f3ff) return 0;
  if (codePoint >= 0xe0000 && codePoint <= 0xe0fff) return 0;
  if (codePoint >= 0x1f130 && codePoint <= 0x1f189)
    return 0x61 + ((codePoint - 0x1f130) % 32 < 26 ? (codePoint - 0x1f130) % 32 : 0);
  return -1;
}

function classOf(chars: string): string {
  const folded = new Set([...chars].map((char) => FOLD[char.charCodeAt(0)]!));
  return `[${[...folded].map((unit) => `\\u${unit.toString(16).padStart(4, '0')}`).join('')}]`;
}

/** A class for regular expressions over folded text: what may stand between the characters of a disguised word. */
export const SEPARATOR_CLASS = classOf(SEPARATORS);

/** A class for regular expressions over folded text: what ends or encloses clauses. */
export const PUNCTUATION_CLASS = classOf(PUNCTUATION);

/** Separators and punctuation: what stands between the characters of a word that is spelled out one by one. */
export const SPELLING_CLASS = classOf(SEPARATORS + PUNCTUATION);

/** A class for regular expressions over folded text: everything that does not end a clause. */
export const INSIDE_CLAUSE = '[^,。.!?;…~、\\n\\r\\u2028\\u2029]';

export function isHan(unit: number): boolean {
  return KIND[unit] === Kind.han;
}

export function isAlphanumeric(unit: number): boolean {
  const kind = KIND[unit];
  return kind === Kind.letter || kind === Kind.digit;
}
