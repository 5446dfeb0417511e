import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { extname, join, relative } from 'node:path';
import { KefuError } from '../model/errors.js';
import {
  AbuseModel,
  type ModelTables,
  modelHash,
  modelTables,
  SUSPECTED,
  SUSPECTED_OF_CUSTOMERS,
} from './abuse-model.js';
import { compile, completeEntry, hashOf } from './compile.js';
import { dataFolder } from './dictionary.js';
import type { CompiledLexicon, LexiconOptions, LexiconProblem } from './lexicon.js';
import { packageRoot } from './package-root.js';
import { pack, unpack } from './packed.js';
import type { LexiconPart, ParsedPart } from './parse.js';
import { patternsOf } from './pattern.js';
import { type PatternTables, patternTables } from './pattern-tables.js';
import { dictionaryTerms, type LexiconSource, type PreparedLexicon, prepareLexicon } from './prepare.js';
import { openSegmenter, type SegmenterChoice } from './segment.js';
import { TemplateError } from './template.js';

/** Raised with the shape of the cache, so that an older build is never read. */
const CACHE_VERSION = 5;
const LEXICON_FILE = 'lexicon.json';
const TABLES_FILE = 'patterns.bin';

/**
 * Reads and compiles the bundled lexicons and those of the user. Fast: examples are not run, see {@link checkLexicon}.
 * @throws KefuError `lexicon` with all problems that keep it from being used; `not-found` for a missing file.
 */
export async function loadLexicon(options: LexiconOptions = {}): Promise<CompiledLexicon> {
  const { source, problems, own } = await gather(options);
  if (problems.length > 0) throw lexiconError(problems);
  try {
    const models = options.bundled === false ? [] : [await loadModel('agent'), await loadModel('customer')];
    const lexicon = compileFor(source, options.segmenter ?? 'auto', models);
    if (options.onBrokenExamples !== undefined && own.size > 0) {
      const { exampleProblems } = await import('./check.js');
      const entries = source.entries.filter((entry) => own.has(entry.source.file));
      const broken = exampleProblems(source, lexicon, entries);
      if (broken.length > 0) options.onBrokenExamples(broken);
    }
    return lexicon;
  } catch (error) {
    // A template is wrong; the check says which ones and where.
    if (error instanceof TemplateError) throw lexiconError((await import('./check.js')).checkSource(source));
    throw error;
  }
}

function compileFor(
  source: LexiconSource,
  choice: SegmenterChoice,
  models: readonly AbuseModel[],
): CompiledLexicon {
  if (choice === 'auto') return compile(source, undefined, models);
  const prepared = prepareLexicon(source);
  return compile({ ...source, prepared }, openSegmenter(dictionaryTerms(prepared), choice), models);
}

/** The models that ship with the lexicons, by whose words they judge. */
export const MODEL_FILES = { agent: 'abuse-model.txt', customer: 'customer-abuse-model.txt' } as const;

export type ModelSide = keyof typeof MODEL_FILES;

export async function loadModel(side: ModelSide = 'agent'): Promise<AbuseModel> {
  const file = await readFile(join(packageRoot(), 'lexicons', MODEL_FILES[side]), 'utf8');
  const tables = await readTables<ModelTables>(modelTablesFile(side), modelHash(file));
  return new AbuseModel(file, side === 'agent' ? SUSPECTED : SUSPECTED_OF_CUSTOMERS, tables);
}

function modelTablesFile(side: ModelSide): string {
  return `${side}-model.bin`;
}

/** Everything that is wrong with the lexicons, examples included. Slow enough for a command of its own. */
export async function checkLexicon(options: LexiconOptions = {}): Promise<LexiconProblem[]> {
  const { source, problems } = await gather(options);
  const { checkSource } = await import('./check.js');
  return [...problems, ...checkSource(source)];
}

/** What the bundled lexicons hold, for the build. Reads the files, never the cache. */
export async function readBundledSource(): Promise<LexiconSource> {
  const { source, problems } = combine([await parseBundled(await bundledFiles())], {});
  if (problems.length > 0) throw lexiconError(problems);
  return source;
}

