import { describe, expect, it } from 'vitest';
import { parseCalendar } from '../../src/config/calendar.js';
import type { Calendar, Wait } from '../../src/model/index.js';
import { figuresOf, record, SHANGHAI } from '../support/figures.js';

async function waits(
  lines: string[],
  calendar: Calendar | null = null,
  profile = 'generic',
): Promise<Wait[]> {
  const { conversations } = await figuresOf(profile, record(lines), { calendar });
  return conversations.flatMap((conversation) => conversation.waits);
}

/** `小二 60 of 300 (handOverMs 240)`, in seconds. */
function told({ agentId, waitMs, chargedMs, uncharged }: Wait): string {
  const seconds = (ms: number | null) => (ms === null ? 'open' : String(ms / 1000));
  const rest = Object.entries(uncharged ?? {}).flatMap(([part, ms]) =>
    ms > 0 ? `${part} ${ms / 1000}` : [],
  );
  const parts = rest.length > 0 ? ` (${rest.join(', ')})` : '';
  return `${agentId} ${seconds(chargedMs)} of ${seconds(waitMs)}${parts}`;
}

describe('a wait is charged', () => {
  it('to the new agent from the hand-over on; the customer’s whole wait stays visible', async () => {
    const found = await waits([
      '10:00:00 A:甲 您好',
      '10:01:00 C 衣服破了怎么办',
      '10:11:00 S 由 甲 转交给 乙',
      '10:12:00 A:乙 您好，我来处理',
    ]);
    expect(found.map(told)).toEqual(['乙 60 of 660 (handOverMs 600)']);
  });

  it('without the time in line, where the platform says when it ended', async () => {
    const found = await waits([
      '10:00:00 C 衣服破了怎么办',
      '10:00:05 S 您正在排队，前面还有3位',
      '10:04:00 S 客服小二为您服务',
      '10:04:30 A 您好',
    ]);
    expect(found.map(told)).toEqual(['小二 30 of 270 (queueMs 240)']);
  });

  it('in full where nothing says when the line ended', async () => {
    const found = await waits(['10:00:00 C 衣服破了怎么办', '10:00:05 S 您正在排队', '10:04:30 A 您好']);
    expect(found.map(told)).toEqual(['小二 270 of 270']);
  });

  it('from the request for a human on, after a robot', async () => {
    const found = await waits([
      '10:00:00 C 怎么退货',
      '10:00:01 B 请点击退货按钮',
      '10:03:00 C 转人工',
      '10:03:01 B 正在为您转接人工',
      '10:03:40 C 人呢',
      '10:04:00 A 您好',
    ]);
    expect(found.map(told)).toEqual(['小二 60 of 240 (botMs 180)']);
  });

  it('from the customer’s last words on, where a robot had served the customer for several turns', async () => {
    const found = await waits([
      '10:00:00 C 怎么退货',
      '10:00:01 B 请点击退货按钮',
      '10:02:00 C 没有这个按钮',
      '10:02:01 B 请更新到最新版本',
      '10:05:00 C 更新了也没有',
      '10:05:30 A 我来看看',
    ]);
    expect(found.map(told)).toEqual(['小二 30 of 330 (botMs 300)']);
  });

  it('in full after a single welcome, and after auto replies of the agent’s own account', async () => {
    expect((await waits(['10:00:00 C 在吗', '10:00:01 B 欢迎光临', '10:05:00 A 在的'])).map(told)).toEqual([
      '小二 300 of 300',
    ]);
    const messages = record([
      '10:00:00 C 在吗',
      '10:00:01 B:小二 [自动回复]客服忙',
      '10:02:00 C 人呢',
      '10:02:01 B:小二 [自动回复]客服忙',
      '10:04:00 C 还在吗',
      '10:05:00 A 在的',
    ]).map((message) => ({ ...message, roleReason: message.role === 'bot' ? 'auto-reply' : 'stated' }));
    const { conversations } = await figuresOf('generic', messages);
    expect(conversations[0]!.waits.map(told)).toEqual(['小二 300 of 300']);
  });

  it('in full to an agent who leaves the customer to a robot halfway', async () => {
    const found = await waits([
      '10:00:00 A 您好',
      '10:01:00 C 怎么退货',
      '10:01:01 B 客服忙',
      '10:03:00 C 转人工',
      '10:03:01 B 客服忙',
      '10:06:00 A 来了',
    ]);
    expect(found.map(told)).toEqual(['小二 300 of 300']);
  });

  it('never for the customer’s own silence', async () => {
    const found = await waits([
      '10:00:00 C 有货吗',
      '10:00:10 A 有的，您要哪个颜色',
      '12:30:00 C 蓝色',
      '12:30:20 A 好的',
    ]);
    expect(found.map(told)).toEqual(['小二 10 of 10', '小二 20 of 20']);
  });

  it('to nobody when the customer was passed on to somebody who never came', async () => {
    const found = await waits([
      '10:00:00 A:甲 您好',
      '10:01:00 C 衣服破了',
      '10:02:00 S 由 甲 转交给 售后组',
    ]);
    expect(found.map(told)).toEqual([' open of open']);
  });

  it('to the colleague whom the notice names, who had been there before', async () => {
    const found = await waits([
      '10:00:00 A:乙 您好',
      '10:00:30 A:甲 您好',
      '10:01:00 C 衣服破了',
      '10:02:00 S 由 甲 转交给 乙',
    ]);
    expect(found.map(told)).toEqual(['乙 open of open']);
  });

  it('not at all after a goodbye', async () => {
    const found = await waits([
      '10:00:00 C 有货吗',
      '10:00:10 A 有的',
      '10:01:00 C 好的谢谢',
      '10:01:10 A 不客气',
      '10:02:00 C 88',
    ]);
    expect(found.map(told)).toEqual(['小二 10 of 10']);
  });

  it('from an answer that the agent asked for, short as it is', async () => {
    const found = await waits([
      '10:00:00 C 我要换货',
      '10:00:10 A 是今天签收的这个订单吗',
      '10:01:00 C 是的',
      '10:06:00 A 给您登记好了',
      '10:06:10 A 还有什么可以帮您的吗',
      '10:07:00 C 没有了',
    ]);
    expect(found.map(told)).toEqual(['小二 10 of 10', '小二 300 of 300']);
  });

  it('not for a message that was taken back', async () => {
    const messages = record(['10:00:00 C 有货吗', '10:00:10 A 有的', '10:05:00 S 对方撤回了一条消息']);
    messages[2]!.kind = 'recall';
    const { conversations } = await figuresOf('generic', messages);
    expect(conversations[0]!.waits).toHaveLength(1);
  });

  it('once where exports overlap', async () => {
    const lines = ['10:00:00 C 有货吗', '10:02:00 A 有的'];
    const { of } = await figuresOf('generic', [...record(lines), ...record(lines, { block: 1 })]);
    expect(of('response-time')).toBe('120/1');
    expect(of('answer-ratio')).toBe('1/1');
  });
});

