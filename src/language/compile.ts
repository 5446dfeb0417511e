import { createHash } from 'node:crypto';
import { PUNCTUATION_CLASS, SEPARATOR_CLASS, SPELLING_CLASS } from './characters.js';
import { type ContextTest, contextTest } from './context.js';
import { EdgeJudge } from './edges.js';
import type {
  CandidateExplanation,
  CompiledLexicon,
  Explanation,
  LexiconEntry,
  LexiconEntryInit,
  LexiconMatch,
  LexiconPart,
  Rejection,
} from './lexicon.js';
import { foldSteps, type Normalized, normalize, rawSpan } from './normalize.js';
import {
  dictionaryTerms,
  type LexiconSource,
  latinDisguises,
  literalsOf,
  type PreparedLexicon,
  type PreparedPattern,
  prepareLexicon,
} from './prepare.js';
import { cutStretch, type ProtectedStretch, protectedStretches } from './protect.js';
import { buildScanner, type Scanner } from './scanner.js';
import { openSegmenter, type Segmenter } from './segment.js';
import { hasOneCharacterClause, holdsPunctuation, isSpelledOut } from './spelled-out.js';
import { type Characters, Disguises, parseTemplate, regexSource } from './template.js';

/** Raised when the way of matching changes, so that equal words with different matches have different hashes. */
const MATCHER_VERSION = 2;

