/** A stretch of folded text that is not language: no form may match a part of it. */
export interface ProtectedStretch {
  kind:
    | 'link'
    | 'email'
    | 'mask'
    | 'emoji'
    | 'price'
    | 'quantity'
    | 'model'
    | 'variant'
    | 'number'
    | 'address';
  /** `[start, end)` in units of the folded text. */
  start: number;
  end: number;
}

/** Folding makes Chinese marks Latin ones: those end a link, unless it visibly goes on. */
const URL_CHARACTERS = '(?:[^\\s\\u3007-\\u9fff,。!?;<>"]|[?;!](?=[a-z0-9_%]))';
/** Characters that make the number before them an amount, a size or a place. */
const MEASURES =
  '元块角个号件条双盒瓶袋包支片只斤克寸码度天分秒点月日年季周米升层楼栋座室店仓库区门排列街路弄巷档级代款折家次人位岁' +
  '台套组箱卷杯碗页期颗粒根张枚副串把束间架辆版面倍成磅吨亩圈圆色键灯节线';
/** A letter that names one of several kinds. */
const VARIANT = '[a-z](?:[款型码号版档级族站端区座栋组面类罩字色照卷套]|光片)';

/** A number and what it counts may stand apart, and not on two lines. */
const SPACE = '[^\\S\\n\\r\\u2028\\u2029]';

/** Words that end the name of a place. */
const PLACE = '(?:zhen|xian|jie|lu|cun|street|road|avenue)(?![a-z])';

// Alternatives are tried in this order at every place, so a link wins over the number inside it.
const PATTERNS: readonly [ProtectedStretch['kind'], string][] = [
  ['link', `https?:\\/\\/${URL_CHARACTERS}+`],
  [
    'link',
    `(?<![a-z0-9])(?:[a-z0-9-]+\\.)+(?:com|cn|net|org|top|vip|shop|cc|me|tv|io|tb)(?![a-z0-9])(?:[/?#:]${URL_CHARACTERS}*)?`,
  ],
  ['email', '[a-z0-9._%+-]+@[a-z0-9-]+(?:\\.[a-z0-9-]+)*'],
  // Exporters and anonymisers write masks, clients write [微笑]; JD writes #E-s12, 旺旺 writes /:^_^ and /:081.
  ['emoji', '#e-[a-z](?:\\d+|\\[[^\\[\\]\\n]{1,24}\\])'],
  ['mask', '\\[[^\\[\\]\\n]{1,24}\\]'],
  [
    'emoji',
    '\\/:(?:\\d{3}|girl|man|lip|clock|plane|\\((?:ok|&|zz\\.\\.\\.)\\)|[-^>()\'"*&~!?$%@=_<a-z8]{1,4})',
  ],
  ['price', `[¥$]${SPACE}?\\d+(?:\\.\\d+)?`],
  [
    'quantity',
    `(?<![a-z0-9])\\d+(?:\\.\\d+)?${SPACE}?(?:%|小时|[${MEASURES}]|(?:w|v|a|g|kg|ml|l|cm|mm|m|gb|tb|mb|ma|mah|d|p|k)(?![a-z0-9]))`,
  ],
  // Letters with digits (rtx3060, sb-300) and chains of digits (2026-03-01, 138 0000 0000).
  [
    'model',
    '(?<![a-z0-9])(?=[a-z0-9._/-]*\\d)(?=[a-z0-9._/-]*[a-z])[a-z0-9]+(?:[-_./][a-z0-9]+)+|(?<![a-z0-9])(?=[a-z]*\\d)(?=\\d*[a-z])[a-z0-9]{3,}',
  ],
  // One of several kinds: B款, M码, b族.
  ['variant', `(?<![a-z0-9])${VARIANT}`],
  // Places in Latin letters: song jiang qu si jing zhen, baker street.
  ['address', `(?<![a-z0-9])(?:[a-z]{2,} ){1,8}${PLACE}`],
  ['number', '\\d{5,}|\\d+(?:[-/:. ]\\d+)+'],
];

const PROTECTED = new RegExp(PATTERNS.map(([, source]) => `(${source})`).join('|'), 'g');
/** Nothing is protected in a text without one of these. */
const MAY_BE_PROTECTED = new RegExp(`[0-9@#[¥$]|/:|[a-z]\\.[a-z]|://|${VARIANT}|[a-z] ${PLACE}`);

const NONE: readonly ProtectedStretch[] = [];

/** Links, e-mail addresses, order and phone numbers, model names, prices, masks and emoji codes of a folded text. */
export function protectedStretches(folded: string): readonly ProtectedStretch[] {
  if (!MAY_BE_PROTECTED.test(folded)) return NONE;
  const found: ProtectedStretch[] = [];
  for (const match of folded.matchAll(PROTECTED)) {
    const group = match.findIndex((value, index) => index > 0 && value !== undefined);
    found.push({ kind: PATTERNS[group - 1]![0], start: match.index, end: match.index + match[0].length });
  }
  return found;
}

/**
 * The stretch that the units `[start, end)` cut into, or null. A match may hold a whole stretch (an amount inside a
 * gap, a form that is an emoji code) and never a part of one.
 */
export function cutStretch(
  stretches: readonly ProtectedStretch[],
  start: number,
  end: number,
): ProtectedStretch | null {
  for (const stretch of stretches) {
    if (stretch.end <= start || stretch.start >= end) continue;
    if (stretch.start < start || stretch.end > end) return stretch;
  }
  return null;
}
