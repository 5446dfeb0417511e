import { CategorySet, type Turn } from '../../model/index.js';
import type { RuleContext } from '../rule.js';

/** Cues of what an agent does on the way to an answer. */
const STEPS = CategorySet.of([
  'cue/question',
  'cue/hold',
  'cue/act-soon',
  'cue/transfer',
  'cue/canned-greeting',
  'cue/ask-order',
  'cue/ask-photo',
  'cue/ask-phone',
  'cue/ask-address',
  'cue/ask-problem',
  'cue/asks-for',
]);

/** True when a message is no answer but a step towards one: 稍等, or the question for an order number. */
export function takesAStep(context: RuleContext, index: number): boolean {
  if (!context.mayHold(index, STEPS)) return false;
  return STEPS.names.some((cue) => context.matches(index, cue).length > 0);
}

/** True when some message of a turn is a step. */
export function stepsOn(context: RuleContext, turn: Turn): boolean {
  return turn.messageIndexes.some((index) => takesAStep(context, index));
}

/** What the agent must know is asked for, and asked again until it comes. */
export const REQUEST = /请.{0,6}(?:提供|发|填|告知|确认|核对|稍)|麻烦/;
