import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { kefuAudit } from '../support/cli.js';

let cwd: string;

beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'kefu-audit-init-'));
});
afterEach(() => rmSync(cwd, { recursive: true }));

describe('init', () => {
  it('writes a config that changes nothing, and never over another', async () => {
    expect(await kefuAudit(['init'], { cwd })).toMatchObject({ code: 0, stdout: '' });
    const text = readFileSync(join(cwd, 'kefu-audit.config.yaml'), 'utf8');
    expect(text.split('\n').filter((line) => line !== '' && !line.startsWith('#'))).toEqual([]);
    const again = await kefuAudit(['init'], { cwd });
    expect(again.code).toBe(2);
    expect(again.stderr).toContain('已经存在');
  });

  it('writes to standard output where it is asked to by -', async () => {
    const { code, stdout, stderr } = await kefuAudit(['init', '-', '--locale', 'en'], { cwd });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/^# Settings of kefu-audit/);
    expect(existsSync(join(cwd, '-'))).toBe(false);
  });
});
