import type { Turn } from '../../model/index.js';
import type { Report, RuleContext } from '../rule.js';

/** What shows that a turn talks past the question: the finding without its turn. */
export type Sign = Omit<Report, 'turn'>;

/** Looks for one kind of sign in an agent's turn. Sees every turn, so it asks the cheap questions first. */
export type FindSign = (context: RuleContext, turn: Turn) => Sign | null;
