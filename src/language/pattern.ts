import { SPELLING_CLASS } from './characters.js';
import {
  type LexiconSource,
  latinDisguises,
  type PreparedLexicon,
  type PreparedPattern,
  type Spelling,
} from './prepare.js';
import { type Requirement, requirementOf } from './presence.js';
import {
  Disguises,
  type Node,
  parseTemplate,
  type RegexOptions,
  regexSource,
  type Slots,
} from './template.js';

export interface Expression {
  /** Global. */
  regex: RegExp;
  /** The characters that stand behind its groups. */
  bases: readonly string[];
}

/** A form, the initials of one, or an allow word, ready to be found. What is costly is made by the first text that asks. */
export class Pattern {
  /** Index of the entry, or -1 for an allow word of the whole lexicon. */
  readonly entry: number;
  /** An allow word, not a form. */
  readonly isAllow: boolean;
  readonly form: string;
  readonly spelling: Spelling | null;
  readonly anchors: readonly string[];
  readonly crossings: readonly number[];
  readonly disguises: Disguises;
  private readonly template: string;
  private readonly slots: Slots;
  private readonly expressions: (Expression | undefined)[] = [];

  constructor(
    entry: number,
    isAllow: boolean,
    prepared: PreparedPattern,
    disguises: Disguises,
    slots: Slots,
  ) {
    this.entry = entry;
    this.isAllow = isAllow;
    this.form = prepared.form;
    this.template = prepared.template;
    this.spelling = prepared.spelling;
    this.anchors = prepared.anchors;
    this.crossings = prepared.crossings;
    this.disguises = disguises;
    this.slots = slots;
  }

  /** What a text must have for the pattern to match. */
  get requirement(): Requirement {
    return requirementOf(this.nodes(), this.disguises);
  }

  /**
   * What finds the pattern in a folded text.
   *
   * @param runs whether the text has a run; see `hasRun`
   * @param spelled also with punctuation between the characters
   */
  expression(runs: boolean, spelled = false): Expression {
    const at = (runs ? 1 : 0) + (spelled ? 2 : 0);
    let known = this.expressions[at];
    if (known === undefined) {
      known = this.written(spelled ? { runs, separators: SPELLING_CLASS } : { runs });
      this.expressions[at] = known;
    }
    return known;
  }

  private written(options: RegexOptions): Expression {
    const bases: string[] = [];
    const source = regexSource(this.nodes(), this.disguises, { ...options, bases });
    return { regex: new RegExp(source, 'g'), bases };
  }

  private nodes(): Node[] {
    return parseTemplate(this.template, this.slots);
  }
}

/** Harmless words may be spread out, as any text may. */
const ALLOWED = new Disguises(['separators'], new Map());

/** All patterns of a lexicon, entry by entry; what is harmless everywhere at the end. */
export function patternsOf(source: LexiconSource, prepared: PreparedLexicon): Pattern[] {
  const { entries, characters, slots } = source;
  const patterns: Pattern[] = [];
  entries.forEach((entry, index) => {
    const disguises = new Disguises(entry.disguise, characters);
    const latin = latinDisguises(entry);
    const { forms, allow } = prepared.entries[entry.id]!;
    for (const form of forms) {
      patterns.push(new Pattern(index, false, form, form.spelling === null ? disguises : latin, slots));
    }
    for (const word of allow) patterns.push(new Pattern(index, true, word, ALLOWED, slots));
  });
  for (const word of prepared.allow) patterns.push(new Pattern(-1, true, word, ALLOWED, slots));
  return patterns;
}
