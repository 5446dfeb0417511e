import { createHash } from 'node:crypto';
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
  Watch,
} from './lexicon.js';
import { foldSteps, normalize, rawSpan } from './normalize.js';
import { Pattern } from './pattern.js';
import {
  dictionaryTerms,
  type LexiconSource,
  latinDisguises,
  literalsOf,
  type PreparedLexicon,
  prepareLexicon,
} from './prepare.js';
import { protectedStretches } from './protect.js';
import { openSegmenter, type Segmenter } from './segment.js';
import { type Characters, Disguises } from './template.js';
import { byPlace, type Candidate, type Inspection, Verifier } from './verify.js';

/** Raised when the way of matching changes, so that equal words with different matches have different hashes. */
const MATCHER_VERSION = 2;

/** Longer texts are judged in pieces, cut at line ends and full stops where there are any. */
const PIECE = 4096;
/** Longest text whose matches are remembered, and how many are. */
const MEMO_LENGTH = 160;
const MEMO_SIZE = 8192;
const NO_MATCHES: readonly LexiconMatch[] = Object.freeze([]);
const NOTHING: readonly string[] = Object.freeze([]);

/** Harmless words may be spread out, as any text may. */
const ALLOWED = new Disguises(['separators'], new Map());

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
  private readonly finder: CandidateFinder;
  private readonly verifier: Verifier;
  /** Short texts that were read: agents say the same sentences again and again. */
  private readonly memo = new Map<string, Reading>();
  private givenSegmenter: Segmenter | null;
  private givenHash: string | null = null;

  constructor(source: LexiconSource, segmenter?: Segmenter) {
    this.source = source;
    this.prepared = prepareLexicon(source);
    this.givenSegmenter = segmenter ?? null;
    this.entryCount = source.entries.length;
    this.byId = new Map(source.entries.map((entry) => [entry.id, entry]));
    this.categories = [...new Set(source.entries.map((entry) => entry.category))].sort();
    let formCount = 0;
    source.entries.forEach((entry, index) => {
      const disguises = new Disguises(entry.disguise, source.characters);
      const latin = latinDisguises(entry);
      const { forms, allow } = this.prepared.entries[entry.id]!;
      for (const form of forms) {
        formCount += form.anchors.length;
        const own = form.spelling === null ? disguises : latin;
        this.patterns.push(new Pattern(index, false, form, own, source.slots));
      }
      for (const word of allow) this.patterns.push(new Pattern(index, true, word, ALLOWED, source.slots));
    });
    for (const word of this.prepared.allow) {
      this.patterns.push(new Pattern(-1, true, word, ALLOWED, source.slots));
    }
    this.formCount = formCount;
    this.finder = new CandidateFinder(this.patterns);
    const edges = new EdgeJudge(
      // The segmenter is opened by the first cut, not by the first match.
      { cut: (text) => this.openSegmenter().cut(text) },
      new Set(literalsOf(this.prepared)),
    );
    this.verifier = new Verifier(source, edges);
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

  read(text: string): Reading {
    if (text.length > PIECE) {
      return new ReadingOfPieces(
        [...piecesOf(text)].map(({ piece, offset }) => this.readPiece(piece, offset)),
      );
    }
    if (text.length > MEMO_LENGTH) return this.readPiece(text, 0);
    const known = this.memo.get(text);
    if (known !== undefined) return known;
    // A copy: a slice would keep the whole chunk of input alive that it was cut from.
    const own = copyOf(text);
    const reading = this.readPiece(own, 0);
    if (this.memo.size >= MEMO_SIZE) this.memo.clear();
    this.memo.set(own, reading);
    return reading;
  }

  watch(categories: ReadonlySet<string>): Watch {
    const watched = this.patterns.map(
      ({ isAllow, entry }) => !isAllow && isWanted(this.categoryOf(entry), categories),
    );
    const inPiece = (text: string): readonly string[] => {
      let found: string[] | null = null;
      for (const index of this.finder.anchoredIn(text)) {
        if (!watched[index]) continue;
        const pattern = this.patterns[index]!;
        const category = this.categoryOf(pattern.entry);
        if (found?.includes(category) || !this.finder.mayMatch(text, pattern)) continue;
        if (found === null) found = [category];
        else found.push(category);
      }
      return found ?? NOTHING;
    };
    return {
      look: (text) => {
        if (text.length <= PIECE) return inPiece(text);
        return [...new Set([...piecesOf(text)].flatMap(({ piece }) => inPiece(piece)))];
      },
    };
  }

  mayMatch(text: string, categories: ReadonlySet<string> = new Set(this.categories)): boolean {
    return this.watch(categories).look(text).length > 0;
  }

  scan(text: string): readonly LexiconMatch[] {
    return this.scanCategories(text);
  }

  scanCategories(text: string, categories?: ReadonlySet<string>): readonly LexiconMatch[] {
    const reading = this.read(text);
    let all: readonly LexiconMatch[] = NO_MATCHES;
    for (const category of reading.categories) {
      if (!isWanted(category, categories)) continue;
      const matches = reading.matches(category);
      if (matches.length > 0) all = all.length === 0 ? matches : [...all, ...matches].sort(byPlace);
    }
    return all;
  }

  only(categories: ReadonlySet<string>): LexiconPart {
    const watch = this.watch(categories);
    return {
      scan: (text) => (watch.look(text).length === 0 ? NO_MATCHES : this.scanCategories(text, categories)),
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
        ({ pattern: { isAllow, entry } }) => !isAllow && isWanted(this.categoryOf(entry), categories),
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

  private readPiece(text: string, offset: number): Reading {
    const forms: Pattern[] = [];
    const allowWords: Pattern[] = [];
    const categories: string[] = [];
    for (const index of this.finder.anchoredIn(text)) {
      const pattern = this.patterns[index]!;
      if (pattern.isAllow) {
        allowWords.push(pattern);
        continue;
      }
      forms.push(pattern);
      const category = this.categoryOf(pattern.entry);
      if (!categories.includes(category)) categories.push(category);
    }
    if (forms.length === 0) return EMPTY;
    let inspection: Inspection | null = null;
    return new ReadingOfPiece(categories, (category) => {
      const candidates: Candidate[] = [];
      for (const pattern of forms) {
        if (this.categoryOf(pattern.entry) !== category || !this.finder.mayMatch(text, pattern)) continue;
        candidates.push({ pattern, at: null });
      }
      if (candidates.length === 0) return NO_MATCHES;
      inspection ??= this.verifier.inspect(text, offset, allowWords);
      return this.verifier.verify(inspection, candidates, null);
    });
  }

  private categoryOf(entry: number): string {
    return this.source.entries[entry]!.category;
  }

  private openSegmenter(): Segmenter {
    this.givenSegmenter ??= openSegmenter(dictionaryTerms(this.prepared));
    return this.givenSegmenter;
  }
}

class ReadingOfPiece implements Reading {
  readonly categories: readonly string[];
  private readonly verify: (category: string) => readonly LexiconMatch[];
  private readonly verified: (readonly LexiconMatch[] | undefined)[];

  constructor(categories: readonly string[], verify: (category: string) => readonly LexiconMatch[]) {
    this.categories = categories;
    this.verify = verify;
    this.verified = new Array(categories.length);
  }

  matches(category: string): readonly LexiconMatch[] {
    const at = this.categories.indexOf(category);
    if (at < 0) return NO_MATCHES;
    this.verified[at] ??= this.verify(category);
    return this.verified[at];
  }
}

class ReadingOfPieces implements Reading {
  readonly categories: readonly string[];
  private readonly pieces: readonly Reading[];

  constructor(pieces: readonly Reading[]) {
    this.pieces = pieces;
    this.categories = [...new Set(pieces.flatMap((piece) => piece.categories))];
  }

  matches(category: string): readonly LexiconMatch[] {
    return this.pieces.flatMap((piece) => piece.matches(category));
  }
}

const EMPTY: Reading = { categories: [], matches: () => NO_MATCHES };

function isWanted(category: string, categories: ReadonlySet<string> | undefined): boolean {
  if (categories === undefined || categories.has(category)) return true;
  for (const name of categories) if (name.endsWith('/') && category.startsWith(name)) return true;
  return false;
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
