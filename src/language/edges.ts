import { isAlphanumeric, isHan, KIND, Kind } from './characters.js';
import type { Edges } from './lexicon.js';
import type { Segmenter } from './segment.js';

/** Why the edges of a match are wrong, with the words or characters around. */
export interface EdgeProblem {
  rejection: 'latin-edge' | 'word-edge' | 'inner-word' | 'not-alone';
  detail: string;
}

/** How far Han text is followed on either side of a match. Real clauses are far shorter. */
const CONTEXT = 200;
const CACHE_SIZE = 4096;

/** Judges whether matches start and end where words do. Segments only the stretch of Han text around a match. */
export class EdgeJudge {
  private readonly segmenter: Pick<Segmenter, 'cut'>;
  private readonly terms: ReadonlySet<string>;
  private cache = new Map<string, readonly string[]>();

  /** @param terms words of the lexicon, as its entries write them */
  constructor(segmenter: Pick<Segmenter, 'cut'>, terms: ReadonlySet<string>) {
    this.segmenter = segmenter;
    this.terms = terms;
  }

  /**
   * @param text folded text
   * @param clean the words of `[from, to)` without separators and stretching
   * @param substitutes what the match was written with instead of characters of its own, where that is Han: it must not
   *   belong to a harmless word (草拟 in 草拟吗 is one, 草 in 草你妈 is not)
   */
  check(
    text: string,
    from: number,
    to: number,
    clean: string,
    edges: Edges,
    substitutes: readonly string[],
  ): EdgeProblem | null {
    const latin = latinEdge(text, from, to);
    if (latin !== null) return latin;
    const spaced = isSpaced(text, from, to);
    if (edges === 'alone') {
      const alone =
        !isWordUnit(text, from - 1) &&
        !isWordUnit(text, to) &&
        !goesOn(text, from, -1, clean) &&
        !goesOn(text, to - 1, 1, clean);
      return alone ? null : { rejection: 'not-alone', detail: text.slice(Math.max(0, from - 3), to + 3) };
    }
    const left =
      edges === 'word' || edges === 'prefix' || substitutes.length > 0 ? hanBefore(text, from, spaced) : '';
    const right =
      edges === 'word' || edges === 'suffix' || substitutes.length > 0 ? hanAfter(text, to, spaced) : '';
    if (substitutes.length === 0 && left === '' && right === '') return null;
    const head = hanHead(clean);
    if (head === clean) return this.checkHan(left, clean, right, substitutes);
    const tail = hanTail(clean);
    return (
      (head !== '' && (left !== '' || substitutes.length > 0)
        ? this.checkHan(left, head, '', substitutes)
        : null) ??
      (tail !== '' && (right !== '' || substitutes.length > 0)
        ? this.checkHan('', tail, right, substitutes)
        : null)
    );
  }

  private checkHan(
    left: string,
    clean: string,
    right: string,
    substitutes: readonly string[],
  ): EdgeProblem | null {
    const words = this.words(left + clean + right);
    const start = left.length;
    const end = start + clean.length;
    let at = 0;
    for (const word of words) {
      const next = at + word.length;
      if ((at < start && next > start) || (at < end && next > end))
        return { rejection: 'word-edge', detail: word };
      if (
        word.length > 1 &&
        next <= end &&
        at >= start &&
        !this.terms.has(word) &&
        holdsAny(word, substitutes)
      ) {
        return { rejection: 'inner-word', detail: word };
      }
      at = next;
    }
    return null;
  }

  private words(text: string): readonly string[] {
    let words = this.cache.get(text);
    if (words === undefined) {
      words = this.segmenter.cut(text);
      if (this.cache.size >= CACHE_SIZE) this.cache = new Map();
      this.cache.set(text, words);
    }
    return words;
  }
}

/** Two kinds to choose from: S/B. */
const ALTERNATIVES = /^[a-z0-9] ?[/|+&] ?[a-z0-9]$/;

/**
 * A match that starts or ends with a letter or digit must not go on with one: sb in sb300, tm in html, s b in s / b / l.
 */
function latinEdge(text: string, from: number, to: number): EdgeProblem | null {
  const before =
    isAlphanumeric(text.charCodeAt(from)) && (joins(text, from - 1, -1) || isListed(text, from, -1));
  const after = isAlphanumeric(text.charCodeAt(to - 1)) && (joins(text, to, 1) || isListed(text, to - 1, 1));
  if (!before && !after && !ALTERNATIVES.test(text.slice(from, to))) return null;
  return { rejection: 'latin-edge', detail: text.slice(Math.max(0, from - 8), to + 8) };
}

