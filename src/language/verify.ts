import { KIND, Kind, PUNCTUATION_CLASS, SEPARATOR_CLASS, SPELLING_CLASS } from './characters.js';
import { type ContextTest, contextTest } from './context.js';
import type { EdgeJudge } from './edges.js';
import type { CandidateExplanation, LexiconEntry, LexiconMatch, Rejection } from './lexicon.js';
import { foldSteps, type Normalized, normalize, rawSpan } from './normalize.js';
import type { Pattern } from './pattern.js';
import type { LexiconSource } from './prepare.js';
import { cutStretch, type ProtectedStretch, protectedStretches } from './protect.js';
import { hasOneCharacterClause, holdsPunctuation, isSpelledOut } from './spelled-out.js';
import { hasRun } from './template.js';

/** What protected stretches outside brackets begin or end with, or hold beside a match. */
const MAY_BE_CUT = /[0-9a-z#@/:$¥._%-]/;

/** A pattern to look for; `at` is the place of its anchor, for those who ask why it does not match. */
export interface Candidate {
  pattern: Pattern;
  at: number | null;
}

/** Looks closely at what may match: the whole form, its edges, its surroundings. */
export class Verifier {
  private readonly source: LexiconSource;
  private readonly edges: EdgeJudge;
  /** By entry, twice: for texts without a run and with one. */
  private readonly contexts: (ContextTest | undefined)[];

  constructor(source: LexiconSource, edges: EdgeJudge) {
    this.source = source;
    this.edges = edges;
    this.contexts = new Array(2 * source.entries.length);
  }

  /**
   * Prepares a raw text: every form is held against all allow words in it.
   *
   * @param offset where the text begins in the whole that spans are told of
   */
  inspect(raw: string, offset: number, allowWords: readonly Pattern[]): Inspection {
    const inspection = new Inspection(normalize(raw), offset);
    for (const pattern of allowWords) allow(inspection, pattern);
    return inspection;
  }

  /**
   * The matches of some forms in a text.
   *
   * @param trace takes what was turned down, and why
   */
  verify(
    inspection: Inspection,
    forms: readonly Candidate[],
    trace: CandidateExplanation[] | null,
  ): LexiconMatch[] {
    inspection.matches = [];
    for (const { pattern, at } of forms) this.form(inspection, pattern, at, trace);
    return settle(inspection.matches, trace);
  }

  private form(
    inspection: Inspection,
    pattern: Pattern,
    at: number | null,
    trace: CandidateExplanation[] | null,
  ): void {
    let matched = this.search(inspection, pattern, false, trace);
    if (pattern.disguises.separators && inspection.hasOneCharacterClause()) {
      matched = this.search(inspection, pattern, true, trace) || matched;
    }
    if (!matched && trace !== null && at !== null) {
      const { normalized, offset } = inspection;
      const entry = this.source.entries[pattern.entry]!;
      trace.push({
        entryId: entry.id,
        category: entry.category,
        form: pattern.form,
        span: [at + offset, at + 1 + offset],
        text: normalized.raw.slice(at, at + 1),
        path: [],
        verdict: 'form',
        detail: pattern.spelling?.word ?? pattern.form,
      });
    }
  }

  /**
   * Judges every place where a pattern matches.
   *
   * @param spelled only those with punctuation inside are looked at
   * @returns whether there was one
   */
  private search(
    inspection: Inspection,
    pattern: Pattern,
    spelled: boolean,
    trace: CandidateExplanation[] | null,
  ): boolean {
    const { regex, bases } = pattern.expression(inspection.hasRun, spelled);
    const entry = this.source.entries[pattern.entry]!;
    const { text, normalized, offset } = inspection;
    regex.lastIndex = 0;
    let matched = false;
    for (let found = regex.exec(text); found !== null; found = regex.exec(text)) {
      const from = found.index;
      const to = from + found[0].length;
      if (spelled && !holdsPunctuation(text, from, to)) {
        regex.lastIndex = from + 1;
        continue;
      }
      matched = true;
      const substitutions = substitutionsOf(pattern, bases, found);
      const problem =
        spelled && !isSpelledOut(text, from, to)
          ? ({ rejection: 'clause-break', detail: text.slice(from, to + 1) } as const)
          : this.problem(inspection, pattern, entry, from, to, substitutions);
      if (problem === null || trace !== null) {
        const span = rawSpan(normalized, from, to);
        const match: LexiconMatch = {
          entryId: entry.id,
          category: entry.category,
          severity: entry.severity,
          confidence: entry.confidence,
          span: [span[0] + offset, span[1] + offset],
          text: normalized.raw.slice(span[0], span[1]),
          form: pattern.form,
          reading: readingOf(pattern, found[0], substitutions),
          path: pathOf(normalized, pattern, from, to, substitutions),
          directed: entry.directed,
          addressed: /[你您]/.test(found[0]),
        };
        if (problem === null) inspection.matches.push(match);
        else trace?.push(explanationOf(match, problem.rejection, problem.detail));
      }
      regex.lastIndex = problem === null ? Math.max(to, from + 1) : from + 1;
    }
    return matched;
  }

  private problem(
    inspection: Inspection,
    pattern: Pattern,
    entry: LexiconEntry,
    from: number,
    to: number,
    substitutions: readonly Substitution[],
  ): { rejection: Rejection; detail: string } | null {
    const { text } = inspection;
    // Words in Han characters are only ever cut in brackets and behind numbers.
    const stretch =
      inspection.hasBrackets || MAY_BE_CUT.test(text.slice(from < 2 ? 0 : from - 2, to + 1))
        ? cutStretch(inspection.protectedStretches(), from, to)
        : null;
    if (stretch !== null) {
      return { rejection: 'protected', detail: `${stretch.kind} ${text.slice(stretch.start, stretch.end)}` };
    }
    for (const { entry: owner, word, from: start, to: end } of inspection.allowed) {
      if (owner !== -1 && owner !== pattern.entry) continue;
      if (start <= from && end >= to) return { rejection: 'allow', detail: word };
    }
    if (
      pattern.spelling === null &&
      substitutions.length > 1 &&
      isLettersAlone(text, from, to, substitutions)
    ) {
      return { rejection: 'initials', detail: text.slice(from, to) };
    }
    const context = this.contextOf(inspection, pattern.entry)(text, from, to);
    if (context !== null) return context;
    const han = substitutions
      .filter(({ kind, from: written }) => (kind === 'homophone' || kind === 'split') && HAN.test(written))
      .map(({ from: written }) => written);
    return this.edges.check(text, from, to, clean(text.slice(from, to)), entry.edges, han);
  }

  private contextOf({ hasRun }: Inspection, entry: number): ContextTest {
    const at = 2 * entry + (hasRun ? 1 : 0);
    let test = this.contexts[at];
    if (test === undefined) {
      test = contextTest(this.source.entries[entry]!, this.source.slots, hasRun);
      this.contexts[at] = test;
    }
    return test;
  }
}

function allow(inspection: Inspection, pattern: Pattern): void {
  const { regex } = pattern.expression(inspection.hasRun);
  regex.lastIndex = 0;
  for (let found = regex.exec(inspection.text); found !== null; found = regex.exec(inspection.text)) {
    const to = found.index + found[0].length;
    inspection.allowed.push({ entry: pattern.entry, word: pattern.form, from: found.index, to });
    regex.lastIndex = found.index + 1;
  }
}

/** One text under inspection. */
export class Inspection {
  readonly normalized: Normalized;
  readonly offset: number;
  readonly text: string;
  readonly hasBrackets: boolean;
  readonly hasRun: boolean;
  readonly allowed: { entry: number; word: string; from: number; to: number }[] = [];
  matches: LexiconMatch[] = [];
  private stretches: readonly ProtectedStretch[] | null = null;
  private oneCharacterClause: boolean | null = null;

  constructor(normalized: Normalized, offset: number) {
    this.normalized = normalized;
    this.offset = offset;
    this.text = normalized.text;
    this.hasBrackets = this.text.includes('[');
    this.hasRun = hasRun(this.text);
  }

  protectedStretches(): readonly ProtectedStretch[] {
    this.stretches ??= protectedStretches(this.text);
    return this.stretches;
  }

  hasOneCharacterClause(): boolean {
    this.oneCharacterClause ??= hasOneCharacterClause(this.text);
    return this.oneCharacterClause;
  }
}

interface Substitution {
  kind: string;
  /** The substitute, and what it stands for. */
  from: string;
  to: string;
  /** The substitute as it is written: with separators, stretched. */
  written: string;
}

/** Which characters of the form were written as others. */
function substitutionsOf(pattern: Pattern, bases: readonly string[], found: RegExpExecArray): Substitution[] {
  const substitutions: Substitution[] = [];
  if (pattern.spelling !== null) {
    const { kind, word } = pattern.spelling;
    substitutions.push({ kind, from: found[0].replace(SPELLERS, ''), to: word, written: found[0] });
  }
  for (let group = 1; group < found.length; group++) {
    const written = found[group];
    const base = bases[group - 1]!;
    if (written === undefined || written.startsWith(base)) continue;
    const letters = written.replace(SPELLERS, '');
    const substitute = pattern.disguises.substitutes(base).find(({ text }) => letters.startsWith(text));
    if (substitute !== undefined)
      substitutions.push({ kind: substitute.kind, from: substitute.text, to: base, written });
  }
  return substitutions;
}

/** What a match is meant to be read as. */
function readingOf(pattern: Pattern, text: string, substitutions: readonly Substitution[]): string {
  if (pattern.spelling !== null) return pattern.spelling.word;
  let reading = '';
  let at = 0;
  for (const { written: substitute, to: base } of substitutions) {
    const start = text.indexOf(substitute, at);
    reading += text.slice(at, start) + base;
    at = start + substitute.length;
  }
  return clean(reading + text.slice(at));
}

function pathOf(
  normalized: Normalized,
  pattern: Pattern,
  from: number,
  to: number,
  substitutions: readonly Substitution[],
): string[] {
  const path = foldSteps(normalized, from, to);
  const written = normalized.text.slice(from, to);
  if (pattern.disguises.separators) {
    const plain = pattern.form.replace(TEMPLATE_MARKS, '');
    if (PUNCTUATION.test(written) && !PUNCTUATION.test(plain)) path.push('punctuation');
    if (SEPARATORS_ONCE.test(written) && !SEPARATORS_ONCE.test(plain)) path.push('separators');
  }
  if (hasRepetition(written)) {
    if (/([^\d])\1\1/u.test(written) && !/(.)\1\1/u.test(pattern.form)) path.push('stretch');
    else if (pattern.disguises.stretch && /(.)\1/u.test(written) && !/(.)\1/u.test(pattern.form))
      path.push('stretch');
  }
  for (const { kind, from: other, to: base } of substitutions) {
    const step = `${kind} ${other}→${base}`;
    if (!path.includes(step)) path.push(step);
  }
  return path;
}

/** Whether letters and digits stand for every character: initials and model names, which only some entries ask for. */
function isLettersAlone(
  text: string,
  from: number,
  to: number,
  substitutions: readonly Substitution[],
): boolean {
  return (
    substitutions.every(({ kind }) => kind === 'homophone') && /^[a-z0-9]+$/.test(clean(text.slice(from, to)))
  );
}

const HAN = /^[\u3400-\u9fff]+$/;
const ASTRAL = /[\ud800-\udbff]/;
const SPELLERS = new RegExp(SPELLING_CLASS, 'g');
/** What templates are written with besides words; see template.ts. */
const TEMPLATE_MARKS = /\{[^}]*\}|[[\]|()?\\]/g;
const PUNCTUATION = new RegExp(PUNCTUATION_CLASS);
const SEPARATORS_ONCE = new RegExp(SEPARATOR_CLASS);

