import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loadProfile, profileIds } from '../../src/config/profiles.js';
import { createMessage, type Message, type Metric } from '../../src/model/index.js';
import { AuditTally } from '../../src/score/audit-tally.js';
import { contributionsTo, explainableMetrics } from '../../src/score/explain.js';
import { DAYS_KEPT } from '../../src/score/latest-days.js';
import { scoreTurns } from '../../src/score/turn-score.js';
import { figuresOf, RUN, SHANGHAI } from '../support/figures.js';
import { groupBy, obviousFigures } from '../support/obvious.js';

const ids = await profileIds();
const profiles = new Map(await Promise.all(ids.map(async (id) => [id, await loadProfile(id)] as const)));
const profile = fc.constantFrom(...ids);

/** Waits of every size that matters: seconds, the limits, minutes, hours, and over midnight. */
const pause = fc.oneof(
  fc.integer({ min: 0, max: 5 }),
  fc.constantFrom(30, 31, 180, 181, 600, 601, 3600, 3601),
  fc.integer({ min: 1, max: 900 }),
  fc.integer({ min: 1, max: 30_000 }),
);
interface Step {
  who: string;
  agent: string;
  pause: number;
  ack: boolean;
}

interface Chat {
  customer: string;
  start: number;
  steps: Step[];
}

const step: fc.Arbitrary<Step> = fc.record({
  who: fc.constantFrom('C', 'C', 'C', 'A', 'A', 'B'),
  agent: fc.constantFrom('店:甲', '店:乙'),
  pause,
  ack: fc.boolean(),
});
const chat: fc.Arbitrary<Chat> = fc.record({
  customer: fc.constantFrom('赵', '钱', '孙', '李'),
  start: fc.integer({ min: 0, max: 4 * 86_400 }),
  steps: fc.array(step, { minLength: 1, maxLength: 12 }),
});
const chats = fc.array(chat, { maxLength: 8 });

const BEGIN = SHANGHAI.toMs(2026, 3, 2, 6, 0, 0);

/**
 * Chats as marked sessions, so that none is split. A single robot turn before the agent is a welcome; more would hand
 * over, which the obvious figures do not know, so robots are auto replies here.
 */
function messagesOf(made: readonly Chat[]): Message[] {
  return made.flatMap(({ customer, start, steps }, n) => {
    let atMs = BEGIN + start * 1000;
    return steps.map((one, k) => {
      atMs += one.pause * 1000;
      return createMessage({
        conversationKey: customer,
        session: `s${n}`,
        role: one.who === 'C' ? 'customer' : one.who === 'A' ? 'agent' : 'bot',
        roleReason: one.who === 'B' ? 'auto-reply' : 'stated',
        speakerId: one.who === 'C' ? customer : one.who === 'A' ? one.agent : '助手',
        customerId: customer,
        shop: n % 2 === 0 ? '东店' : '西店',
        text: one.who === 'C' && one.ack ? '好的谢谢' : `第${k}句`,
        atMs,
        source: { file: 'x', line: k + 1 },
      });
    });
  });
}

const told = ({ value, numerator, denominator }: Metric) => [value, numerator, denominator];

