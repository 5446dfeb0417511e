import { Readable, Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { main } from '../../src/cli/main.js';

/** The repository, where commands of tests run unless they say otherwise. */
export const ROOT = fileURLToPath(new URL('../..', import.meta.url));

export interface CliResult {
  code: number;
  stdout: string;
  stderr: string;
}

export interface CliSetting {
  stdin?: string | Uint8Array;
  /** Columns of the terminal that standard output is; without it, it is a pipe. */
  columns?: number;
  env?: Record<string, string>;
  cwd?: string;
}

/** Runs the command line inside this process, on streams of its own. */
export async function kefuAudit(args: readonly string[], setting: CliSetting = {}): Promise<CliResult> {
  const stdout = new Collector(setting.columns);
  const stderr = new Collector();
  const code = await main(args, {
    stdin: Readable.from(setting.stdin === undefined ? [] : [Buffer.from(setting.stdin)]),
    stdout,
    stderr,
    env: setting.env ?? {},
    cwd: setting.cwd ?? ROOT,
    onInterrupt: () => () => {},
  });
  return { code, stdout: stdout.text(), stderr: stderr.text() };
}

class Collector extends Writable {
  readonly isTTY: boolean;
  private readonly chunks: Buffer[] = [];

  constructor(readonly columns: number | undefined = undefined) {
    super();
    this.isTTY = columns !== undefined;
  }

  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    this.chunks.push(chunk);
    done();
  }

  text(): string {
    return Buffer.concat(this.chunks).toString('utf8');
  }
}
