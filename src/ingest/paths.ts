import type { Dirent } from 'node:fs';
import { readdir, realpath, stat } from 'node:fs/promises';
import { isAbsolute, sep } from 'node:path';
import { KefuError } from '../model/errors.js';

/** What the user named: inputs that come from one folder or archive share one origin. */
export interface Origin {
  /** As the user wrote it, with `/`. */
  path: string;
  kind: 'file' | 'folder' | 'archive' | 'stdin';
}

/** `real` is the path without links, the same for every way to name one file. */
export type FoundPath =
  | { type: 'file'; path: string; real: string; name: string; origin: Origin }
  | { type: 'stdin'; origin: Origin }
  | { type: 'error'; error: KefuError };

/**
 * Expands what the user named into files, in the order given; folders are walked in the order of their names. A path
 * that exists is itself even where it looks like a pattern. A file that is met twice is handed on once.
 *
 * In folders, hidden files, lock files of Excel and what kefu-audit writes by default are left out.
 */
export async function* findFiles(paths: readonly string[]): AsyncGenerator<FoundPath> {
  const seen = new Set<string>();
  for (const path of paths) {
    if (path === '-') {
      if (seen.has(path)) continue;
      seen.add(path);
      yield { type: 'stdin', origin: { path, kind: 'stdin' } };
      continue;
    }
    for await (const found of expand(path)) {
      if (found.type === 'error') {
        yield found;
        continue;
      }
      const real = await realpath(found.path).catch(() => found.path);
      if (seen.has(real)) continue;
      seen.add(real);
      yield { ...found, real };
    }
  }
}

/** A path before it is known whether it has been met already. */
type Expanded =
  | { type: 'file'; path: string; name: string; origin: Origin }
  | { type: 'error'; error: KefuError };

async function* expand(path: string): AsyncGenerator<Expanded> {
  const found = await inspect(path);
  if (found === 'missing' && /[*?[{]|[!+@]\(/.test(path)) {
    const matches = await matchesOf(path);
    if (matches.length === 0) yield { type: 'error', error: new KefuError('not-found', { file: path }) };
    for (const match of matches) yield* literal(match, await inspect(match));
    return;
  }
  yield* literal(path, found);
}

type Inspection = 'missing' | 'folder' | 'file' | KefuError;

async function inspect(path: string): Promise<Inspection> {
  try {
    return (await stat(path)).isDirectory() ? 'folder' : 'file';
  } catch (error) {
    const known = systemError(error, slashed(path));
    return known.code === 'not-found' ? 'missing' : known;
  }
}

async function* literal(path: string, found: Inspection): AsyncGenerator<Expanded> {
  const name = slashed(path);
  if (found === 'missing') yield { type: 'error', error: new KefuError('not-found', { file: name }) };
  else if (found === 'file') yield { type: 'file', path, name, origin: { path: name, kind: 'file' } };
  else if (found instanceof KefuError) yield { type: 'error', error: found };
  else {
    const origin: Origin = { path: name, kind: 'folder' };
    let count = 0;
    for await (const entry of walk(path, withoutSlash(name), origin, new Set())) {
      count++;
      yield entry;
    }
    if (count === 0) yield { type: 'error', error: new KefuError('no-exports', { file: name }) };
  }
}

async function* walk(
  path: string,
  name: string,
  origin: Origin,
  inside: Set<string>,
): AsyncGenerator<Expanded> {
  let entries: Dirent[];
  try {
    const real = await realpath(path);
    // A link to a folder that we are inside of.
    if (inside.has(real)) return;
    inside.add(real);
    entries = await readdir(path, { withFileTypes: true });
  } catch (error) {
    yield { type: 'error', error: systemError(error, name) };
    return;
  }
  entries.sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
  for (const entry of entries) {
    if (isNoExport(entry.name)) continue;
    const child = { path: `${withoutSlash(path)}${sep}${entry.name}`, name: `${name}/${entry.name}` };
    if (entry.isDirectory()) yield* walk(child.path, child.name, origin, new Set(inside));
    else if (entry.isFile()) yield { type: 'file', ...child, origin };
    else if (entry.isSymbolicLink()) {
      const target = await inspect(child.path);
      if (target === 'folder') yield* walk(child.path, child.name, origin, new Set(inside));
      else if (target === 'file') yield { type: 'file', ...child, origin };
      // Links that lead nowhere, or round in a circle, hold nothing to read.
      else if (target instanceof KefuError && target.data.reason !== 'ELOOP') {
        yield { type: 'error', error: target };
      }
    }
  }
}

/** Names in folders and archives that are never an export. */
export function isNoExport(name: string): boolean {
  return /^(?:\.|~\$|__MACOSX$|Thumbs\.db$|desktop\.ini$|kefu-audit\.(?:config|baseline)\.)/i.test(name);
}

async function matchesOf(pattern: string): Promise<string[]> {
  const { glob } = await import('tinyglobby');
  const matches = await glob(slashed(pattern), {
    absolute: isAbsolute(pattern),
    expandDirectories: false,
    // `**` meets the files of folders itself.
    onlyFiles: pattern.includes('**'),
  });
  return matches.map(withoutSlash).sort();
}

/** What an error of the operating system means for an input. */
export function systemError(error: unknown, file: string): KefuError {
  if (error instanceof KefuError) return error;
  const { code } = error as NodeJS.ErrnoException;
  switch (code) {
    case 'ENOENT':
    case 'ENOTDIR':
    case 'ENAMETOOLONG':
    case 'ERR_INVALID_ARG_VALUE':
      return new KefuError('not-found', { file, cause: error });
    case 'EACCES':
    case 'EPERM':
      return new KefuError('no-permission', { file, cause: error });
    default:
      return new KefuError('read-failed', {
        file,
        data: { reason: code ?? (error instanceof Error ? error.message : String(error)) },
        cause: error,
      });
  }
}

function slashed(path: string): string {
  return sep === '/' ? path : path.replaceAll(sep, '/');
}

function withoutSlash(path: string): string {
  return path.length > 1 && /[/\\]$/.test(path) ? path.replace(/(?!^)[/\\]+$/, '') : path;
}
