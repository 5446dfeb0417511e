/** Numbers of categories, by name, in the order in which they were met. */
const numbers = new Map<string, number>();
const names: string[] = [];
/** Categories with higher numbers are kept by name: only lexicons of one's own have so many. */
const IN_BITS = 128;

/**
 * Some categories of a lexicon, as bits. Every text has a set of them and nearly all that is asked of it is what two sets
 * have in common: that takes a few operations on numbers, and looks nothing up.
 */
export class CategorySet {
  static readonly none = new CategorySet(0, 0, 0, 0, null);

  private sorted: readonly string[] | null = null;

  private constructor(
    private readonly a: number,
    private readonly b: number,
    private readonly c: number,
    private readonly d: number,
    private readonly more: ReadonlySet<string> | null,
  ) {}

  static of(categories: readonly string[]): CategorySet {
    const words: [number, number, number, number] = [0, 0, 0, 0];
    const more = new Set<string>();
    for (const name of categories) {
      const number = numberOf(name);
      if (number < IN_BITS) words[number >> 5]! |= 1 << (number & 31);
      else more.add(name);
    }
    return new CategorySet(...words, more.size === 0 ? null : more);
  }

  /** Sorted. */
  get names(): readonly string[] {
    this.sorted ??= this.list();
    return this.sorted;
  }

  get isEmpty(): boolean {
    return (this.a | this.b | this.c | this.d) === 0 && this.more === null;
  }

  has(category: string): boolean {
    const number = numbers.get(category);
    if (number === undefined) return false;
    if (number >= IN_BITS) return this.more?.has(category) ?? false;
    return (this.word(number >> 5) & (1 << (number & 31))) !== 0;
  }

  /** Whether the two have a category in common. */
  meets(other: CategorySet): boolean {
    if (((this.a & other.a) | (this.b & other.b) | (this.c & other.c) | (this.d & other.d)) !== 0)
      return true;
    return this.more !== null && [...this.more].some((name) => other.has(name));
  }

  /** The categories of either. */
  with(other: CategorySet): CategorySet {
    const a = this.a | other.a;
    const b = this.b | other.b;
    const c = this.c | other.c;
    const d = this.d | other.d;
    return this.or(a, b, c, d, joined(this.more, other.more));
  }

  /** The categories of both. */
  within(other: CategorySet): CategorySet {
    const more = this.more === null ? null : only(this.more, (name) => other.has(name));
    return this.or(this.a & other.a, this.b & other.b, this.c & other.c, this.d & other.d, more);
  }

  /** The categories that the other has not. */
  without(other: CategorySet): CategorySet {
    const more = this.more === null ? null : only(this.more, (name) => !other.has(name));
    return this.or(this.a & ~other.a, this.b & ~other.b, this.c & ~other.c, this.d & ~other.d, more);
  }

  /** This set where nothing differs, else one of these. */
  private or(a: number, b: number, c: number, d: number, more: ReadonlySet<string> | null): CategorySet {
    const isThis = a === this.a && b === this.b && c === this.c && d === this.d && more === this.more;
    return isThis ? this : new CategorySet(a, b, c, d, more);
  }

  private word(index: number): number {
    if (index === 0) return this.a;
    if (index === 1) return this.b;
    return index === 2 ? this.c : this.d;
  }

  private list(): string[] {
    const found = [...(this.more ?? [])];
    const count = Math.min(names.length, IN_BITS);
    for (let number = 0; number < count; number++) {
      if ((this.word(number >> 5) & (1 << (number & 31))) !== 0) found.push(names[number]!);
    }
    return found.sort();
  }
}

function numberOf(category: string): number {
  let number = numbers.get(category);
  if (number === undefined) {
    number = names.push(category) - 1;
    numbers.set(category, number);
  }
  return number;
}

function joined(
  some: ReadonlySet<string> | null,
  others: ReadonlySet<string> | null,
): ReadonlySet<string> | null {
  if (some === null) return others;
  if (others === null || [...others].every((name) => some.has(name))) return some;
  return new Set([...some, ...others]);
}

function only(all: ReadonlySet<string>, wanted: (name: string) => boolean): ReadonlySet<string> | null {
  const some = [...all].filter(wanted);
  if (some.length === all.size) return all;
  return some.length === 0 ? null : new Set(some);
}
