import { createHash } from 'node:crypto';
import { CategorySet } from '../model/category-set.js';
import { detached } from '../model/detached.js';
import { Memo } from '../model/memo.js';
import { TextTable } from '../model/text-table.js';
import type { AbuseModel } from './abuse-model.js';
import { CandidateFinder } from './candidates.js';
import { EdgeJudge } from './edges.js';
import type {
  CandidateExplanation,
  CompiledLexicon,
  Explanation,
  LexiconEntry,
  LexiconEntryInit,
  LexiconMatch,
  LexiconPart,
  Reading,
} from './lexicon.js';
import { Models } from './models.js';
import { foldSteps, normalize, rawSpan } from './normalize.js';
import { type Pattern, patternsOf } from './pattern.js';
import { meetingOf } from './pattern-tables.js';
import {
  dictionaryTerms,
  type LexiconSource,
  literalsOf,
  type PreparedLexicon,
  prepareLexicon,
} from './prepare.js';
import { protectedStretches } from './protect.js';
import { ReadingOfParts, ReadingOfUnits, Stretch } from './reading.js';
import { openSegmenter, type Segmenter } from './segment.js';
import type { Characters } from './template.js';
import { UnitCutter } from './units.js';
import { byPlace, Verifier } from './verify.js';
import { WideForms } from './wide-forms.js';

/** Raised when the way of matching changes, so that equal words with different matches have different hashes. */
const MATCHER_VERSION = 3;

/** Longer texts are judged in pieces, cut at line ends and full stops where there are any. */
const PIECE = 4096;
/** Longest unit that is remembered, and how many are, as a power of two. */
const LONGEST_UNIT = 160;
const UNIT_BITS = 15;
const NO_MATCHES: readonly LexiconMatch[] = Object.freeze([]);

const EMPTY: Reading = { categories: CategorySet.none, matches: () => NO_MATCHES };
const NO_CANDIDATES: ReadonlyMap<string, readonly Pattern[]> = new Map();
const NO_PATTERNS: readonly Pattern[] = [];
const NO_NUMBERS: readonly number[] = [];

export interface CompileOptions {
  slots?: Record<string, readonly string[]>;
  characters?: Characters;
  allow?: readonly string[];
  segmenter?: Segmenter;
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

/**
 * @param models tell what they suspect, each under its category, to those who ask for that
 * @throws TemplateError
 */
export function compile(
  source: LexiconSource,
  segmenter?: Segmenter,
  models: readonly AbuseModel[] = [],
): CompiledLexicon {
  return new Lexicon(source, models, segmenter);
}

class Lexicon implements CompiledLexicon {
  readonly entryCount: number;
  readonly formCount: number;
  readonly categories: readonly string[];
  private readonly source: LexiconSource;
  private readonly models: Models;
  private readonly prepared: PreparedLexicon;
  /** By entry: the set of its category alone. */
  private readonly categoryOf: readonly CategorySet[];
  private readonly byId: ReadonlyMap<string, LexiconEntry>;
  private readonly patterns: readonly Pattern[];
  private readonly finder: CandidateFinder;
  private readonly wide: WideForms;
  private readonly verifier: Verifier;
  private readonly cutter = new UnitCutter();
  /** Units that were read: people say the same clauses again and again. */
  private readonly units = new TextTable<Stretch>(UNIT_BITS);
  /** Texts that had to be read as a whole. */
  private readonly texts = new Memo((text) => this.stretch(text));
  private readonly asWhole = (text: string): Reading => this.texts.of(text);
  private givenSegmenter: Segmenter | null;
  private givenHash: string | null = null;

  constructor(source: LexiconSource, models: readonly AbuseModel[], segmenter?: Segmenter) {
    this.source = source;
    this.models = new Models(models);
    this.prepared = prepareLexicon(source);
    this.givenSegmenter = segmenter ?? null;
    this.entryCount = source.entries.length;
    this.byId = new Map(source.entries.map((entry) => [entry.id, entry]));
    this.categories = [
      ...new Set([...source.entries.map(({ category }) => category), ...this.models.categories]),
    ].sort();
    this.categoryOf = source.entries.map(({ category }) => CategorySet.of([category]));
    this.patterns = patternsOf(source, this.prepared);
    this.formCount = this.patterns.reduce(
      (count, { isAllow, anchors }) => count + (isAllow ? 0 : anchors.length),
      0,
    );
    const tables = source.tables ?? null;
    this.finder = new CandidateFinder(this.patterns, tables);
    this.wide = new WideForms(
      this.patterns,
      this.finder,
      source.entries,
      this.categoryOf,
      ({ id }) => this.prepared.entries[id]!.looksPast,
      tables?.meeting ?? meetingOf(this.patterns),
    );
    const edges = new EdgeJudge(
      // The segmenter is opened by the first cut, not by the first match.
      { cut: (text) => this.openSegmenter().cut(text) },
      new Set(literalsOf(this.prepared)),
    );
    this.verifier = new Verifier(source, edges);
  }

