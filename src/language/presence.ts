import { FOLD, foldAstral, KIND, Kind } from './characters.js';
import type { Disguises, Node } from './template.js';

/**
 * What a template cannot do without, in the order of the text: characters, and choices between lists of such. What is
 * optional, and gaps, ask for nothing. Written as one row of numbers, since it is asked for nearly every text: a
 * character is its UTF-16 unit; a choice is {@link CHOICE}, the length of its options together, and each option led by its
 * length.
 */
export type Requirement = Uint16Array;

/** Marks a choice. No text holds this unit: it is dropped when texts are folded. */
const CHOICE = 0;
/** Longer ones are cut: what is left is still necessary. */
const LONGEST = 4096;

/**
 * Where the characters of one folded text stand, as far as first and last go: enough to say cheaply of most templates
 * that they cannot match, before any regular expression is asked.
 */
export class Presence {
  private readonly first = new Int32Array(65536);
  private readonly last = new Int32Array(65536);
  /** Places of the text at hand begin here; smaller ones are of earlier texts. */
  private base = 1;
  private end = 1;
  private text = '';

  /** Takes in a raw text, in place of the one before. */
  read(raw: string): void {
    if (raw === this.text) return;
    this.text = raw;
    const { length } = raw;
    this.base = this.end;
    if (this.base + length > 0x7fffffff) {
      this.last.fill(0);
      this.base = 1;
    }
    this.end = this.base + length;
    for (let at = 0; at < length; at++) {
      const unit = raw.charCodeAt(at);
      const kind = KIND[unit]!;
      if (kind === Kind.highSurrogate && at + 1 < length)
        this.note(pairUnit(unit, raw.charCodeAt(at + 1)), at);
      else if (kind !== Kind.dropped) this.note(FOLD[unit]!, at);
    }
  }

  /** False when no part of the text can meet the requirement; true promises nothing. */
  mayHold(requirement: Requirement): boolean {
    return this.endOf(requirement, 0, requirement.length, this.base - 1) >= 0;
  }

  /** The first place at which `[from, to)` of a requirement could be met behind `after`, or -1. */
  private endOf(requirement: Requirement, from: number, to: number, after: number): number {
    const { first, last } = this;
    let at = after;
    for (let i = from; i < to; i++) {
      const unit = requirement[i]!;
      if (unit === CHOICE) {
        const end = i + 2 + requirement[i + 1]!;
        at = this.endOfChoice(requirement, i + 2, end, at);
        if (at < 0) return -1;
        i = end - 1;
        continue;
      }
      if (last[unit]! <= at) return -1;
      const next = first[unit]!;
      at = next > at ? next : at + 1;
    }
    return at;
  }

  private endOfChoice(requirement: Requirement, from: number, to: number, after: number): number {
    let best = -1;
    for (let i = from; i < to; ) {
      const end = i + 1 + requirement[i]!;
      // Most options fail by their first character.
      const unit = requirement[i + 1]!;
      if (unit === CHOICE || this.last[unit]! > after) {
        const at = this.endOf(requirement, i + 1, end, after);
        if (at >= 0 && (best < 0 || at < best)) best = at;
      }
      i = end;
    }
    return best;
  }

  private note(unit: number, at: number): void {
    const place = this.base + at;
    if (this.last[unit]! < this.base) this.first[unit] = place;
    this.last[unit] = place;
  }
}

/** What a character above U+FFFF is known by: what it folds to, or its first half; the second is met by itself. */
function pairUnit(high: number, low: number): number {
  const to = foldAstral(((high - 0xd800) << 10) + (low - 0xdc00) + 0x10000);
  return to > 0 ? to : high;
}

/** What every text that a template matches must hold. */
export function requirementOf(nodes: readonly Node[], disguises: Disguises): Requirement {
  const units: number[] = [];
  for (const step of stepsOf(nodes, disguises)) {
    if (units.length + step.length > LONGEST) break;
    units.push(...step);
  }
  return Uint16Array.from(units);
}

function* stepsOf(nodes: readonly Node[], disguises: Disguises): Generator<number[]> {
  for (const node of nodes) {
    if (node.type === 'char') {
      const substitutes = disguises.substitutes(node.char);
      if (substitutes.length === 0) yield unitsOf(node.char);
      else yield choiceOf([node.char, ...substitutes.map(({ text }) => text)].map(unitsOf));
    } else if (node.type === 'choice') {
      yield choiceOf(node.options.map((option) => [...stepsOf(option, disguises)].flat()));
    }
  }
}

/** An option that asks for nothing makes the choice ask for nothing. */
function choiceOf(options: readonly number[][]): number[] {
  if (options.some((option) => option.length === 0)) return [];
  const written = options.flatMap((option) => [option.length, ...option]);
  return [CHOICE, written.length, ...written];
}

/** What must be there of a text: marks and spaces need not, and a run of one character may be one. */
function unitsOf(text: string): number[] {
  const units: number[] = [];
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    const kind = KIND[unit];
    if (kind === Kind.separator || kind === Kind.punctuation || unit === units.at(-1)) continue;
    units.push(unit);
  }
  return units;
}
