import { ContactWriter, type Cues } from '../conversation/contact.js';
import { customersOf } from '../conversation/customers.js';
import type { Contact, Conversation, CustomerRecord, Finding } from '../model/index.js';
import { workingTime } from '../promises/index.js';
import type { RuleExample, RuleMeta } from '../rules/rule.js';
import { type ChatSetting, conversationFrom } from './chat.js';
import type { Judge } from './judge.js';

/** What judges examples: single chats, and the record of the customer who had them. */
export interface ExampleJudge extends Judge {
  judgeCustomer(customer: CustomerRecord): readonly Finding[];
  readonly cues: Cues;
}

/** An example of a rule page, and what the rule made of it. */
export interface ExampleRun {
  example: RuleExample;
  /** Findings of the rule itself, each with the last line of the turn that it is about. */
  findings: { finding: Finding; contact: number; line: number }[];
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
export function runExamples(
  { id, examples }: Pick<RuleMeta, 'id' | 'examples'>,
  judge: ExampleJudge,
  setting: ChatSetting,
): ExampleRun[] {
  return examples.map((example) => runExample(id, example, judge, setting));
}

function runExample(id: string, example: RuleExample, judge: ExampleJudge, setting: ChatSetting): ExampleRun {
  const writer = new ContactWriter(setting.zone, workingTime(null, null));
  const chats: { conversation: Conversation; lines: number[] }[] = [];
  const contacts: Contact[] = [];
  const found: Finding[] = [];
  const count = Math.max(...example.turns.map(({ contact }) => contact ?? 0)) + 1;
  for (let place = 0; place < count; place++) {
    const lines = example.turns.flatMap(({ contact }, line) => ((contact ?? 0) === place ? line : []));
    const conversation = chatOf(count === 1 ? id : `${id}#${place}`, example, lines, setting);
    chats.push({ conversation, lines });
    found.push(...judge.judge(conversation));
    contacts.push(writer.write(conversation, judge.cues));
  }
  const last = example.logEnds ?? Math.max(...example.turns.map(({ at }) => at ?? 0));
  const log = { contacts, endOf: () => START_MS + last * 1000 };
  for (const customer of customersOf(log, setting.zone)) found.push(...judge.judgeCustomer(customer));
  const findings = found
    .filter(({ ruleId }) => ruleId === id)
    .map((finding) => {
      const contact = chats.findIndex(({ conversation }) => conversation.id === finding.conversationId);
      const { conversation, lines } = chats[contact]!;
      return {
        finding,
        contact,
        line: lines[conversation.turns[finding.turnIndex]!.messageIndexes.at(-1)!]!,
      };
    });
  return { example, findings, isAsPromised: keeps(example, findings) };
}

function chatOf(
  id: string,
  example: RuleExample,
  lines: readonly number[],
  setting: ChatSetting,
): Conversation {
  const messages = lines.map((line) => {
    const { role, text, speaker, at } = example.turns[line]!;
    return {
      role,
      text,
      ...(speaker === undefined ? {} : { speaker }),
      atMs: at === undefined ? null : START_MS + at * 1000,
    };
  });
  return { ...conversationFrom(id, messages, setting), customerId: 'the customer of the example' };
}

function keeps({ finds }: RuleExample, findings: ExampleRun['findings']): boolean {
  return (
    finds.length === findings.length &&
    finds.every(({ turn, quote, contact: place }, at) => {
      const { finding, contact } = findings[at]!;
      return (
        finding.turnIndex === turn &&
        contact === (place ?? 0) &&
        (quote === undefined || finding.evidence.some(({ text }) => text.includes(quote)))
      );
    })
  );
}
