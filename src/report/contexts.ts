import type { Conversation } from '../model/conversation.js';
import { compareFindings, type Finding } from '../model/finding.js';
import { type Excerpt, excerptsOf } from './quotes.js';
import type { TextMask } from './reporter.js';

/**
 * The sentences around the worst findings, kept while conversations go by, since at the end only the findings are
 * left. Holds at most `limit`, so memory does not grow with the input.
 */
export class Contexts {
  private readonly kept: { finding: Finding; excerpts: Excerpt[] }[] = [];

  constructor(
    private readonly limit: number,
    private readonly mask: TextMask | null,
  ) {}

  /** @param conversation null where it is no longer at hand: the quotes stand alone */
  add(finding: Finding, conversation: Conversation | null): void {
    const { kept, limit } = this;
    if (limit === 0) return;
    if (kept.length === limit && compareFindings(finding, kept[limit - 1]!.finding) >= 0) return;
    let low = 0;
    let high = kept.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (compareFindings(finding, kept[middle]!.finding) < 0) high = middle;
      else low = middle + 1;
    }
    kept.splice(low, 0, { finding, excerpts: excerptsOf(finding, conversation, this.mask) });
    if (kept.length > limit) kept.pop();
  }

  /** The excerpts of a finding; the bare quotes when it was not among the conversations seen (a merged report). */
  of(finding: Finding): Excerpt[] {
    const known = this.kept.find(
      (one) => one.finding === finding || compareFindings(one.finding, finding) === 0,
    );
    return known?.excerpts ?? excerptsOf(finding, null, this.mask);
  }
}
