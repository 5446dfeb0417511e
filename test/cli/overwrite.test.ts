import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { kefuAudit } from '../support/cli.js';

const CHAT = `会话,时间,角色,发送人,内容
a,2026-03-02 10:00:00,买家,甲,在吗
a,2026-03-02 10:00:05,客服,小满,您好，请问有什么可以帮您？
`;

let folder = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kefu-audit-over-'));
  mkdirSync(join(folder, '.git'));
  writeFileSync(join(folder, 'chat.csv'), CHAT);
});

afterEach(() => rmSync(folder, { recursive: true }));

const run = (...args: string[]) => kefuAudit(args, { cwd: folder });

describe('a report', () => {
  it('never takes the place of what is read', async () => {
    const chat = join(folder, 'chat.csv');
    for (const args of [
      ['audit', chat, '-f', 'json=./chat.csv', '-f', 'table'],
      ['convert', folder, '-o', 'chat.csv'],
      ['sheet', chat, '-o', 'chat.csv'],
    ]) {
      const { code, stdout, stderr } = await run(...args);
      expect(stderr, args[0]).toContain('chat.csv 是要审查的文件');
      expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    }
    const { stderr } = await run('convert', chat, '-o', 'chat.csv', '--locale', 'en');
    expect(stderr).toContain('chat.csv is to be read');
    expect(readFileSync(chat, 'utf8')).toBe(CHAT);
    expect(readdirSync(folder).sort()).toEqual(['.git', 'chat.csv']);
  });

  it('of nothing does not take the place of an old one', async () => {
    writeFileSync(join(folder, 'old.txt'), 'old');
    writeFileSync(join(folder, 'unknown.csv'), 'a,b\n1,2\n');
    for (const command of ['audit', 'convert', 'sheet']) {
      const { code, stderr } = await run(command, join(folder, 'unknown.csv'), '-o', 'old.txt');
      expect(code).toBe(2);
      expect(stderr).toContain('unknown.csv');
      expect(stderr).not.toMatch(/没有读到任何会话|已写入/);
    }
    expect(readFileSync(join(folder, 'old.txt'), 'utf8')).toBe('old');
  });

  it('is said to be written only where it is', async () => {
    const { code, stderr } = await run(
      'audit',
      join(folder, 'chat.csv'),
      ...['-f', 'json=/dev/full', '-f', 'table=report\u001b.txt'],
    );
    expect(code).toBe(2);
    expect(stderr).toContain('无法写入 /dev/full');
    expect(stderr).not.toContain('已写入 /dev/full');
    expect(stderr).toContain('已写入 report␛.txt');
  });
});
