import type { Pattern } from './pattern.js';
import type { PatternTables } from './pattern-tables.js';
import { Presence, type Requirement } from './presence.js';
import { openScanner, type Scanner, scannerTables } from './scanner.js';

/** Says which patterns a text may match, without looking closely. What is left out cannot match. */
export class CandidateFinder {
  private readonly patterns: readonly Pattern[];
  private readonly tables: PatternTables | null;
  private scanner: Scanner | null = null;
  private readonly presence = new Presence();
  /** By pattern, for those that were asked for. */
  private readonly requirements: (Requirement | undefined)[];
  /** Patterns with an anchor in the text at hand, and where the first of them begins. */
  private readonly anchored: number[] = [];
  private readonly places: Int32Array;
  private readonly stamps: Uint32Array;
  private stamp = 0;
  private text: string | null = null;

  /** @param tables of these patterns, where the build has made them */
  constructor(patterns: readonly Pattern[], tables: PatternTables | null) {
    this.patterns = patterns;
    this.tables = tables;
    this.requirements = new Array<Requirement | undefined>(patterns.length).fill(undefined);
    this.places = new Int32Array(patterns.length);
    this.stamps = new Uint32Array(patterns.length);
  }

  /** The patterns of which the text has an anchor, as indexes, each once. The list is good until the next call. */
  anchoredIn(raw: string): readonly number[] {
    // Opened by the first text: some runs have none to judge.
    this.scanner ??= openScanner(this.tables ?? scannerTables(this.patterns.map(({ anchors }) => anchors)));
    // A text that is worth reading has just been looked at.
    if (raw === this.text) return this.anchored;
    this.text = raw;
    this.stamp++;
    this.anchored.length = 0;
    this.scanner.scan(raw, this.note);
    return this.anchored;
  }

  /** Where the first anchor of a pattern of the last {@link anchoredIn} begins, as an offset of the raw text. */
  placeOf(index: number): number {
    return this.places[index]!;
  }

  /** Whether the text has all that a pattern cannot do without. */
  mayMatch(raw: string, index: number): boolean {
    this.presence.read(raw);
    return this.presence.mayHold(this.requirements[index] ?? this.requirementOf(index));
  }

  private requirementOf(index: number): Requirement {
    const { tables } = this;
    const requirement =
      tables === null
        ? this.patterns[index]!.requirement
        : tables.requirements.subarray(tables.requirementStarts[index], tables.requirementStarts[index + 1]);
    this.requirements[index] = requirement;
    return requirement;
  }

  private readonly note = (index: number, at: number): void => {
    if (this.stamps[index] === this.stamp) return;
    this.stamps[index] = this.stamp;
    this.places[index] = at;
    this.anchored.push(index);
  };
}
