import { detached } from './detached.js';

/** Longer texts are hardly said twice. */
const LONGEST = 120;

/**
 * What follows from a text alone, remembered for the texts that were met most recently: people say the same things again
 * and again. Holds between `size` and twice as many.
 */
export class Memo<Value> {
  private readonly size: number;
  private readonly longest: number;
  private recent = new Map<string, Value>();
  private earlier = new Map<string, Value>();

  /** @param longest longer texts are worked out anew each time */
  constructor(size = 8192, longest = LONGEST) {
    this.size = size;
    this.longest = longest;
  }

  /** @param work is handed a copy of the text, so that what comes out of it keeps nothing else alive */
  of(text: string, work: (text: string) => Value): Value {
    if (text.length > this.longest) return work(text);
    let value = this.recent.get(text);
    if (value !== undefined) return value;
    const own = detached(text);
    value = this.earlier.get(text) ?? work(own);
    if (this.recent.size >= this.size) {
      this.earlier = this.recent;
      this.recent = new Map();
    }
    this.recent.set(own, value);
    return value;
  }
}
