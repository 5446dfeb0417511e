import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import { COMMANDS } from '../../src/cli/commands.js';
import { kefuAudit } from '../support/cli.js';

const TAUNTS = 'fixtures/demo/01-tmall-taunts.txt';
const GROUP_BUYING = 'fixtures/demo/03-qq-group-buying.txt';

const explain = (...args: string[]) => kefuAudit(['explain', ...args]);

describe('explain', () => {
  it('lists the turns of a figure with where they stand, and the figure', async () => {
    const { code, stdout } = await explain('response-rate-3min', '--agent', '*小柚', TAUNTS);
    expect(code).toBe(0);
    expect(stdout).toContain('●  苔枝家居旗舰店:小柚  2026-05-16 09:41:20  1分42秒  “在吗”');
    expect(stdout).toContain('○  苔枝家居旗舰店:小柚  2026-05-16 20:30:01  4分51秒');
    expect(stdout).toContain('01-tmall-taunts.txt:7\n');
    expect(stdout).toMatch(/89\.5%（17 ÷ 19，95% 区间 68\.6%–97\.1%）/);
    expect(stdout).not.toContain('阿禾');
  });

  it('gives the figures of the report, number by number', async () => {
    const report = JSON.parse((await kefuAudit(['fixtures/demo', '-f', 'json', '--fail-on', 'none'])).stdout);
    for (const metric of [
      'response-time',
      'first-response-rate-30s',
      'unanswered',
      'answer-ratio',
      'concurrent-peak',
    ]) {
      const { figures } = JSON.parse((await explain(metric, 'fixtures/demo', '-f', 'json')).stdout);
      for (const { agentId, agentName: _, counted, ...figure } of figures) {
        const agent = report.agents.find((one: { agentId: string }) => one.agentId === agentId);
        expect([agentId, figure]).toEqual([agentId, agent.metrics[metric]]);
        expect(counted).toContain(figure.profile);
      }
      expect(figures).toHaveLength(report.agents.length);
    }
  });

  it('names what is left out and why', async () => {
    const { stdout } = await explain(
      'first-response-time',
      '--agent',
      '小苏-拼哒团客服',
      GROUP_BUYING,
      '-f',
      'json',
    );
    const { rows } = JSON.parse(stdout);
    const leftOut = rows.filter((row: { part: string }) => row.part === 'left-out');
    expect(leftOut.length).toBeGreaterThan(0);
    expect(new Set(leftOut.map((row: { reason: string }) => row.reason))).toEqual(new Set(['not-first']));
    for (const row of leftOut) expect([row.numerator, row.denominator]).toEqual([0, 0]);
    const table = (await explain('first-response-time', '--agent', '小苏-拼哒团客服', GROUP_BUYING)).stdout;
    expect(table).toContain('[不是首次]');
  });

  it('writes JSON by its schema, one line a row, and CSV', async () => {
    const schema = JSON.parse(readFileSync('schema/explanation.schema.json', 'utf8'));
    const validate = new Ajv2020().compile(schema);
    const { stdout } = await explain('response-time', TAUNTS, '-f', 'json');
    expect(validate(JSON.parse(stdout)), JSON.stringify(validate.errors)).toBe(true);
    const lines = (await explain('response-time', TAUNTS, '-f', 'jsonl')).stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines[0]).toMatchObject({ type: 'header', metric: 'response-time' });
    expect(lines.filter((line) => line.type === 'row')).toHaveLength(JSON.parse(stdout).rows.length);
    const csv = (await explain('response-time', TAUNTS, '-f', 'csv', '--headers', 'zh')).stdout
      .trim()
      .split('\n');
    expect(csv[0]).toContain('等待（秒）');
    expect(csv).toHaveLength(JSON.parse(stdout).rows.length + 1);
  });

  it('is about a whole conversation where the figure is', async () => {
    const { stdout } = await explain('transfers-out', GROUP_BUYING, '-f', 'json');
    const { rows } = JSON.parse(stdout);
    expect(rows.map((row: { agentId: string }) => row.agentId)).toContain('2850011201');
    for (const row of rows) expect(row.numerator).toBeGreaterThan(0);
  });

  it('knows no other figures, agents or formats, and says which there are', async () => {
    const figure = await explain('respones-time', TAUNTS, '--locale', 'en');
    expect(figure.code).toBe(2);
    expect(figure.stderr).toMatch(/did you mean response-time\b/);
    expect(figure.stderr).toContain('there is no figure respones-time');
    const agent = await explain('response-time', '--agent', '小油', TAUNTS);
    expect(agent.code).toBe(2);
    expect(agent.stderr).toContain('没有客服符合 小油');
    expect(agent.stderr).toContain('苔枝家居旗舰店:小柚');
    const format = await explain('response-time', TAUNTS, '-f', 'summary');
    expect(format.code).toBe(2);
    const paths = await explain('response-time', '--locale', 'en');
    expect(paths.code).toBe(2);
  });

  it('calls agents by their names, and says what a conversation adds to a ratio', async () => {
    const { stdout } = await explain('answer-ratio', GROUP_BUYING);
    expect(stdout).toContain('●  小苏-拼哒团客服 (2850011201)  2026-04-08 14:02:50  3 ÷ ');
    const { rows } = JSON.parse((await explain('answer-ratio', GROUP_BUYING, '-f', 'json')).stdout);
    expect(rows[0]).toMatchObject({ agentId: '2850011201', agentName: '小苏-拼哒团客服' });
  });

  it('writes several formats in one go', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'kefu-audit-explain-'));
    const file = join(folder, 'waits.csv');
    const { code, stdout } = await explain('response-time', TAUNTS, '-f', 'table', '-f', `csv=${file}`);
    expect(code).toBe(0);
    expect(stdout).toContain('平均响应时长');
    expect(readFileSync(file, 'utf8')).toMatch(/^agent_id,agent_name,/);
    rmSync(folder, { recursive: true });
  });

  it('says why a wait is longer than what the agent is judged by', async () => {
    const stdin = [
      '会话ID,发送时间,角色,发送账号,消息内容',
      '1,2026-03-02 10:00:00,买家,赵,发票怎么开',
      '1,2026-03-02 10:00:01,机器人,智能客服,您可以在订单页自助开票',
      '1,2026-03-02 10:03:00,买家,赵,没看到按钮',
      '1,2026-03-02 10:03:01,机器人,智能客服,请点击订单详情查看',
      '1,2026-03-02 10:04:00,买家,赵,转人工',
      '1,2026-03-02 10:04:20,客服,小二,您好，发票我来给您开，抬头写什么',
      '',
    ].join('\n');
    const jd = ['--profile', 'jd-2021-12'];
    const call = (...args: string[]) =>
      kefuAudit(['explain', 'first-response-time', '-', ...jd, ...args], { stdin });
    const text = (await call()).stdout;
    expect(text).toContain('4分20秒  [客服负责 20秒，机器人接待 4分]');
    expect(text).toContain('判超时、扣分只按这一部分');
    expect((await call('--locale', 'en')).stdout).toContain('[the agent’s part 20s, with a robot 4m]');
    const { rows } = JSON.parse((await call('-f', 'json')).stdout);
    expect(rows[0]).toMatchObject({ countedSeconds: 260, chargedSeconds: 20 });
    expect(rows[0].uncharged).toMatchObject({ botSeconds: 240, queueSeconds: 0 });
    const audit = await kefuAudit(['-', ...jd], { stdin });
    expect(audit.stdout).toContain('判超时、扣分只算客服负责的部分');
    const plain = await kefuAudit([TAUNTS, '--fail-on', 'none']);
    expect(plain.stdout).not.toContain('判超时、扣分只算客服负责的部分');
  });

  it('keeps words and place readable on a narrow terminal', async () => {
    for (const columns of [80, 120]) {
      const { stdout } = await kefuAudit(['explain', 'response-time', TAUNTS], { columns });
      const lines = stdout.split('\n');
      for (const line of lines) expect(stringWidth(line)).toBeLessThanOrEqual(columns);
      expect(lines.filter((line) => line.endsWith('01-tmall-taunts.txt:14'))).toHaveLength(1);
    }
  });

  it('offers in its help the formats that it has', async () => {
    const { EXPLANATION_FORMATS } = await import('../../src/report/explanation.js');
    const { EVAL_FORMATS } = await import('../../src/eval/render/renderer.js');
    const formatsOf = (name: string) => COMMANDS.find(({ path }) => path[0] === name)?.formats;
    expect(formatsOf('explain')).toEqual(EXPLANATION_FORMATS);
    expect(formatsOf('eval')).toEqual(EVAL_FORMATS);
    const { stdout } = await kefuAudit(['explain', '--help']);
    expect(stdout.replace(/\s+/g, '')).toContain('可选table、json、jsonl、csv；');
  });

  it('reads standard input', async () => {
    const { code, stdout } = await kefuAudit(['explain', 'response-time', '-', '-f', 'csv'], {
      stdin:
        '会话ID,发送时间,角色,发送账号,消息内容\n1,2026-03-02 10:00:00,买家,赵,有货吗\n1,2026-03-02 10:02:00,客服,小二,有的\n',
    });
    expect(code).toBe(0);
    expect(stdout).toContain('120,120,120,1');
  });
});
