import type { Conversation } from '../model/conversation.js';
import { compareFindings, type Finding } from '../model/finding.js';
import { type Excerpt, excerptsOf } from './quotes.js';
import type { TextMask } from './reporter.js';

/** What was found in one message, worst first, with its words in their sentences. */
export interface Place {
  findings: readonly [Finding, ...Finding[]];
  excerpts: readonly Excerpt[];
}

/**
 * The worst places, kept while conversations go by, since at the end only findings are left. One sentence may be insult,
 * curse and threat at once; shown one by one, a few such sentences would hide all others. Holds at most `limit` places,
 * so memory does not grow with the input.
 */
export class Places {
  private readonly kept: Place[] = [];

  constructor(
    private readonly limit: number,
    private readonly mask: TextMask | null,
  ) {}

  /**
   * Looks at findings of one conversation, or of one customer.
   *
   * @param conversation null where it is no longer at hand: the quotes stand alone
   */
  add(findings: readonly Finding[], conversation: Conversation | null): void {
    if (this.limit === 0 || !findings.some((finding) => this.isWorseThanLast(finding))) return;
    const byMessage = new Map<string, [Finding, ...Finding[]]>();
    for (const finding of findings) {
      const key = keyOf(finding);
      const known = byMessage.get(key);
      if (known === undefined) byMessage.set(key, [finding]);
      else known.push(finding);
    }
    for (const group of byMessage.values()) this.keep(group.sort(compareFindings), conversation);
  }

  /**
   * Adds those of a report's worst findings that came with no conversation, as in a report put together from others.
   * One that was seen and is not kept is less bad than all that are, and is not kept again.
   */
  addUnseen(worst: readonly Finding[]): void {
    const seen = new Set(this.kept.flatMap(({ findings }) => findings.map(({ fingerprint }) => fingerprint)));
    this.add(
      worst.filter(({ fingerprint }) => !seen.has(fingerprint)),
      null,
    );
  }

  /** The worst first. */
  list(): readonly Place[] {
    return this.kept;
  }

  /** Whether there is room for a place of this finding. */
  private isWorseThanLast(finding: Finding): boolean {
    const { kept, limit } = this;
    return kept.length < limit || compareFindings(finding, kept[limit - 1]!.findings[0]) < 0;
  }

  private keep(findings: [Finding, ...Finding[]], conversation: Conversation | null): void {
    const { kept, limit, mask } = this;
    const [worst] = findings;
    if (!this.isWorseThanLast(worst)) return;
    let low = 0;
    let high = kept.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (compareFindings(worst, kept[middle]!.findings[0]) < 0) high = middle;
      else low = middle + 1;
    }
    const together = { ...worst, evidence: findings.flatMap(({ evidence }) => evidence) };
    kept.splice(low, 0, { findings, excerpts: excerptsOf(together, conversation, mask) });
    if (kept.length > limit) kept.pop();
  }
}

/** Findings of one agent with the same first quote's message are of one place; what quotes nothing stands alone. */
function keyOf({ conversationId, agentId, evidence, fingerprint }: Finding): string {
  const [first] = evidence;
  return JSON.stringify([conversationId, agentId, first === undefined ? fingerprint : first.messageId]);
}
