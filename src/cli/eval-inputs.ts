import { readFile } from 'node:fs/promises';
import { areLabelLines } from '../eval/label-lines.js';
import { findFiles } from '../ingest/paths.js';
import type { Io } from './io.js';

/** A file whose lines each hold a labelled turn. */
export interface LabelFile {
  name: string;
  text: string;
}

/** What `eval` was given, by how it is read. */
export interface EvalInputs {
  lines: LabelFile[];
  /** Paths of chat exports with labels, for the pipeline. */
  chats: string[];
  /** What `-` holds, where that is a chat export. */
  stdin: AsyncIterable<Uint8Array> | null;
}

/** Files that label lines are looked for in. */
const LINE_FILES = /\.(?:jsonl|ndjson|json)$/i;
/** What people write about the files beside it. */
const NOTES = /\.(?:md|markdown)$/i;

/**
 * Tells files of label lines from chat exports. A path that cannot be read is left to the pipeline, which tells why.
 *
 * @param paths as the user gave them
 * @param stdinFilename what `-` is called
 */
export async function sortInputs(
  paths: readonly string[],
  io: Io,
  stdinFilename: string,
): Promise<EvalInputs> {
  const inputs: EvalInputs = { lines: [], chats: [], stdin: null };
  for (const path of paths) {
    if (path === '-') {
      const bytes = await bytesOf(io.stdin);
      const text = bytes.toString('utf8');
      if (areLabelLines(text)) inputs.lines.push({ name: stdinFilename, text });
      else {
        inputs.chats.push(path);
        inputs.stdin = once(bytes);
      }
      continue;
    }
    const lines: LabelFile[] = [];
    const others: string[] = [];
    for await (const found of findFiles([path])) {
      if (found.type !== 'file') continue;
      const text = LINE_FILES.test(found.path) ? await readFile(found.path, 'utf8').catch(() => '') : '';
      if (areLabelLines(text)) lines.push({ name: found.name, text });
      else if (found.path === path || !NOTES.test(found.path)) others.push(found.path);
    }
    inputs.lines.push(...lines);
    // A folder without label lines stays a folder: what in it is no export is then passed over, not refused.
    if (lines.length === 0) inputs.chats.push(path);
    else inputs.chats.push(...others);
  }
  return inputs;
}

async function bytesOf(stream: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks);
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}
