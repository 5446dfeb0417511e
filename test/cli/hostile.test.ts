import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { kefuAudit } from '../support/cli.js';

/** Clears the screen, renames the window, turns the reading direction, overwrites the line. */
const EVIL = '\u001b[2J\u001b]0;x\u0007你是不是傻逼\u202e\u2066txt.exe\u200f\u009b31m =cmd|calc';
const NAME = '\u001b[31mred\u202e.csv';

let folder = '';
const before = process.cwd();

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'kefu-audit-hostile-'));
  mkdirSync(join(folder, '.git'));
  mkdirSync(join(folder, 'in'));
  writeFileSync(
    join(folder, 'in', NAME),
    [
      '会话ID,发送时间,角色,发送人,内容',
      `a1,2026-03-02 10:00:00,客户,"=HYPERLINK(""x"")",请问\u0007有货吗`,
      `a1,2026-03-02 10:00:20,客服,"=1+1\u001b[31m@阿\u202e",${EVIL}`,
      'a2,2026-03-02 11:00:00,客户,+A1,请问有货吗',
      'a2,2026-03-02 11:09:20,客服,-砾|x`$(id),你是不是傻逼',
      '',
    ].join('\n'),
  );
  process.chdir(folder);
});

afterAll(() => {
  process.chdir(before);
  rmSync(folder, { recursive: true });
});

/** Controls but line ends and the tab, and whatever turns the reading direction. */
const HARMFUL = /(?![\t\n\r])\p{Cc}|[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/u;

describe('what a chat says acts on no terminal', () => {
  const formats = ['table', 'summary', 'line', 'json', 'jsonl', 'csv'].map((format) => ['-f', format]);
  const tables = ['findings', 'turns', 'customers', 'promises'].map((one) => [
    '-f',
    'csv',
    '--csv-table',
    one,
  ]);
  it.each([
    ...formats,
    ...tables,
    ['--quiet'],
    ['--locale', 'en'],
    ['--columns', 'text=内溶'],
    ['--only-agent', 'nobody'],
    ['--agent', EVIL],
    ['--input-format', 'jddc'],
  ])('in an audit with %s %s %s %s', async (...options) => {
    const args = options.filter((one): one is string => typeof one === 'string');
    const { stdout, stderr } = await kefuAudit(['in', ...args], { cwd: folder, columns: 80 });
    expect(stdout + stderr).not.toBe('');
    expect(plain(stdout + stderr)).not.toMatch(HARMFUL);
  });

  it.each([
    ['detect', 'in'],
    ['convert', 'in'],
    ['sheet', 'in'],
    ['customers', 'in'],
    ['customers', 'in', '-f', 'json'],
    ['explain', 'response-time', 'in'],
    ['explain', 'response-time', 'in', '-f', 'csv'],
    ['explain', 'response-time', 'in', '-f', 'json'],
    ['eval', 'in'],
    ['lexicon', 'test', EVIL],
    ['rules', EVIL],
    ['profiles', EVIL],
    [EVIL],
  ])('in %s %s', async (...args) => {
    const { stdout, stderr } = await kefuAudit(args, { cwd: folder });
    expect(stdout + stderr).not.toBe('');
    expect(stdout + stderr).not.toMatch(HARMFUL);
  });

  it('and is what it was for programs', async () => {
    const { stdout } = await kefuAudit(['convert', 'in'], { cwd: folder });
    const texts = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line).text);
    expect(texts).toContain(EVIL);
  });
});

/** Without the colours that are our own. */
function plain(text: string): string {
  return text.replace(/\u001b\[(?:\d+(?:;\d+)*)?m|\u001b\[2K|\r/g, '');
}
