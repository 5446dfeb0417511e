import { describe, expect, it } from 'vitest';
import { figures } from '../support/figures.js';

const R3 = 'response-rate-3min';

describe('Tmall and Taobao', () => {
  const turn = ['10:10:15 C 在吗', '10:15:20 C 有货吗', '10:18:10 A 有的'];

  it('run one clock for two questions in a row, from the first', async () => {
    expect((await figures('tmall-2025', ...turn)).of(R3)).toBe('0/1');
  });

  it('open a second turn with the next question', async () => {
    const { of } = await figures('tmall-2025', ...turn, '10:18:30 C 几天到', '10:19:00 A 三天');
    expect(of(R3)).toBe('1/2');
  });

  it('count ten questions without a reply until midnight as one turn, unanswered', async () => {
    const questions = Array.from({ length: 10 }, (_, n) => `21:00:${10 + n} C 第${n}个问题`);
    const day = await figures('tmall-2025', '20:58:00 C 你好', '20:59:00 A 您好', ...questions);
    expect(day.of(R3)).toBe('1/2');
    expect(day.of('unanswered')).toBe('1/2');
    // Nobody has ever spoken: the shop's, and no agent's.
    const alone = await figures('tmall-2025', ...questions);
    expect(alone.breakdowns.day['2026-03-02']!.metrics[R3]).toMatchObject({ numerator: 0, denominator: 1 });
    expect([...alone.agents.keys()]).toEqual([]);
  });

  it('end the day at 23:00 by the text of 2025, at 24:00 by that of 2023', async () => {
    const late = ['23:30:00 C 有货吗', '23:31:00 A 有的'];
    expect((await figures('tmall-2025', ...late)).of(R3)).toBe('no-waits');
    expect((await figures('tmall-2023', ...late)).of(R3)).toBe('1/1');
  });

  it('count what was asked outside the window and answered inside, by the text of 2025', async () => {
    const early = ['07:58:30 C 有货吗', '08:00:10 A 有的'];
    expect((await figures('tmall-2025', ...early)).of(R3)).toBe('1/1');
    expect((await figures('tmall-2023', ...early)).of(R3)).toBe('no-waits');
    const overnight = ['23:30:00 C 有货吗', '3-3 08:05:00 A 有的'];
    expect((await figures('tmall-2025', ...overnight)).of(R3)).toBe('0/1');
    // Never answered at all: nothing of it lies in the window.
    expect((await figures('tmall-2025', '22:50:00 A 晚安', '23:30:00 C 有货吗')).of(R3)).toBe('no-waits');
  });

  it('count the mean up to 600 s, without robots, 0 seconds, midnight, and the unanswered', async () => {
    const { of, metric } = await figures(
      'tmall-2025',
      '10:00:00 C 有货吗',
      '10:20:00 A 有的', // 1,200 s count as 600
      '10:21:00 C 发什么快递',
      '10:21:00 A 中通', // 0 s
      '10:22:00 C 几天到',
      '10:22:30 A 三天', // 30 s
      '23:59:50 C 能便宜吗',
      '3-3 00:00:20 A 已经最低了', // crosses midnight
      '3-3 00:01:00 C 有赠品吗', // unanswered
    );
    expect(of('response-time')).toBe('630/2');
    expect(metric('response-time')).toMatchObject({ value: 315, unit: 'seconds', of: 'turns' });
  });

  it('take no fully automatic robot for a human', async () => {
    const { of } = await figures('tmall-2025', '10:00:00 C 怎么退', '10:00:01 B 您好', '10:04:00 A 可以退');
    expect(of(R3)).toBe('0/1');
    expect(of('response-time')).toBe('240/1');
  });

  it('leave out own accounts that talk to each other', async () => {
    const { of } = await figures(
      'tmall-2025',
      '10:00:00 C:青禾家居:小梅@青禾家居:小梅 在吗',
      '10:00:09 A:青禾家居:小二@青禾家居:小梅 在',
    ).then((found) => ({ of: (id: string) => found.of(id, '青禾家居:小二') }));
    expect(of(R3)).toBe('no-waits');
    expect(of('response-time')).toBe('no-waits');
  });
});

