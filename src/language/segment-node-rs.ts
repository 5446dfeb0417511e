import { createRequire } from 'node:module';
import { dictionaryFor } from './dictionary.js';
import type { Segmenter } from './segment.js';

interface NodeRsJieba {
  Jieba: { withDict(dictionary: Uint8Array): { cut(text: string, hmm: boolean): string[] } };
}

/**
 * The segmenter that is always installed: prebuilt, no compiler needed.
 * @throws when there is no prebuilt binary for this machine.
 */
export function openNodeRs(terms: readonly string[]): Segmenter {
  const require = createRequire(import.meta.url);
  const { version } = require('@node-rs/jieba/package.json') as { version: string };
  const { Jieba } = require('@node-rs/jieba') as NodeRsJieba;
  let jieba: ReturnType<typeof Jieba.withDict> | null = null;
  return {
    name: '@node-rs/jieba',
    version,
    cut(text) {
      jieba ??= Jieba.withDict(dictionaryFor(terms).bytes());
      return jieba.cut(text, false);
    },
  };
}
