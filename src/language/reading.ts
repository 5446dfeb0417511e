import { CategorySet } from '../model/category-set.js';
import type { LexiconMatch, Reading } from './lexicon.js';
import type { Pattern } from './pattern.js';
import { firstSymbol, lastSymbol } from './skeleton.js';
import type { Inspection, Verifier } from './verify.js';
import type { UnitEnds, WideForms } from './wide-forms.js';

const NO_MATCHES: readonly LexiconMatch[] = Object.freeze([]);

/** What a text may match. */
export interface Candidates {
  readonly text: string;
  /** Of the forms in `byCategory`. */
  readonly categories: CategorySet;
  /** Of those forms that have to know the whole text to be found, where this is a unit of one. */
  readonly whole: CategorySet;
  readonly byCategory: ReadonlyMap<string, readonly Pattern[]>;
  readonly allowWords: readonly Pattern[];
  /** Forms that may go past its end; see {@link UnitEnds}. */
  readonly wide: readonly number[];
  /** By model: what its characters come to. */
  readonly sums: readonly number[];
}

/** A text, or a unit of one, with the forms that may match in it; they are verified category by category when asked for. */
export class Stretch implements Reading, UnitEnds {
  readonly text: string;
  /** Becomes smaller when a category is asked for and nothing of it is found. */
  categories: CategorySet;
  readonly whole: CategorySet;
  readonly first: number;
  readonly last: number;
  readonly wide: readonly number[];
  readonly sums: readonly number[];
  private readonly candidates: ReadonlyMap<string, readonly Pattern[]>;
  private readonly allowWords: readonly Pattern[];
  private readonly verifier: Verifier;
  private readonly wideForms: WideForms;
  private inspection: Inspection | null = null;
  private verified: Map<string, readonly LexiconMatch[]> | null = null;

  constructor(candidates: Candidates, verifier: Verifier, wideForms: WideForms) {
    this.text = candidates.text;
    this.categories = candidates.categories;
    this.whole = candidates.whole;
    this.first = firstSymbol(this.text);
    this.last = lastSymbol(this.text);
    this.wide = candidates.wide;
    this.sums = candidates.sums;
    this.candidates = candidates.byCategory;
    this.allowWords = candidates.allowWords;
    this.verifier = verifier;
    this.wideForms = wideForms;
  }

  /** Whether the text around it may turn down what {@link matches} of a category finds here. */
  isRevocable(category: string): boolean {
    return this.wideForms.mayRevoke(this.matches(category));
  }

  matches(category: string): readonly LexiconMatch[] {
    let matches = this.verified?.get(category);
    if (matches !== undefined) return matches;
    const candidates = this.candidates.get(category);
    if (candidates === undefined) return NO_MATCHES;
    this.inspection ??= this.verifier.inspect(this.text, 0, this.allowWords);
    matches = this.verifier.verify(
      this.inspection,
      candidates.map((pattern) => ({ pattern, at: null })),
      null,
    );
    if (matches.length === 0 && !this.whole.has(category)) {
      this.categories = this.categories.without(CategorySet.of([category]));
    }
    this.verified ??= new Map();
    this.verified.set(category, matches);
    return matches;
  }
}

/** A part of a text, read by itself, and where it begins. */
export interface Part {
  reading: Reading;
  offset: number;
}

/** A text as the parts that it was read in. */
export class ReadingOfParts implements Reading {
  readonly categories: CategorySet;
  private readonly parts: readonly Part[];

  constructor(parts: readonly Part[]) {
    this.parts = parts;
    this.categories = parts.reduce((all, { reading }) => all.with(reading.categories), CategorySet.none);
  }

  matches(category: string): readonly LexiconMatch[] {
    return this.parts.flatMap(({ reading, offset }) => placed(reading.matches(category), offset));
  }
}

interface Known {
  readonly category: string;
  readonly matches: readonly LexiconMatch[];
  readonly earlier: Known | null;
}

/** A text as its units, and as a whole for the categories of which a form or context may go past one. */
export class ReadingOfUnits implements Reading {
  readonly categories: CategorySet;
  private readonly text: string;
  private readonly units: readonly Stretch[];
  private readonly whole: CategorySet;
  private readonly asWhole: (text: string) => Reading;
  /** What was asked for, the latest first. */
  private known: Known | null = null;

  /**
   * @param categories what the units may hold
   * @param whole what only the text as a whole can tell
   */
  constructor(
    text: string,
    units: readonly Stretch[],
    categories: CategorySet,
    whole: CategorySet,
    asWhole: (text: string) => Reading,
  ) {
    this.text = text;
    this.units = units;
    this.whole = whole;
    this.asWhole = asWhole;
    this.categories = categories.with(whole);
  }

  matches(category: string): readonly LexiconMatch[] {
    for (let one = this.known; one !== null; one = one.earlier) {
      if (one.category === category) return one.matches;
    }
    const matches = this.find(category);
    this.known = { category, matches, earlier: this.known };
    return matches;
  }

  private find(category: string): readonly LexiconMatch[] {
    if (this.whole.has(category)) return this.asWhole(this.text).matches(category);
    let all = NO_MATCHES;
    let offset = 0;
    for (const unit of this.units) {
      const matches = unit.categories.has(category) ? unit.matches(category) : NO_MATCHES;
      if (matches.length > 0) {
        if (unit.isRevocable(category)) return this.asWhole(this.text).matches(category);
        const here = placed(matches, offset);
        all = all.length === 0 ? here : [...all, ...here];
      }
      offset += unit.text.length;
    }
    return all;
  }
}

function placed(matches: readonly LexiconMatch[], offset: number): readonly LexiconMatch[] {
  return offset === 0 ? matches : matches.map((match) => shifted(match, offset));
}

function shifted(match: LexiconMatch, by: number): LexiconMatch {
  return { ...match, span: [match.span[0] + by, match.span[1] + by] };
}
