import { detached } from '../model/index.js';

/**
 * Characters of which no telling piece of a word is made: function words and what every service chat is about. What is
 * left (除湿, 湿机) can tell two contacts about one thing from two about two.
 */
const COMMON = new Set(
  '的了吗呢吧啊我你您他她它们这那是不有没在就都也要会能可以和跟给把被什么怎为请问好哪还很太说看想到去来上下个一二三四五六七八九十两几多少天月年日号点时分钟小大中再又才让叫用得着过里头东西人家店客服售后买卖钱元块发货退换款订单快递收件拍照片图视频票价格优惠券电话联系回复处理问题谢再见亲嗯哦哈呀嘛啦对行别但因所如果然现今明昨刚前次直接已经知道应该可能需只比较最近真先自己咨询',
);

/** By UTF-16 unit: 1 for the Chinese characters that telling pieces are made of. */
const TELLING = new Uint8Array(0x10000).fill(1, 0x4e00, 0xa000);
for (const character of COMMON) TELLING[character.charCodeAt(0)] = 0;

const LATIN_WORD = /[A-Za-z][A-Za-z0-9-]{2,15}/g;
const MAY_BE_LATIN = /[A-Za-z][A-Za-z0-9-]{2}/;

/** Of a long story the beginning says what it is about. */
const LONGEST = 200;
/** So many pieces of one contact are kept. */
export const TERM_LIMIT = 24;

/** Collects pieces of words from what a customer says in one contact, then in the next. */
export class TermCollector {
  private readonly terms = new Array<string>(TERM_LIMIT).fill('');
  /** For each piece of two units its {@link pairNumber}; for a Latin word -1. */
  private readonly numbers = new Int32Array(TERM_LIMIT);
  private count = 0;
  private seen = 0;

  constructor(private readonly pieces: Pieces) {}

  add(text: string): void {
    if (this.seen >= LONGEST || this.count === TERM_LIMIT) return;
    const end = Math.min(text.length, LONGEST - this.seen);
    this.seen += end;
    let before = 0;
    let latin = false;
    for (let at = 0; at < end; at++) {
      const unit = text.charCodeAt(at);
      if (TELLING[unit] === 1 && TELLING[before] === 1) this.keepPair(before, unit);
      if (unit < 0x80 && isLetter(unit)) latin = true;
      before = unit;
    }
    if (!latin || !MAY_BE_LATIN.test(text)) return;
    for (const [word] of text.slice(0, end).matchAll(LATIN_WORD)) this.keep(word.toLowerCase());
  }

  private keepPair(first: number, second: number): void {
    const { numbers, count } = this;
    const number = pairNumber(first, second);
    for (let at = 0; at < count; at++) if (numbers[at] === number) return;
    if (count === TERM_LIMIT) return;
    numbers[count] = number;
    this.terms[this.count++] = this.pieces.pair(first, second, number);
  }

  private keep(word: string): void {
    for (let at = 0; at < this.count; at++) if (this.terms[at] === word) return;
    if (this.count === TERM_LIMIT) return;
    this.numbers[this.count] = -1;
    this.terms[this.count++] = this.pieces.own(word);
  }

  /** The pieces in order of appearance; the next contact begins. */
  take(): string[] {
    const taken = this.terms.slice(0, this.count);
    this.count = 0;
    this.seen = 0;
    return taken;
  }
}

function isLetter(unit: number): boolean {
  const lower = unit | 0x20;
  return lower >= 0x61 && lower <= 0x7a;
}

const PIECES_LIMIT = 100_000;

/** One string for all equal ones: there are few different pieces, in many contacts. */
export class Pieces {
  private readonly known = new Map<string, string>();
  private readonly pairs = new Map<number, string>();

  own(piece: string): string {
    const same = this.known.get(piece);
    if (same !== undefined) return same;
    if (this.known.size >= PIECES_LIMIT) this.known.clear();
    const own = detached(piece);
    this.known.set(own, own);
    return own;
  }

  /** The piece of two UTF-16 units, which has the given {@link pairNumber}. */
  pair(first: number, second: number, number: number): string {
    const same = this.pairs.get(number);
    if (same !== undefined) return same;
    if (this.pairs.size >= PIECES_LIMIT) this.pairs.clear();
    const own = String.fromCharCode(first, second);
    this.pairs.set(number, own);
    return own;
  }
}

/** Its own for every two Chinese characters, and small enough for engines to keep it as a plain number. */
function pairNumber(first: number, second: number): number {
  return (first - 0x4e00) * 0x5200 + second - 0x4e00;
}

/** Joins pieces that overlap to the words they are of: 除湿, 湿机 → 除湿机. */
export function joinPieces(pieces: readonly string[]): string[] {
  const left = new Set(pieces);
  const words: string[] = [];
  for (const first of pieces) {
    if (!left.has(first) || [...left].some((other) => other !== first && other.at(-1) === first[0])) continue;
    left.delete(first);
    let word = first;
    for (;;) {
      const next = [...left].find((other) => other[0] === word.at(-1) && other.length === 2);
      if (next === undefined) break;
      left.delete(next);
      word += next.slice(1);
    }
    words.push(word);
  }
  return [...words, ...left];
}

const DATE =
  /(?<!\d)(1[0-2]|0?[1-9])(?:月|[./-](?=\d{1,2}(?:[日号]|(?![\d.]))))\s*(3[01]|[12]\d|0?[1-9])\s*[日号]?(?!\d|[.:：元块斤个])/g;

/** Dates that a text names, as `MM-DD`: `11月6号`, `11.6号`. */
export function datesIn(text: string): string[] {
  if (!/\d[日号月]/.test(text)) return [];
  return [...text.matchAll(DATE)]
    .filter(([words]) => /[月日号]/.test(words))
    .map(([, month, day]) => `${month!.padStart(2, '0')}-${day!.padStart(2, '0')}`);
}
