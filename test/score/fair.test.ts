import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createMessage, type Finding, type Message, type TroubleKind } from '../../src/model/index.js';
import { AuditTally } from '../../src/score/audit-tally.js';
import { ContactTally, CUSTOMERS_KEPT } from '../../src/score/contacts.js';
import { type Compared, compare, RANKED_TURNS, rank } from '../../src/score/fair.js';
import { priorOf, shrunk } from '../../src/score/shrinkage.js';
import { benjaminiHochberg, fisherExact } from '../../src/score/significance.js';
import { scoreTurns } from '../../src/score/turn-score.js';
import { figuresOf, RUN, SHANGHAI } from '../support/figures.js';

/** Small, seeded, the same everywhere (mulberry32). */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

describe('Fisher’s exact test', () => {
  it('gives the values of textbooks', () => {
    // The lady tasting tea: 3 of 4 right, two-sided.
    expect(fisherExact(3, 4, 4, 8)).toBeCloseTo(0.4857, 4);
    expect(fisherExact(4, 4, 4, 8)).toBeCloseTo(0.0286, 4);
    // Convictions of twins (Fisher 1935): 2 of 17 against 10 of 13.
    expect(fisherExact(2, 17, 12, 30)).toBeCloseTo(0.0005367, 6);
  });

  it('is 1 where nothing can differ, and at most 1', () => {
    expect(fisherExact(0, 10, 0, 100)).toBe(1);
    expect(fisherExact(10, 10, 100, 100)).toBe(1);
    fc.assert(
      fc.property(fc.nat(40), fc.nat(40), fc.nat(40), fc.nat(40), (a, b, c, d) => {
        const p = fisherExact(a, a + b, a + c, a + b + c + d);
        expect(p).toBeGreaterThan(0);
        expect(p).toBeLessThanOrEqual(1);
        // Who is compared with whom makes no difference.
        expect(fisherExact(c, c + d, a + c, a + b + c + d)).toBeCloseTo(p, 9);
      }),
    );
  });

  it('adds up what it says it adds up', () => {
    const choose = (n: number, k: number): number =>
      Array.from({ length: k }, (_, at) => (n - at) / (at + 1)).reduce((product, one) => product * one, 1);
    const obvious = (hits: number, size: number, allHits: number, allSize: number): number => {
      const chance = (k: number) =>
        (choose(allHits, k) * choose(allSize - allHits, size - k)) / choose(allSize, size);
      const tables = Array.from({ length: size + 1 }, (_, k) => k).filter(
        (k) => k <= allHits && size - k <= allSize - allHits,
      );
      return tables
        .map(chance)
        .filter((one) => one <= chance(hits) * (1 + 1e-7))
        .reduce((sum, one) => sum + one, 0);
    };
    fc.assert(
      fc.property(fc.nat(30), fc.nat(30), fc.nat(30), fc.nat(30), (a, b, c, d) => {
        expect(fisherExact(a, a + b, a + c, a + b + c + d)).toBeCloseTo(
          Math.min(1, obvious(a, a + b, a + c, a + b + c + d)),
          9,
        );
      }),
    );
  });

  it('holds for large numbers, and is quick', () => {
    // Nearly binomial: 40 of 10,000 against 2,960 of 990,000 is 40 where 30 are expected.
    const p = fisherExact(40, 10_000, 3_000, 1_000_000);
    expect(p).toBeGreaterThan(0.06);
    expect(p).toBeLessThan(0.09);
    expect(fisherExact(900_000, 1_000_000, 1_000_000, 10_000_000)).toBeLessThan(1e-200);
  });
});

describe('Benjamini and Hochberg', () => {
  it('adjusts as in their paper: of its 15 p-values four hold at 5 %', () => {
    const paper = [
      0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.324, 0.4262, 0.5719, 0.6528,
      0.759, 1,
    ];
    const q = benjaminiHochberg(paper);
    expect(q.filter((one) => one <= 0.05)).toHaveLength(4);
    expect(q[0]).toBeCloseTo(0.0015, 6);
    expect(q[3]).toBeCloseTo(0.035625, 6);
    expect(q.at(-1)).toBe(1);
  });

  it('keeps the order of p-values whatever order they come in', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 30 }), (p) => {
        const q = benjaminiHochberg(p);
        p.forEach((one, at) => {
          expect(q[at]).toBeGreaterThanOrEqual(one);
          p.forEach((other, place) => {
            if (one <= other) expect(q[at]).toBeLessThanOrEqual(q[place]!);
          });
        });
      }),
    );
  });
});

