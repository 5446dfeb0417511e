import { parse as parseCsv } from 'csv-parse/sync';
import { isMap, isScalar, isSeq, LineCounter, type Node, parseDocument } from 'yaml';
import { schemaProblems } from '../model/schema-problems.js';
import { yamlValue } from '../model/yaml-value.js';
import { completeEntry } from './compile.js';
import type { LexiconEntry, LexiconProblem } from './lexicon.js';
import { lexiconFileSchema } from './schema.js';
import { type CharacterRow, literalTemplate } from './template.js';

/** What one file brings to a lexicon. */
export interface LexiconPart {
  entries: LexiconEntry[];
  slots: Record<string, string[]>;
  characters: Record<string, CharacterRow>;
  allow: string[];
}

export interface ParsedPart {
  part: LexiconPart;
  problems: LexiconProblem[];
}

function emptyPart(): LexiconPart {
  return { entries: [], slots: {}, characters: {}, allow: [] };
}

/** Reads a lexicon file in YAML. Never throws: what is wrong is told with its line. */
export function parseYaml(file: string, text: string): ParsedPart {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const lineAt = (offset: number | undefined) => (offset === undefined ? 1 : lines.linePos(offset).line);
  const problems: LexiconProblem[] = document.errors.map((error) => ({
    code: 'syntax',
    file,
    line: lineAt(error.pos[0]),
    entryId: '',
    detail: error.message,
  }));
  if (problems.length > 0) return { part: emptyPart(), problems };
  const { value, problem } = yamlValue(document);
  if (problem !== null) {
    return { part: emptyPart(), problems: [{ code: 'syntax', file, line: 1, entryId: '', detail: problem }] };
  }
  const parsed = lexiconFileSchema.safeParse(value ?? {});
  if (!parsed.success) {
    for (const problem of schemaProblems(parsed.error)) {
      const path = problem.path.filter((key) => typeof key !== 'symbol');
      problems.push({
        code: 'schema',
        file,
        line: lineAt(offsetOf(document.contents, path)),
        entryId: entryIdAt(document.contents, path),
        detail: `${path.join('.')}: ${problem.detail}`,
      });
    }
    return { part: emptyPart(), problems };
  }
  const { defaults = {}, slots = {}, characters = {}, allow = [], entries = [] } = parsed.data;
  const part: LexiconPart = { ...emptyPart(), slots, characters, allow };
  entries.forEach((raw, index) => {
    const entry = withoutUndefined({ ...withoutUndefined(defaults), ...withoutUndefined(raw) });
    const line = lineAt(offsetOf(document.contents, ['entries', index]));
    if (entry.category === undefined) {
      problems.push({
        code: 'schema',
        file,
        line,
        entryId: raw.id,
        detail: 'category: missing',
      });
      return;
    }
    part.entries.push(
      completeEntry({
        ...(entry as typeof entry & { category: string }),
        source: { file, line },
      } as LexiconEntry),
    );
  });
  return { part, problems };
}

/** Chinese names of categories, as supervisors write them in a spreadsheet. */
const CATEGORY_NAMES: Readonly<Record<string, string>> = {
  脏话: 'abuse/profanity',
  辱骂: 'abuse/insult',
  侮辱: 'abuse/insult',
  轻蔑: 'abuse/contempt',
  诅咒: 'abuse/curse',
  威胁: 'abuse/threat',
  嘲讽: 'abuse/mockery',
  挑衅: 'abuse/provocation',
  歧视: 'abuse/discrimination',
  骚扰: 'abuse/harassment',
  不知道: 'cue/dont-know',
  推脱: 'cue/deflection',
  拒绝: 'cue/refusal',
  敷衍: 'cue/curt',
};
const ALLOW_NAMES = new Set(['放行', '白名单', 'allow']);

/**
 * Reads words from a spreadsheet: two columns, the word and its category (an id or a Chinese name; 放行 for words that
 * are harmless), with or without a heading. Words are taken literally and match on word edges.
 */
export function parseWordList(file: string, text: string): ParsedPart {
  const part = emptyPart();
  const problems: LexiconProblem[] = [];
  let rows: { record: string[]; info: { lines: number } }[];
  try {
    rows = parseCsv(text, {
      bom: true,
      info: true,
      relax_column_count: true,
      skip_empty_lines: true,
      trim: true,
      delimiter: [',', '\t', '，'],
    }) as unknown as typeof rows;
  } catch (error) {
    const { lines = 1, message } = error as { lines?: number; message: string };
    return { part, problems: [{ code: 'syntax', file, line: lines, entryId: '', detail: message }] };
  }
  rows.forEach(({ record, info }, index) => {
    const [word = '', name = ''] = record;
    if (index === 0 && /^(词|词语|词条|word|term)$/i.test(word)) return;
    if (word === '' || word.startsWith('#')) return;
    if (ALLOW_NAMES.has(name)) {
      part.allow.push(literalTemplate(word));
      return;
    }
    const category = CATEGORY_NAMES[name] ?? name;
    if (!/^[a-z][a-z-]*\/[a-z][a-z-]*$/.test(category)) {
      problems.push({
        code: 'schema',
        file,
        line: info.lines,
        entryId: word,
        detail: `category: no-category ${name}`,
      });
      return;
    }
    part.entries.push(
      completeEntry({
        id: `user-${codePointsOf(word)}`,
        category,
        forms: [literalTemplate(word)],
        disguise: ['separators'],
        source: { file, line: info.lines },
      }),
    );
  });
  return { part, problems };
}

/** A stable id that any word has. */
function codePointsOf(word: string): string {
  return [...word].map((char) => char.codePointAt(0)!.toString(16)).join('-');
}

function withoutUndefined<T extends object>(object: T): T {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined)) as T;
}

/** Offset of the deepest node on a path that exists. */
function offsetOf(root: unknown, path: readonly (string | number)[]): number | undefined {
  let node = root as Node | null;
  let offset = node?.range?.[0];
  for (const key of path) {
    if (isMap(node)) {
      const pair = node.items.find((item) => isScalar(item.key) && item.key.value === key);
      if (pair === undefined) break;
      offset = (pair.key as Node).range?.[0] ?? offset;
      node = pair.value as Node | null;
    } else if (isSeq(node)) {
      node = (node.items[Number(key)] ?? null) as Node | null;
    } else break;
    if (node === null || node === undefined) break;
    if (!isScalar(node) || typeof key === 'number') offset = node.range?.[0] ?? offset;
  }
  return offset;
}

function entryIdAt(root: unknown, path: readonly (string | number)[]): string {
  if (path[0] !== 'entries' || typeof path[1] !== 'number' || !isMap(root)) return '';
  const entries = root.get('entries');
  const entry = isSeq(entries) ? entries.items[path[1]] : undefined;
  const id = isMap(entry) ? entry.get('id') : undefined;
  return typeof id === 'string' ? id : '';
}
