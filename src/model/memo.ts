import { detached } from './detached.js';

/** Longer texts are hardly said twice. */
const LONGEST = 120;
/** Places that are looked at for one text before another one is forgotten. */
const PROBES = 4;

/**
 * What follows from a text alone, remembered for the texts that were met lately: people say the same things again and
 * again. A fixed number of places; a new text takes the place of one of the few others with nearly the same hash.
 */
export class Memo<Value> {
  private readonly work: (text: string) => Value;
  private readonly mask: number;
  private readonly hashes: Int32Array;
  private readonly texts: string[];
  private readonly values: (Value | undefined)[];
  private turn = 0;

  /**
   * @param work is handed a copy of the text, so that what comes out of it keeps nothing else alive
   * @param bits the places are 2 to the power of this
   */
  constructor(work: (text: string) => Value, bits = 13) {
    this.work = work;
    this.mask = (1 << bits) - 1;
    this.hashes = new Int32Array(1 << bits);
    this.texts = new Array<string>(1 << bits).fill('');
    this.values = new Array<Value | undefined>(1 << bits).fill(undefined);
  }

  of(text: string): Value {
    if (text === '' || text.length > LONGEST) return this.work(text);
    let hash = text.length;
    for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
    const { hashes, texts, mask } = this;
    const first = hash ^ (hash >>> 15);
    let free = -1;
    for (let probe = 0; probe < PROBES; probe++) {
      const at = (first + probe) & mask;
      if (hashes[at] === hash && texts[at] === text) return this.values[at] as Value;
      if (free < 0 && texts[at] === '') free = at;
    }
    // Which one is forgotten depends on nothing but what came before: the same run forgets the same.
    if (free < 0) free = (first + (this.turn++ & (PROBES - 1))) & mask;
    const own = detached(text);
    const value = this.work(own);
    hashes[free] = hash;
    texts[free] = own;
    this.values[free] = value;
    return value;
  }
}
