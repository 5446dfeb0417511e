import { CharacterSet } from '../../model/index.js';

/** The words around a span: those of its clause, and those of its sentence, without the span itself. */
export interface Scope {
  /** The raw words of the span. */
  words: string;
  /** From the start of the clause to the span. */
  before: string;
  /** From the span to the end of the clause. */
  after: string;
  /** From the start of the sentence to the clause. */
  sentenceBefore: string;
  /** From the end of the clause to the end of the sentence. */
  sentenceAfter: string;
}

const CLAUSE_BREAK = new CharacterSet('，,、；;：:。．.！!？?…~～\n\r|｜');
const SENTENCE_BREAK = new CharacterSet('。！!？?\n\r|｜');
const SPACE = new CharacterSet(' 　');
const LATIN = new CharacterSet('abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789');

/** Words farther away bear on nothing, and a text of thousands of spans is not read anew for each of them. */
const REACH = 200;

/**
 * Cuts the clause and the sentence around `[start, end)` out of a raw text, as far as 200 characters to either side.
 * Breaks inside the span do not cut.
 */
export function scopeOf(text: string, [start, end]: readonly [number, number]): Scope {
  const from = Math.max(0, start - REACH);
  const to = Math.min(text.length, end + REACH);
  const clauseStart = backTo(text, start, from, isClauseBreak);
  const clauseEnd = onTo(text, end, to, isClauseBreak);
  return {
    words: text.slice(start, end),
    before: text.slice(clauseStart, start),
    after: text.slice(end, clauseEnd),
    sentenceBefore: text.slice(backTo(text, clauseStart, from, isSentenceBreak), clauseStart),
    sentenceAfter: text.slice(clauseEnd, onTo(text, clauseEnd, to, isSentenceBreak)),
  };
}

type IsBreak = (text: string, at: number) => boolean;

function backTo(text: string, from: number, least: number, isBreak: IsBreak): number {
  let at = from;
  while (at > least && !isBreak(text, at - 1)) at--;
  return at;
}

function onTo(text: string, from: number, most: number, isBreak: IsBreak): number {
  let at = from;
  while (at < most && !isBreak(text, at)) at++;
  return at;
}

function isSentenceBreak(text: string, at: number): boolean {
  return SENTENCE_BREAK.at(text, at);
}

/** Chats are often typed with a space for a comma; between Latin letters it is only a space. */
function isClauseBreak(text: string, at: number): boolean {
  if (CLAUSE_BREAK.at(text, at)) return true;
  return SPACE.at(text, at) && !(LATIN.at(text, at - 1) && LATIN.at(text, at + 1));
}
