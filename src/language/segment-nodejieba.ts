import { createRequire } from 'node:module';
import { dictionaryFor, tableFile } from './dictionary.js';
import type { Segmenter } from './segment.js';

interface Nodejieba {
  DEFAULT_HMM_DICT: string;
  load(options: {
    dict: string;
    hmmDict: string;
    userDict: string;
    idfDict: string;
    stopWordDict: string;
  }): void;
  cutSmall(text: string, longestWord: number): string[];
}

/** nodejieba keeps one dictionary for the whole process; this is the one it holds now. */
let loaded: string | null = null;

/**
 * The default segmenter, an optional dependency because it has to be compiled.
 * @throws when it is not installed or its binding was not built.
 */
export function openNodejieba(terms: readonly string[]): Segmenter {
  const require = createRequire(import.meta.url);
  const { version } = require('nodejieba/package.json') as { version: string };
  const nodejieba = require('nodejieba') as Nodejieba;
  // The binding is opened by the first call, not by require; ask now, so that the other segmenter can step in.
  require('nodejieba/build/Release/nodejieba.node');
  let dictionary: string | null = null;
  return {
    name: 'nodejieba',
    version,
    cut(text) {
      dictionary ??= dictionaryFor(terms).file();
      if (loaded !== dictionary) {
        nodejieba.load({
          dict: dictionary,
          hmmDict: nodejieba.DEFAULT_HMM_DICT,
          userDict: tableFile('empty.txt'),
          idfDict: tableFile('one-word.txt'),
          stopWordDict: tableFile('one-word.txt'),
        });
        loaded = dictionary;
      }
      // `cut` always mixes in the HMM; `cutSmall` is plain maximum probability up to a word length.
      return nodejieba.cutSmall(text, 1000);
    },
  };
}
