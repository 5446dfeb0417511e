import { CategorySet } from '../model/category-set.js';
import type { CandidateFinder } from './candidates.js';
import { crossingOf } from './crossings.js';
import type { LexiconEntry, LexiconMatch } from './lexicon.js';
import type { Pattern } from './pattern.js';
import { mayCross } from './pattern-tables.js';
import type { Reach } from './prepare.js';

/** What tells of a unit whether a form may begin or end in it that goes past its end. */
export interface UnitEnds {
  /** The first and the last symbol of its skeleton; 0 where it has none. */
  readonly first: number;
  readonly last: number;
  /** Forms that may go past its end and of which an anchor lies inside it, by their numbers among all patterns. */
  readonly wide: readonly number[];
}

/**
 * Which forms may match past the end of a unit, and which have to know the whole text to be judged: few of either, and
 * the characters around the ends of its units tell of nearly every text that it holds none of the former.
 */
export class WideForms {
  private readonly finder: CandidateFinder;
  private readonly patterns: readonly Pattern[];
  private readonly categories: readonly CategorySet[];
  /** By entry: whether its contexts or harmless words go past the ends of a unit. */
  private readonly looksPast: readonly (Reach | null)[];
  /** By pattern, for those that were asked for: the pairs of symbols between which it may go on behind a mark; 0 for any. */
  private readonly crossings: (ReadonlySet<number> | undefined)[];
  /** Entries, by id, whose matches the rest of a text may turn down. */
  private readonly revocable: ReadonlySet<string>;
  /** By two symbols (see `crossingOf`): the forms of which an anchor goes on behind a mark between these. */
  private readonly meeting = new Map<number, number[]>();

  /**
   * @param finder of all patterns
   * @param categories by entry, the set of its category alone
   * @param looksPast by entry: which of its contexts reach past the ends of a unit
   * @param meeting see `meetingOf`
   */
  constructor(
    patterns: readonly Pattern[],
    finder: CandidateFinder,
    entries: readonly LexiconEntry[],
    categories: readonly CategorySet[],
    looksPast: (entry: LexiconEntry) => Reach | null,
    meeting: Int32Array,
  ) {
    this.finder = finder;
    this.patterns = patterns;
    this.categories = categories;
    const allowed = new Set<number>();
    for (const { isAllow, entry, crossings } of patterns)
      if (isAllow && crossings.length > 0) allowed.add(entry);
    this.crossings = new Array<ReadonlySet<number> | undefined>(patterns.length).fill(undefined);
    for (let at = 0; at < meeting.length; at += 3) {
      const crossing = crossingOf(meeting[at]!, meeting[at + 1]!);
      const own = this.meeting.get(crossing);
      if (own === undefined) this.meeting.set(crossing, [meeting[at + 2]!]);
      else own.push(meeting[at + 2]!);
    }
    this.looksPast = entries.map(
      (entry, index) => looksPast(entry) ?? (allowed.has(-1) || allowed.has(index) ? 'unless' : null),
    );
    this.revocable = new Set(
      entries.filter((_, index) => this.looksPast[index] === 'unless').map(({ id }) => id),
    );
  }

  /** Whether a pattern is a form that may go past the end of a unit. */
  isWide(pattern: number): boolean {
    const { isAllow, crossings } = this.patterns[pattern]!;
    return !isAllow && crossings.length > 0;
  }

  /** Categories of forms that may match past the end of a unit of this text. */
  categoriesIn(text: string, units: readonly UnitEnds[]): CategorySet {
    let found = CategorySet.none;
    for (let at = 1; at < units.length; at++) {
      const { last } = units[at - 1]!;
      const { first } = units[at]!;
      // A unit of nothing but marks lies between two that may meet.
      if (last === 0 || first === 0) return this.anywhereIn(text);
      for (const form of this.meeting.get(crossingOf(last, first)) ?? NONE)
        found = this.with(found, text, form);
    }
    for (const { wide } of units) {
      for (const form of wide) if (this.crossesOne(form, units)) found = this.with(found, text, form);
    }
    return found;
  }

  private anywhereIn(text: string): CategorySet {
    let found = CategorySet.none;
    for (const form of this.finder.anchoredIn(text))
      if (this.isWide(form)) found = this.with(found, text, form);
    return found;
  }

  /** Some categories, and that of a form where it may match. */
  private with(categories: CategorySet, text: string, form: number): CategorySet {
    const category = this.categories[this.patterns[form]!.entry]!;
    return this.finder.mayMatch(text, form) ? categories.with(category) : categories;
  }

  private crossesOne(form: number, units: readonly UnitEnds[]): boolean {
    for (let at = 1; at < units.length; at++)
      if (this.mayCross(form, units[at - 1]!.last, units[at]!.first)) return true;
    return false;
  }

  private mayCross(pattern: number, last: number, first: number): boolean {
    let crossings = this.crossings[pattern];
    if (crossings === undefined) {
      crossings = new Set(this.patterns[pattern]!.crossings);
      this.crossings[pattern] = crossings;
    }
    return mayCross(crossings, last, first);
  }

  /** Whether the forms of an entry have to know the whole text to be found. */
  isJudgedWhole(entry: number): boolean {
    return this.looksPast[entry] === 'only';
  }

  /** Whether the whole text may turn down one of the matches of a unit. */
  mayRevoke(matches: readonly LexiconMatch[]): boolean {
    for (const { entryId } of matches) if (this.revocable.has(entryId)) return true;
    return false;
  }
}

const NONE: readonly number[] = [];
