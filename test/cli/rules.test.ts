import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { RULES } from '../../src/rules/registry.js';
import { kefuAudit } from '../support/cli.js';

describe('kefu-audit rules', () => {
  it('lists every rule and preset', async () => {
    const { code, stdout } = await kefuAudit(['rules']);
    expect(code).toBe(0);
    for (const { meta } of RULES) expect(stdout).toContain(`  ${meta.id} `);
    expect(stdout).toContain('strict');
  });

  it('explains one rule, and runs its examples', async () => {
    const { code, stdout } = await kefuAudit(['rules', 'dismissive/stalling']);
    expect(code).toBe(0);
    for (const heading of ['查什么', '为什么', '该怎么做', '可调的项', '在配置文件中', '例子']) {
      expect(stdout).toContain(`\n${heading}\n`);
    }
    expect(stdout).toContain('repeats: 3');
    expect(stdout).toMatch(/会报告：.*\n(?: {4}.*\n)+ {6}← 警告：/);
    expect(stdout).toMatch(/不报告：.*\n(?: {4}.*\n)+$/);
  });

  it('does so in English', async () => {
    const { stdout } = await kefuAudit(['rules', 'latency/hold-overrun', '--locale', 'en']);
    expect(stdout).toContain('What to do instead');
    expect(stdout).toMatch(/Reported: .*\n(?: {4}\d\d:\d\d:\d\d .*\n)+ {6}← /);
    expect(stdout).not.toMatch(/\p{Script=Han}.*：.*←/u);
  });

  it('knows a rule by half of its name', async () => {
    const { code, stderr } = await kefuAudit(['rules', 'stalling']);
    expect(code).toBe(2);
    expect(stderr).toContain('dismissive/stalling');
  });
});

describe('an own lexicon', () => {
  const audited = async (hit: string, format: string) => {
    const folder = mkdtempSync(join(tmpdir(), 'kefu-audit-lexicon-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    writeFileSync(
      join(folder, 'own.yaml'),
      `entries:\n  - {id: own-a, category: abuse/insult, severity: warning, forms: [小机灵鬼儿], hit: [${hit}]}\n`,
    );
    const stdin = `${JSON.stringify({ conversation: 'c', role: 'agent', speaker: '客服', text: '您好' })}\n`;
    return kefuAudit(['-', '--lexicon', join(folder, 'own.yaml'), '-f', format, '--no-config'], {
      cwd: folder,
      stdin,
    });
  };

  it('whose examples do not hold is used, and the report says so', async () => {
    const { stdout, stderr: told } = await audited('你真是个小聪明', 'table');
    expect(told).toBe('');
    expect(stdout).toContain('own.yaml：1 处与自己的例句不符（条目 own-a）');
    const { stderr } = await audited('你真是个小聪明', 'csv');
    expect(stderr).toMatch(/kefu-audit lexicon check .*own\.yaml/);
  });

  it('whose examples hold is used in silence', async () => {
    const { stdout, stderr } = await audited('你真是个小机灵鬼儿', 'table');
    expect(stderr).toBe('');
    expect(stdout).toContain('1 个会话');
    expect(stdout).not.toContain('例句');
  });
});
