import { createHash } from 'node:crypto';
import { CategorySet } from '../model/category-set.js';
import type { AbuseModel } from './abuse-model.js';
import type { LexiconMatch, Reading } from './lexicon.js';

const NO_SUMS: readonly number[] = [];

/** The models that go with a lexicon. Each tells what it suspects under its category, to those who ask for that. */
export class Models {
  private readonly models: readonly AbuseModel[];
  /** By model: the set of its category alone. */
  private readonly sets: readonly CategorySet[];

  constructor(models: readonly AbuseModel[]) {
    this.models = models;
    this.sets = models.map(({ category }) => CategorySet.of([category]));
  }

  get categories(): string[] {
    return this.models.map(({ category }) => category);
  }

  /** The hash of a lexicon with these models. */
  hashed(lexicon: string): string {
    return this.models.reduce(
      (hash, model) => createHash('sha256').update(hash).update(model.hash).digest('hex').slice(0, 16),
      lexicon,
    );
  }

  /** By model, what the characters of a text come to; of a text in parts the sums of theirs. */
  sumsOf(text: string): readonly number[] {
    return this.models.length === 0 ? NO_SUMS : this.models.map((model) => model.sumOf(text));
  }

  /** The models that may suspect a text in parts, as their categories. */
  passedBy(parts: readonly { readonly sums: readonly number[] }[]): CategorySet {
    let found = CategorySet.none;
    for (let n = 0; n < this.models.length; n++) {
      let sum = 0;
      for (let at = 0; at < parts.length; at++) sum += parts[at]!.sums[n]!;
      if (this.models[n]!.lets(sum)) found = found.with(this.sets[n]!);
    }
    return found;
  }

  /** A reading in which the models are asked as well, whose categories `suspected` are. */
  withSuspicion(text: string, reading: Reading, suspected: CategorySet): Reading {
    return suspected.isEmpty ? reading : new SuspectReading(text, reading, suspected, this.models);
  }

  /** Whether one of those that are asked for suspects a text. */
  suspect(text: string, isAsked: (category: string) => boolean): boolean {
    return this.models.some((model) => isAsked(model.category) && model.suspects(text));
  }

  /** Matches of a text, with those of the models that are asked for among them. */
  joined(
    matches: readonly LexiconMatch[],
    text: string,
    isAsked: (category: string) => boolean,
  ): readonly LexiconMatch[] {
    let all = matches;
    for (const model of this.models) {
      const found = isAsked(model.category) ? model.matches(text) : [];
      if (found.length > 0)
        all = [...all, ...found].sort((a, b) => a.span[0] - b.span[0] || b.span[1] - a.span[1]);
    }
    return all;
  }
}

class SuspectReading implements Reading {
  readonly categories: CategorySet;
  private readonly text: string;
  private readonly reading: Reading;
  private readonly suspected: CategorySet;
  private readonly models: readonly AbuseModel[];

  constructor(text: string, reading: Reading, suspected: CategorySet, models: readonly AbuseModel[]) {
    this.text = text;
    this.reading = reading;
    this.suspected = suspected;
    this.models = models;
    this.categories = reading.categories.with(suspected);
  }

  matches(category: string): readonly LexiconMatch[] {
    return this.suspected.has(category)
      ? this.models.find((model) => model.category === category)!.matches(this.text)
      : this.reading.matches(category);
  }
}