describe('shrinkage', () => {
  it('takes a small sample nearer to the team than a large one', () => {
    const prior = priorOf([
      { hits: 10, size: 100 },
      { hits: 30, size: 100 },
      { hits: 12, size: 100 },
      { hits: 1, size: 2 },
    ])!;
    const few = shrunk(1, 2, prior);
    const many = shrunk(50, 100, prior);
    expect(prior.mean).toBeCloseTo(53 / 302, 6);
    expect(few).toBeGreaterThan(prior.mean);
    expect(few).toBeLessThan(many);
    expect(many).toBeGreaterThan(0.4);
  });

  it('gives everybody the team’s share where members differ by chance alone', () => {
    const prior = priorOf([
      { hits: 10, size: 100 },
      { hits: 11, size: 100 },
      { hits: 9, size: 100 },
    ])!;
    expect(shrunk(11, 100, prior)).toBe(prior.mean);
  });

  it('always lies between the agent’s share and the team’s', () => {
    const member = fc
      .tuple(fc.integer({ min: 1, max: 200 }), fc.double({ min: 0, max: 1, noNaN: true }))
      .map(([size, share]) => ({ size, hits: Math.round(size * share) }));
    fc.assert(
      fc.property(fc.array(member, { minLength: 2, maxLength: 12 }), (members) => {
        const prior = priorOf(members)!;
        for (const { hits, size } of members) {
          const [low, high] = [hits / size, prior.mean].sort((a, b) => a - b) as [number, number];
          expect(shrunk(hits, size, prior)).toBeGreaterThanOrEqual(low - 1e-12);
          expect(shrunk(hits, size, prior)).toBeLessThanOrEqual(high + 1e-12);
        }
      }),
    );
  });

  it('knows nothing of an agent who is alone', () => {
    expect(priorOf([{ hits: 1, size: 10 }])).toBeNull();
    expect(
      priorOf([
        { hits: 1, size: 10 },
        { hits: 0, size: 0 },
      ]),
    ).toBeNull();
  });
});

const compared = (agentId: string, hits: number, size: number, more: Partial<Compared> = {}): Compared => ({
  agentId,
  turnCount: size * 5,
  score: 90,
  profile: 'generic',
  conversations: {
    abuse: { hits: 0, size },
    dismissive: { hits, size },
    slow: { hits: 0, size },
  },
  whyUntimed: 'no-times',
  ...more,
});

describe('agents', () => {
  it('stand out where the difference holds, and not for a difference that chance makes', () => {
    const found = compare([
      compared('甲', 40, 100),
      compared('乙', 12, 100),
      compared('丙', 14, 100),
      compared('丁', 10, 100),
    ]);
    expect(found.get('甲')!.dismissive).toMatchObject({ stands: 'higher', team: 0.19 });
    expect(found.get('甲')!.dismissive.qValue).toBeLessThan(0.001);
    expect(found.get('丙')!.dismissive.stands).toBeNull();
    expect(found.get('甲')!.abuse).toMatchObject({ stands: null, pValue: 1 });
  });

  it('are not held to differ on a handful of turns, however bad they look', () => {
    const found = compare([compared('新', 5, 5), compared('乙', 5, 200), compared('丙', 6, 200)]);
    expect(found.get('新')!.dismissive).toMatchObject({
      pValue: null,
      qValue: null,
      stands: null,
      reason: 'too-few-turns',
      share: { value: 1, interval: [0.5655, 1] },
    });
    expect(found.get('新')!.dismissive.adjusted).toBeLessThan(1);
    expect(found.get('新')!.dismissive.adjusted).toBeGreaterThan(found.get('新')!.dismissive.team!);
  });

  it('alone are compared with nobody', () => {
    expect(compare([compared('甲', 40, 100)]).get('甲')!.dismissive).toMatchObject({
      team: null,
      adjusted: null,
      reason: 'only-agent',
    });
  });

  it('have a rank from 30 turns on; equal scores share one', () => {
    const ranks = rank([
      { agentId: '甲', turnCount: RANKED_TURNS, score: 90 },
      { agentId: '乙', turnCount: 500, score: 95 },
      { agentId: '丙', turnCount: 100, score: 90 },
      { agentId: '丁', turnCount: 100, score: 60 },
      { agentId: '新', turnCount: RANKED_TURNS - 1, score: 100 },
    ]);
    expect([...ranks].map(([id, { value, of, reason }]) => [id, value, of, reason])).toEqual([
      ['甲', 2, 4, null],
      ['乙', 1, 4, null],
      ['丙', 2, 4, null],
      ['丁', 4, 4, null],
      ['新', null, 4, 'too-few-turns'],
    ]);
  });
});

