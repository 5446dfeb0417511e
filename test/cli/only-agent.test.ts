import { describe, expect, it } from 'vitest';
import { kefuAudit } from '../support/cli.js';

const line = (conversation: string, role: string, speaker: string, text: string, minute: number) =>
  `${JSON.stringify({ conversation, role, speaker, text, time: `2026-03-01T10:${minute}:00+08:00` })}\n`;

const CHATS = [
  line('一', 'customer', '买家甲', '怎么退货', 10),
  line('一', 'agent', '店:小满', '你有病吧', 11),
  line('二', 'customer', '买家乙', '怎么退货', 20),
  line('二', 'agent', '店:小雪', '您好，点申请退款就可以', 21),
  line('三', 'customer', '买家丙', '尺码不对', 30),
  line('三', 'agent', '店:小满', '给您换一件，今天寄出', 31),
  line('三', 'agent', '店:小雪', '你有病吧', 32),
].join('');

const report = async (...args: string[]) => {
  const result = await kefuAudit(['-', '--no-config', ...args], { stdin: CHATS });
  return result;
};

describe('--only-agent', () => {
  it('reports the conversations, turns and findings of one agent alone, with their figures among all', async () => {
    const whole = JSON.parse((await report('-f', 'json')).stdout);
    const { code, stdout } = await report('-f', 'json', '--only-agent', '*小满');
    const own = JSON.parse(stdout);
    expect(code).toBe(1);
    expect(own.conversations.map(({ conversationId }: { conversationId: string }) => conversationId)).toEqual(
      ['一', '三'],
    );
    expect(own.conversations.flatMap(({ turns }: { turns: { agentId: string }[] }) => turns)).toMatchObject([
      { agentId: '店:小满' },
      { agentId: '店:小满' },
    ]);
    expect(new Set(own.findings.map(({ agentId }: { agentId: string }) => agentId))).toEqual(
      new Set(['店:小满']),
    );
    expect(own.agents).toEqual(
      whole.agents.filter(({ agentId }: { agentId: string }) => agentId === '店:小满'),
    );
    expect(own.summary).toMatchObject({ conversationCount: 2, agentCount: 1, agentTurnCount: 2 });
    expect(own.summary.findingCounts.error).toBe(1);
  });

  it('shows the findings of the agent in the table, and says what is of all', async () => {
    const { stdout } = await report('--only-agent', '店:小满');
    expect(stdout).toContain('店:小满');
    expect(stdout).not.toContain('店:小雪');
    expect(stdout).toContain('【你有病吧】');
    expect(stdout).toContain('只报告 店:小满；排名、比较、顾客和读取情况仍是全体的');
  });

  it('decides the exit code by what is reported', async () => {
    expect((await report('--only-agent', '*小雪', '--since', '2026-03-01', '--min-score', '99')).code).toBe(
      1,
    );
    const calm = CHATS.split('\n').slice(2, 4).join('\n');
    const { code } = await kefuAudit(['-', '--no-config', '--only-agent', '*小雪'], { stdin: calm });
    expect(code).toBe(0);
  });

  it('names the agents there are when nobody fits', async () => {
    const { code, stdout, stderr } = await report('--only-agent', '小寒');
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain('没有客服符合 小寒');
    expect(stderr).toContain('店:小满、店:小雪');
  });
});
