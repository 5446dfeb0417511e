import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { kefuAudit } from '../support/cli.js';

let cwd = '';

beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'kefu-audit-detect-'));
});
afterEach(() => rmSync(cwd, { recursive: true }));

describe('detect', () => {
  it('names those whose role is unknown, until they are told', async () => {
    const path = join(cwd, 'chat.csv');
    const lines = Array.from({ length: 12 }, (_, at) => `2026-03-02 10:00:${10 + at},小灯塔${at},在吗`);
    writeFileSync(path, `发送时间,发送人,内容\n${lines.join('\n')}\n`);
    const zh = await kefuAudit(['detect', path]);
    expect(zh.stdout).toContain('身份  身份不明 12（没有依据）');
    expect(zh.stdout).toMatch(/不明 {2}小灯塔0、.*小灯塔9，另有 2 个名字（用 --agent/);
    expect((await kefuAudit(['detect', path, '--locale', 'en'])).stdout).toMatch(
      /小灯塔9 and 2 more \(name them/,
    );
    const told = await kefuAudit(['detect', path, '--customer', '小灯塔*']);
    expect(told.stdout).not.toContain('不明');
  });
});

it('gives every reason in Chinese', async () => {
  const { stdout } = await kefuAudit(['detect', 'fixtures/formats/samples', 'fixtures/demo']);
  const reasons = stdout
    .split('\n')
    .flatMap((line) => /^ {2}(?:依据|也像) .*?\d\.\d\d {2}(.*)$/.exec(line)?.[1] ?? []);
  expect(reasons.length).toBeGreaterThan(30);
  for (const reason of reasons)
    expect(reason).toMatch(/字段|列|消息头|标记|字样|分隔线|一组|压缩包|表格|扩展名/);
});
