import type { CategorySet } from '../model/category-set.js';
import type { Severity } from '../model/finding.js';
import type { SegmenterChoice } from './segment.js';

/** One verified match of a lexicon entry in a raw text. */
export interface LexiconMatch {
  entryId: string;
  /** `abuse/insult`, or the name of a cue list such as `cue/dont-know`. */
  category: string;
  severity: Severity;
  confidence: number;
  /** `[start, end)` in UTF-16 units of the RAW text. */
  span: [number, number];
  /** The raw words: `text.slice(span[0], span[1])`. */
  text: string;
  /** The form of the entry that matched, as it is written in the lexicon file. */
  form: string;
  /** The words as they are meant: folded, without separators and stretching, disguised characters put back. */
  reading: string;
  /** Steps of normalisation that led from the raw words to the form, e.g. `width`, `homophone 尼→你`. Empty if none. */
  path: string[];
  /** `required`: only a finding when aimed at the other party; the rule judges that from the context. */
  directed: Directed;
  /** The matched words themselves address somebody: they hold 你, 您 or 妳. */
  addressed: boolean;
}

export type Directed = 'required' | 'any';

/**
 * Where a match must start and end on word boundaries: both, only its start, only its end, nowhere. `alone`: with no word
 * directly before or after it, only marks, spaces or nothing.
 */
export type Edges = 'word' | 'prefix' | 'suffix' | 'anywhere' | 'alone';

/** Ways of writing around a word that an entry asks to be recognised. */
export type Disguise = 'homophone' | 'pinyin' | 'initials' | 'split' | 'emoji' | 'separators' | 'stretch';

/**
 * Templates looked for beside a match. One that is found under `unless` turns the match down; where `only` is given, at
 * least one of its templates must be found.
 */
export interface ContextTemplates {
  /** Directly before the match. */
  before?: string[];
  /** Directly after the match. */
  after?: string[];
  /** Anywhere in the same clause (up to ，。！？； or a line break), the match itself included. */
  clause?: string[];
  /** Anywhere in the same message. */
  text?: string[];
}

/**
 * An entry of a lexicon as it stands in a file (docs/lexicons.md), with the defaults of its file filled in. Forms are
 * templates: `[a|b]` alternatives, `x?` with or without, `{0,3}` a gap of that many characters inside the clause,
 * `{person}` a slot.
 */
export interface LexiconEntry {
  /** Unique, `kebab-case`, stable: findings and configurations name it. */
  id: string;
  category: string;
  severity: Severity;
  /** 0–1: how sure a match of this entry is. */
  confidence: number;
  directed: Directed;
  edges: Edges;
  forms: string[];
  disguise: Disguise[];
  unless: ContextTemplates;
  only: ContextTemplates;
  /** Longer harmless words: a match that lies inside one is not reported. */
  allow: string[];
  /** Texts in which the entry must match. */
  hit: string[];
  /** Texts in which it must not. */
  miss: string[];
  note: string;
  source: { file: string; line: number };
}

/** An entry as tests and callers write it: everything but id, category and forms has a default. */
export type LexiconEntryInit = Pick<LexiconEntry, 'id' | 'category' | 'forms'> & Partial<LexiconEntry>;

/** Why a candidate was not reported. */
export type Rejection =
  | 'form'
  | 'protected'
  | 'latin-edge'
  | 'allow'
  | 'unless'
  | 'only'
  | 'word-edge'
  | 'clause-break'
  | 'initials'
  | 'not-alone'
  | 'inner-word'
  | 'covered';

/** One candidate of {@link CompiledLexicon.explain}, reported or not. */
export interface CandidateExplanation {
  entryId: string;
  category: string;
  form: string;
  /** Raw span of the match, or of the anchor where the form as a whole did not match. */
  span: [number, number];
  text: string;
  path: string[];
  verdict: 'match' | Rejection;
  /** What decided: the allow word, the context template, the tokens around an edge. */
  detail: string;
}