describe('JD', () => {
  const R30 = 'first-response-rate-30s';

  it('counts sessions by the first reply within 30 s', async () => {
    const { of, metric } = await figures(
      'jd-2021-12',
      '10:00:00 C@甲 有货吗',
      '10:00:30 A@甲 有的',
      '10:01:00 C@甲 几天到',
      '10:05:00 A@甲 三天', // a later reply is not asked for
      '11:00:00 C@乙 有货吗',
      '11:00:31 A@乙 有的',
    );
    expect(of(R30)).toBe('1/2');
    expect(metric(R30).of).toBe('sessions');
  });

  it('looks at the start of the session: begun at 08:56, answered at 09:01 is not counted', async () => {
    const { of } = await figures('jd-2021-12', '08:56:00 C 有货吗', '09:01:00 A 有的');
    expect(of(R30)).toBe('no-waits');
    expect(of('response-time')).toBe('no-waits');
  });

  it('counts a session that began in time to its end', async () => {
    const { of } = await figures(
      'jd-2021-12',
      '22:59:50 C 有货吗',
      '23:00:10 A 有的',
      '23:00:30 C 几天到',
      '23:01:30 A 三天',
    );
    expect(of(R30)).toBe('1/1');
    expect(of('response-time')).toBe('80/2');
  });

  it('keeps a session together within 10 minutes, and begins another after', async () => {
    const { of } = await figures(
      'jd-2021-12',
      '10:00:00 C 有货吗',
      '10:00:10 A 有的',
      '10:09:00 C 几天到',
      '10:09:20 A 三天',
      '10:20:00 C 能便宜吗',
      '10:20:50 A 不能了',
    );
    expect(of(R30)).toBe('1/2');
    expect(of('conversations')).toBe('2');
  });
});

describe('Pinduoduo', () => {
  const day = [
    '10:00:00 C@甲 有货吗',
    '10:01:00 A@甲 有的',
    '12:00:00 C@甲 几天到',
    '13:00:01 A@甲 三天', // an hour and a second: 甲 is missed
    '10:00:00 C@乙 有货吗',
    '10:50:00 A@乙 有的',
    '3-3 10:00:00 C@甲 到了',
    '3-3 10:01:00 A@甲 好的',
  ];

  it('counts people by day: one message late misses the person for that day', async () => {
    const { of, metric } = await figures('pdd', ...day);
    expect(of('effective-reply-rate')).toBe('2/3');
    expect(metric('effective-reply-rate').of).toBe('people');
    expect(of(R3)).toBe('1/3');
  });

  it('looks from 08:00 to 23:00', async () => {
    expect((await figures('pdd', '07:59:59 C 有货吗', '08:30:00 A 有的')).of('effective-reply-rate')).toBe(
      'no-waits',
    );
  });
});

describe('Kuaishou', () => {
  it('counts people who reached a human, each once', async () => {
    const { of, breakdowns } = await figures(
      'kuaishou',
      '10:00:00 C@甲 有货吗',
      '10:01:00 A@甲 有的',
      '3-3 10:00:00 C@甲 几天到',
      '3-3 10:01:00 A@甲 三天',
      '11:00:00 C@乙 有货吗',
      '11:04:00 A@乙 有的',
      '12:00:00 C@丙 怎么退货', // the robot only
      '12:00:01 B@丙 请点击退货按钮',
    );
    expect(of(R3)).toBe('1/2');
    expect(breakdowns.hour['12:00']!.metrics[R3]).toMatchObject({ value: null, reason: 'no-waits' });
  });

  it('begins the clock with the hand-over from the robot', async () => {
    const { of } = await figures(
      'kuaishou',
      '10:00:00 C 怎么退货',
      '10:00:02 B 请点击退货按钮',
      '10:04:00 C 转人工',
      '10:04:01 B 正在为您转接人工',
      '10:05:00 A 您好',
    );
    expect(of(R3)).toBe('1/1');
  });
});

describe('Douyin', () => {
  it('takes a robot that helps in the human phase for a human, and a welcome for none', async () => {
    const { of } = await figures(
      'douyin',
      '10:00:00 C 有货吗',
      '10:00:01 B 欢迎光临',
      '10:04:00 A 有的', // 240 s: the welcome was no answer
      '10:05:00 C 几天到',
      '10:05:02 B 此消息由机器人自动回复：三天', // an answer
      '10:20:00 C 好像没动',
      '10:21:00 A 我查一下',
    );
    expect(of(R3)).toBe('2/3');
    expect(of('response-time')).toBe('302/3');
  });

  it('has its robots answer nothing on other platforms', async () => {
    const { of } = await figures(
      'generic',
      '10:00:00 A 您好',
      '10:05:00 C 几天到',
      '10:05:02 B 三天',
      '10:09:00 A 三天',
    );
    expect(of(R3)).toBe('0/1');
  });
});

describe('the unit', () => {
  it('makes one record three figures, and each says what it counted', async () => {
    const lines = [
      '10:00:00 C@甲 有货吗',
      '10:00:20 A@甲 有的',
      '10:01:00 C@甲 几天到',
      '10:09:00 A@甲 三天',
      '10:10:00 C@甲 好像不对',
      '10:10:20 A@甲 我看看',
    ];
    const counted = async (profile: string) => {
      const found = await figures(profile, ...lines);
      return `${found.of(R3)} ${found.metric(R3).of}`;
    };
    expect(await counted('tmall-2025')).toBe('2/3 turns');
    expect(await counted('pdd')).toBe('0/1 people');
    expect(await counted('kuaishou')).toBe('0/1 people');
    const jd = await figures('jd-2021-12', ...lines);
    expect(`${jd.of('first-response-rate-30s')} ${jd.metric('first-response-rate-30s').of}`).toBe(
      '1/1 sessions',
    );
  });
});
