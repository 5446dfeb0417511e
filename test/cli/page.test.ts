import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { kefuAudit, ROOT } from '../support/cli.js';

const PAGE = `<h1>云朵羽绒服</h1>
<p>面料：聚酯纤维，填充物：白鸭绒，充绒量 180 克，蓬松度 650。</p>
<table><tr><td>尺码</td><td>衣长</td><td>肩宽</td></tr><tr><td>L</td><td>68</td><td>44</td></tr></table>
<p>七天无理由退换，请勿机洗，建议送干洗店。</p>`;

const chat = (asked: string, answered: string) =>
  `时间,会话,角色,客服,内容\n2026-03-02 10:00:00,1,买家,,${asked}\n2026-03-02 10:00:20,1,客服,小陈,${answered}\n`;

let cwd = '';
beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'kefu-audit-page-'));
  writeFileSync(join(cwd, 'page.html'), PAGE);
});
afterEach(() => rmSync(cwd, { recursive: true }));

async function findings(asked: string, answered: string, ...more: string[]) {
  writeFileSync(join(cwd, 'chat.csv'), chat(asked, answered));
  const { stdout, stderr, code } = await kefuAudit(
    [join(cwd, 'chat.csv'), '-f', 'csv', '--csv-table', 'findings', '--fail-on', 'none', ...more],
    { cwd },
  );
  expect({ code, stderr }).toMatchObject({ code: 0 });
  return stdout;
}

describe('--page', () => {
  const ASKED = '胸围110的人L够不够大';
  const PASTED = '尺码 衣长 肩宽 L 68 44';

  it('tells a pasted page from an answer', async () => {
    expect(await findings(ASKED, PASTED, '--page', join(cwd, 'page.html'))).toContain('页面');
    expect(await findings(ASKED, PASTED)).not.toContain('页面');
  });

  it.each([
    ['what the page does say was asked for', '面料是什么材质的呢', '面料：聚酯纤维，填充物：白鸭绒'],
    ['the answer says more than the page', ASKED, `${PASTED}；您这个身材穿L会紧，拍大一码`],
    ['nothing was asked', '好的我再看看', PASTED],
  ])('lets it be where %s', async (_, asked, answered) => {
    expect(await findings(asked, answered, '--page', join(cwd, 'page.html'))).not.toContain('页面');
  });

  it('counts what the customer has read already as no answer', async () => {
    const asked = '页面上的尺码表看了，肩宽44是怎么量的';
    expect(await findings(asked, PASTED, '--page', join(cwd, 'page.html'))).toContain('页面');
  });

  it('may stand in the config, in GB18030, and beside other pages', async () => {
    writeFileSync(join(cwd, 'other.txt'), new Uint8Array([0xd6, 0xd0, 0xce, 0xc4]));
    writeFileSync(join(cwd, 'kefu-audit.config.json'), '{ "page": ["other.txt", "page.html"] }');
    writeFileSync(join(cwd, 'chat.csv'), chat(ASKED, PASTED));
    const args = [join(ROOT, 'bin/kefu-audit.js'), 'chat.csv', '-f', 'csv', '--csv-table', 'findings'];
    const { stdout } = await promisify(execFile)(process.execPath, args, { cwd });
    expect(stdout).toContain('页面');
  });

  it('that cannot be read ends the run with what to do', async () => {
    writeFileSync(join(cwd, 'chat.csv'), chat(ASKED, PASTED));
    const { code, stderr } = await kefuAudit([join(cwd, 'chat.csv'), '--page', 'no-such.txt'], { cwd });
    expect(code).toBe(2);
    expect(stderr).toContain('no-such.txt');
    expect(stderr).toContain('--page');
  });
});