describe('figures', () => {
  it('are what the slow and obvious way gives, by agent, day and hour, under every profile', async () => {
    await fc.assert(
      fc.asyncProperty(profile, chats, async (profileId, made) => {
        const used = profiles.get(profileId)!;
        const found = await figuresOf(used, messagesOf(made));
        for (const [agentId, agent] of found.agents) {
          for (const [id, figure] of Object.entries(obviousFigures(found.conversations, used, agentId))) {
            expect([id, ...told(agent.metrics[id]!)]).toEqual([id, ...figure]);
          }
        }
        for (const [day, { metrics }] of Object.entries(found.breakdowns.day)) {
          const onDay = obviousFigures(
            found.conversations,
            used,
            null,
            (atMs) => SHANGHAI.date(atMs) === day,
          );
          for (const [id, figure] of Object.entries(onDay)) {
            expect([day, id, ...told(metrics[id]!)]).toEqual([day, id, ...figure]);
          }
        }
        for (const [hour, { metrics }] of Object.entries(found.breakdowns.hour)) {
          const inHour = obviousFigures(
            found.conversations,
            used,
            null,
            (atMs) => SHANGHAI.local(atMs).slice(11, 13) === hour.slice(0, 2),
          );
          for (const [id, figure] of Object.entries(inHour)) {
            expect([hour, id, ...told(metrics[id]!)]).toEqual([hour, id, ...figure]);
          }
        }
      }),
      { numRuns: 150 },
    );
  });

  it('are the sums of the turns that explain lists', async () => {
    await fc.assert(
      fc.asyncProperty(profile, chats, async (profileId, made) => {
        const used = profiles.get(profileId)!;
        const found = await figuresOf(used, messagesOf(made));
        for (const id of explainableMetrics(used)) {
          if (id === 'concurrent-peak') continue;
          const all = found.conversations.flatMap((one) => contributionsTo(id, one, used, SHANGHAI));
          for (const [agentId, agent] of found.agents) {
            const own = all.filter((one) => one.agentId === agentId);
            const counted = own.filter((one) => one.leftOut === null);
            const metric = agent.metrics[id]!;
            const rule = used.metrics.find((one) => one.id === id);
            if (rule !== undefined && metric.of === 'people') {
              const people = groupBy(counted, (one) => one.person);
              const missed = [...people.values()].filter((turns) => turns.some((one) => one.numerator === 0));
              expect([id, metric.denominator ?? 0]).toEqual([id, people.size]);
              expect([id, metric.numerator ?? 0]).toEqual([id, people.size - missed.length]);
              continue;
            }
            const sum = (pick: 'numerator' | 'denominator') =>
              counted.reduce((total, one) => total + one[pick], 0);
            if (metric.denominator !== null)
              expect([id, metric.denominator]).toEqual([id, sum('denominator')]);
            if (metric.numerator !== null) expect([id, metric.numerator]).toEqual([id, sum('numerator')]);
            if (metric.value === null && rule !== undefined)
              expect([id, sum('denominator')]).toEqual([id, 0]);
          }
        }
      }),
      { numRuns: 60 },
    );
  });

  it('of parts merge to those of the whole, byte for byte', async () => {
    await fc.assert(
      fc.asyncProperty(
        profile,
        profile,
        chats,
        fc.array(fc.nat(2), { minLength: 8, maxLength: 8 }),
        async (oneId, otherId, made, cut) => {
          const [one, other] = [profiles.get(oneId)!, profiles.get(otherId)!];
          const { conversations } = await figuresOf(one, messagesOf(made));
          const whole = new AuditTally(SHANGHAI);
          const parts = [0, 1, 2].map(() => new AuditTally(SHANGHAI));
          conversations.forEach((conversation, n) => {
            const used = n % 3 === 0 ? other : one;
            for (const tally of [whole, parts[cut[n]!]!]) {
              tally.addConversation(conversation, [], scoreTurns(conversation, []), used);
            }
          });
          const merged = new AuditTally(SHANGHAI);
          for (const part of parts.reverse()) merged.absorb(JSON.parse(JSON.stringify(part.toState())));
          expect(JSON.stringify(merged.report(RUN))).toBe(JSON.stringify(whole.report(RUN)));
          expect(JSON.stringify(merged.toState())).toBe(JSON.stringify(whole.toState()));
        },
      ),
      { numRuns: 60 },
    );
  });

  it('of platforms that count differently are not added up', async () => {
    const { conversations } = await figuresOf('generic', messagesOf([]));
    expect(conversations).toEqual([]);
    const lines = messagesOf([
      {
        customer: '赵',
        start: 14_400,
        steps: [
          { who: 'C', agent: '店:甲', pause: 0, ack: false },
          { who: 'A', agent: '店:甲', pause: 20, ack: false },
        ],
      },
    ]);
    const tally = new AuditTally(SHANGHAI);
    for (const used of [...profiles.values()].slice(0, 2)) {
      const [conversation] = (await figuresOf(used, lines)).conversations;
      tally.addConversation(conversation!, [], scoreTurns(conversation!, []), used);
    }
    const [agent] = tally.report(RUN).agents;
    expect(agent!.metrics['response-time']).toMatchObject({ value: null, reason: 'mixed-profiles' });
    expect(agent!.metrics.conversations).toMatchObject({ value: 2 });
  });
});

