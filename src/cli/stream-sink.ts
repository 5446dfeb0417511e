import type { Writable } from 'node:stream';
import { KefuError } from '../model/errors.js';

/** Text is gathered to pieces of about this many characters, so that each system call is worth it. */
export const PIECE = 1 << 16;
/** Where one report goes. Written to in order, then committed or discarded, once. */
export interface Sink {
  /** Path as the user gave it, or null for standard output. */
  readonly path: string | null;
  /** True when nobody reads any more (EPIPE): writing does nothing, and that is no error. */
  readonly closed: boolean;
  /** True when part of the report is out and cannot be taken back. */
  readonly begun: boolean;
  /** Waits for the reader (backpressure). @throws KefuError `write-failed` */
  write(text: string): Promise<void>;
  /** Everything is out, or the file is in its place. @throws KefuError `write-failed` */
  commit(): Promise<void>;
  /** Leaves nothing behind. Never throws. */
  discard(): Promise<void>;
}

/** Writes to a stream as text comes. */
export class StreamSink implements Sink {
  readonly path = null;
  closed = false;
  begun = false;
  private pending = '';

  constructor(private readonly stream: Writable) {}

  async write(text: string): Promise<void> {
    if (this.closed) return;
    this.pending += text;
    if (this.pending.length >= PIECE) await this.flush();
  }

  async commit(): Promise<void> {
    if (!this.closed) await this.flush();
  }

  async discard(): Promise<void> {
    this.pending = '';
  }

  private flush(): Promise<void> {
    const text = this.pending;
    this.pending = '';
    if (text === '') return Promise.resolve();
    this.begun = true;
    return new Promise((done, fail) => {
      this.stream.write(text, (error) => {
        if (!error) return done();
        if (!isBrokenPipe(error)) return fail(writeFailed('stdout', error));
        this.closed = true;
        done();
      });
    });
  }
}

function isBrokenPipe(error: unknown): boolean {
  const code = codeOf(error);
  return code === 'EPIPE' || code === 'ERR_STREAM_DESTROYED';
}

function codeOf(error: unknown): string {
  return String((error as { code?: unknown } | null)?.code ?? '');
}

/** The error for a file or stream that did not take what it was given. */
export function writeFailed(path: string, error: unknown): KefuError {
  if (error instanceof KefuError) return error;
  return new KefuError('write-failed', {
    file: path,
    data: { reason: codeOf(error) || String(error) },
    cause: error,
  });
}
