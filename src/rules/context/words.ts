import type { LexiconMatch } from '../../language/lexicon.js';
import type { Turn } from '../../model/index.js';
import type { RuleContext } from '../rule.js';
import { remainderLength } from './substance.js';

/** Words of the lexicon in a message. */
export interface FoundWords {
  /** Index into `conversation.messages`. */
  index: number;
  match: LexiconMatch;
}

type Span = readonly [number, number];

/** The words of some categories in a turn, message by message. */
export function wordsIn(context: RuleContext, turn: Turn, categories: readonly string[]): FoundWords[] {
  const words: FoundWords[] = [];
  for (const index of turn.messageIndexes) {
    for (const category of categories) {
      for (const match of context.matches(index, category)) words.push({ index, match });
    }
  }
  return words;
}

/** True when words of a category stand in a turn. */
export function isIn(context: RuleContext, turn: Turn, category: string): boolean {
  for (const index of turn.messageIndexes) if (context.matches(index, category).length > 0) return true;
  return false;
}

/** Where some words stand, by message: what `mitigates` leaves aside. */
export function asideOf(words: readonly FoundWords[]): Map<number, Span[]> {
  const aside = new Map<number, Span[]>();
  for (const { index, match } of words) {
    const spans = aside.get(index);
    if (spans === undefined) aside.set(index, [match.span]);
    else spans.push(match.span);
  }
  return aside;
}

function spansIn(words: readonly FoundWords[], index: number): Span[] {
  const spans: Span[] = [];
  for (const word of words) if (word.index === index) spans.push(word.match.span);
  return spans;
}

/** True when the texts of a turn have more characters than so many besides some words and courtesy. */
export function saysMoreBesides(
  { conversation: { messages } }: RuleContext,
  turn: Turn,
  words: readonly FoundWords[],
  most: number,
): boolean {
  let length = 0;
  for (const index of turn.messageIndexes) {
    const { kind, text } = messages[index]!;
    if (kind === 'text') length += remainderLength(text, spansIn(words, index), most + 1 - length);
    if (length > most) return true;
  }
  return false;
}
