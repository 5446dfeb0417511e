import { lengthOfCharacter } from '../../model/index.js';

/** Emoji codes of the platforms: `#E-s12`, `/:^_^`, `[微笑]`. Placeholders (`[图片]`) and masks (`[姓名x]`) are not. */
const EMOJI_CODE =
  /#E-[a-z]*(?:\[数字x\]|\d+)|\/:[\w^~>$'"()-]{1,6}|\[(?!ORDERID|图片|视频|链接|[^[\]]*x\])[^[\]]{1,6}\]/g;
/** What every code begins with. */
const CODE_BEGINS = '[#/';
const MAY_HOLD_CODE = /[[#/]/;
/** Each is courtesy, whatever it stands in. */
const PARTICLES = '呢哦哈呀啊噢喔的了吧嘛哒滴咯呗啦哟喽嘞诶捏嗯恩好';
/** What begins with these may be courtesy; see {@link courtesyAt}. */
const HEADS = '亲你您不抱对小妹这';
const PHRASES = ['不好意思', '抱歉', '对不起', '小妹', '妹子', '这边', '这个'];
/** Belong to words, and to what begins with the heads as well. */
const TAILS = '爱意思歉起子边个';
const WORD = /[\p{L}\p{N}]/u;

type Span = readonly [number, number];

/** A text without emoji codes, punctuation and spaces. */
export function wordsOf(text: string): string {
  return without(withoutCodes(text), noWordAt);
}

/** What remains of a text without emoji, punctuation and courtesy: what it says. */
export function essence(text: string): string {
  if (!MAY_HOLD_CODE.test(text)) return without(text, emptyAt);
  return wordsOf(without(withoutCodes(text), courtesyAt));
}

/** Which characters stand in the essence of a text, as bits of which each stands for many characters. */
export interface Sketch {
  /** Those that may. */
  readonly may: number;
  /** Those that do, as far as they stand before anything that could be a code. */
  readonly must: number;
}

export function sketchOf(text: string): Sketch {
  let may = 0;
  let must: number | null = null;
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    const kind = kindOf(unit);
    if (kind === IN_WORD) may |= 1 << (unit & 31);
    else if (kind === CODE) must ??= may;
  }
  return { may, must: must ?? may };
}

/** Whether the essence of a text may hold that of another, by their sketches: false is certain. */
export function maySay(text: Sketch, other: Sketch): boolean {
  return (other.must & ~text.may) === 0;
}

/** True when two texts have a pair of neighbouring characters in common. */
export function sharesWords(a: string, b: string): boolean {
  for (let at = 0; at + 2 <= a.length; at++) if (b.includes(a.slice(at, at + 2))) return true;
  return false;
}

/** What remains of a text when spans are taken out, without emoji, punctuation and courtesy. */
export function remainder(text: string, spans: readonly Span[]): string {
  let rest = '';
  let from = 0;
  for (const [start, end] of inOrder(spans)) {
    if (start > from) rest += `${text.slice(from, start)} `;
    from = Math.max(from, end);
  }
  return essence(from === 0 ? text : rest + text.slice(from));
}

/**
 * How many characters {@link remainder} has; no text is made to count them.
 *
 * @param enough whoever only wants to know whether there are so many has them counted no further
 */
export function remainderLength(
  text: string,
  spans: readonly Span[],
  enough = Number.POSITIVE_INFINITY,
): number {
  let length = 0;
  let from = 0;
  for (const [start, end] of inOrder(spans)) {
    if (start > from) length += saidIn(text, from, start, enough - length);
    from = Math.max(from, end);
  }
  length += saidIn(text, from, text.length, enough - length);
  return Number.isNaN(length) ? remainder(text, spans).length : length;
}

/** How many characters between two places are neither punctuation nor courtesy; NaN where a code may be among them. */
function saidIn(text: string, from: number, to: number, enough: number): number {
  let said = 0;
  for (let at = from; at < to && said < enough; ) {
    const kind = kindOf(text.charCodeAt(at));
    if (kind === CODE) return Number.NaN;
    const empty = kind === IN_WORD ? 0 : emptyAt(text, at, to);
    if (empty === 0) said++;
    at += empty || 1;
  }
  return said;
}

function inOrder(spans: readonly Span[]): readonly Span[] {
  return spans.length < 2 ? spans : [...spans].sort((a, b) => a[0] - b[0]);
}

function withoutCodes(text: string): string {
  return MAY_HOLD_CODE.test(text) ? text.replace(EMOJI_CODE, '') : text;
}

/** A text without some of its stretches. */
function without(text: string, lengthAt: (text: string, at: number, end: number) => number): string {
  let rest = '';
  let from = 0;
  for (let at = 0; at < text.length; ) {
    const length = lengthAt(text, at, text.length);
    if (length === 0) {
      at++;
      continue;
    }
    if (at > from) rest += text.slice(from, at);
    at += length;
    from = at;
  }
  return from === 0 ? text : rest + text.slice(from);
}

/** What a character may be, by its UTF-16 unit; 0 is not yet known. */
const kinds = new Uint8Array(0x10000);
const IN_WORD = 1;
const TAIL = 2;
const NO_WORD = 3;
const HALF = 4;
const PARTICLE = 5;
const HEAD = 6;
/** What every code begins with; no part of a word. */
const CODE = 7;
for (let at = 0; at < CODE_BEGINS.length; at++) kinds[CODE_BEGINS.charCodeAt(at)] = CODE;
for (let at = 0; at < PARTICLES.length; at++) kinds[PARTICLES.charCodeAt(at)] = PARTICLE;
for (let at = 0; at < HEADS.length; at++) kinds[HEADS.charCodeAt(at)] = HEAD;
for (let at = 0; at < TAILS.length; at++) kinds[TAILS.charCodeAt(at)] = TAIL;

function kindOf(unit: number): number {
  return kinds[unit]! || firstKindOf(unit);
}

/** The kind of a unit that was not met yet. */
function firstKindOf(unit: number): number {
  const isHalf = unit >= 0xd800 && unit <= 0xdfff;
  const kind = isHalf ? HALF : WORD.test(String.fromCharCode(unit)) ? IN_WORD : NO_WORD;
  kinds[unit] = kind;
  return kind;
}

/** The length of the punctuation or the courtesy that begins at a place of a text; 0 where there is none. */
function emptyAt(text: string, at: number, end: number): number {
  const kind = kindOf(text.charCodeAt(at));
  if (kind === IN_WORD || kind === TAIL) return 0;
  if (kind === NO_WORD || kind === PARTICLE || kind === CODE) return 1;
  return kind === HEAD ? courtesyAt(text, at, end) : noWordAt(text, at);
}

/** The length of the character at a place of a text if it belongs to no word, else 0. */
function noWordAt(text: string, at: number): number {
  const kind = kindOf(text.charCodeAt(at));
  if (kind !== HALF) return kind === NO_WORD || kind === CODE ? 1 : 0;
  if (lengthOfCharacter(text, at) === 2) return WORD.test(text.slice(at, at + 2)) ? 0 : 2;
  // The second half of a character that was kept.
  return at > 0 && lengthOfCharacter(text, at - 1) === 2 ? 0 : 1;
}

/** The length of the courtesy that begins at a place of a text; 0 where there is none. */
function courtesyAt(text: string, at: number, end: number): number {
  const kind = kindOf(text.charCodeAt(at));
  if (kind === PARTICLE) return 1;
  if (kind !== HEAD) return 0;
  const next = at + 1 < text.length ? text[at + 1]! : '';
  switch (text[at]) {
    case '亲':
      if (at + 1 < end && next === '亲') return 2;
      if (at + 2 < end && next === '爱' && text[at + 2] === '的') return 3;
      return at + 1 < end && (next === '自' || next === '戚') ? 0 : 1;
    case '你':
    case '您':
      return next === '' || (at + 1 < end && next >= 'a' && next <= 'z') ? 0 : 1;
    default:
      for (const phrase of PHRASES)
        if (at + phrase.length <= end && text.startsWith(phrase, at)) return phrase.length;
      return 0;
  }
}
