import { createHash, randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir, userInfo } from 'node:os';
import { dirname, join } from 'node:path';
import { packageRoot } from './package-root.js';

/** Rarer words of jieba's dictionary are left out: they decide no cut that we ask about, and cost load time. */
const MIN_FREQUENCY = 50;
/** Frequency of words of the trade and of the lexicon: above their single characters, below the common words around. */
const TERM_FREQUENCY = 20;

export interface Dictionary {
  /** The dictionary as `word frequency tag` lines, UTF-8. */
  bytes(): Buffer;
  /** A file with the same content. */
  file(): string;
}

/**
 * The compact dictionary without the terms of a lexicon: jieba's frequent words, every single character that occurs, and
 * the words of the trade. Built once by `npm run build`.
 */
export function buildCompactDictionary(jieba: string, trade: readonly string[]): string {
  const lines: string[] = [];
  const words = new Set<string>();
  const singles = new Set<string>();
  for (const line of jieba.split('\n')) {
    const [word, frequency, tag] = line.trim().split(' ');
    if (word === undefined || frequency === undefined || !/^[\u3400-\u9fff]+$/.test(word)) continue;
    if (word.length > 1 && Number(frequency) < MIN_FREQUENCY) continue;
    lines.push(`${word} ${Math.max(1, Number(frequency))} ${tag ?? 'x'}`);
    words.add(word);
    for (const char of word) singles.add(char);
  }
  return lines.join('\n') + addition([...trade, ...singles], words);
}

/** A compact dictionary with further terms. */
export function withTerms(compact: string, terms: readonly string[]): string {
  const words = new Set<string>();
  for (const line of compact.split('\n')) words.add(line.slice(0, line.indexOf(' ')));
  return compact + addition(terms, words);
}

function addition(terms: readonly string[], known: Set<string>): string {
  let lines = '';
  for (const term of [...terms].sort()) {
    if (known.has(term) || !/^[\u3400-\u9fff]+$/.test(term)) continue;
    known.add(term);
    lines += `\n${term} ${term.length === 1 ? 1 : TERM_FREQUENCY} x`;
  }
  return lines;
}

/** Identifies a list of terms. */
export function termsHash(terms: readonly string[]): string {
  return createHash('sha256')
    .update([...new Set(terms)].sort().join('\n'))
    .digest('hex')
    .slice(0, 16);
}

/** Jieba's own dictionary, as @node-rs/jieba brings it. */
export function readJiebaDictionary(): string {
  const require = createRequire(import.meta.url);
  return readFileSync(join(dirname(require.resolve('@node-rs/jieba/package.json')), 'dict.txt'), 'utf8');
}

/** Words of the trade, one a line, `#` comments. */
export function readTradeWords(): string[] {
  return readFileSync(join(packageRoot(), 'lexicons', 'trade-words.txt'), 'utf8')
    .split('\n')
    .map((line) => line.replace(/#.*/, '').trim())
    .filter((line) => line !== '');
}

/** Where `npm run build` puts its files. */
export function dataFolder(): string {
  return join(packageRoot(), 'dist', 'data');
}

/**
 * The dictionary for a lexicon's terms. That of the bundled lexicons was built with the package; with other terms (user
 * words) one is put together, and kept in the temporary folder where a segmenter can only read files.
 */
export function dictionaryFor(terms: readonly string[]): Dictionary {
  const hash = termsHash(terms);
  const built = join(dataFolder(), `dictionary-${hash}.txt`);
  if (existsSync(built)) return { bytes: () => readFileSync(built), file: () => built };
  const bytes = () => Buffer.from(withTerms(compactDictionary(), terms));
  return { bytes, file: () => temporary(`dictionary-${hash}.txt`, bytes) };
}

/** Tables that nodejieba insists on reading, and we do not use: they hold as little as it accepts. */
export const TABLES = { 'empty.txt': '', 'one-word.txt': '的 1\n' } as const;

/** A file that holds one of {@link TABLES}. */
export function tableFile(name: keyof typeof TABLES): string {
  const built = join(dataFolder(), name);
  return existsSync(built) ? built : temporary(name, () => Buffer.from(TABLES[name]));
}

let compact: string | null = null;

function compactDictionary(): string {
  if (compact === null) {
    const built = join(dataFolder(), 'compact.txt');
    compact = existsSync(built)
      ? readFileSync(built, 'utf8')
      : buildCompactDictionary(readJiebaDictionary(), readTradeWords());
  }
  return compact;
}

/** Written under another name first: two runs at once must never see half a file. */
function temporary(name: string, content: () => Buffer): string {
  const bytes = content();
  const folder = join(tmpdir(), `kefu-audit-${userInfo().uid}`);
  const file = join(folder, name);
  if (existsSync(file) && readFileSync(file).equals(bytes)) return file;
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const draft = join(folder, randomUUID());
  writeFileSync(draft, bytes);
  renameSync(draft, file);
  return file;
}
