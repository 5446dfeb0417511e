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
  /** Pairs of symbols of an anchor between which its pattern may do so. */
  private readonly meeting: ReadonlySet<number>;

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
    meeting: Iterable<number>,
  ) {
    this.finder = finder;
    this.patterns = patterns;
    this.categories = categories;
    const allowed = new Set<number>();
    for (const { isAllow, entry, crossings } of patterns)
      if (isAllow && crossings.length > 0) allowed.add(entry);
    this.crossings = new Array<ReadonlySet<number> | undefined>(patterns.length).fill(undefined);
    this.meeting = new Set(meeting);
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
    if (!this.mayCrossAny(units)) return CategorySet.none;
    let found = CategorySet.none;
    for (const index of this.finder.anchoredIn(text)) {
      if (!this.isWide(index)) continue;
      const pattern = this.patterns[index]!;
      if (this.finder.mayMatch(text, index)) found = found.with(this.categories[pattern.entry]!);
    }
    return found;
  }

  private mayCrossAny(units: readonly UnitEnds[]): boolean {
    for (let at = 1; at < units.length; at++) {
      const { last } = units[at - 1]!;
      const { first } = units[at]!;
      // A unit of nothing but marks lies between two that may meet.
      if (last === 0 || first === 0 || this.meeting.has(crossingOf(last, first))) return true;
    }
    for (const { wide } of units) {
      for (const pattern of wide) {
        for (let at = 1; at < units.length; at++)
          if (this.mayCross(pattern, units[at - 1]!.last, units[at]!.first)) return true;
      }
    }
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
