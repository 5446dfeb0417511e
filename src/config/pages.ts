import { readFile } from 'node:fs/promises';
import { KefuError } from '../model/errors.js';
import type { RuleSettings } from './options.js';

/** The rule that knows what a page says. */
const RULE = 'dismissive/non-answer';

/**
 * Rule settings of a run that knows the product pages its customers have before them (`--page`).
 *
 * @param paths text or HTML files, UTF-8 or GB18030
 * @throws KefuError `config` when one cannot be read
 */
export async function withPages(settings: RuleSettings, paths: readonly string[]): Promise<RuleSettings> {
  if (paths.length === 0) return settings;
  const page = (await Promise.all(paths.map(readPage))).join('\n');
  const own = settings[RULE];
  return { ...settings, [RULE]: { ...own, options: { ...own?.options, page } } };
}

async function readPage(path: string): Promise<string> {
  let bytes: Uint8Array;
  try {
    bytes = await readFile(path);
  } catch (cause) {
    throw new KefuError('config', { file: path, data: { problem: 'unreadable-page' }, cause });
  }
  return decoded(bytes).replace(/<[^<>]*>/g, '');
}

function decoded(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('gb18030').decode(bytes);
  }
}
