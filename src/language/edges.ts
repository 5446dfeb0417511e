import { isAlphanumeric, isHan } from './characters.js';
import type { Edges } from './lexicon.js';
import type { Segmenter } from './segment.js';

/** Why the edges of a match are wrong, with the words or characters around. */
export interface EdgeProblem {
  rejection: 'latin-edge' | 'word-edge' | 'inner-word';
  detail: string;
}

/** How far Han text is followed on either side of a match. Real clauses are far shorter. */
const CONTEXT = 200;
const CACHE_SIZE = 4096;

/** Judges whether matches start and end where words do. Segments only the stretch of Han text around a match. */
export class EdgeJudge {
  private readonly segmenter: Segmenter;
  private cache = new Map<string, readonly string[]>();

  constructor(segmenter: Segmenter) {
    this.segmenter = segmenter;
  }

  /**
   * @param text folded text
   * @param clean the words of `[from, to)` without separators and stretching
   * @param disguised the match was written with other Han characters: then those must not be words of their own
   */
  check(
    text: string,
    from: number,
    to: number,
    clean: string,
    edges: Edges,
    disguised: boolean,
  ): EdgeProblem | null {
    const latin = latinEdge(text, from, to);
    if (latin !== null) return latin;
    const left = edges === 'word' || edges === 'prefix' || disguised ? hanBefore(text, from) : '';
    const right = edges === 'word' || edges === 'suffix' || disguised ? hanAfter(text, to) : '';
    if (!disguised && left === '' && right === '') return null;
    const head = hanHead(clean);
    if (head === clean) return this.checkHan(left, clean, right, disguised);
    const tail = hanTail(clean);
    return (
      (head !== '' && (left !== '' || disguised) ? this.checkHan(left, head, '', disguised) : null) ??
      (tail !== '' && (right !== '' || disguised) ? this.checkHan('', tail, right, disguised) : null)
    );
  }

  private checkHan(left: string, clean: string, right: string, disguised: boolean): EdgeProblem | null {
    const words = this.words(left + clean + right);
    const start = left.length;
    const end = start + clean.length;
    let at = 0;
    for (const word of words) {
      const next = at + word.length;
      if ((at < start && next > start) || (at < end && next > end))
        return { rejection: 'word-edge', detail: word };
      if (disguised && at >= start && next <= end && word.length > 1 && word !== clean) {
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
