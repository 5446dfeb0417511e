import { readFile, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { basename, dirname, join, relative, resolve } from 'node:path';
import type { Document } from 'yaml';
import type { ZodError } from 'zod';
import { KefuError } from '../model/errors.js';
import { schemaProblems } from '../model/schema-problems.js';
import { yamlValue } from '../model/yaml-value.js';
import { nearest } from './nearest.js';
import type { RuleSetting, RuleSettings } from './options.js';
import type { ConfigFile } from './schema.js';
import type { ConfigKey, Settings } from './settings.js';

/** Names looked for in each folder, first one wins. */
export const CONFIG_NAMES = [
  'kefu-audit.config.json',
  'kefu-audit.config.yaml',
  'kefu-audit.config.yml',
  'package.json',
] as const;

const PACKAGE_KEY = 'kefu-audit';

/** One thing wrong with a config file. */
export interface ConfigProblem {
  code: 'syntax' | 'unknown-key' | 'bad-value' | 'cycle' | 'unreadable';
  file: string;
  /** 1-based, or null for the file as a whole. */
  line: number | null;
  /** Where in the file: `rules.abuse/insult.severity`. */
  key: string;
  /**
   * `bad-value`: what would be right, see `SchemaProblem.detail`; `syntax`, `unreadable`: what the parser or the system
   * said; `cycle`: the chain.
   */
  detail: string;
  suggestions: string[];
}

/** Everything wrong with the config at once. */
export class ConfigError extends KefuError {
  readonly problems: readonly ConfigProblem[];

  constructor(problems: readonly ConfigProblem[]) {
    const [first] = problems;
    super('config', {
      file: first!.file,
      ...(first!.line === null ? {} : { line: first!.line }),
      data: {
        problem: 'config-file',
        problems: problems.map((one) => `${one.code} ${one.key} ${one.detail}`),
      },
    });
    this.problems = problems;
  }
}

export interface LoadedConfig {
  values: Partial<Pick<Settings, ConfigKey>>;
  /** Which file set a key; rules and columns by `rules.<id>`, `columns.<field>`. */
  origins: Map<string, string>;
}

/**
 * The nearest config file from a folder upward, or null. The search ends at the root of the repository or at the home
 * folder, whichever comes first.
 */
export async function findConfig(from: string, home: string = homedir()): Promise<string | null> {
  for (let folder = resolve(from); ; folder = dirname(folder)) {
    for (const name of CONFIG_NAMES) {
      const path = join(folder, name);
      if (name === 'package.json' ? await hasPackageKey(path) : await exists(path)) return path;
    }
    if (folder === home || folder === dirname(folder) || (await exists(join(folder, '.git')))) return null;
  }
}

/**
 * Reads a config file and all that it extends; what comes later wins, rules and columns merge by name, lists replace.
 *
 * @param path as the user gave it or as it was found
 * @param cwd paths in the result are relative to this folder
 * @throws ConfigError with every problem of every file
 */
export async function loadConfig(path: string, cwd: string): Promise<LoadedConfig> {
  const problems: ConfigProblem[] = [];
  const loaded: LoadedConfig = { values: {}, origins: new Map() };
  await readInto(loaded, resolve(cwd, path), [], cwd, problems);
  if (problems.length > 0) throw new ConfigError(problems);
  return loaded;
}

async function readInto(
  into: LoadedConfig,
  path: string,
  chain: readonly string[],
  cwd: string,
  problems: ConfigProblem[],
): Promise<void> {
  const file = relative(cwd, path) || path;
  const problem = (code: ConfigProblem['code'], detail: string) =>
    problems.push({ code, file, line: null, key: '', detail, suggestions: [] });
  if (chain.includes(path)) {
    problem('cycle', [...chain, path].map((one) => relative(cwd, one)).join(' → '));
    return;
  }
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    problem('unreadable', String((error as { code?: string }).code ?? error));
    return;
  }
  const config = await parse(text.replace(/^\ufeff/, ''), path, file, problems);
  if (config === null) return;
  const { extends: bases = [], $schema: _, ...own } = config;
  for (const base of [bases].flat()) {
    if (base.startsWith('preset:')) {
      into.values.preset = base.slice('preset:'.length);
      into.origins.set('preset', file);
    } else {
      await readInto(into, resolve(dirname(path), base), [...chain, path], cwd, problems);
    }
  }
  merge(into, own, file, (name) => relative(cwd, resolve(dirname(path), name)));
}

