import type { Severity } from '../model/finding.js';

/** One verified match of a lexicon entry in a raw text. */
export interface LexiconMatch {
  entryId: string;
  /** `abuse/insult`, or the name of a cue list such as `cue/dont-know`. */
  category: string;
  severity: Severity;
  confidence: number;
  /** `[start, end)` in UTF-16 units of the RAW text. */
  span: [number, number];
  /** The raw words. */
  text: string;
  /** The form of the entry that matched. */
  form: string;
  /** Steps of normalisation that led from the raw words to the form, e.g. `width`, `homophone 尼→你`. Empty if none. */
  path: string[];
}
