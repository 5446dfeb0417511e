import { SPELLING_CLASS } from './characters.js';
import type { PreparedPattern, Spelling } from './prepare.js';
import { type Requirement, requirementOf } from './presence.js';
import { type Disguises, type Node, parseTemplate, regexSource, type Slots } from './template.js';

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
  /** The characters that stand behind the groups of the regular expression. */
  readonly bases: string[] = [];
  private readonly template: string;
  private readonly slots: Slots;
  private givenRequirement: Requirement | null = null;
  private givenRegex: RegExp | null = null;
  private givenSpelledRegex: RegExp | null = null;

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
    this.givenRequirement ??= requirementOf(this.nodes(), this.disguises);
    return this.givenRequirement;
  }

  /** Matches in folded text; global. */
  get regex(): RegExp {
    this.givenRegex ??= new RegExp(regexSource(this.nodes(), this.disguises, this.bases), 'g');
    return this.givenRegex;
  }

  /** The same with punctuation between the characters as well. */
  get spelledRegex(): RegExp {
    this.givenSpelledRegex ??= new RegExp(regexSource(this.nodes(), this.disguises, [], SPELLING_CLASS), 'g');
    return this.givenSpelledRegex;
  }

  private nodes(): Node[] {
    return parseTemplate(this.template, this.slots);
  }
}