/** Chats of many customers, some long, some troubled: trouble comes in clusters, as it does. */
function chats(next: () => number, count: number): { messages: Message[]; troubles: TroubleKind[][] }[] {
  return Array.from({ length: count }, (_, n) => {
    const length = 1 + Math.floor(next() ** 2 * 10);
    const difficult = next() < 0.2;
    let atMs = SHANGHAI.toMs(2026, 3, 2, 0, 0, 0) + Math.floor(next() * 5 * 86_400) * 1000;
    const messages: Message[] = [];
    const troubles: TroubleKind[][] = [];
    for (let turn = 0; turn < length; turn++) {
      for (const role of ['customer', 'agent'] as const) {
        atMs += Math.floor(next() * 120) * 1000;
        messages.push(
          createMessage({
            conversationKey: `买家${n}`,
            session: `s${n}`,
            role,
            speakerId: role === 'agent' ? '客服' : `买家${n}`,
            text: '第句话',
            atMs,
            source: { file: 'x', line: 1 },
          }),
        );
      }
      const kinds: TroubleKind[] = [];
      if (next() < (difficult ? 0.4 : 0.02)) kinds.push('dismissive');
      if (next() < (difficult ? 0.3 : 0.05)) kinds.push('slow');
      if (next() < (difficult ? 0.08 : 0.001)) kinds.push('abuse');
      troubles.push(kinds);
    }
    return { messages, troubles };
  });
}

const CATEGORY = { abuse: 'abuse', dismissive: 'dismissive', slow: 'latency' } as const;

const AGENTS = ['甲', '乙', '丙', '丁', '戊', '己', '庚', '辛'];

/**
 * Deals chats out to agents at random, in unequal shares as in life, and lists who then stands out.
 *
 * @param worse chance that 甲, who is no worse without it, makes a dismissive turn besides
 */
async function standingOut(deals: number, worse = 0): Promise<string[][]> {
  const next = random(20_261_122);
  const made = chats(next, 600);
  const { conversations, profile } = await figuresOf(
    'generic',
    made.flatMap(({ messages }) => messages),
  );
  const bySession = new Map(conversations.map((one) => [one.id, one]));
  return Array.from({ length: deals }, () => {
    const tally = new AuditTally(SHANGHAI);
    made.forEach(({ troubles }, n) => {
      const agentId = AGENTS[Math.floor(next() ** 1.7 * AGENTS.length)]!;
      const dealt = bySession.get(`s${n}`)!;
      const turns = dealt.turns.map((turn) => (turn.role === 'agent' ? { ...turn, agentId } : turn));
      const waits = dealt.waits.map((wait) => ({ ...wait, agentId }));
      const findings = troubles.flatMap((kinds, turn) => {
        const more = agentId === '甲' && next() < worse ? (['dismissive'] as const) : [];
        return [...new Set([...kinds, ...more])].map(
          (kind): Finding => ({
            ruleId: `${CATEGORY[kind]}/x`,
            category: CATEGORY[kind],
            severity: 'warning',
            confidence: 0.9,
            weight: 0.45,
            agentId,
            conversationId: dealt.id,
            turnIndex: 2 * turn + 1,
            evidence: [],
            messageId: 'm',
            data: {},
            fingerprint: `${n}-${turn}-${kind}`,
            source: { file: 'x', line: 1 },
            atMs: null,
            experimental: false,
          }),
        );
      });
      const conversation = { ...dealt, turns, waits };
      tally.addConversation(conversation, findings, scoreTurns(conversation, findings), profile);
    });
    return tally
      .report(RUN)
      .agents.flatMap(({ agentId, comparison }) =>
        Object.entries(comparison).flatMap(([kind, { stands }]) =>
          stands === null ? [] : [`${agentId} ${kind} ${stands}`],
        ),
      );
  });
}

