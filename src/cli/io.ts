import type { Writable } from 'node:stream';

/** A stream that may be a terminal. */
export interface OutStream extends Writable {
  isTTY?: boolean;
  columns?: number;
}

export interface InStream extends AsyncIterable<Uint8Array> {
  isTTY?: boolean;
  destroy?(error?: Error): unknown;
}

/** What the command line has of its surroundings. Tests hand in their own. */
export interface Io {
  stdin: InStream;
  stdout: OutStream;
  stderr: OutStream;
  env: Readonly<Record<string, string | undefined>>;
  cwd: string;
  /** Calls back at the first SIGINT, SIGTERM or SIGHUP (a terminal that was closed). A second one ends the process. */
  onInterrupt(listener: () => void): void;
}

/** The streams and environment of this process. */
export function processIo(): Io {
  return {
    // Made when it is first looked at, which takes time.
    get stdin() {
      return process.stdin;
    },
    stdout: process.stdout,
    stderr: process.stderr,
    env: process.env,
    cwd: process.cwd(),
    onInterrupt(listener) {
      process.once('SIGINT', listener);
      process.once('SIGTERM', listener);
      process.once('SIGHUP', listener);
    },
  };
}

export type ColorWhen = 'auto' | 'always' | 'never';
export type ColorLevel = 0 | 1 | 2 | 3;

/**
 * How many colours to use on a stream: `--color` > `NO_COLOR` > `FORCE_COLOR` > `TERM=dumb` > is it a terminal.
 *
 * @returns 0 none, 1 sixteen, 2 256, 3 true colour.
 */
export function colorLevelOf(when: ColorWhen, stream: { isTTY?: boolean }, env: Io['env']): ColorLevel {
  if (when === 'never') return 0;
  if (when === 'always') return depthOf(env);
  if (env.NO_COLOR) return 0;
  const force = env.FORCE_COLOR;
  if (force !== undefined) {
    if (force === '0' || force === 'false') return 0;
    if (force === '1' || force === '2' || force === '3') return Number(force) as ColorLevel;
    return depthOf(env);
  }
  if (env.TERM === 'dumb' || !stream.isTTY) return 0;
  return depthOf(env);
}

function depthOf(env: Io['env']): ColorLevel {
  if (/truecolor|24bit/i.test(env.COLORTERM ?? '')) return 3;
  if (/256/.test(env.TERM ?? '')) return 2;
  return 1;
}

/** Columns of a terminal, or null for anything else: then nothing is cut or wrapped. */
export function widthOf(stream: { isTTY?: boolean; columns?: number }): number | null {
  return stream.isTTY ? (stream.columns ?? 80) : null;
}

/** Where to wrap help: at the edge of a terminal that is not too wide, at 80 elsewhere. */
export function helpWidthOf(stream: { isTTY?: boolean; columns?: number }): number {
  return Math.min(widthOf(stream) ?? 80, 120);
}

/**
 * Keeps a reader that went away (`| head`) from ending the process with a stack trace. Must be called for stdout and
 * stderr before anything is written; the sinks see other errors through the callbacks of their writes.
 */
export function swallowStreamErrors(stream: Writable): void {
  stream.on('error', () => {});
}
