/** Sets that are remembered, so that equal ones are the same object; when there are more, remembering starts anew. */
const REMEMBERED = 20_000;
const known = new Map<string, CategorySet>();

/** What came out of two sets lately, by a hash of their numbers. */
const PAIR_BITS = 14;
type Pairs = ({ one: CategorySet; other: CategorySet; result: CategorySet } | undefined)[];
const pairs = (): Pairs => new Array(1 << PAIR_BITS).fill(undefined);
const unions = pairs();
const intersections = pairs();

/**
 * Some categories of a lexicon. There are few different sets and every text has one, so equal sets are one object: joining
 * two is a look into a table, and what follows from a set can be kept by it.
 */
export class CategorySet {
  private static count = 0;
  static readonly none = CategorySet.of([]);

  /** Sorted. */
  readonly names: readonly string[];
  readonly isEmpty: boolean;
  private readonly members: ReadonlySet<string>;
  /** Small, and its own. */
  readonly number: number;

  private constructor(names: readonly string[]) {
    this.names = names;
    this.isEmpty = names.length === 0;
    this.members = new Set(names);
    this.number = CategorySet.count++;
  }

  /** @param names in any order, each once */
  static of(names: readonly string[]): CategorySet {
    if (names.length === 0 && CategorySet.none !== undefined) return CategorySet.none;
    const sorted = [...names].sort();
    const key = sorted.join('\n');
    let set = known.get(key);
    if (set === undefined) {
      set = new CategorySet(sorted);
      if (known.size >= REMEMBERED) known.clear();
      known.set(key, set);
    }
    return set;
  }

  has(category: string): boolean {
    return this.members.has(category);
  }

  /** The categories of either. */
  with(other: CategorySet): CategorySet {
    if (other === this || other.isEmpty) return this;
    if (this.isEmpty) return other;
    return (
      recalled(unions, this, other) ??
      kept(unions, this, other, CategorySet.of([...new Set([...this.names, ...other.names])]))
    );
  }

  /** The categories of both. */
  within(other: CategorySet): CategorySet {
    if (other === this || this.isEmpty) return this;
    if (other.isEmpty) return other;
    return (
      recalled(intersections, this, other) ??
      kept(intersections, this, other, CategorySet.of(this.names.filter((name) => other.has(name))))
    );
  }

  without(category: string): CategorySet {
    return this.has(category) ? CategorySet.of(this.names.filter((name) => name !== category)) : this;
  }
}

function recalled(table: Pairs, one: CategorySet, other: CategorySet): CategorySet | null {
  const last = table[placeOf(one, other)];
  return last !== undefined && last.one === one && last.other === other ? last.result : null;
}

function kept(table: Pairs, one: CategorySet, other: CategorySet, result: CategorySet): CategorySet {
  table[placeOf(one, other)] = { one, other, result };
  return result;
}

function placeOf(one: CategorySet, other: CategorySet): number {
  return (Math.imul(one.number, 0x9e3779b1) ^ Math.imul(other.number, 0x85ebca6b)) >>> (32 - PAIR_BITS);
}