/**
 * What {@link loadLexicon} and {@link loadModel} start from, by file: YAML with positions reads slowly, and tables take time
 * to make.
 */
export async function buildLexiconCache(): Promise<Record<string, string | Uint8Array>> {
  const files = await bundledFiles();
  const { part, problems } = await parseBundled(files);
  if (problems.length > 0) throw lexiconError(problems);
  const { source } = combine([{ part, problems }], {});
  const key = keyOf(files);
  const prepared = prepareLexicon(source);
  const cache: Cache = { version: CACHE_VERSION, key, part, prepared, hash: hashOf(source) };
  const built: Record<string, string | Uint8Array> = {
    [LEXICON_FILE]: JSON.stringify(cache),
    [TABLES_FILE]: pack(tablesKey(key), { ...patternTables(patternsOf(source, prepared)) }),
  };
  for (const side of Object.keys(MODEL_FILES) as ModelSide[]) {
    const model = await readFile(join(packageRoot(), 'lexicons', MODEL_FILES[side]), 'utf8');
    built[modelTablesFile(side)] = pack(tablesKey(modelHash(model)), { ...modelTables(model) });
  }
  return built;
}

/** What the build keeps of the bundled lexicons. */
interface Cache {
  version: number;
  /** Digest of the files that it was made from. */
  key: string;
  part: LexiconPart;
  prepared: PreparedLexicon;
  /** See {@link hashOf}. */
  hash: string;
}

interface TextFile {
  name: string;
  text: string;
}

async function gather(
  options: LexiconOptions,
): Promise<{ source: LexiconSource; problems: LexiconProblem[]; own: ReadonlySet<string> }> {
  const parsed: ParsedPart[] = [];
  let prepared: PreparedLexicon | undefined;
  let key: string | undefined;
  let hash: string | undefined;
  if (options.bundled !== false) {
    const bundled = await loadBundled();
    parsed.push(bundled);
    ({ prepared, key, hash } = bundled);
  }
  const names = [...(options.files ?? [])];
  for (const folder of options.dirs ?? []) names.push(...(await lexiconFilesIn(folder)));
  if (names.length > 0) {
    const { parseWordList, parseYaml } = await import('./parse.js');
    for (const name of names) {
      const text = await readText(name);
      const own = extname(name).toLowerCase() === '.csv' ? parseWordList(name, text) : parseYaml(name, text);
      // With other slots or characters the bundled templates stand for other words.
      if (Object.keys({ ...own.part.slots, ...own.part.characters }).length > 0) prepared = undefined;
      parsed.push(own);
    }
  }
  const { source, problems } = combine(parsed, options);
  const isBundled = names.length + (options.userEntries?.length ?? 0) + (options.disabled?.length ?? 0) === 0;
  if (!isBundled || key === undefined)
    return { source: { ...source, prepared }, problems, own: new Set(names) };
  return {
    source: { ...source, prepared, hash, tables: await readTables<PatternTables>(TABLES_FILE, key) },
    problems,
    own: new Set(),
  };
}

/** Tables that the build has made of what `key` stands for. Where they cannot be read they are made anew, as slow as that is. */
async function readTables<Tables>(file: string, key: string): Promise<Tables | undefined> {
  try {
    const tables = unpack(await readFile(join(dataFolder(), file)), tablesKey(key));
    return tables === null ? undefined : (tables as Tables);
  } catch {
    return undefined;
  }
}

function tablesKey(key: string): string {
  return `${CACHE_VERSION} ${key}`;
}

