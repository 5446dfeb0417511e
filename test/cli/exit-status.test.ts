import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { exitCode } from '../../src/cli/exit.js';
import { kefuAudit, ROOT } from '../support/cli.js';

/** A row of docs/exit-status.md below `## <code>`. */
interface Case {
  code: number;
  command: string;
}

const CASES = readCases(readFileSync(join(ROOT, 'docs/exit-status.md'), 'utf8'));

const HEADER = '会话ID,发送时间,角色,发送人,内容\n';
const FILES: Record<string, string> = {
  'clean.csv': `${HEADER}a1,2026-03-02 10:00:00,客户,小雨,请问这件有蓝色吗\na1,2026-03-02 10:00:20,客服,阿棠,有的，蓝色现货，今天下单今天发\na1,2026-03-02 10:00:40,客户,小雨,好的谢谢\n`,
  'rude.csv': `${HEADER}b1,2026-03-02 11:00:00,客户,小雨,怎么还没发货\nb1,2026-03-02 11:00:20,客服,阿砾,你是不是傻逼，自己不会看吗\n`,
  'curt.csv': `${HEADER}c1,2026-03-02 12:00:00,客户,小雨,请问这个灯能用在浴室吗\nc1,2026-03-02 12:00:20,客服,阿砾,不知道\n`,
  'slow.csv': `${HEADER}d1,2026-03-02 13:00:00,客户,小雨,请问几号能到\nd1,2026-03-02 15:10:00,客服,阿砾,后天送到，单号已经发到您的手机\n`,
  'ragged.csv': `${HEADER}e1,2026-03-02 10:00:00,客户,小雨,请问有货吗\ne1,没有时间,客服,阿棠,有的\ne1,2026-03-02 10:00:30,客服,阿棠,有的，今天发\ne1,没有时间,客户,小雨,好\n`,
  'no-roles.csv': '发送时间,发送人,内容\n2026-03-02 10:00:00,甲,在吗\n2026-03-02 10:00:20,乙,在的\n',
  'labels.jsonl':
    '{"text":"你是不是傻逼，自己不会看吗","labels":{"abuse":2}}\n{"text":"你这个傻逼","labels":{"abuse":0}}\n{"text":"有的，今天发货","labels":{"abuse":0}}\n{"text":"你脑子有病吧傻逼","labels":{"abuse":2}}\n',
  'empty.csv': '',
  'poem.txt': '山中何事\n松花酿酒\n春水煎茶\n',
  'wrong-config.yaml': 'failOn: fatal\ntimezoen: Asia/Shanghai\n',
  'wrong.yaml':
    'entries:\n  - id: wrong-entry\n    category: abuse/insult\n    forms: [笨得像块木头]\n    hit: [今天天气不错]\n    miss: [木头桌子]\n',
};

let folder = '';
const before = process.cwd();

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'kefu-audit-exit-'));
  for (const [name, text] of Object.entries(FILES)) writeFileSync(join(folder, name), text);
  mkdirSync(join(folder, 'empty-folder'));
  mkdirSync(join(folder, 'odd-folder'));
  writeFileSync(join(folder, 'odd-folder/chat.csv'), FILES['clean.csv']!);
  writeFileSync(join(folder, 'odd-folder/odd.csv'), '啥时候,说了啥\n2026-03-02 10:00:00,在吗\n');
  // A repository of its own: no config above it is looked at.
  mkdirSync(join(folder, '.git'));
  process.chdir(folder);
  const { code } = await kefuAudit(['baseline', 'write', 'rude.csv', '--baseline', 'accepted.json'], {
    cwd: folder,
  });
  expect(code).toBe(0);
});

afterAll(() => {
  process.chdir(before);
  rmSync(folder, { recursive: true });
});

describe('docs/exit-status.md', () => {
  it('has cases of each code', () => {
    expect(new Set(CASES.map(({ code }) => code))).toEqual(new Set([0, 1, 2]));
  });

  it.each(CASES)('$code: $command', async ({ code, command }) => {
    const shell = /[|>]/.test(command);
    const result = shell ? inShell(command) : await kefuAudit(command.split(' ').slice(1), { cwd: folder });
    expect(result, result.stderr).toMatchObject({ code });
    // Whoever gets a 2 is told why, and nobody sees a stack.
    if (code === 2) expect(result.stderr).not.toBe('');
    expect(result.stderr).not.toMatch(/\n\s+at /);
  });
});

describe('which code wins', () => {
  it.each([
    { interrupted: true, errors: 3, failedGates: 1, code: 130 },
    { interrupted: false, errors: 1, failedGates: 1, code: 2 },
    { interrupted: false, errors: 1, failedGates: 0, code: 2 },
    { interrupted: false, errors: 0, failedGates: 2, code: 1 },
    { interrupted: false, errors: 0, failedGates: 0, code: 0 },
  ])('interrupted $interrupted, $errors errors, $failedGates gates: $code', ({ code, ...outcome }) => {
    expect(exitCode(outcome)).toBe(code);
  });
});

function inShell(command: string): { code: number; stderr: string } {
  const script = `set -o pipefail; kefu-audit() { node "$BIN" "$@"; }; ${command}`;
  const env = { ...process.env, BIN: join(ROOT, 'bin/kefu-audit.js') };
  const { status, stderr } = spawnSync('bash', ['-c', script], { cwd: folder, env, encoding: 'utf8' });
  return { code: status ?? -1, stderr };
}

function readCases(text: string): Case[] {
  const cases: Case[] = [];
  for (const section of text.split(/^## /m).slice(1)) {
    const code = Number(section.split('\n', 1)[0]);
    for (const [, command] of section.matchAll(/^\| `(kefu-audit.*?)` \|/gm)) {
      cases.push({ code, command: command!.replaceAll('\\|', '|') });
    }
  }
  return cases;
}
