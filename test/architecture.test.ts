import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

interface Import {
  file: string;
  /** First folder inside src/, or the file itself at the top. */
  room: string;
  target: string;
  targetRoom: string | null;
  typeOnly: boolean;
}

interface Allowed {
  values: Set<string> | 'all' | 'all-but-cli';
  types: Set<string>;
}

const files = sourceFiles();
const imports = files.flatMap(importsOf);
const table = roomsTable();

describe('the table of rooms in docs/architecture.md', () => {
  it('names every room of src/ and no other', () => {
    const rooms = new Set(files.map((file) => roomOf(file)));
    for (const room of rooms) expect([...table.keys()]).toContain(room);
  });

  it('is obeyed by every import', () => {
    expect(imports.length).toBeGreaterThan(50);
    const broken = imports
      .filter((entry) => entry.targetRoom !== null && !isAllowed(entry))
      .map((entry) => `${entry.file} → ${entry.target}`);
    expect(broken).toEqual([]);
  });

  it('would notice a forbidden import', () => {
    const forbidden = { file: 'src/rules/x.ts', room: 'rules', target: 'src/report/index.ts' };
    expect(isAllowed({ ...forbidden, targetRoom: 'report', typeOnly: false })).toBe(false);
    expect(isAllowed({ ...forbidden, targetRoom: 'language', typeOnly: true })).toBe(true);
    expect(isAllowed({ ...forbidden, targetRoom: 'language', typeOnly: false })).toBe(false);
  });
});

describe('the other promises', () => {
  it('opens files only in ingest, config, the lexicon loader and the command line', () => {
    const offenders = imports
      .filter((entry) => /^(?:node:)?fs(?:\/promises)?$/.test(entry.target) && !entry.typeOnly)
      .filter((entry) => !['ingest', 'config', 'language', 'cli'].includes(entry.room))
      .map((entry) => entry.file);
    expect(offenders).toEqual([]);
  });

  it('keeps process and console in the command line', () => {
    const offenders = files
      .filter((file) => roomOf(file) !== 'cli')
      .filter((file) => /(?<![\w.'"])(?:process|console)\.\w/.test(code(file)));
    expect(offenders).toEqual([]);
  });

  it('lets rules know no clock and no machine', () => {
    const offenders = files
      .filter((file) => roomOf(file) === 'rules')
      .filter((file) => /Date\.now|new Date\(\)|performance\.now|from 'node:(?!crypto')/.test(code(file)));
    expect(offenders).toEqual([]);
  });

  it('lets no rule import another rule', () => {
    const folder = /^src\/rules\/(?:abuse|dismissive|latency|process|customer-abuse)\//;
    const offenders = imports
      .filter((entry) => folder.test(entry.file) && folder.test(entry.target))
      .map((entry) => `${entry.file} → ${entry.target}`);
    expect(offenders).toEqual([]);
  });
});

function sourceFiles(): string[] {
  return readdirSync(join(ROOT, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts'))
    .map((path) => `src/${path.replaceAll('\\', '/')}`)
    .sort();
}

function roomOf(file: string): string {
  return file.split('/')[1]!;
}

/** Source without comments: prose may speak of `process` and `console`. */
function code(file: string): string {
  return readFileSync(join(ROOT, file), 'utf8')
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/^\s*\/\/.*$/gm, '');
}

function importsOf(file: string): Import[] {
  const found: Import[] = [];
  const text = code(file);
  const add = (specifier: string, typeOnly: boolean) => {
    const inside = specifier.startsWith('.');
    const target = inside
      ? normalize(join(dirname(file), specifier))
          .replace(/\.js$/, '.ts')
          .replaceAll('\\', '/')
      : specifier;
    const targetRoom = inside && target.startsWith('src/') ? roomOf(target) : null;
    found.push({ file, room: roomOf(file), target, targetRoom, typeOnly });
  };
  for (const match of text.matchAll(/^(?:import|export)\s+(?:([^;'"]*?)\s+from\s+)?['"]([^'"]+)['"]/gm)) {
    const clause = match[1] ?? '';
    const names = /^\{([^}]*)\}$/.exec(clause)?.[1];
    const allTypes =
      names?.split(',').every((name) => name.trim() === '' || name.trim().startsWith('type ')) ?? false;
    add(match[2]!, clause.startsWith('type ') || allTypes);
  }
  for (const match of text.matchAll(/(?<!typeof )\bimport\(\s*['"]([^'"]+)['"]/g)) add(match[1]!, false);
  return found;
}

function isAllowed(entry: Import): boolean {
  const { room, targetRoom, typeOnly } = entry;
  if (targetRoom === null || room === targetRoom) return true;
  const allowed = table.get(room);
  if (allowed === undefined) return false;
  if (allowed.values === 'all') return true;
  if (targetRoom === 'cli') return false;
  if (allowed.values === 'all-but-cli') return true;
  return allowed.values.has(targetRoom) || (typeOnly && allowed.types.has(targetRoom));
}

function roomsTable(): Map<string, Allowed> {
  const rooms = new Map<string, Allowed>();
  const named = (cell: string) => new Set([...cell.matchAll(/`([\w.]+)`/g)].map((match) => match[1]!));
  for (const line of readFileSync(join(ROOT, 'docs/architecture.md'), 'utf8').split('\n')) {
    const cells = line.split('|').map((cell) => cell.trim());
    const room = /^`([\w.]+)`$/.exec(cells[1] ?? '')?.[1];
    if (room === undefined || cells.length !== 6) continue;
    const may = cells[3]!;
    rooms.set(room, {
      values: may === 'everything' ? 'all' : may === 'everything but `cli`' ? 'all-but-cli' : named(may),
      types: named(cells[4]!),
    });
  }
  return rooms;
}
