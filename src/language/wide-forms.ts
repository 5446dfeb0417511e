import { CategorySet } from '../model/category-set.js';
import { CandidateFinder } from './candidates.js';
import { crossingOf } from './crossings.js';
import type { LexiconEntry, LexiconMatch } from './lexicon.js';
import type { Pattern } from './pattern.js';
import type { Reach } from './prepare.js';

/** What tells of a unit whether a form may begin or end in it that goes past its end. */
export interface UnitEnds {
  /** The first and the last symbol of its skeleton; 0 where it has none. */
  readonly first: number;
  readonly last: number;
  /** Forms of which an anchor lies inside it, as {@link WideForms.anchoredIn} tells. */
  readonly wide: readonly number[];
}

/**
 * Which forms may match past the end of a unit, and which have to know the whole text to be judged: few of either, and
 * the characters around the ends of its units tell of nearly every text that it holds none of the former.
 */
export class WideForms {
  private readonly finder: CandidateFinder;
  private readonly patterns: readonly Pattern[];
  private readonly entries: readonly LexiconEntry[];
  /** By entry: whether its contexts or harmless words go past the ends of a unit. */
  private readonly looksPast: readonly (Reach | null)[];
  /** By pattern: the pairs of symbols between which it may go on behind a mark; 0 stands for any. */
  private readonly crossings: readonly ReadonlySet<number>[];
  /** Entries, by id, whose matches the rest of a text may turn down. */
  private readonly revocable: ReadonlySet<string>;
  /** Pairs of symbols of an anchor between which its pattern may do so. */
  private readonly meeting = new Set<number>();

  /** @param looksPast by entry: which of its contexts reach past the ends of a unit */
  constructor(
    patterns: readonly Pattern[],
    entries: readonly LexiconEntry[],
    looksPast: (entry: LexiconEntry) => Reach | null,
  ) {
    this.entries = entries;
    const wide = patterns.filter(({ crossings }) => crossings.length > 0);
    const allowed = new Set(wide.filter(({ isAllow }) => isAllow).map(({ entry }) => entry));
    this.patterns = wide.filter(({ isAllow }) => !isAllow);
    this.crossings = this.patterns.map(({ crossings }) => new Set(crossings));
    this.finder = new CandidateFinder(this.patterns);
    this.patterns.forEach(({ anchors }, pattern) => {
      for (const anchor of anchors) {
        for (let at = 1; at < anchor.length; at++) {
          const last = anchor.charCodeAt(at - 1);
          const first = anchor.charCodeAt(at);
          if (this.mayCross(pattern, last, first)) this.meeting.add(crossingOf(last, first));
        }
      }
    });
    this.looksPast = entries.map(
      (entry, index) => looksPast(entry) ?? (allowed.has(-1) || allowed.has(index) ? 'unless' : null),
    );
    this.revocable = new Set(
      entries.filter((_, index) => this.looksPast[index] === 'unless').map(({ id }) => id),
    );
  }

  /** The forms of which an anchor is in a unit, as numbers that only this object understands. */
  anchoredIn(unit: string): readonly number[] {
    const found = this.finder.anchoredIn(unit);
    return found.length === 0 ? NONE : [...found];
  }

  /** Categories of forms that may match past the end of a unit of this text. */
  categoriesIn(text: string, units: readonly UnitEnds[]): CategorySet {
    if (!this.mayCrossAny(units)) return CategorySet.none;
    let found: string[] | null = null;
    for (const index of this.finder.anchoredIn(text)) {
      const pattern = this.patterns[index]!;
      const { category } = this.entries[pattern.entry]!;
      if (found?.includes(category) || !this.finder.mayMatch(text, pattern)) continue;
      if (found === null) found = [category];
      else found.push(category);
    }
    return found === null ? CategorySet.none : CategorySet.of(found);
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
    const pairs = this.crossings[pattern]!;
    return (
      pairs.has(crossingOf(last, first)) || pairs.has(crossingOf(last, 0)) || pairs.has(crossingOf(0, first))
    );
  }

  /** The categories of candidates of which one has to know the whole text to be found. */
  judgedWhole(candidates: ReadonlyMap<string, readonly Pattern[]>): CategorySet {
    const names = [...candidates].flatMap(([category, patterns]) =>
      patterns.some(({ entry }) => this.looksPast[entry] === 'only') ? category : [],
    );
    return CategorySet.of(names);
  }

  /** Whether the whole text may turn down one of the matches of a unit. */
  mayRevoke(matches: readonly LexiconMatch[]): boolean {
    for (const { entryId } of matches) if (this.revocable.has(entryId)) return true;
    return false;
  }
}

const NONE: readonly number[] = [];
