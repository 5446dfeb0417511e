import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ROOT } from '../support/cli.js';

const BIN = join(ROOT, 'bin/kefu-audit.js');

/** Real processes of the built command line; `npm test` builds first. */
function shell(command: string): { status: number | null; stdout: string; stderr: string } {
  const script = `set -o pipefail; kefu-audit() { node ${JSON.stringify(BIN)} "$@"; }; ${command}`;
  const { status, stdout, stderr } = spawnSync('bash', ['-c', script], { cwd: ROOT, encoding: 'utf8' });
  return { status, stdout, stderr };
}

describe('the program', () => {
  it('answers --version with the version of the package', () => {
    const { version } = JSON.parse(
      spawnSync('cat', [join(ROOT, 'package.json')], { encoding: 'utf8' }).stdout,
    );
    expect(shell('kefu-audit --version')).toEqual({ status: 0, stdout: `${version}\n`, stderr: '' });
  });

  it('loads no library for help', () => {
    const { stdout } = shell(
      `NODE_DEBUG=esm,module kefu-audit --help 2>&1 >/dev/null | grep -oE 'node_modules/[^/]+' | sort -u || true`,
    );
    expect(stdout).toBe('');
  });

  it('is quiet when its reader goes away', () => {
    const { stderr, stdout } = shell('for i in 1 2; do kefu-audit --help; done | head -1');
    expect(stderr).toBe('');
    expect(stdout).toContain('用法');
    const error = shell('kefu-audit --nonsense 2> >(exec true)');
    expect(error.status).toBe(2);
  });

  it('tells of a full disk', () => {
    const { status, stderr } = shell('kefu-audit rules --locale en > /dev/full');
    expect(status).toBe(2);
    expect(stderr).toContain('the disk is full (ENOSPC)');
  });

  it.each(['SIGINT', 'SIGHUP'] as const)(
    'ends with 130 on %s while it waits for input, and leaves nothing behind',
    async (signal) => {
      const folder = mkdtempSync(join(tmpdir(), 'kefu-audit-sigint-'));
      const child = spawn(process.execPath, [BIN, '-', '-f', 'json=report.json', '--no-config'], {
        cwd: folder,
      });
      let stderr = '';
      child.stderr.on('data', (chunk) => {
        stderr += chunk;
      });
      // The temporary file shows that it listens; then it waits for input that never comes.
      while (readdirSync(folder).length === 0 && child.exitCode === null)
        await new Promise((done) => setTimeout(done, 20));
      await new Promise((done) => setTimeout(done, 100));
      child.kill(signal);
      const code = await new Promise((done) => child.on('close', done));
      expect(code, stderr).toBe(130);
      expect(readdirSync(folder)).toEqual([]);
      rmSync(folder, { recursive: true });
    },
  );
});
