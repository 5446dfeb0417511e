import { KefuError } from '../model/errors.js';
import type { ColumnMap } from './columns.js';
import { Decoder, type Encoding } from './decode.js';
import { LineSplitter } from './lines.js';
import type { Head, Reader } from './reader.js';

/** What one reader says of an input. */
export interface Detection {
  reader: Reader;
  /** 0–1; see `Sniff`. */
  score: number;
  why: string;
}

/** Below this a reader only wonders. */
export const MIN_SCORE = 0.3;

/** A reader is chosen only where the next best is at least so far behind. */
export const MARGIN = 0.1;

/** Decodes the first bytes of an input for readers to look at. */
export function createHead(
  input: { name: string; bytes: Uint8Array; complete: boolean; content: 'text' | 'bytes' },
  options: { encoding: Encoding | null; columns: ColumnMap | null },
): Head & { encoding: Encoding | null } {
  const { name, bytes, complete, content } = input;
  const head = { name, bytes, complete, columns: options.columns };
  if (content === 'bytes') return { ...head, text: '', lines: [], encoding: null };
  const decoder = new Decoder(options.encoding);
  // A line that the head cuts through could mislead the decoder.
  const end = complete ? bytes.length : bytes.lastIndexOf(10) + 1 || bytes.length;
  let text = decoder.push(bytes.subarray(0, end)) + decoder.end();
  if (!complete && !text.endsWith('\n')) text = text.slice(0, text.lastIndexOf('\n') + 1 || text.length);
  const splitter = new LineSplitter();
  const lines = [...splitter.push(text), ...splitter.end()];
  if (!complete && lines.length === 1) lines[0] = closedRecord(lines[0]!);
  return { ...head, text, lines, encoding: decoder.encoding };
}

/** A record of JSON that the head cuts in a long text, closed there, so that its fields can be seen. */
function closedRecord(line: string): string {
  if (!line.startsWith('{')) return line;
  const closed = `${line.replace(/\\(?:u[\da-f]{0,3})?$/i, '')}"}`;
  try {
    JSON.parse(closed);
    return closed;
  } catch {
    return line;
  }
}

/** Asks every reader that can take the input, and sorts by score; equals keep the order of the readers. */
export function detect(head: Head, content: 'text' | 'bytes', readers: readonly Reader[]): Detection[] {
  const detections: Detection[] = [];
  for (const reader of readers) {
    if (reader.input !== content) continue;
    const sniff = reader.sniff(head);
    if (sniff !== null && sniff.score > 0) detections.push({ reader, score: sniff.score, why: sniff.why });
  }
  return detections.sort((a, b) => b.score - a.score);
}

/**
 * The one reader that is clearly ahead.
 *
 * @param detections as {@link detect} sorted them
 * @throws KefuError `ambiguous-format` with the candidates, or `unknown-format` with the first line
 */
export function choose(detections: readonly Detection[], head: Head, file: string): Reader {
  const sure = detections.filter(({ score }) => score >= MIN_SCORE);
  const [best] = sure;
  if (best === undefined) {
    const firstLine = head.lines.find((line) => line.trim() !== '');
    throw new KefuError('unknown-format', {
      file,
      data: firstLine === undefined ? {} : { firstLine: excerpt(firstLine) },
    });
  }
  // Rounded, because 0.9 - 0.8 is a little less than 0.1.
  const rivals = sure.filter(({ score }) => Math.round((best.score - score) * 1000) / 1000 < MARGIN);
  if (rivals.length > 1) {
    throw new KefuError('ambiguous-format', {
      file,
      data: { candidates: rivals.map(({ reader }) => reader.id) },
    });
  }
  return best.reader;
}

/** The beginning of a line, fit to be shown: control characters as escapes, at most 80 characters. */
function excerpt(line: string): string {
  const characters = [...line.slice(0, 200)];
  const shown = characters
    .slice(0, 80)
    .join('')
    .replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, (character) => `\\u{${character.codePointAt(0)!.toString(16)}}`);
  return characters.length > 80 ? `${shown}…` : shown;
}
