import { describe, expect, it } from 'vitest';
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
