import { writeFileSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { Zone } from '../../src/model/index.js';
import { kefuAudit } from '../support/cli.js';
import { figures, figuresOf, record } from '../support/figures.js';

/** Ways in which other tools are known to get response times wrong; each was somebody's bug report. */
describe('response times', () => {
  it('never take a robot’s first reply for the agent’s', async () => {
    const { of } = await figures(
      'generic',
      '10:00:00 C 怎么退',
      '10:00:01 B 您好，欢迎光临',
      '10:03:20 A 可以退的',
    );
    expect(of('first-response-time')).toBe('200/1');
  });

  it('start afresh when a customer comes back: ten minutes, not five days', async () => {
    const { of, conversations } = await figures(
      'generic',
      '3-2 10:00:00 C 怎么退',
      '3-2 10:01:00 A 可以退的',
      '3-7 10:00:00 C 退款到了吗',
      '3-7 10:10:00 A 到了',
    );
    expect(conversations).toHaveLength(2);
    expect(of('response-time')).toBe('660/2');
    // In one marked session as well.
    const marked = await figuresOf(
      'generic',
      record(
        [
          '3-2 10:00:00 C 怎么退',
          '3-2 10:01:00 A 可以退的',
          '3-7 10:00:00 C 退款到了吗',
          '3-7 10:10:00 A 到了',
        ],
        { session: 's1' },
      ),
    );
    expect(marked.conversations).toHaveLength(1);
    expect(marked.of('response-time')).toBe('660/2');
  });

  it('of somebody who was assigned and never replied are no part of a mean', async () => {
    const { of, breakdowns, agents } = await figures(
      'generic',
      '10:00:00 C@甲 怎么退',
      '10:00:30 A@甲 可以退的',
      '11:00:00 C@乙 有货吗',
      '11:00:01 S@乙 客服小二为您服务',
    );
    expect(of('response-time')).toBe('30/1');
    expect(of('first-response-time')).toBe('30/1');
    expect(agents.size).toBe(1);
    expect(breakdowns.day['2026-03-02']!.metrics.unanswered).toMatchObject({ numerator: 1, denominator: 2 });
    const none = await figures('generic', '09:59:00 A 您好', '10:00:00 C 有货吗');
    expect(none.metric('response-time')).toMatchObject({ value: null, reason: 'no-replies' });
  });

  it('know the same working hours in every format', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'kefu-audit-'));
    const input = join(folder, 'record.csv');
    const calendar = join(folder, 'calendar.yaml');
    writeFileSync(
      input,
      '会话ID,发送时间,角色,发送账号,消息内容\n1,2026-03-02 17:58:00,买家,赵,有货吗\n1,2026-03-03 09:03:00,客服,小二,有的\n',
    );
    writeFileSync(calendar, 'hours: 09:00-18:00\n');
    const run = (...more: string[]) =>
      kefuAudit([input, '--calendar', calendar, '--fail-on', 'none', '--locale', 'en', ...more]);
    const json = JSON.parse((await run('-f', 'json')).stdout);
    expect(json.agents[0].metrics['response-time'].value).toBe(300);
    const [head, row] = (await run('-f', 'csv')).stdout
      .trim()
      .split('\n')
      .map((line) => line.split(','));
    expect(row![head!.indexOf('response_time_seconds')]).toBe('300');
    expect((await run()).stdout).toMatch(/小二\s+.*5m\s/);
    const lines = (await run('-f', 'jsonl')).stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines.find((line) => line.type === 'agent').metrics['response-time'].value).toBe(300);
    expect(json.run.calendar).toMatch(/^[0-9a-f]{12}$/);
  });

  it('do not charge an agent with the time that a customer spent with the robot', async () => {
    const { of, conversations } = await figures(
      'generic',
      '10:00:00 C 怎么退货',
      '10:00:01 B 请点击退货按钮',
      '10:05:00 C 转人工',
      '10:05:40 A 您好',
    );
    expect(of('first-response-time')).toBe('40/1');
    expect(conversations[0]!.waits[0]!.waitMs).toBe(340_000);
  });

  describe('in another zone', () => {
    const { TZ } = process.env;
    afterEach(() => {
      if (TZ === undefined) delete process.env.TZ;
      else process.env.TZ = TZ;
    });

    it.each(['UTC', 'America/Denver', 'Asia/Kolkata'])('do not follow the machine (%s)', async (machine) => {
      process.env.TZ = machine;
      const { of, breakdowns } = await figures(
        'tmall-2025',
        '22:59:00 C 有货吗',
        '23:01:00 A 有的',
        '23:02:00 C 几天到',
        '23:03:00 A 三天',
      );
      expect(of('response-rate-3min')).toBe('1/1');
      expect(Object.keys(breakdowns.hour)).toEqual(['22:00', '23:00']);
      expect(Object.keys(breakdowns.day)).toEqual(['2026-03-02']);
    });

    it('follow the zone of the run: the window is that of its day', async () => {
      const zone = new Zone('America/Denver');
      const { of, breakdowns } = await figuresOf(
        'tmall-2025',
        record(['22:59:00 C 有货吗', '23:01:00 A 有的'], {}, zone),
        {
          zone,
        },
      );
      expect(of('response-rate-3min')).toBe('1/1');
      expect(Object.keys(breakdowns.hour)).toEqual(['22:00']);
    });
  });

  it('measure two messages of an agent in a row once', async () => {
    const { of } = await figures('generic', '10:00:00 C 怎么退', '10:01:00 A 可以退', '10:09:00 A 已登记');
    expect(of('response-time')).toBe('60/1');
  });

  it('are not known where the clock jumped back between question and answer', async () => {
    const { of, conversations } = await figures(
      'generic',
      '10:00:00 C 在吗',
      '10:00:10 A 在的',
      '10:01:00 C 有货吗',
      '10:00:55 A 有的',
      '10:01:10 C 几天到',
      '10:01:30 A 三天',
    );
    expect(conversations[0]!.waits.map((wait) => wait.excluded)).toEqual([null, 'clock-jump', null]);
    expect(of('response-time')).toBe('30/2');
    expect(of('response-rate-3min')).toBe('2/2');
  });

  it('are missing, never zero, where there are no times', async () => {
    const { of, metric } = await figures('generic', '- C 怎么退', '- A 可以退');
    for (const id of ['response-time', 'first-response-time', 'response-rate-3min', 'handle-time']) {
      expect(metric(id)).toMatchObject({
        value: null,
        numerator: null,
        denominator: null,
        reason: 'no-times',
      });
    }
    expect(of('answer-ratio')).toBe('1/1');
    expect(metric('concurrent-peak').reason).toBe('no-times');
  });
});