function combine(
  parsed: readonly ParsedPart[],
  options: LexiconOptions,
): { source: LexiconSource; problems: LexiconProblem[] } {
  const problems = parsed.flatMap((each) => each.problems);
  const entries = parsed.flatMap((each) => each.part.entries);
  entries.push(...(options.userEntries ?? []).map(completeEntry));
  const ids = new Map<string, number>();
  entries.forEach((entry, index) => {
    if (ids.has(entry.id)) {
      const first = entries[ids.get(entry.id)!]!.source;
      problems.push({
        code: 'duplicate-id',
        ...entry.source,
        entryId: entry.id,
        detail: `${first.file}:${first.line}`,
      });
    } else ids.set(entry.id, index);
  });
  const disabled = new Set(options.disabled ?? []);
  for (const id of disabled) {
    if (!ids.has(id)) problems.push({ code: 'unknown-entry', file: '', line: 0, entryId: id, detail: id });
  }
  const slots = new Map<string, string[]>();
  const characters = new Map<string, LexiconPart['characters'][string]>();
  for (const { part } of parsed) {
    for (const [name, values] of Object.entries(part.slots))
      slots.set(name, [...(slots.get(name) ?? []), ...values]);
    for (const [char, row] of Object.entries(part.characters)) {
      const known = characters.get(char);
      characters.set(char, known === undefined ? row : { ...known, ...row });
    }
  }
  const source: LexiconSource = {
    entries: entries.filter((entry) => !disabled.has(entry.id)),
    slots,
    characters,
    allow: parsed.flatMap((each) => each.part.allow),
  };
  return { source, problems };
}

async function loadBundled(): Promise<ParsedPart & Partial<Cache>> {
  const files = await bundledFiles();
  const cached = await readFile(join(dataFolder(), LEXICON_FILE), 'utf8').catch(() => null);
  if (cached !== null) {
    const cache = JSON.parse(cached) as Cache;
    if (cache.version === CACHE_VERSION && cache.key === keyOf(files)) return { ...cache, problems: [] };
  }
  return parseBundled(files);
}

async function bundledFiles(): Promise<TextFile[]> {
  const folder = join(packageRoot(), 'lexicons');
  const names = await lexiconFilesIn(folder);
  return Promise.all(
    names.map(async (name) => ({
      name: relative(packageRoot(), name).replaceAll('\\', '/'),
      text: await readFile(name, 'utf8'),
    })),
  );
}

async function parseBundled(files: readonly TextFile[]): Promise<ParsedPart> {
  // Parsers are loaded by those who need them: with the cache of the build, nobody does.
  const { parseYaml } = await import('./parse.js');
  const parsed = files.map(({ name, text }) => parseYaml(name, text));
  const { source, problems } = combine(parsed, {});
  return {
    part: {
      entries: [...source.entries],
      slots: Object.fromEntries([...source.slots].map(([name, values]) => [name, [...values]])),
      characters: Object.fromEntries(source.characters),
      allow: [...source.allow],
    },
    problems,
  };
}

/** Lexicon files of a folder and the folders below, in a fixed order. */
async function lexiconFilesIn(folder: string): Promise<string[]> {
  const found = await readdir(folder, { recursive: true }).catch((cause: unknown) => {
    throw new KefuError('not-found', { file: folder, cause });
  });
  return found
    .filter((name) => /\.(ya?ml|csv)$/i.test(name))
    .sort()
    .map((name) => join(folder, name));
}

/** A user's file: UTF-8, or GB18030 as spreadsheets save it. */
async function readText(name: string): Promise<string> {
  const bytes = await readFile(name).catch((cause: unknown) => {
    throw new KefuError('not-found', { file: name, cause });
  });
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('gb18030').decode(bytes);
  }
}

function keyOf(files: readonly TextFile[]): string {
  const hash = createHash('sha256');
  for (const { name, text } of files) hash.update(`${name}\0${text}\0`);
  return hash.digest('hex');
}

function lexiconError(problems: readonly LexiconProblem[]): KefuError {
  const first = problems[0]!;
  return new KefuError('lexicon', {
    file: first.file,
    line: first.line,
    data: { problems: problems.map((p) => `${p.file}:${p.line} ${p.entryId} ${p.code}: ${p.detail}`) },
  });
}