  get hash(): string {
    this.givenHash ??= this.models.hashed(this.source.hash ?? hashOf(this.source));
    return this.givenHash;
  }

  get segmenter(): { name: string; version: string } {
    const { name, version } = this.openSegmenter();
    return { name, version };
  }

  entry(id: string): LexiconEntry | undefined {
    return this.byId.get(id);
  }

  read(text: string): Reading {
    if (text.length > PIECE) {
      const suspected = this.models.passedBy([{ sums: this.models.sumsOf(text) }]);
      return this.models.withSuspicion(text, this.readEntries(text), suspected);
    }
    const units = this.unitsOf(text);
    return this.models.withSuspicion(text, this.readUnits(text, units), this.models.passedBy(units));
  }

  categoriesIn(text: string): CategorySet {
    return this.entriesIn(text).with(this.models.passedBy([{ sums: this.models.sumsOf(text) }]));
  }

  mayMatch(text: string, categories?: ReadonlySet<string>): boolean {
    return (
      this.entriesIn(text).names.some((category) => isWanted(category, categories)) ||
      this.models.suspect(text, (category) => isAsked(category, categories))
    );
  }

  scan(text: string): readonly LexiconMatch[] {
    return this.scanCategories(text);
  }

  scanCategories(text: string, categories?: ReadonlySet<string>): readonly LexiconMatch[] {
    const reading = this.readEntries(text);
    let all: readonly LexiconMatch[] = NO_MATCHES;
    for (const category of reading.categories.names) {
      if (!isWanted(category, categories)) continue;
      const matches = reading.matches(category);
      if (matches.length > 0) all = all.length === 0 ? matches : [...all, ...matches].sort(byPlace);
    }
    return this.models.joined(all, text, (category) => isAsked(category, categories));
  }

  only(categories: ReadonlySet<string>): LexiconPart {
    const some = CategorySet.of(this.categories.filter((category) => isWanted(category, categories)));
    const isAskedFor = (category: string) => isAsked(category, categories);
    return {
      scan: (text) =>
        this.entriesIn(text).meets(some)
          ? this.scanCategories(text, categories)
          : this.models.joined(NO_MATCHES, text, isAskedFor),
    };
  }

