import { isAlphanumeric, isHan } from './characters.js';
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
   * @param substitutes Han characters that the match was written with instead of its own: they must not belong to a
   *   harmless word (草拟 in 草拟吗 is one, 草 in 草你妈 is not)
   */
  check(
    text: string,
    from: number,
    to: number,
    clean: string,
    edges: Edges,
    substitutes: string,
  ): EdgeProblem | null {
    const latin = latinEdge(text, from, to);
    if (latin !== null) return latin;
    if (edges === 'alone') {
      const alone = !isWordUnit(text, from - 1) && !isWordUnit(text, to);
      return alone ? null : { rejection: 'not-alone', detail: text.slice(Math.max(0, from - 1), to + 1) };
    }
    const left = edges === 'word' || edges === 'prefix' || substitutes !== '' ? hanBefore(text, from) : '';
    const right = edges === 'word' || edges === 'suffix' || substitutes !== '' ? hanAfter(text, to) : '';
    if (substitutes === '' && left === '' && right === '') return null;
    const head = hanHead(clean);
    if (head === clean) return this.checkHan(left, clean, right, substitutes);
    const tail = hanTail(clean);
    return (
      (head !== '' && (left !== '' || substitutes !== '')
        ? this.checkHan(left, head, '', substitutes)
        : null) ??
      (tail !== '' && (right !== '' || substitutes !== '')
        ? this.checkHan('', tail, right, substitutes)
        : null)
    );
  }

  private checkHan(left: string, clean: string, right: string, substitutes: string): EdgeProblem | null {
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

/** A match that starts or ends with a letter or digit must not go on with one: sb in sb300, tm in html. */
function latinEdge(text: string, from: number, to: number): EdgeProblem | null {
  const before = isAlphanumeric(text.charCodeAt(from)) && joins(text, from - 1, -1);
  const after = isAlphanumeric(text.charCodeAt(to - 1)) && joins(text, to, 1);
  if (!before && !after) return null;
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

function holdsAny(word: string, chars: string): boolean {
  for (const char of chars) if (word.includes(char)) return true;
  return false;
}

function isWordUnit(text: string, at: number): boolean {
  if (at < 0 || at >= text.length) return false;
  const unit = text.charCodeAt(at);
  return isHan(unit) || isAlphanumeric(unit);
}

function hanBefore(text: string, at: number): string {
  if (!isHan(text.charCodeAt(at))) return '';
  let from = at;
  while (from > 0 && at - from < CONTEXT && isHan(text.charCodeAt(from - 1))) from--;
  return text.slice(from, at);
}

function hanAfter(text: string, at: number): string {
  if (!isHan(text.charCodeAt(at - 1))) return '';
  let to = at;
  while (to < text.length && to - at < CONTEXT && isHan(text.charCodeAt(to))) to++;
  return text.slice(at, to);
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
