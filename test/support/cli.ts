import { Readable, Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import type { Services } from '../../src/cli/context.js';
import type { Io } from '../../src/cli/io.js';
import { main } from '../../src/cli/main.js';

/** The repository, where commands of tests run unless they say otherwise. */
export const ROOT = fileURLToPath(new URL('../..', import.meta.url));

export interface CliResult {
  code: number;
  stdout: string;
  stderr: string;
}

export interface CliSetting {
  /** Several are the chunks that it comes in. */
  stdin?: string | Uint8Array | readonly Uint8Array[];
  /** Columns of the terminal that standard output is; without it, it is a pipe. */
  columns?: number;
  /** Columns of the terminal that standard error is; without it, it is a pipe. */
  errorColumns?: number;
  /** Standard input is a terminal. */
  stdinIsTerminal?: boolean;
  env?: Record<string, string>;
  cwd?: string;
  services?: Partial<Services>;
  /** Handed the listener of SIGINT. */
  onInterrupt?: (interrupt: () => void) => void;
  /** Replaces standard output. */
  stdout?: Writable;
}

/** Runs the command line inside this process, on streams of its own. */
export async function kefuAudit(args: readonly string[], setting: CliSetting = {}): Promise<CliResult> {
  const stdout = new Collector(setting.columns);
  const stderr = new Collector(setting.errorColumns);
  const stdin = Readable.from(chunksOf(setting.stdin));
  const io: Io = {
    stdin: Object.assign(stdin, { isTTY: setting.stdinIsTerminal ?? false }),
    stdout: setting.stdout ?? stdout,
    stderr,
    env: setting.env ?? {},
    cwd: setting.cwd ?? ROOT,
    onInterrupt: (listener) => {
      setting.onInterrupt?.(listener);
    },
  };
  const code = await main(args, io, setting.services);
  return { code, stdout: stdout.text(), stderr: stderr.text() };
}

class Collector extends Writable {
  readonly isTTY: boolean;
  readonly columns?: number;
  private readonly chunks: Buffer[] = [];

  constructor(columns?: number) {
    super();
    this.isTTY = columns !== undefined;
    if (columns !== undefined) this.columns = columns;
  }

  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    this.chunks.push(chunk);
    done();
  }

  text(): string {
    return Buffer.concat(this.chunks).toString('utf8');
  }
}

function chunksOf(stdin: CliSetting['stdin']): readonly Uint8Array[] {
  if (stdin === undefined) return [];
  return typeof stdin === 'string' || stdin instanceof Uint8Array ? [Buffer.from(stdin)] : stdin;
}
