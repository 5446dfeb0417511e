import { detached } from './detached.js';
import { hashed, TextTable } from './text-table.js';

/** Longer texts are hardly said twice. */
const LONGEST = 120;
/** So many texts are remembered, as a power of two. */
const BITS = 13;

/** What follows from a text alone, remembered for the texts that were met lately: people say the same again and again. */
export class Memo<Value> {
  private readonly table = new TextTable<{ text: string; value: Value }>(BITS);

  /** @param work is handed a copy of the text, so that what comes out of it keeps nothing else alive */
  constructor(private readonly work: (text: string) => Value) {}

  /** What follows from `text.slice(from, to)`. */
  of(text: string, from = 0, to = text.length): Value {
    if (to - from > LONGEST) return this.work(text.slice(from, to));
    let hash = 0;
    for (let at = from; at < to; at++) hash = hashed(hash, text.charCodeAt(at));
    const known = this.table.get(text, from, to, hash);
    if (known !== undefined) return known.value;
    const own = detached(text.slice(from, to));
    const value = this.work(own);
    this.table.set(hash, { text: own, value });
    return value;
  }
}
