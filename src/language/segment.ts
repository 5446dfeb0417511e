import { KefuError } from '../model/errors.js';
import { openNodeRs } from './segment-node-rs.js';
import { openNodejieba } from './segment-nodejieba.js';

/**
 * Cuts running Han text into words by maximum probability, without a hidden Markov model. All segmenters work with the
 * same dictionary, so they cut alike; a finding must not depend on which one is installed.
 */
export interface Segmenter {
  readonly name: string;
  readonly version: string;
  /** Words in order; joined they are `text`, which holds Han characters only. The dictionary is loaded by the first call. */
  cut(text: string): string[];
}

export type SegmenterChoice = 'auto' | 'nodejieba' | 'node-rs';

/**
 * The segmenter to use: nodejieba where it is installed, @node-rs/jieba otherwise, or the one asked for.
 * @param terms words that are added to the dictionary, each cut as one word unless the text reads better otherwise.
 * @throws KefuError `no-segmenter` when none can be loaded.
 */
export function openSegmenter(terms: readonly string[], choice: SegmenterChoice = 'auto'): Segmenter {
  const reasons: string[] = [];
  for (const open of [openNodejieba, openNodeRs]) {
    if (choice !== 'auto' && (open === openNodejieba) !== (choice === 'nodejieba')) continue;
    try {
      return open(terms);
    } catch (error) {
      reasons.push(error instanceof Error ? (error.message.split('\n', 1)[0] ?? '') : String(error));
    }
  }
  throw new KefuError('no-segmenter', { data: { choice, reasons } });
}
