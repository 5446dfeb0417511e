import type { Turn } from '../../model/index.js';
import type { Quote, Report, RuleContext } from '../rule.js';

/** What shows that a turn talks past the question: the finding without its turn. */
export type Sign = Omit<Report, 'turn'>;

/** Looks for one kind of sign in an agent's turn. Sees every turn, so it asks the cheap questions first. */
export type FindSign = (context: RuleContext, turn: Turn) => Sign | null;

type Texts = ReturnType<RuleContext['textOf']>;

/** The texts of a turn that holds nothing else; null where there is a picture or a card, or no text at all. */
export function onlyTexts(context: RuleContext, turn: Turn): Texts | null {
  const texts = context.textOf(turn);
  return texts.length === 0 || texts.length !== turn.messageIndexes.length ? null : texts;
}

/** Texts as evidence, each as a whole. */
export function quotesOf(texts: Texts): Quote[] {
  return texts.map(({ index, message }) => ({ message: index, span: [0, message.text.length] }));
}
