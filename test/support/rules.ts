import type { CompiledLexicon } from '../../src/language/lexicon.js';
import { loadLexicon } from '../../src/language/load.js';
import type { Conversation, Finding } from '../../src/model/index.js';
import { createEngine, type Engine, type EngineOptions } from '../../src/rules/engine.js';
import { PROFILE, ZONE } from './chat.js';

let bundled: Promise<CompiledLexicon> | null = null;

/** The lexicon that the tool ships, read once a test file. */
export function bundledLexicon(): Promise<CompiledLexicon> {
  bundled ??= loadLexicon();
  return bundled;
}

/** An engine with every rule, round thresholds and the lexicon given. */
export function engineWith(lexicon: CompiledLexicon, more: Partial<EngineOptions> = {}): Engine {
  return createEngine({
    lexicon,
    profile: () => PROFILE,
    zone: ZONE,
    preset: 'all',
    ...more,
  });
}

/** What a case file says of a finding. */
export interface ExpectedFinding {
  turn: number;
  /** Words within the evidence. */
  quote?: string | undefined;
  severity?: Finding['severity'];
  message?: string;
  agent?: string;
  /** Fields of the finding's data that must be so. */
  data?: Record<string, unknown>;
}

/** Findings of one rule, in the words of {@link ExpectedFinding}, as far as `expected` asks. */
export function inWordsOf(
  expected: readonly ExpectedFinding[],
  findings: readonly Finding[],
): ExpectedFinding[] {
  return findings.map((finding, at) => {
    const wanted = expected[at] ?? { turn: 0, quote: '' };
    const said: ExpectedFinding = { turn: finding.turnIndex };
    if (wanted.quote !== undefined) {
      const quotes = finding.evidence.map(({ text }) => text);
      said.quote = quotes.some((text) => text.includes(wanted.quote!)) ? wanted.quote : quotes.join(' … ');
    }
    if (wanted.severity !== undefined) said.severity = finding.severity;
    if (wanted.message !== undefined) said.message = finding.messageId;
    if (wanted.agent !== undefined) said.agent = finding.agentId;
    if (wanted.data !== undefined) {
      said.data = Object.fromEntries(Object.keys(wanted.data).map((key) => [key, finding.data[key]]));
    }
    return said;
  });
}

/** The findings of one rule in one conversation. */
export function judgeBy(engine: Engine, ruleId: string, conversation: Conversation): Finding[] {
  return engine.judge(conversation).filter((finding) => finding.ruleId === ruleId);
}