/** Whether the character at `at` continues a Latin word, by itself or as a joint (`a-b`, `a.b`, `a_b`). */
function joins(text: string, at: number, direction: 1 | -1): boolean {
  if (at < 0 || at >= text.length) return false;
  if (isAlphanumeric(text.charCodeAt(at))) return true;
  const next = at + direction;
  return (
    '-_./@'.includes(text[at]!) && next >= 0 && next < text.length && isAlphanumeric(text.charCodeAt(next))
  );
}

/** Whether the single letter or digit at `at` is one of several with separators between them. */
function isListed(text: string, at: number, direction: 1 | -1): boolean {
  if (isAlphanumeric(text.charCodeAt(at - direction))) return false;
  const next = nextSpaced(text, at, direction);
  return next >= 0 && isAlphanumeric(text.charCodeAt(next));
}

/** Whether a word is written with some of the substitutes; being one as a whole (广发 for 废) is their purpose. */
function holdsAny(word: string, substitutes: readonly string[]): boolean {
  return substitutes.some((one) => one !== word && [...one].some((char) => word.includes(char)));
}

function isWordUnit(text: string, at: number): boolean {
  if (at < 0 || at >= text.length) return false;
  const unit = text.charCodeAt(at);
  return isHan(unit) || isAlphanumeric(unit);
}

/** Whether there are separators in `[from, to)`. */
function isSpaced(text: string, from: number, to: number): boolean {
  for (let at = from; at < to; at++) if (KIND[text.charCodeAt(at)] === Kind.separator) return true;
  return false;
}

/** How far apart the characters of spaced-out text are. */
const WIDEST_SPACE = 3;

/**
 * Where the next character of spaced-out text (滚 轮, a / b) stands, seen from `at`: behind separators, and alone between
 * them. -1 where the text does not go on like that.
 */
function nextSpaced(text: string, at: number, direction: 1 | -1): number {
  let next = at + direction;
  while (KIND[text.charCodeAt(next)] === Kind.separator) next += direction;
  const distance = Math.abs(next - at) - 1;
  if (distance < 1 || distance > WIDEST_SPACE) return -1;
  return isWordUnit(text, next) && !isWordUnit(text, next + direction) ? next : -1;
}

/**
 * Whether a word that stands alone is one of a Latin phrase (heat gun), or a single character of spaced-out text or of a
 * list. The same character again is only stress.
 */
function goesOn(text: string, at: number, direction: 1 | -1, clean: string): boolean {
  if (isAlphanumeric(text.charCodeAt(at))) {
    let next = at + direction;
    while (text[next] === ' ') next += direction;
    return isAlphanumeric(text.charCodeAt(next));
  }
  if (clean.length > 1) return false;
  if (text[at + direction] === '、') return text[at + 2 * direction] !== text[at];
  const next = nextSpaced(text, at, direction);
  return next >= 0 && text[next] !== text[at];
}

function hanBefore(text: string, at: number, spaced: boolean): string {
  if (!isHan(text.charCodeAt(at))) return '';
  let from = at;
  while (from > 0 && at - from < CONTEXT && isHan(text.charCodeAt(from - 1))) from--;
  if (from < at || !spaced) return text.slice(from, at);
  let found = '';
  for (let next = nextSpaced(text, at, -1); isHanAt(text, next); next = nextSpaced(text, next, -1)) {
    found = text[next]! + found;
  }
  return found;
}

function hanAfter(text: string, at: number, spaced: boolean): string {
  if (!isHan(text.charCodeAt(at - 1))) return '';
  let to = at;
  while (to < text.length && to - at < CONTEXT && isHan(text.charCodeAt(to))) to++;
  if (to > at || !spaced) return text.slice(at, to);
  let found = '';
  for (let next = nextSpaced(text, at - 1, 1); isHanAt(text, next); next = nextSpaced(text, next, 1)) {
    found += text[next]!;
  }
  return found;
}

function isHanAt(text: string, at: number): boolean {
  return at >= 0 && isHan(text.charCodeAt(at));
}

function hanHead(text: string): string {
  let to = 0;
  while (to < text.length && isHan(text.charCodeAt(to))) to++;
  return text.slice(0, to);
}

function hanTail(text: string): string {
  let from = text.length;
  while (from > 0 && isHan(text.charCodeAt(from - 1))) from--;
  return text.slice(from);
}
