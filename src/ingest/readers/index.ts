import type { Reader } from '../reader.js';

/**
 * Every reader, in the order in which `detect` names equals. To add one: write `readers/<id>.ts` that exports a
 * `TextReader` or `BinaryReader`, import it above and add it here, one line each.
 *
 * Reader modules are imported whole at start, so they must be light: a heavy dependency (htmlparser2, hucre, csv-parse)
 * is imported inside `read`, with `await import(…)`, and `sniff` does without it.
 */
export const READERS: readonly Reader[] = [
  // keep sorted by id
];

/** The reader of an id, or undefined. */
export function readerById(id: string): Reader | undefined {
  return READERS.find((reader) => reader.id === id);
}