/** @returns null, or what it extends, when it cannot be used; then problems were added */
async function parse(
  text: string,
  path: string,
  file: string,
  problems: ConfigProblem[],
): Promise<ConfigFile | null> {
  const { parseDocument, LineCounter } = await import('yaml');
  const { configSchema } = await import('./schema.js');
  const lines = new LineCounter();
  // JSON is YAML; one parser gives lines for both.
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, uniqueKeys: true });
  for (const error of document.errors) {
    problems.push({
      code: 'syntax',
      file,
      line: lines.linePos(error.pos[0]).line,
      key: '',
      detail: error.message,
      suggestions: [],
    });
  }
  if (document.errors.length > 0) return null;
  const inPackage = basename(path) === 'package.json';
  const prefix = inPackage ? [PACKAGE_KEY] : [];
  const { value: whole, problem } = yamlValue(document);
  if (problem !== null) {
    problems.push({ code: 'syntax', file, line: null, key: '', detail: problem, suggestions: [] });
    return null;
  }
  const value = inPackage ? (whole as Record<string, unknown>)[PACKAGE_KEY] : whole;
  const parsed = configSchema.safeParse(value ?? {});
  if (parsed.success) return parsed.data;
  const lineOf = (keys: readonly PropertyKey[]) => lineAt(document, lines, [...prefix, ...keys]);
  const found = problemsOf(parsed.error, Object.keys(configSchema.shape), file, lineOf);
  problems.push(...found.sort((a, b) => (a.line ?? 0) - (b.line ?? 0)));
  // What it extends may have mistakes of its own, to be told in the same breath.
  const bases = configSchema.shape.extends.safeParse((value as ConfigFile | null)?.extends);
  return bases.data === undefined ? null : { extends: bases.data };
}

function problemsOf(
  error: ZodError,
  topKeys: readonly string[],
  file: string,
  lineOf: (keys: readonly PropertyKey[]) => number | null,
): ConfigProblem[] {
  return schemaProblems(error).map(({ path, detail }): ConfigProblem => {
    const place = { file, line: lineOf(path), key: path.join('.') };
    if (detail !== 'unknown-key') return { code: 'bad-value', ...place, detail, suggestions: [] };
    const known = path.length === 1 ? topKeys : [];
    return { code: 'unknown-key', ...place, detail: '', suggestions: nearest(String(path.at(-1)), known) };
  });
}

function lineAt(
  document: Document,
  lines: { linePos(offset: number): { line: number } },
  keys: readonly PropertyKey[],
): number | null {
  for (let depth = keys.length; depth > 0; depth--) {
    const path = keys.slice(0, depth);
    const parent = document.getIn(path.slice(0, -1), true) as { items?: unknown[] } | undefined;
    for (const item of parent?.items ?? []) {
      const { key } = item as { key?: { value?: unknown; range?: [number, number, number] } };
      if (key?.range && String(key.value) === String(path.at(-1))) return lines.linePos(key.range[0]).line;
    }
    const node = document.getIn(path, true) as { range?: [number, number, number] } | undefined;
    if (node?.range) return lines.linePos(node.range[0]).line;
  }
  return null;
}

function merge(
  into: LoadedConfig,
  own: Omit<ConfigFile, 'extends' | '$schema'>,
  file: string,
  locate: (name: string) => string,
): void {
  const { rules, columns, lexicon, page, baseline, calendar, format, ...plain } = own;
  const set = <K extends ConfigKey>(key: K, value: Settings[K]) => {
    into.values[key] = value;
    into.origins.set(key, file);
  };
  for (const [key, value] of Object.entries(plain))
    if (value !== undefined) set(key as ConfigKey, value as never);
  if (lexicon) set('lexicon', lexicon.map(locate));
  if (page) set('page', page.map(locate));
  if (calendar !== undefined) set('calendar', locate(calendar));
  if (baseline !== undefined) set('baseline', baseline === false ? false : locate(baseline));
  if (format) {
    const placed = format.map((one) => one.replace(/=(?!-$)(.+)$/s, (_, name: string) => `=${locate(name)}`));
    set('format', placed);
  }
  if (columns) {
    into.values.columns = { ...into.values.columns, ...(columns as Settings['columns']) };
    for (const field of Object.keys(columns)) into.origins.set(`columns.${field}`, file);
  }
  if (rules) {
    const merged: RuleSettings = { ...into.values.rules };
    for (const [id, setting] of Object.entries(rules)) {
      merged[id] = mergeRule(merged[id], normalise(setting));
      into.origins.set(`rules.${id}`, file);
    }
    into.values.rules = merged;
  }
}

/** `"off"` and `{ severity, …options }` in one shape. */
function normalise(setting: NonNullable<ConfigFile['rules']>[string]): RuleSetting {
  if (typeof setting === 'string') return { severity: setting };
  const { severity, ...options } = setting;
  return {
    ...(severity ? { severity } : {}),
    ...(Object.keys(options).length > 0 ? { options } : {}),
  } as RuleSetting;
}

/** What is said later wins, part by part. */
export function mergeRule(before: RuleSetting | undefined, after: RuleSetting): RuleSetting {
  const options = { ...before?.options, ...after.options };
  return { ...before, ...after, ...(Object.keys(options).length > 0 ? { options } : {}) };
}

async function exists(path: string): Promise<boolean> {
  return (await stat(path).catch(() => null)) !== null;
}

async function hasPackageKey(path: string): Promise<boolean> {
  const text = await readFile(path, 'utf8').catch(() => '');
  if (!text.includes(`"${PACKAGE_KEY}"`)) return false;
  try {
    return Object.hasOwn(JSON.parse(text) as object, PACKAGE_KEY);
  } catch {
    return false;
  }
}
