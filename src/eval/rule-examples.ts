import type { Finding } from '../model/index.js';
import type { RuleExample, RuleMeta } from '../rules/rule.js';
import { type ChatSetting, conversationFrom } from './chat.js';
import type { Judge } from './judge.js';

/** An example of a rule page, and what the rule made of it. */
export interface ExampleRun {
  example: RuleExample;
  /** Findings of the rule itself, each with the last line of the turn that it is about. */
  findings: { finding: Finding; line: number }[];
  /** Whether these are the findings that the example promises: the same turns, with the words it quotes. */
  isAsPromised: boolean;
}

/** When the chats of examples take place. */
const START_MS = Date.parse('2026-03-02T10:00:00+08:00');

/**
 * Judges the examples of a rule page, so that what a page says is what the rule does.
 *
 * @param judge with the rule switched on
 */
export function runExamples({ id, examples }: RuleMeta, judge: Judge, setting: ChatSetting): ExampleRun[] {
  return examples.map((example) => {
    const lines = example.turns.map(({ role, text, speaker, at }) => ({
      role,
      text,
      ...(speaker === undefined ? {} : { speaker }),
      atMs: at === undefined ? null : START_MS + at * 1000,
    }));
    const conversation = conversationFrom(id, lines, setting);
    const findings = judge.judge(conversation).filter(({ ruleId }) => ruleId === id);
    return {
      example,
      findings: findings.map((finding) => ({
        finding,
        line: conversation.turns[finding.turnIndex]!.messageIndexes.at(-1)!,
      })),
      isAsPromised: keeps(example, findings),
    };
  });
}

function keeps({ finds }: RuleExample, findings: readonly Finding[]): boolean {
  return (
    finds.length === findings.length &&
    finds.every(({ turn, quote }, at) => {
      const { turnIndex, evidence } = findings[at]!;
      return turnIndex === turn && (quote === undefined || evidence.some(({ text }) => text.includes(quote)));
    })
  );
}
