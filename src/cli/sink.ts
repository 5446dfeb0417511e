import { randomBytes } from 'node:crypto';
import type { Stats } from 'node:fs';
import { chmod, type FileHandle, mkdir, open, realpath, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { Spool } from './spool.js';
import { PIECE, type Sink, type StreamSink, writeFailed } from './stream-sink.js';

/**
 * Holds a report back until it is whole: an audit that fails or is interrupted prints no half of a table or of a JSON
 * document. Large ones wait in a temporary file.
 */
export class HeldSink implements Sink {
  readonly path = null;
  private readonly spool = new Spool();

  constructor(private readonly out: StreamSink) {}

  get closed(): boolean {
    return this.out.closed;
  }

  get begun(): boolean {
    return this.out.begun;
  }

  async write(text: string): Promise<void> {
    this.spool.add(text);
  }

  async commit(): Promise<void> {
    try {
      for (const piece of this.spool.read()) await this.out.write(piece);
      await this.out.commit();
    } finally {
      await this.discard();
    }
  }

  async discard(): Promise<void> {
    this.spool.discard();
  }
}

/**
 * Writes beside the target and renames at the end, so that a reader never sees half a report and a failed run leaves
 * the old one alone. Devices and pipes (`/dev/stdout`, a FIFO) are written to directly. Folders are made as needed.
 */
export class FileSink implements Sink {
  readonly closed = false;
  begun = false;
  private pending = '';
  private file: FileHandle | null;

  private constructor(
    readonly path: string,
    private readonly target: string,
    private readonly temporary: string | null,
    private readonly before: Stats | null,
    file: FileHandle,
  ) {
    this.file = file;
  }

  /** @throws KefuError `write-failed` */
  static async open(path: string, cwd: string): Promise<FileSink> {
    try {
      const wanted = resolve(cwd, path);
      const before = await stat(wanted).catch(() => null);
      if (before && !before.isFile())
        return new FileSink(path, wanted, null, before, await open(wanted, 'w'));
      // A link stays a link: what it points at is replaced.
      const target = before ? await realpath(wanted) : wanted;
      await makeFolder(dirname(target));
      const temporary = join(dirname(target), `.${basename(target)}.${randomBytes(6).toString('hex')}.tmp`);
      return new FileSink(path, target, temporary, before, await open(temporary, 'wx'));
    } catch (error) {
      throw writeFailed(path, error);
    }
  }

  async write(text: string): Promise<void> {
    this.pending += text;
    if (this.pending.length >= PIECE) await this.flush();
  }

  private async flush(): Promise<void> {
    const text = this.pending;
    this.pending = '';
    if (text === '' || !this.file) return;
    this.begun = this.temporary === null;
    try {
      await writeWhole(this.file, text);
    } catch (error) {
      throw writeFailed(this.path, error);
    }
  }

  async commit(): Promise<void> {
    await this.flush();
    try {
      await this.file?.close();
      this.file = null;
      if (!this.temporary) return;
      if (this.before) await chmod(this.temporary, this.before.mode);
      await rename(this.temporary, this.target);
    } catch (error) {
      await this.discard();
      throw writeFailed(this.path, error);
    }
  }

  async discard(): Promise<void> {
    this.pending = '';
    await this.file?.close().catch(() => {});
    this.file = null;
    if (this.temporary) await rm(this.temporary, { force: true }).catch(() => {});
  }
}

/** Makes a folder and those above it. Node's own way never ends where a folder above can be neither made nor found (/proc). */
async function makeFolder(path: string): Promise<void> {
  try {
    await mkdir(path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST' && (await stat(path)).isDirectory()) return;
    if (code !== 'ENOENT' || dirname(path) === path || (await stat(dirname(path)).catch(() => null)))
      throw error;
    await makeFolder(dirname(path));
    await mkdir(path);
  }
}

/** One `write` may take less than it is given. */
async function writeWhole(file: FileHandle, text: string): Promise<void> {
  const bytes = Buffer.from(text, 'utf8');
  let done = 0;
  while (done < bytes.length) done += (await file.write(bytes, done)).bytesWritten;
}
