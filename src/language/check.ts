import { compile } from './compile.js';
import { contextTest } from './context.js';
import type { CompiledLexicon, LexiconEntry, LexiconProblem } from './lexicon.js';
import type { LexiconSource } from './prepare.js';
import { anchorsOf, Disguises, expansions, NO_DISGUISE, parseTemplate, TemplateError } from './template.js';

/** Everything wrong with entries that have the right shape: templates, examples, duplicates, forms without effect. */
export function checkSource(source: LexiconSource): LexiconProblem[] {
  const problems = source.entries.flatMap((entry) => templateProblems(entry, source));
  for (const word of source.allow) {
    try {
      parseTemplate(word, source.slots);
    } catch (error) {
      problems.push(templateProblem(error, null, word));
    }
  }
  // Examples can only be run once every template can be read.
  if (problems.length > 0) return problems;
  return [
    ...duplicateForms(source),
    ...source.entries.flatMap((entry) => uselessDisguises(entry, source)),
    ...exampleProblems(source, compile(source), source.entries),
  ];
}

function problemOf(entry: LexiconEntry, code: LexiconProblem['code'], detail: string): LexiconProblem {
  return { code, file: entry.source.file, line: entry.source.line, entryId: entry.id, detail };
}

function templateProblem(error: unknown, entry: LexiconEntry | null, template: string): LexiconProblem {
  if (!(error instanceof TemplateError)) throw error;
  const detail = `${template} (${error.column}): ${error.message}`;
  return entry === null
    ? { code: error.kind, file: '', line: 0, entryId: '', detail }
    : problemOf(entry, error.kind, detail);
}

function templateProblems(entry: LexiconEntry, source: LexiconSource): LexiconProblem[] {
  const problems: LexiconProblem[] = [];
  const attempt = (template: string, run: () => void) => {
    try {
      run();
    } catch (error) {
      problems.push(templateProblem(error, entry, template));
    }
  };
  const disguises = new Disguises(entry.disguise, source.characters);
  for (const form of entry.forms) {
    attempt(form, () => {
      const anchors = anchorsOf(parseTemplate(form, source.slots), disguises);
      if (anchors === null || anchors.includes('')) {
        problems.push(problemOf(entry, 'never-matches', `${form}: nothing to look for`));
      }
    });
  }
  for (const word of entry.allow) {
    attempt(word, () => {
      if (anchorsOf(parseTemplate(word, source.slots), NO_DISGUISE) === null) {
        problems.push(problemOf(entry, 'never-matches', `allow ${word}: nothing to look for`));
      }
    });
  }
  attempt('unless/only', () => contextTest(entry, source.slots));
  return problems;
}

/** The same words in two entries of one category, told once for each pair of entries. */
function duplicateForms(source: LexiconSource): LexiconProblem[] {
  const problems: LexiconProblem[] = [];
  const owners = new Map<string, LexiconEntry>();
  for (const entry of source.entries) {
    const doubled = new Map<LexiconEntry, string[]>();
    for (const form of entry.forms) {
      for (const text of expansions(parseTemplate(form, source.slots), 200) ?? []) {
        const key = `${entry.category}\0${text}`;
        const owner = owners.get(key);
        if (owner !== undefined) doubled.set(owner, [...(doubled.get(owner) ?? []), text]);
        else owners.set(key, entry);
      }
    }
    for (const [owner, texts] of doubled) {
      const more = texts.length > 1 ? ` and ${texts.length - 1} more` : '';
      problems.push(problemOf(entry, 'duplicate-form', `${texts[0]}${more}: ${owner.id}`));
    }
  }
  return problems;
}

/** A disguise that changes nothing for any form of the entry: a row of `characters` is missing. */
function uselessDisguises(entry: LexiconEntry, source: LexiconSource): LexiconProblem[] {
  const problems: LexiconProblem[] = [];
  for (const disguise of entry.disguise) {
    if (disguise === 'separators' || disguise === 'stretch') continue;
    const disguises = new Disguises([disguise], source.characters);
    const chars = new Set(entry.forms.flatMap((form) => [...form]));
    const useful =
      disguise === 'initials'
        ? entry.forms.some((form) => [...form].every((char) => disguises.initial(char) !== null))
        : [...chars].some((char) => disguises.substitutes(char).length > 0);
    if (!useful) problems.push(problemOf(entry, 'useless-disguise', disguise));
  }
  return problems;
}

/** What some entries of a lexicon say that they match or do not match, and it is not so. */
export function exampleProblems(
  source: LexiconSource,
  lexicon: CompiledLexicon,
  entries: readonly LexiconEntry[],
): LexiconProblem[] {
  const problems: LexiconProblem[] = [];
  const categories = new Map(lexicon.categories.map((name) => [name, new Set([name])]));
  // A match inside a longer one of the category is still a match of the entry.
  const found = (text: string, entry: LexiconEntry) =>
    lexicon
      .explain(text, categories.get(entry.category))
      .candidates.filter((each) => each.entryId === entry.id);
  for (const entry of entries) {
    for (const text of entry.hit) {
      const candidates = found(text, entry);
      if (candidates.some(({ verdict }) => verdict === 'match' || verdict === 'covered')) continue;
      const why = candidates.map(({ form, verdict, detail }) => `${form} ${verdict} ${detail}`).join('; ');
      problems.push(problemOf(entry, 'misses-hit', `${text}${why === '' ? '' : ` (${why})`}`));
    }
    for (const text of entry.miss) {
      const match = found(text, entry).find(({ verdict }) => verdict === 'match' || verdict === 'covered');
      if (match !== undefined) problems.push(problemOf(entry, 'hits-miss', `${text}: ${match.text}`));
    }
    const contextual = Object.keys(entry.only).length > 0;
    for (const form of contextual ? [] : entry.forms) {
      const [text] = expansions(parseTemplate(form, source.slots), 200) ?? [];
      if (text === undefined) continue;
      const candidates = found(text, entry).filter((each) => each.form === form);
      const possible = candidates.some(
        ({ verdict }) => verdict === 'match' || verdict === 'covered' || verdict === 'unless',
      );
      if (!possible) {
        const why = candidates.map(({ verdict, detail }) => `${verdict} ${detail}`).join('; ');
        problems.push(problemOf(entry, 'never-matches', `${form}: ${why}`));
      }
    }
  }
  return problems;
}
