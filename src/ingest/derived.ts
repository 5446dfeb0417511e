import { stat } from 'node:fs/promises';
import { basename, dirname, join, relative, resolve } from 'node:path';
import type { Message } from '../model/message.js';
import type { IngestEvent } from './events.js';
import type { Input } from './open.js';

/** Exports that a notice names. */
const FILES_TOLD = 3;

/**
 * Messages of canonical JSONL that `convert` made of an export which is read as well: the two stand in one folder, and
 * each message would count twice. Canonical JSONL says where its messages come from.
 */
export class Derived {
  private readonly roots: readonly string[];
  private readonly known = new Map<string, boolean>();

  /** @param paths that the user named */
  constructor(paths: readonly string[]) {
    this.roots = paths.filter((path) => path !== '-').map((path) => resolve(path));
  }

  /** The events of one input, without the messages that another input holds; a notice says how many those are. */
  async *filter(events: AsyncIterable<IngestEvent>, input: Input): AsyncGenerator<IngestEvent> {
    let count = 0;
    const files = new Set<string>();
    for await (const event of events) {
      if (event.type === 'batch') {
        const messages: Message[] = [];
        for (const message of event.batch.messages) {
          const answer = this.isReadToo(message.source.file, input.disk);
          // Waiting for what is known would cost more than the rest.
          if (typeof answer === 'boolean' ? answer : await answer) files.add(message.source.file);
          else messages.push(message);
        }
        const repeated = event.batch.messages.length - messages.length;
        count += repeated;
        yield repeated === 0 ? event : { ...event, batch: { ...event.batch, messages }, repeated };
        continue;
      }
      if (event.type === 'input-end' && count > 0) {
        const data = { file: input.name, count, files: [...files].slice(0, FILES_TOLD) };
        yield { type: 'notice', notice: { code: 'made-of-another', data } };
      }
      yield event;
    }
  }

  private isReadToo(file: string, path: string | null): boolean | Promise<boolean> {
    const key = `${path ?? ''}\u0000${file}`;
    return (
      this.known.get(key) ??
      this.isRead(file, path).then((is) => {
        this.known.set(key, is);
        return is;
      })
    );
  }

  /** Whether the file of a source is among what the user named, from here or beside the input. */
  private async isRead(source: string, path: string | null): Promise<boolean> {
    // Members of archives are named behind a mark.
    const file = source.split('!')[0]!;
    const writtenMs = path === null ? null : ((await stat(path).catch(() => null))?.mtimeMs ?? null);
    const places = [resolve(file)];
    if (path !== null) places.push(join(dirname(resolve(path)), basename(file)));
    for (const place of places) {
      if (path !== null && place === resolve(path)) continue;
      if (!this.roots.some((root) => isWithin(root, place))) continue;
      const found = await stat(place).catch(() => null);
      // An export that is newer than what was made of it need not hold the same.
      if (found?.isFile() && (writtenMs === null || found.mtimeMs <= writtenMs)) return true;
    }
    return false;
  }
}

function isWithin(root: string, place: string): boolean {
  const way = relative(root, place);
  return way === '' || !(way === '..' || way.startsWith('../') || way.startsWith('..\\'));
}
