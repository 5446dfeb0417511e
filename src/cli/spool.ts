import { randomBytes } from 'node:crypto';
import { closeSync, openSync, readSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { StringDecoder } from 'node:string_decoder';
import type { Later } from '../report/later.js';
import { writeFailed } from './stream-sink.js';

/** More characters than these wait in a temporary file. */
const HOLD_LIMIT = 4 << 20;

/** Bytes that are read back at a time. */
const PIECE_BYTES = 1 << 16;

/**
 * Text that waits, in memory while there is little of it, then in a temporary file. The file loses its name at once, so
 * that nothing stays behind however the process ends.
 */
export class Spool implements Later {
  private held: string[] = [];
  private size = 0;
  private file: number | null = null;

  /** @throws KefuError `write-failed` */
  add(text: string): void {
    if (text === '') return;
    this.held.push(text);
    this.size += text.length;
    if (this.size > HOLD_LIMIT) this.spill();
  }

  /** Everything that was added, in pieces. To be read once, when all of it is there. */
  *read(): Generator<string> {
    if (this.file !== null) {
      const decoder = new StringDecoder('utf8');
      const bytes = Buffer.allocUnsafe(PIECE_BYTES);
      for (let at = 0; ; ) {
        const count = readSync(this.file, bytes, 0, bytes.length, at);
        if (count === 0) break;
        at += count;
        yield decoder.write(bytes.subarray(0, count));
      }
    }
    yield* this.held;
  }

  /** Lets go of everything. Never throws. */
  discard(): void {
    this.held = [];
    this.size = 0;
    const { file } = this;
    this.file = null;
    if (file !== null) closeSync(file);
  }

  private spill(): void {
    try {
      this.file ??= openNameless();
      const bytes = Buffer.from(this.held.join(''), 'utf8');
      // One `write` may take less than it is given.
      for (let done = 0; done < bytes.length; ) done += writeSync(this.file, bytes, done);
    } catch (error) {
      throw writeFailed(tmpdir(), error);
    }
    this.held = [];
    this.size = 0;
  }
}

function openNameless(): number {
  const path = join(tmpdir(), `kefu-audit-${randomBytes(6).toString('hex')}.tmp`);
  const file = openSync(path, 'wx+', 0o600);
  rmSync(path, { force: true });
  return file;
}
