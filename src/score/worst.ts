import { compareFindings, compareText, type Finding } from '../model/index.js';

export { compareFindings, compareText };

/** How many findings a report keeps for people to read first. */
export const WORST_LIMIT = 200;

/** Keeps the worst findings in order. */
export class WorstFindings {
  private readonly kept: Finding[] = [];

  add(finding: Finding): void {
    const { kept } = this;
    if (kept.length === WORST_LIMIT && compareFindings(finding, kept[WORST_LIMIT - 1]!) >= 0) return;
    let low = 0;
    let high = kept.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (compareFindings(finding, kept[middle]!) < 0) high = middle;
      else low = middle + 1;
    }
    kept.splice(low, 0, finding);
    if (kept.length > WORST_LIMIT) kept.pop();
  }

  list(): Finding[] {
    return [...this.kept];
  }
}