describe('the calendar', async () => {
  const calendar = await parseCalendar(
    `
hours: { mon: 09:00-18:00, tue: 09:00-18:00, wed: 09:00-18:00, thu: 09:00-18:00, fri: 09:00-18:00, sat: [10:00-12:00] }
holidays: [2026-03-04]
workdays: { 2026-03-08: 09:00-18:00 }
exempt: [2026-03-10..2026-03-12]
`,
    'calendar.yaml',
    SHANGHAI,
  );

  it('charges nights and days off to nobody', async () => {
    // Monday evening to Tuesday morning: two minutes before closing, three after opening.
    const night = await waits(['3-2 17:58:00 C 有货吗', '3-3 09:03:00 A 有的'], calendar);
    expect(night.map(told)).toEqual(['小二 300 of 54300 (closedMs 54000)']);
    // Tuesday evening to Thursday over the holiday.
    const holiday = await waits(['3-3 19:00:00 C 有货吗', '3-5 09:01:00 A 有的'], calendar);
    expect(holiday[0]!.chargedMs).toBe(60_000);
    // Saturday noon to Monday, with a Sunday that was worked on.
    const weekend = await waits(['3-7 11:59:00 C 有货吗', '3-8 09:01:00 A 有的'], calendar);
    expect(weekend[0]!.chargedMs).toBe(120_000);
  });

  it('charges nothing for what was asked and answered while closed', async () => {
    const found = await waits(['3-1 12:00:00 C 有货吗', '3-1 12:30:00 A 有的'], calendar);
    expect(found.map(told)).toEqual(['小二 0 of 1800 (closedMs 1800)']);
  });

  it('keeps Sundays and nights out of the mean, in every format alike', async () => {
    const messages = record(['3-2 17:58:00 C 有货吗', '3-3 09:03:00 A 有的']);
    const { metric } = await figuresOf('generic', messages, { calendar });
    expect(metric('response-time').value).toBe(300);
    // A platform counts by its own clock, whatever the shop's hours are.
    const platform = await figuresOf('tmall-2023', messages, { calendar });
    expect(platform.metric('response-rate-3min')).toMatchObject({ numerator: 0, denominator: 1 });
  });

  it('lets waits on exempt days count for nobody, by any clock', async () => {
    const messages = record(['3-10 10:00:00 C 有货吗', '3-10 11:00:00 A 有的']);
    for (const profile of ['generic', 'jd-2021-12']) {
      const { conversations, of } = await figuresOf(profile, messages, { calendar });
      expect(conversations[0]!.waits[0]!.excluded).toBe('exempt-day');
      expect(of('response-time')).toBe('no-waits');
      expect(of('first-response-rate-30s')).toBe('no-waits');
    }
  });

  it('is added to what was not charged already', async () => {
    const found = await waits(
      [
        '3-2 17:50:00 A:甲 您好',
        '3-2 17:51:00 C 衣服破了怎么办',
        '3-2 17:58:00 S 由 甲 转交给 乙',
        '3-3 09:03:00 A:乙 您好',
      ],
      calendar,
    );
    expect(found.map(told)).toEqual(['乙 300 of 54720 (handOverMs 420, closedMs 54000)']);
  });
});