  explain(text: string, categories?: ReadonlySet<string>): Explanation {
    const candidates: CandidateExplanation[] = [];
    const matches: LexiconMatch[] = [];
    for (const { piece, offset } of piecesOf(text)) {
      const found = this.finder
        .anchoredIn(piece)
        .map((index) => ({ pattern: this.patterns[index]!, at: this.finder.placeOf(index) }));
      const inspection = this.verifier.inspect(
        piece,
        offset,
        found.map(({ pattern }) => pattern).filter(({ isAllow }) => isAllow),
      );
      const forms = found.filter(
        ({ pattern: { isAllow, entry } }) =>
          !isAllow && isWanted(this.source.entries[entry]!.category, categories),
      );
      matches.push(...this.verifier.verify(inspection, forms, candidates));
    }
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

  /** The categories of entries that may match in a text. */
  private entriesIn(text: string): CategorySet {
    let found = CategorySet.none;
    if (text.length > PIECE) {
      for (const { piece } of piecesOf(text)) found = found.with(this.entriesIn(piece));
      return found;
    }
    const units = this.unitsOf(text);
    for (const { categories } of units) found = found.with(categories);
    return units.length === 1 ? found : found.with(this.wide.categoriesIn(text, units));
  }

  /** A text of any length, without the models. */
  private readEntries(text: string): Reading {
    if (text.length <= PIECE) return this.readUnits(text, this.unitsOf(text));
    return new ReadingOfParts(
      [...piecesOf(text)].map(({ piece, offset }) => ({ reading: this.readEntries(piece), offset })),
    );
  }

  /** A text of at most {@link PIECE}, read unit by unit as far as that goes. */
  private readUnits(text: string, units: readonly Stretch[]): Reading {
    if (units.length === 1) return units[0]!;
    let whole = this.wide.categoriesIn(text, units);
    let categories = CategorySet.none;
    for (const unit of units) {
      categories = categories.with(unit.categories);
      whole = whole.with(unit.whole);
    }
    if (categories.isEmpty && whole.isEmpty) return EMPTY;
    return new ReadingOfUnits(text, units, categories, whole, this.asWhole);
  }

  private unitsOf(text: string): readonly Stretch[] {
    const { cutter } = this;
    cutter.cut(text);
    const units = new Array<Stretch>(cutter.count);
    for (let at = 0, from = 0; at < units.length; from = cutter.ends[at++]!)
      units[at] = this.unit(text, from, at);
    return units;
  }

  /** The unit of the text that was cut last which begins at `from` and is the one of number `at`. */
  private unit(text: string, from: number, at: number): Stretch {
    const { ends, hashes } = this.cutter;
    const to = ends[at]!;
    const hash = hashes[at]!;
    if (to - from > LONGEST_UNIT) return this.stretch(text.slice(from, to));
    let unit = this.units.get(text, from, to, hash);
    if (unit === undefined) {
      // A copy: a slice would keep the whole chunk of input alive that it was cut from.
      unit = this.stretch(detached(text.slice(from, to)));
      this.units.set(hash, unit);
    }
    return unit;
  }

  /** What a text may match, looked for in one go. */
  private stretch(text: string): Stretch {
    let byCategory: Map<string, Pattern[]> | null = null;
    let categories = CategorySet.none;
    let whole = CategorySet.none;
    let allowWords = NO_PATTERNS;
    let wide = NO_NUMBERS;
    for (const index of this.finder.anchoredIn(text)) {
      const pattern = this.patterns[index]!;
      if (pattern.isAllow) {
        allowWords = pushed(allowWords, pattern);
        continue;
      }
      if (this.wide.isWide(index)) wide = pushed(wide, index);
      if (!this.finder.mayMatch(text, index)) continue;
      const category = this.categoryOf[pattern.entry]!;
      categories = categories.with(category);
      if (this.wide.isJudgedWhole(pattern.entry)) whole = whole.with(category);
      byCategory ??= new Map();
      const name = category.names[0]!;
      const own = byCategory.get(name);
      if (own === undefined) byCategory.set(name, [pattern]);
      else own.push(pattern);
    }
    return new Stretch(
      {
        text,
        categories,
        whole,
        byCategory: byCategory ?? NO_CANDIDATES,
        allowWords,
        wide,
        sums: this.models.sumsOf(text),
      },
      this.verifier,
      this.wide,
    );
  }

  private openSegmenter(): Segmenter {
    this.givenSegmenter ??= openSegmenter(dictionaryTerms(this.prepared));
    return this.givenSegmenter;
  }
}

function isWanted(category: string, categories: ReadonlySet<string> | undefined): boolean {
  if (categories === undefined || categories.has(category)) return true;
  for (const name of categories) if (name.endsWith('/') && category.startsWith(name)) return true;
  return false;
}

/** Models are asked only by those who name them. */
function isAsked(category: string, categories: ReadonlySet<string> | undefined): boolean {
  return categories !== undefined && isWanted(category, categories);
}

/** Most texts have none of a thing: a list is made for the first. */
function pushed<Item>(list: readonly Item[], item: Item): readonly Item[] {
  if (list.length === 0) return [item];
  (list as Item[]).push(item);
  return list;
}

/** A long text in parts, each with where it begins. */
function* piecesOf(text: string): Generator<{ piece: string; offset: number }> {
  for (let from = 0; from < text.length; ) {
    const to = pieceEnd(text, from);
    yield { piece: text.slice(from, to), offset: from };
    from = to;
  }
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

/** Hex digest of everything in a lexicon that can change a match. */
export function hashOf(source: LexiconSource): string {
  const entries = source.entries.map(({ hit, miss, note, source: _, ...rest }) => rest);
  const content = [MATCHER_VERSION, entries, [...source.slots], [...source.characters], source.allow];
  return createHash('sha256').update(JSON.stringify(content)).digest('hex').slice(0, 16);
}