/** Without separators and punctuation, and with stretched characters as one. */
function clean(text: string): string {
  if (isClean(text)) return text;
  return text.replace(SPELLERS, '').replace(/([^0-9])\1{2,}/gu, '$1');
}

/** Whether a text has a character twice in a row. */
function hasRepetition(text: string): boolean {
  for (let i = 1; i < text.length; i++) if (text.charCodeAt(i) === text.charCodeAt(i - 1)) return true;
  // Two of the same emoji differ from their neighbours unit by unit.
  return ASTRAL.test(text);
}

/** Most matches are written as they should be. */
function isClean(text: string): boolean {
  for (let i = 0; i < text.length; i++) {
    const kind = KIND[text.charCodeAt(i)];
    if (kind === Kind.separator || kind === Kind.punctuation) return false;
  }
  return !hasRepetition(text);
}

/**
 * Sorted by start, longest first; of one category a match inside another is dropped, of equal spans the surer stays, of
 * two ways to read the same words the shorter.
 */
function settle(matches: LexiconMatch[], trace: CandidateExplanation[] | null): LexiconMatch[] {
  if (matches.length === 0) return matches;
  matches.sort(byPlace);
  const kept: LexiconMatch[] = [];
  for (const match of matches) {
    const cover = kept.find((other) => other.category === match.category && other.span[1] >= match.span[1]);
    if (cover === undefined) kept.push(match);
    else if (trace !== null && (cover.entryId !== match.entryId || cover.form !== match.form)) {
      trace.push(explanationOf(match, 'covered', `${cover.entryId} ${cover.text}`));
    }
  }
  for (const match of kept) trace?.push(explanationOf(match, 'match', ''));
  return kept;
}

/** A total order over the matches of a text. */
export function byPlace(a: LexiconMatch, b: LexiconMatch): number {
  return (
    a.span[0] - b.span[0] ||
    b.span[1] - a.span[1] ||
    b.confidence - a.confidence ||
    compareText(a.entryId, b.entryId) ||
    a.path.length - b.path.length ||
    compareText(a.form, b.form) ||
    compareText(a.reading, b.reading)
  );
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function explanationOf(
  match: LexiconMatch,
  verdict: 'match' | Rejection,
  detail: string,
): CandidateExplanation {
  const { entryId, category, form, span, text, path } = match;
  return { entryId, category, form, span, text, path, verdict, detail };
}
