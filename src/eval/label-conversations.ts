import type { Conversation } from '../model/index.js';
import type { LabelledTurn } from './label-lines.js';
import { type LabelProblem, type Labels, mergeLabels, readLabels } from './labels.js';

/**
 * The labelled turns of a conversation that was read from a chat export: its messages carry labels in fields that the
 * reader did not use (`Message.extra`). A label on any message of a turn is one on the turn.
 *
 * @param refuse takes labels that cannot be understood
 */
export function* labelledTurnsOf(
  conversation: Conversation,
  ruleIds: ReadonlySet<string>,
  refuse: (problem: LabelProblem) => void,
): Generator<LabelledTurn> {
  for (const turn of conversation.turns) {
    let labels: Labels | null = null;
    for (const index of turn.messageIndexes) {
      const { extra, source } = conversation.messages[index]!;
      if (extra === null) continue;
      const own = readLabels(extra, turn.role, ruleIds, (problem, value) =>
        refuse({ ...source, problem, value }),
      );
      if (own !== null) labels = labels === null ? own : mergeLabels(labels, own);
    }
    if (labels !== null) yield { conversation, targets: turn.messageIndexes, labels };
  }
}