/** Every step from a text to its matches. */
export interface Explanation {
  raw: string;
  /** After width, case, Traditional, zero-width marks and stand-in emoji. */
  normalized: string;
  /** Normalisation steps that changed something, with the raw words they changed. */
  steps: { step: string; span: [number, number]; from: string; to: string }[];
  /** Stretches that are left alone: links, numbers, model names, masks, emoji codes. */
  protected: { kind: string; span: [number, number]; text: string }[];
  candidates: CandidateExplanation[];
  matches: readonly LexiconMatch[];
}

/** One text and, on demand, what it matches. */
export interface Reading {
  /** The categories of which the text may hold a match. Of any other it holds none. */
  readonly categories: CategorySet;
  /** The matches of one category, verified by the first call; sorted as {@link CompiledLexicon.scan} sorts them. */
  matches(category: string): readonly LexiconMatch[];
}

/** Some categories of a lexicon. */
export interface LexiconPart {
  /** {@link CompiledLexicon.scan} of these categories. */
  scan(text: string): readonly LexiconMatch[];
}

/** Entries compiled into one automaton. Pure: the same text gives the same matches, whichever segmenter is there. */
export interface CompiledLexicon {
  readonly entryCount: number;
  /** Forms after alternatives and disguises were written out. */
  readonly formCount: number;
  /** Hex digest of everything in the lexicon that can change a match. */
  readonly hash: string;
  /** Every category that an entry has, sorted. */
  readonly categories: readonly string[];
  /** The segmenter that answers questions about word edges. Its dictionary is loaded when the first one is asked. */
  readonly segmenter: { readonly name: string; readonly version: string };
  /** A quick look at a text: the categories of which it may hold a match. Of the others it holds none. */
  categoriesIn(text: string): CategorySet;
  /** A text whose matches will be asked for, of any category. */
  read(text: string): Reading;
  /** Whether {@link scan} (or {@link scanCategories}) could find anything: false is certain, true is not. */
  mayMatch(text: string, categories?: ReadonlySet<string>): boolean;
  /** Verified matches, sorted by start, then longest first. A match inside a longer one of its category is dropped. */
  scan(text: string): readonly LexiconMatch[];
  /**
   * {@link scan}, of these categories only, without paying for the others. A name that ends in `/` stands for
   * everything below it.
   */
  scanCategories(text: string, categories: ReadonlySet<string>): readonly LexiconMatch[];
  /** The part of the lexicon with these categories, to be kept by who asks for it again and again. */
  only(categories: ReadonlySet<string>): LexiconPart;
  /** The entry of this id, or undefined. */
  entry(id: string): LexiconEntry | undefined;
  explain(text: string, categories?: ReadonlySet<string>): Explanation;
}

/** Something wrong with a lexicon. All of them are told at once. */
export interface LexiconProblem {
  code:
    | 'syntax'
    | 'schema'
    | 'template'
    | 'unknown-slot'
    | 'duplicate-id'
    | 'duplicate-form'
    | 'never-matches'
    | 'misses-hit'
    | 'hits-miss'
    | 'useless-disguise'
    | 'unknown-entry';
  file: string;
  /** 1-based. */
  line: number;
  entryId: string;
  detail: string;
}

export interface LexiconOptions {
  /** YAML or two-column CSV (词,类别) files, loaded after the bundled ones. */
  files?: string[];
  /** Folders of such files. */
  dirs?: string[];
  /** Entries handed over in memory (a configuration file). */
  userEntries?: LexiconEntryInit[];
  /** Ids of entries to leave out. */
  disabled?: string[];
  /** False leaves the bundled lexicons out. */
  bundled?: boolean;
  /** Which segmenter answers; `auto` unless said. */
  segmenter?: SegmenterChoice;
  /** Told which examples of the entries in `files` and `dirs` do not hold. Without it they are not run. */
  onBrokenExamples?: (problems: readonly LexiconProblem[]) => void;
}
