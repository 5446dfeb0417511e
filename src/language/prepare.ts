import { breakCrossings, mayEndWithBreak } from './crossings.js';
import type { ContextTemplates, LexiconEntry } from './lexicon.js';
import type { PatternTables } from './pattern-tables.js';
import {
  anchorsOf,
  type Characters,
  Disguises,
  expansions,
  initialsOf,
  NO_DISGUISE,
  parseTemplate,
  pinyinTemplate,
  type Slots,
  TemplateError,
} from './template.js';

/** Everything that decides what a lexicon matches. */
export interface LexiconSource {
  entries: readonly LexiconEntry[];
  slots: Slots;
  characters: Characters;
  /** Harmless words (templates): a match of any entry inside one is not reported. */
  allow: readonly string[];
  /** What {@link prepareLexicon} made of some of this before, with the same slots and characters. */
  prepared?: PreparedLexicon | undefined;
  /** Digest of just this, where the build has made it. */
  hash?: string | undefined;
  /** Tables of just these patterns, where the build has made them. */
  tables?: PatternTables | undefined;
}

/** Words that are written in Latin letters alone. */
export interface Spelling {
  kind: 'initials' | 'pinyin';
  word: string;
}

/** One template with the strings that give it away. Plain data, so that the build can keep it. */
export interface PreparedPattern {
  /** As the entry writes it. */
  form: string;
  /** What is looked for: the form, or Latin letters for it. */
  template: string;
  /** How `template` spells words in Latin letters, or null. */
  spelling: Spelling | null;
  /** Skeletons of which one is in every text that matches. */
  anchors: readonly string[];
  /** Where a match may go on behind a mark that ends a unit; see {@link breakCrossings}. */
  crossings: readonly number[];
}

/** `unless`: what lies past the ends of a unit can but turn a match down; `only`: it may also let one stand. */
export type Reach = 'unless' | 'only';

export interface PreparedEntry {
  forms: readonly PreparedPattern[];
  allow: readonly PreparedPattern[];
  /** Forms on word edges that are plain Han words of at most {@link LONGEST_LITERAL} characters. */
  literals: readonly string[];
  /** Which of its contexts reach past the ends of the unit that a match stands in. */
  looksPast: Reach | null;
}

export interface PreparedLexicon {
  /** By entry id. */
  entries: Readonly<Record<string, PreparedEntry>>;
  allow: readonly PreparedPattern[];
}

const LONGEST_LITERAL = 6;
/** Forms that stand for more words than this are not spelled in Latin letters. */
const MOST_SPELLINGS = 24;

/**
 * Works out the patterns of every entry; those that `source.prepared` knows are taken from there.
 * @throws TemplateError
 */
export function prepareLexicon(source: LexiconSource): PreparedLexicon {
  const known = source.prepared;
  const allow = new Map(known?.allow.map((pattern) => [pattern.form, pattern]));
  return {
    entries: Object.fromEntries(
      source.entries.map((entry) => [entry.id, known?.entries[entry.id] ?? prepareEntry(entry, source)]),
    ),
    allow: source.allow.map((word) => allow.get(word) ?? prepareAllow(word, source)),
  };
}

function prepareEntry(entry: LexiconEntry, source: LexiconSource): PreparedEntry {
  const disguises = new Disguises(entry.disguise, source.characters);
  const latin = latinDisguises(entry);
  const forms: PreparedPattern[] = [];
  const literals = new Set<string>();
  for (const form of entry.forms) {
    const nodes = parseTemplate(form, source.slots);
    forms.push(prepare(form, form, null, source, disguises));
    if (entry.edges === 'word') {
      for (const text of expansions(nodes, 64) ?? []) {
        if (text.length > 1 && text.length <= LONGEST_LITERAL && HAN.test(text)) literals.add(text);
      }
    }
    if (!disguises.initials && !disguises.pinyin) continue;
    for (const word of expansions(nodes, MOST_SPELLINGS) ?? []) {
      const spell = (kind: Spelling['kind'], template: string | null) => {
        if (template !== null) forms.push(prepare(form, template, { kind, word }, source, latin));
      };
      if (disguises.initials) spell('initials', initialsOf(word, disguises));
      if (disguises.pinyin) spell('pinyin', pinyinTemplate(word, disguises));
    }
  }
  return {
    forms,
    allow: entry.allow.map((word) => prepareAllow(word, source)),
    literals: [...literals],
    looksPast: looksPast(entry, source.slots),
  };
}

function prepareAllow(word: string, source: LexiconSource): PreparedPattern {
  return prepare(word, word, null, source, NO_DISGUISE);
}

function prepare(
  form: string,
  template: string,
  spelling: Spelling | null,
  source: LexiconSource,
  disguises: Disguises,
): PreparedPattern {
  const nodes = parseTemplate(template, source.slots);
  const anchors = anchorsOf(nodes, disguises);
  if (anchors === null || anchors.some((anchor) => anchor === '')) {
    throw new TemplateError('template', `no characters to look for in ${form}`, 1);
  }
  return { form, template, spelling, anchors, crossings: breakCrossings(nodes, disguises) };
}

function looksPast({ unless, only, edges, forms }: LexiconEntry, slots: Slots): Reach | null {
  const goesPast = (template: string) =>
    breakCrossings(parseTemplate(template, slots), NO_DISGUISE).length > 0;
  const endsWithUnit = forms.some((form) => mayEndWithBreak(parseTemplate(form, slots)));
  const reaches = ({ text = [], before = [], after = [], clause = [] }: ContextTemplates) =>
    text.length > 0 ||
    before.some((template) => goesPast(`${template}${MATCH}`)) ||
    after.some(goesPast) ||
    (endsWithUnit && after.length + clause.length > 0);
  if (reaches(only)) return 'only';
  return reaches(unless) || (edges === 'alone' && endsWithUnit) ? 'unless' : null;
}

/** Stands for the match behind what is looked for before it. */
const MATCH = '词';

/** Latin letters for a word are disguised further by nothing but separators and stretching. */
export function latinDisguises(entry: LexiconEntry): Disguises {
  return new Disguises(
    entry.disguise.filter((name) => name === 'separators' || name === 'stretch'),
    new Map(),
  );
}

/**
 * Words that belong into the dictionary of the segmenter: pairs of characters that ask for word edges. Longer ones would
 * win against the common words around them however rare they are said to be (节日|你 against 节|日你).
 */
export function dictionaryTerms(prepared: PreparedLexicon): string[] {
  return literalsOf(prepared)
    .filter((word) => word.length === 2)
    .sort();
}

/** The lexicon's own words. */
export function literalsOf({ entries }: PreparedLexicon): string[] {
  return [...new Set(Object.values(entries).flatMap(({ literals }) => literals))];
}

const HAN = /^[\u3400-\u9fff]+$/;
