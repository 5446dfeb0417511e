/** Sets that are remembered, so that equal ones are the same object; when there are more, remembering starts anew. */
const REMEMBERED = 20_000;
const known = new Map<string, CategorySet>();

/** What came out of two sets lately, by a hash of their numbers. */
const PAIR_BITS = 14;
type Pairs = ({ one: CategorySet; other: CategorySet; result: CategorySet } | undefined)[];
const pairs = (): Pairs => new Array(1 << PAIR_BITS).fill(undefined);
const unions = pairs();
const intersections = pairs();
const differences = pairs();

/** Where the bit of each category is that was ever in a set. */
const places = new Map<string, number>();

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
  /** A bit for each category, 32 to a number. */
  private readonly bits: readonly number[];
  /** Small, and its own. */
  readonly number: number;

  private constructor(names: readonly string[]) {
    this.names = names;
    this.isEmpty = names.length === 0;
    this.members = new Set(names);
    this.bits = bitsOf(names);
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

  /** True when some category is in both. */
  meets(other: CategorySet): boolean {
    const { bits } = this;
    const others = other.bits;
    const length = Math.min(bits.length, others.length);
    for (let at = 0; at < length; at++) if ((bits[at]! & others[at]!) !== 0) return true;
    return false;
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

  /** The categories that the other has not. */
  without(other: CategorySet): CategorySet {
    if (this.isEmpty || other.isEmpty) return this;
    return (
      recalled(differences, this, other) ??
      kept(differences, this, other, CategorySet.of(this.names.filter((name) => !other.has(name))))
    );
  }
}

function bitsOf(names: readonly string[]): number[] {
  const bits: number[] = [];
  for (const name of names) {
    const place = places.get(name) ?? places.size;
    places.set(name, place);
    const at = place >> 5;
    while (bits.length <= at) bits.push(0);
    bits[at]! |= 1 << (place & 31);
  }
  return bits;
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
