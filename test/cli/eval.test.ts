import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CliSetting, kefuAudit } from '../support/cli.js';

const LINES = [
  { text: '不知道', before: [{ role: 'customer', text: '这盏灯能用在浴室吗' }], labels: { dismissive: 2 } },
  {
    text: '可以的，防水等级够用',
    before: [{ role: 'customer', text: '这盏灯能用在浴室吗' }],
    labels: { dismissive: 0 },
  },
  { text: '改不了哦，亲', labels: { abuse: 0 } },
]
  .map((line) => `${JSON.stringify(line)}\n`)
  .join('');

const SHEET = `会话ID,发送时间,角色,发送人,内容,标注:敷衍:小王,标注:敷衍:小李,标注:辱骂
a1,2026-03-02 10:00:00,客户,小雨,请问这盏灯能用在浴室吗,,,
a1,2026-03-02 10:00:20,客服,阿棠,不知道,是,1,0
a1,2026-03-02 10:00:40,客户,小雨,那好吧,,,否
`;

const CANONICAL = `{"conversation":"x","role":"customer","text":"这盏灯能用在浴室吗"}
{"conversation":"x","role":"agent","text":"不知道","labels":{"dismissive":2}}
`;

let folder = '';

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'kefu-audit-eval-'));
  mkdirSync(join(folder, '.git'));
  writeFileSync(join(folder, 'lines.jsonl'), LINES);
  writeFileSync(join(folder, 'sheet.csv'), SHEET);
  writeFileSync(join(folder, 'canonical.jsonl'), CANONICAL);
  writeFileSync(join(folder, 'wrong.jsonl'), '{"text":"好","labels":{"abuse":7}}\n{"text":1,"labels":{}}\n');
  writeFileSync(join(folder, 'plain.csv'), SHEET.replaceAll('标注:', '备注'));
});

afterAll(() => rmSync(folder, { recursive: true }));

const run = (args: string[], setting: CliSetting = {}) => kefuAudit(args, { cwd: folder, ...setting });
const at = (name: string) => join(folder, name);

async function figures(args: string[], setting: CliSetting = {}) {
  const { code, stdout, stderr } = await run(['eval', ...args, '-f', 'json'], setting);
  expect(stderr).toBe('');
  expect(code).toBe(0);
  return JSON.parse(stdout);
}

describe('kefu-audit eval', () => {
  it('reads labelled turns with their context', async () => {
    const { turnCount, categories } = await figures([at('lines.jsonl')]);
    expect(turnCount).toBe(3);
    expect(categories).toMatchObject([
      { scope: 'abuse', tn: 1, fp: 0 },
      { scope: 'dismissive', tp: 1, fn: 0, tn: 1, fp: 0 },
    ]);
  });

  it('reads a sheet of any encoding with label columns, through the readers of the audit', async () => {
    const { turnCount, annotators, categories, agreement } = await figures([at('sheet.csv')]);
    expect(turnCount).toBe(2);
    expect(annotators).toEqual(['小王', '小李', '']);
    expect(categories).toMatchObject([
      { scope: 'abuse', tn: 1 },
      { scope: 'dismissive', tp: 1 },
      { scope: 'customer-abuse', tn: 1 },
    ]);
    expect(agreement).toContainEqual(
      expect.objectContaining({ first: '小王', second: '小李', turnCount: 1 }),
    );
  });

  it('reads canonical JSONL with labels, and several inputs together', async () => {
    expect((await figures([at('canonical.jsonl')])).categories).toMatchObject([{ tp: 1 }]);
    const all = await figures([at('canonical.jsonl'), at('lines.jsonl'), at('sheet.csv')]);
    expect(all.turnCount).toBe(6);
  });

  it('passes over notes that lie beside label files, and refuses notes that are named', async () => {
    mkdirSync(at('labelled'));
    writeFileSync(at('labelled/README.md'), '# Labels of March\n');
    writeFileSync(at('labelled/lines.jsonl'), LINES);
    const whole = await run(['eval', at('labelled'), '-f', 'json']);
    expect(whole.code).toBe(0);
    expect(JSON.parse(whole.stdout).turnCount).toBeGreaterThan(0);
    expect((await run(['eval', at('labelled/README.md')])).code).toBe(2);
  });

  it('reads either from standard input', async () => {
    expect((await figures(['-'], { stdin: LINES })).turnCount).toBe(3);
    expect((await figures(['-'], { stdin: CANONICAL })).turnCount).toBe(1);
  });

  it('speaks both languages, and writes files', async () => {
    expect((await run(['eval', at('lines.jsonl')])).stdout).toContain('查准率');
    expect((await run(['eval', at('lines.jsonl'), '--locale', 'en'])).stdout).toContain('precision');
    const out = at('cases.csv');
    const { code, stdout } = await run([
      'eval',
      at('lines.jsonl'),
      '-f',
      `csv=${out}`,
      '--eval-table',
      'cases',
    ]);
    expect([code, stdout]).toEqual([0, '']);
    expect(readFileSync(out, 'utf8')).toMatch(/^kind,scope,id,/);
  });

  it('fails gates that are not passed, by name', async () => {
    const missed = `${LINES}{"text":"一朵云飘过去了","labels":{"dismissive":2}}\n`;
    const gate = (...args: string[]) => run(['eval', '-', ...args], { stdin: missed });
    expect((await gate('--min-recall', '50%')).code).toBe(0);
    const failed = await gate('--min-recall', '0.9', '--max-false-alarms', '0', '--locale', 'en');
    expect(failed.code).toBe(1);
    expect(failed.stdout).toContain('By category');
    expect(failed.stderr).toContain('gate failed: recall of dismissive is 50%, below 90% (--min-recall)');
    expect(failed.stderr).not.toContain('--max-false-alarms');
  });

  it('follows rules and severities of the run', async () => {
    const off = await figures([at('lines.jsonl'), '--rule', 'dismissive/dont-know:off']);
    expect(off.categories[1]).toMatchObject({ tp: 0, fn: 1 });
    const grave = await figures([at('lines.jsonl'), '--min-severity', 'error']);
    expect(grave.categories[1]).toMatchObject({ tp: 0, fn: 1 });
  });

  it('tells every fault of a label file, and judges nothing then', async () => {
    const { code, stdout, stderr } = await run(['eval', at('wrong.jsonl'), '--locale', 'en']);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain('a label must be 0, 1, 2, yes or no: 7');
    expect(stderr).toContain('a message without text, or with a wrong role');
  });

  it('tells when nothing is labelled, and when a file is not there', async () => {
    const none = await run(['eval', at('plain.csv')]);
    expect([none.code, none.stdout]).toEqual([2, '']);
    expect(none.stderr).toContain('没有标注');
    const missing = await run(['eval', at('gone.jsonl'), at('lines.jsonl')]);
    expect(missing.code).toBe(2);
    expect(missing.stderr).toContain('gone.jsonl');
    expect(missing.stdout).toContain('查准率');
  });

  it('refuses formats that it does not have', async () => {
    const { code, stderr } = await run(['eval', at('lines.jsonl'), '-f', 'line']);
    expect(code).toBe(2);
    expect(stderr).toContain('table');
  });
});