describe('days', () => {
  it('are kept up to a number, the latest ones, however the input was cut', async () => {
    const day = (n: number): Message[] =>
      (['customer', 'agent'] as const).map((role, k) =>
        createMessage({
          conversationKey: `买家${n}`,
          session: `s${n}`,
          role,
          speakerId: role === 'agent' ? '店:甲' : `买家${n}`,
          text: '有货吗',
          atMs: BEGIN + n * 86_400_000 + k * 10_000,
          source: { file: 'x', line: 1 },
        }),
      );
    const { conversations, profile: used } = await figuresOf(
      'generic',
      Array.from({ length: DAYS_KEPT + 60 }, (_, n) => day(n)).flat(),
    );
    const whole = new AuditTally(SHANGHAI);
    const parts = [new AuditTally(SHANGHAI), new AuditTally(SHANGHAI)];
    conversations.forEach((conversation, n) => {
      for (const tally of [whole, parts[n % 3 === 0 ? 0 : 1]!]) {
        tally.addConversation(conversation, [], scoreTurns(conversation, []), used);
      }
    });
    const merged = new AuditTally(SHANGHAI);
    for (const part of parts) merged.absorb(JSON.parse(JSON.stringify(part.toState())));
    expect(Object.keys(whole.report(RUN).breakdowns.day)).toHaveLength(DAYS_KEPT);
    expect(JSON.stringify(merged.toState())).toBe(JSON.stringify(whole.toState()));
  });
});

describe('the other figures', () => {
  const lines = (...steps: [who: string, agent: string, pause: number][]) =>
    messagesOf([
      {
        customer: '赵',
        start: 0,
        steps: steps.map(([who, agent, pause]) => ({ who, agent, pause, ack: false })),
      },
    ]);

  it('count messages, characters, and how long a chat was held', async () => {
    const { metric } = await figuresOf(
      'generic',
      lines(
        ['C', '', 0],
        ['C', '', 5],
        ['A', '店:甲', 10],
        ['A', '店:甲', 30],
        ['C', '', 5],
        ['A', '店:甲', 60],
      ),
    );
    expect(metric('answer-ratio', '店:甲')).toMatchObject({
      value: 1,
      numerator: 3,
      denominator: 3,
      of: 'messages',
    });
    expect(metric('agent-characters', '店:甲')).toMatchObject({ value: 9, unit: 'count' });
    expect(metric('handle-time', '店:甲')).toMatchObject({ value: 95, numerator: 95, denominator: 1 });
    expect(metric('conversations', '店:甲')).toMatchObject({ value: 1, unit: 'count', of: 'sessions' });
  });

  it('count who passed a customer on and who took over', async () => {
    const { metric } = await figuresOf(
      'generic',
      lines(['C', '', 0], ['A', '店:甲', 10], ['A', '店:乙', 30], ['C', '', 5], ['A', '店:甲', 60]),
    );
    // 甲 comes back without a notice: they take turns, which is no second hand-over.
    expect(metric('transfers-out', '店:甲').value).toBe(1);
    expect(metric('transfers-in', '店:甲').value).toBe(0);
    expect(metric('transfers-in', '店:乙').value).toBe(1);
  });

  it('count code points, not halves of them', async () => {
    const messages = lines(['C', '', 0], ['A', '店:甲', 10]);
    messages[1]!.text = '好的😊';
    expect((await figuresOf('generic', messages)).metric('agent-characters', '店:甲').value).toBe(3);
  });

  it('find the most chats that were held at once', async () => {
    const talk = (customer: string, start: number) => ({
      customer,
      start,
      steps: [
        { who: 'C', agent: '', pause: 0, ack: false },
        { who: 'A', agent: '店:甲', pause: 30, ack: false },
        { who: 'C', agent: '', pause: 200, ack: false },
        { who: 'A', agent: '店:甲', pause: 30, ack: false },
      ],
    });
    const found = await figuresOf(
      'generic',
      messagesOf([talk('赵', 0), talk('钱', 120), talk('孙', 200), talk('李', 900)]),
    );
    expect(found.metric('concurrent-peak', '店:甲').value).toBe(3);
  });
});