/** Longer texts are judged in pieces, cut at line ends and full stops where there are any. */
const PIECE = 4096;
/** Longest text whose matches are remembered, and how many are. */
const MEMO_LENGTH = 160;
const MEMO_SIZE = 16_384;
/** What protected stretches outside brackets begin or end with, or hold beside a match. */
const MAY_BE_CUT = /[0-9a-z#@/:$¥._%-]/;
const NO_MATCHES: readonly LexiconMatch[] = Object.freeze([]);

/** Harmless words may be spread out, as any text may. */
const ALLOWED = new Disguises(['separators'], new Map());

export interface CompileOptions {
  slots?: Record<string, readonly string[]>;
  characters?: Characters;
  allow?: readonly string[];
  segmenter?: Segmenter;
}

/** A form, the initials of one, or an allow word, ready to be found. */
interface Pattern extends PreparedPattern {
  /** Index of the entry, or -1 for an allow word of the whole lexicon. */
  entry: number;
  /** An allow word, not a form. */
  isAllow: boolean;
  disguises: Disguises;
  /** Made by the first candidate. */
  regex: RegExp | null;
  /** The same with punctuation between the characters as well. */
  spelledRegex: RegExp | null;
  /** The characters that stand behind the groups of the regular expression. */
  bases: string[];
}

/** The automaton over the patterns of some categories, with the allow words that concern them behind the forms. */
interface Selection {
  /** Indexes into the patterns of the lexicon. */
  patterns: readonly number[];
  scanner: Scanner;
  /** What was found in short texts that had candidates. */
  memo: Map<string, readonly LexiconMatch[]>;
}

/** An entry with its defaults filled in. */
export function completeEntry(init: LexiconEntryInit): LexiconEntry {
  return {
    id: init.id,
    category: init.category,
    severity: init.severity ?? 'warning',
    confidence: init.confidence ?? 0.9,
    directed: init.directed ?? 'any',
    edges: init.edges ?? 'word',
    forms: init.forms,
    disguise: init.disguise ?? [],
    unless: init.unless ?? {},
    only: init.only ?? {},
    allow: init.allow ?? [],
    hit: init.hit ?? [],
    miss: init.miss ?? [],
    note: init.note ?? '',
    source: init.source ?? { file: '', line: 0 },
  };
}

/**
 * Compiles entries that are at hand, without any file of the lexicon.
 * @throws TemplateError when a form, an allow word or a context cannot be read.
 */
export function compileLexicon(
  entries: readonly LexiconEntryInit[],
  options: CompileOptions = {},
): CompiledLexicon {
  return compile(
    {
      entries: entries.map(completeEntry),
      slots: new Map(Object.entries(options.slots ?? {})),
      characters: options.characters ?? new Map(),
      allow: options.allow ?? [],
    },
    options.segmenter,
  );
}

/** @throws TemplateError */
export function compile(source: LexiconSource, segmenter?: Segmenter): CompiledLexicon {
  return new Lexicon(source, segmenter);
}

class Lexicon implements CompiledLexicon {
  readonly entryCount: number;
  readonly formCount: number;
  readonly categories: readonly string[];
  private readonly source: LexiconSource;
  private readonly prepared: PreparedLexicon;
  private readonly byId: ReadonlyMap<string, LexiconEntry>;
  private readonly patterns: Pattern[] = [];
  private everything: Selection | null = null;
  private readonly selections = new Map<string, Selection>();
  private readonly selectionOf = new WeakMap<ReadonlySet<string>, Selection>();
  private readonly contexts: (ContextTest | undefined)[];
  private givenSegmenter: Segmenter | null;
  private givenHash: string | null = null;
  private judge: EdgeJudge | null = null;
  /** Patterns that have a candidate in the text at hand, and where the first was completed. */
  private readonly active: number[] = [];
  private readonly stamps: Uint32Array;
  private readonly activeAt: Int32Array;
  private stamp = 0;
  private hasForm = false;
  private selected: readonly number[] = [];

  constructor(source: LexiconSource, segmenter?: Segmenter) {
    this.source = source;
    this.prepared = prepareLexicon(source);
    this.givenSegmenter = segmenter ?? null;
    this.entryCount = source.entries.length;
    this.byId = new Map(source.entries.map((entry) => [entry.id, entry]));
    this.categories = [...new Set(source.entries.map((entry) => entry.category))].sort();
    this.contexts = new Array(source.entries.length);
    let formCount = 0;
    source.entries.forEach((entry, index) => {
      const disguises = new Disguises(entry.disguise, source.characters);
      const latin = latinDisguises(entry);
      const { forms, allow } = this.prepared.entries[entry.id]!;
      for (const form of forms) {
        formCount += form.anchors.length;
        this.add(index, form, form.spelling === null ? disguises : latin, false);
      }
      for (const word of allow) this.add(index, word, ALLOWED, true);
    });
    for (const word of this.prepared.allow) this.add(-1, word, ALLOWED, true);
    this.formCount = formCount;
    this.stamps = new Uint32Array(this.patterns.length);
    this.activeAt = new Int32Array(this.patterns.length);
  }

  get hash(): string {
    this.givenHash ??= hashOf(this.source);
    return this.givenHash;
  }

  get segmenter(): { name: string; version: string } {
    const { name, version } = this.openSegmenter();
    return { name, version };
  }

  entry(id: string): LexiconEntry | undefined {
    return this.byId.get(id);
  }

  mayMatch(text: string, categories?: ReadonlySet<string>): boolean {
    return this.select(categories).scanner.mayMatch(text);
  }

  scan(text: string): readonly LexiconMatch[] {
    return this.find(text, this.select(), null);
  }

  scanCategories(text: string, categories: ReadonlySet<string>): readonly LexiconMatch[] {
    return this.find(text, this.select(categories), null);
  }

  only(categories: ReadonlySet<string>): LexiconPart {
    let selection: Selection | null = null;
    return {
      scan: (text) => {
        // Built by the first text: most parts are never asked.
        selection ??= this.select(categories);
        return this.find(text, selection, null);
      },
    };
  }

  explain(text: string, categories?: ReadonlySet<string>): Explanation {
    const candidates: CandidateExplanation[] = [];
    const matches = this.find(text, this.select(categories), candidates);
    const normalized = normalize(text);
    const steps: Explanation['steps'] = [];
    for (let i = 0; i < normalized.text.length; i++) {
      for (const step of foldSteps(normalized, Math.max(0, i - 1), i + 1)) {
        if (step === 'zero-width' ? i === 0 : !foldSteps(normalized, i, i + 1).includes(step)) continue;
        const span = rawSpan(normalized, i, i + 1);
        steps.push({ step, span, from: text.slice(span[0], span[1]), to: normalized.text[i]! });
      }
    }
    return {
      raw: text,
      normalized: normalized.text,
      steps,
      protected: protectedStretches(normalized.text).map(({ kind, start, end }) => {
        const span = rawSpan(normalized, start, end);
        return { kind, span, text: text.slice(span[0], span[1]) };
      }),
      candidates: candidates.sort((a, b) => a.span[0] - b.span[0] || b.span[1] - a.span[1]),
      matches,
    };
  }

  private add(entry: number, prepared: PreparedPattern, disguises: Disguises, isAllow: boolean): void {
    const { form, template, spelling, anchors } = prepared;
    this.patterns.push({
      entry,
      form,
      template,
      spelling,
      anchors,
      isAllow,
      disguises,
      regex: null,
      spelledRegex: null,
      bases: [],
    });
  }

  /** The automaton of some categories or of all, built by the first text that asks for it. */
  private select(categories?: ReadonlySet<string>): Selection {
    if (categories === undefined) {
      this.everything ??= this.buildSelection(null);
      return this.everything;
    }
    const known = this.selectionOf.get(categories);
    if (known !== undefined) return known;
    const key = [...categories].sort().join();
    const selection = this.selections.get(key) ?? this.buildSelection(categories);
    this.selections.set(key, selection);
    this.selectionOf.set(categories, selection);
    return selection;
  }

  private buildSelection(categories: ReadonlySet<string> | null): Selection {
    const forms: number[] = [];
    const guards: number[] = [];
    this.patterns.forEach(({ entry, isAllow }, index) => {
      const owner = this.source.entries[entry];
      if (owner !== undefined && categories !== null && !isWanted(owner.category, categories)) return;
      (isAllow ? guards : forms).push(index);
    });
    const patterns = [...forms, ...guards];
    const scanner = buildScanner(
      patterns.map((index) => this.patterns[index]!.anchors),
      forms.length,
    );
    return { patterns, scanner, memo: new Map() };
  }

  /** Matches of a raw text; candidates that were turned down are added to `trace`. */
  private find(
    raw: string,
    selection: Selection,
    trace: CandidateExplanation[] | null,
  ): readonly LexiconMatch[] {
    if (trace === null && raw.length <= MEMO_LENGTH) return this.recall(raw, selection);
    if (raw.length <= PIECE) return this.findInPiece(raw, 0, selection, trace);
    const matches: LexiconMatch[] = [];
    for (let from = 0; from < raw.length; ) {
      const to = pieceEnd(raw, from);
      for (const match of this.findInPiece(raw.slice(from, to), from, selection, trace)) matches.push(match);
      from = to;
    }
    return matches;
  }

  /** Agents say the same sentences again and again: what was found in a short text is remembered. */
  private recall(raw: string, selection: Selection): readonly LexiconMatch[] {
    if (!selection.scanner.mayMatch(raw)) return NO_MATCHES;
    const known = selection.memo.get(raw);
    if (known !== undefined) return known;
    // A copy: a slice would keep the whole chunk of input alive that it was cut from.
    const text = copyOf(raw);
    const matches = this.findInPiece(text, 0, selection, null);
    if (selection.memo.size >= MEMO_SIZE) selection.memo.clear();
    selection.memo.set(text, matches);
    return matches;
  }

  private findInPiece(
    raw: string,
    offset: number,
    selection: Selection,
    trace: CandidateExplanation[] | null,
  ): LexiconMatch[] {
    this.stamp++;
    this.active.length = 0;
    this.hasForm = false;
    this.selected = selection.patterns;
    selection.scanner.scan(raw, this.note);
    if (!this.hasForm) return [];
    const inspection = new Inspection(normalize(raw), offset);
    // Allow words first: every form is held against all of them.
    for (const index of this.active) {
      const pattern = this.patterns[index]!;
      if (pattern.isAllow) this.allow(inspection, pattern);
    }
    for (const index of this.active) {
      if (!this.patterns[index]!.isAllow) this.verify(inspection, index, trace);
    }
    return settle(inspection.matches, trace);
  }

  private readonly note = (selected: number, at: number): void => {
    const pattern = this.selected[selected]!;
    if (this.stamps[pattern] === this.stamp) return;
    this.stamps[pattern] = this.stamp;
    this.activeAt[pattern] = at;
    this.active.push(pattern);
    if (!this.patterns[pattern]!.isAllow) this.hasForm = true;
  };

  private allow(inspection: Inspection, pattern: Pattern): void {
    const regex = this.regexOf(pattern);
    regex.lastIndex = 0;
    for (let found = regex.exec(inspection.text); found !== null; found = regex.exec(inspection.text)) {
      const to = found.index + found[0].length;
      inspection.allowed.push({ entry: pattern.entry, word: pattern.form, from: found.index, to });
      regex.lastIndex = found.index + 1;
    }
  }

  private verify(inspection: Inspection, index: number, trace: CandidateExplanation[] | null): void {
    const pattern = this.patterns[index]!;
    let matched = this.search(inspection, pattern, this.regexOf(pattern), false, trace);
    if (pattern.disguises.separators && inspection.hasOneCharacterClause()) {
      matched = this.search(inspection, pattern, this.spelledRegexOf(pattern), true, trace) || matched;
    }
    if (!matched && trace !== null) {
      const { normalized, offset } = inspection;
      const entry = this.source.entries[pattern.entry]!;
      const at = this.activeAt[index]!;
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
    regex: RegExp,
    spelled: boolean,
    trace: CandidateExplanation[] | null,
  ): boolean {
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
      const substitutions = substitutionsOf(pattern, found);
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
    this.contexts[pattern.entry] ??= contextTest(entry, this.source.slots);
    const context = this.contexts[pattern.entry]!(text, from, to);
    if (context !== null) return context;
    const han = substitutions
      .filter(({ kind, from: written }) => (kind === 'homophone' || kind === 'split') && HAN.test(written))
      .map(({ from: written }) => written);
    return this.edges.check(text, from, to, clean(text.slice(from, to)), entry.edges, han);
  }

  private regexOf(pattern: Pattern): RegExp {
    pattern.regex ??= new RegExp(
      regexSource(parseTemplate(pattern.template, this.source.slots), pattern.disguises, pattern.bases),
      'g',
    );
    return pattern.regex;
  }

  private spelledRegexOf(pattern: Pattern): RegExp {
    const nodes = parseTemplate(pattern.template, this.source.slots);
    pattern.spelledRegex ??= new RegExp(regexSource(nodes, pattern.disguises, [], SPELLING_CLASS), 'g');
    return pattern.spelledRegex;
  }

  private get edges(): EdgeJudge {
    // The segmenter is opened by the first cut, not by the first match.
    this.judge ??= new EdgeJudge(
      { cut: (text) => this.openSegmenter().cut(text) },
      new Set(literalsOf(this.prepared)),
    );
    return this.judge;
  }

  private openSegmenter(): Segmenter {
    this.givenSegmenter ??= openSegmenter(dictionaryTerms(this.prepared));
    return this.givenSegmenter;
  }
}

/** One text under inspection. */
class Inspection {
  readonly normalized: Normalized;
  readonly offset: number;
  readonly text: string;
  readonly hasBrackets: boolean;
  readonly allowed: { entry: number; word: string; from: number; to: number }[] = [];
  readonly matches: LexiconMatch[] = [];
  private stretches: readonly ProtectedStretch[] | null = null;
  private oneCharacterClause: boolean | null = null;

  constructor(normalized: Normalized, offset: number) {
    this.normalized = normalized;
    this.offset = offset;
    this.text = normalized.text;
    this.hasBrackets = this.text.includes('[');
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
function substitutionsOf(pattern: Pattern, found: RegExpExecArray): Substitution[] {
  const substitutions: Substitution[] = [];
  if (pattern.spelling !== null) {
    const { kind, word } = pattern.spelling;
    substitutions.push({ kind, from: found[0].replace(SPELLERS, ''), to: word, written: found[0] });
  }
  for (let group = 1; group < found.length; group++) {
    const written = found[group];
    const base = pattern.bases[group - 1]!;
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
  const plain = pattern.form.replace(TEMPLATE_MARKS, '');
  if (pattern.disguises.separators && PUNCTUATION.test(written) && !PUNCTUATION.test(plain)) {
    path.push('punctuation');
  }
  if (pattern.disguises.separators && SEPARATORS_ONCE.test(written) && !SEPARATORS_ONCE.test(plain)) {
    path.push('separators');
  }
  if (/([^\d])\1\1/u.test(written) && !/(.)\1\1/u.test(pattern.form)) path.push('stretch');
  else if (pattern.disguises.stretch && /(.)\1/u.test(written) && !/(.)\1/u.test(pattern.form))
    path.push('stretch');
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
const SPELLERS = new RegExp(SPELLING_CLASS, 'g');
/** What templates are written with besides words; see template.ts. */
const TEMPLATE_MARKS = /\{[^}]*\}|[[\]|()?\\]/g;
const PUNCTUATION = new RegExp(PUNCTUATION_CLASS);
const SEPARATORS_ONCE = new RegExp(SEPARATOR_CLASS);

/** Without separators and punctuation, and with stretched characters as one. */
function clean(text: string): string {
  return text.replace(SPELLERS, '').replace(/([^0-9])\1{2,}/gu, '$1');
}

/**
 * Sorted by start, longest first; of one category a match inside another is dropped, of equal spans the surer stays, of
 * two ways to read the same words the shorter.
 */
function settle(matches: LexiconMatch[], trace: CandidateExplanation[] | null): LexiconMatch[] {
  if (matches.length === 0) return matches;
  matches.sort(
    (a, b) =>
      a.span[0] - b.span[0] ||
      b.span[1] - a.span[1] ||
      b.confidence - a.confidence ||
      compareText(a.entryId, b.entryId) ||
      a.path.length - b.path.length ||
      compareText(a.form, b.form) ||
      compareText(a.reading, b.reading),
  );
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

function isWanted(category: string, categories: ReadonlySet<string>): boolean {
  if (categories.has(category)) return true;
  for (const name of categories) if (name.endsWith('/') && category.startsWith(name)) return true;
  return false;
}

function pieceEnd(text: string, from: number): number {
  const limit = from + PIECE;
  if (limit >= text.length) return text.length;
  for (let at = limit; at > from + PIECE / 2; at--) {
    if ('\n。！？!?'.includes(text[at - 1]!)) return at;
  }
  // Never between the halves of a surrogate pair.
  const low = text.charCodeAt(limit);
  return low >= 0xdc00 && low <= 0xdfff ? limit - 1 : limit;
}

function hashOf(source: LexiconSource): string {
  const entries = source.entries.map(({ hit, miss, note, source: _, ...rest }) => rest);
  const content = [MATCHER_VERSION, entries, [...source.slots], [...source.characters], source.allow];
  return createHash('sha256').update(JSON.stringify(content)).digest('hex').slice(0, 16);
}

/** The same text in memory of its own. */
function copyOf(text: string): string {
  // Joining and slicing makes the engine write the joined text out; the slice then points at that and not at the input.
  return ` ${text}`.slice(1);
}