describe('chats dealt out at random', () => {
  it('make nobody stand out, but for one deal in twenty at the most', async () => {
    const deals = await standingOut(100);
    expect(deals.filter((standing) => standing.length > 0).length).toBeLessThanOrEqual(5);
  }, 60_000);

  it('leave somebody standing out who makes trouble of their own', async () => {
    const deals = await standingOut(10, 0.1);
    expect(
      deals.filter((standing) => standing.includes('甲 dismissive higher')).length,
    ).toBeGreaterThanOrEqual(8);
    // Beside somebody much worse the others may rightly look better; nobody else may look worse.
    const blamed = deals.flat().filter((one) => one.endsWith('higher') && !one.startsWith('甲 dismissive'));
    expect(blamed.length).toBeLessThanOrEqual(2);
  }, 60_000);
});

describe('the case mix', () => {
  const contact = (customer: string, agentId: string, day: number, hour: number) =>
    (['customer', 'agent'] as const).map((role, n) =>
      createMessage({
        conversationKey: customer,
        customerId: customer,
        session: `${customer}-${day}-${hour}`,
        role,
        speakerId: role === 'agent' ? agentId : customer,
        text: '有货吗',
        atMs: SHANGHAI.toMs(2026, 3, day, hour, n, 0),
        source: { file: 'x', line: 1 },
      }),
    );

  it('names late hours and second contacts', async () => {
    const { agents } = await figuresOf('generic', [
      ...contact('赵', '甲', 2, 10),
      ...contact('赵', '乙', 3, 23),
      ...contact('赵', '乙', 4, 7),
      ...contact('钱', '乙', 4, 8),
    ]);
    expect(agents.get('甲')!.caseMix).toMatchObject({
      byHour: { '10:00': 1 },
      late: { value: 0, denominator: 1 },
      later: { value: 0, denominator: 1 },
    });
    expect(agents.get('乙')!.caseMix).toMatchObject({
      byHour: { '07:00': 1, '08:00': 1, '23:00': 1 },
      late: { numerator: 2, denominator: 3 },
      later: { numerator: 2, denominator: 3 },
    });
  });

  it('remembers a bounded number of customers, the same ones however the input was cut', () => {
    const customers = CUSTOMERS_KEPT * 3;
    const conversation = (n: number, startMs: number) =>
      ({
        id: `c${n}-${startMs}`,
        key: `k${n}`,
        customerId: `买家${n}`,
        platform: null,
        shop: null,
        startMs,
      }) as never;
    const whole = new ContactTally();
    const parts = [new ContactTally(), new ContactTally()];
    for (let n = 0; n < customers; n++) {
      for (const visit of [1, 2]) {
        whole.add(conversation(n, visit), ['甲']);
        parts[(n + visit) % 2]!.add(conversation(n, visit), ['甲']);
      }
    }
    const merged = new ContactTally();
    for (const part of parts.reverse()) merged.absorb(JSON.parse(JSON.stringify(part.toState())));
    expect(merged.toState()).toHaveLength(CUSTOMERS_KEPT);
    expect(JSON.stringify(merged.toState())).toBe(JSON.stringify(whole.toState()));
    expect(whole.byAgent().get('甲')).toEqual({ later: CUSTOMERS_KEPT, all: 2 * CUSTOMERS_KEPT });
  });
});
