import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loadProfile } from '../../src/config/profiles.js';
import { findHandOvers } from '../../src/conversation/hand-overs.js';
import { joinTurns } from '../../src/conversation/turns.js';
import { measureWaits } from '../../src/conversation/waits.js';
import {
  type AgentReport,
  type AuditReport,
  type Category,
  type Conversation,
  createMessage,
  type Finding,
  type RunInfo,
  type Severity,
  Zone,
} from '../../src/model/index.js';
import { AuditTally } from '../../src/score/audit-tally.js';
import { wilson } from '../../src/score/intervals.js';
import { SecondsTally } from '../../src/score/tally.js';
import { defaultWeight, scoreTurns } from '../../src/score/turn-score.js';
import { compareFindings, WORST_LIMIT, WorstFindings } from '../../src/score/worst.js';

const zone = new Zone('Asia/Shanghai');
const profile = await loadProfile('generic');
const run: RunInfo = {
  tool: { name: 'kefu-audit', version: '0' },
  timezone: 'Asia/Shanghai',
  segmenter: { name: 'none', version: '0' },
  lexicon: { entryCount: 0, hash: '' },
  profiles: [],
  calendar: null,
  preset: 'recommended',
  filters: { agent: [], customer: [], bot: [], since: null, until: null },
};

/** What one agent turn was found to be; `seconds` is the customer's wait before it. */
interface TurnSpec {
  agent: string;
  seconds: number;
  findings: { category: Category; severity: Severity; confidence: number }[];
}

function conversationOf(id: string, specs: TurnSpec[]): { conversation: Conversation; findings: Finding[] } {
  let at = zone.toMs(2026, 3, 1, 10, 0, 0);
  const messages = specs.flatMap((spec, n) => {
    const question = createMessage({
      conversationKey: id,
      role: 'customer',
      speakerId: 'c',
      text: `问题${n}?`,
      atMs: at,
      source: { file: 'f', line: 2 * n + 1 },
    });
    at += spec.seconds * 1000;
    const answer = createMessage({
      conversationKey: id,
      role: 'agent',
      speakerId: spec.agent,
      text: `回答${n}`,
      atMs: at,
      source: { file: 'f', line: 2 * n + 2 },
    });
    at += 1000;
    return [question, answer];
  });
  const turns = joinTurns(messages);
  const waits = measureWaits(messages, turns, profile, zone);
  const findings = specs.flatMap((spec, n) =>
    spec.findings.map(
      (finding, k): Finding => ({
        ruleId: `${finding.category}/x`,
        ...finding,
        weight: defaultWeight(finding.severity, finding.confidence),
        agentId: spec.agent,
        conversationId: id,
        turnIndex: 2 * n + 1,
        evidence: [],
        messageId: 'm',
        data: {},
        fingerprint: `${id}-${n}-${k}`,
        source: { file: 'f', line: 2 * n + 2 },
        atMs: null,
        experimental: false,
      }),
    ),
  );
  const conversation: Conversation = {
    id,
    key: id,
    customerId: 'c',
    platform: null,
    shop: null,
    messages,
    turns,
    waits,
    handOvers: findHandOvers(messages, turns),
    startMs: messages[0]?.atMs ?? null,
    endMs: messages.at(-1)?.atMs ?? null,
  };
  return { conversation, findings };
}

function tallyOf(conversations: TurnSpec[][], name = 'c'): AuditTally {
  const tally = new AuditTally(zone);
  conversations.forEach((specs, n) => {
    const { conversation, findings } = conversationOf(`${name}${n}`, specs);
    tally.addConversation(conversation, findings, scoreTurns(conversation, findings), profile);
  });
  return tally;
}

const reportOf = (tally: AuditTally): AuditReport => tally.report(run);
const agentOf = (tally: AuditTally, id: string): AgentReport =>
  reportOf(tally).agents.find((a) => a.agentId === id)!;

const clean = (agent = 'a'): TurnSpec => ({ agent, seconds: 10, findings: [] });
const abusive = (agent = 'a'): TurnSpec => ({
  agent,
  seconds: 10,
  findings: [{ category: 'abuse', severity: 'error', confidence: 0.9 }],
});

const finding = fc.record({
  category: fc.constantFrom<Category>('abuse', 'dismissive', 'latency', 'customer-abuse'),
  severity: fc.constantFrom<Severity>('error', 'warning', 'info'),
  confidence: fc.integer({ min: 1, max: 100 }).map((n) => n / 100),
});
const turnSpec: fc.Arbitrary<TurnSpec> = fc.record({
  agent: fc.constantFrom('a', 'b', 'c'),
  seconds: fc.integer({ min: 0, max: 5000 }),
  findings: fc.array(finding, { maxLength: 3 }),
});
const chats = fc.array(fc.array(turnSpec, { minLength: 1, maxLength: 8 }), { maxLength: 10 });

describe('the turn score', () => {
  it('grows with each finding and never passes 1', () => {
    const { conversation, findings } = conversationOf('c', [
      {
        agent: 'a',
        seconds: 1,
        findings: [
          { category: 'dismissive', severity: 'warning', confidence: 0.8 },
          { category: 'dismissive', severity: 'warning', confidence: 0.5 },
        ],
      },
    ]);
    // 1 − (1 − 0.5·0.8)(1 − 0.5·0.5)
    expect(scoreTurns(conversation, findings)).toEqual([
      { turnIndex: 1, abuse: 0, dismissive: 0.55, slow: 0, findings: [0, 1] },
    ]);
  });

  it('leaves slow null where there is no time', () => {
    const { conversation, findings } = conversationOf('c', [clean()]);
    for (const turn of conversation.turns) turn.startMs = null;
    expect(scoreTurns(conversation, findings)[0]!.slow).toBeNull();
  });

  it('takes no notice of experimental rules', () => {
    const { conversation, findings } = conversationOf('c', [abusive()]);
    findings[0]!.experimental = true;
    expect(scoreTurns(conversation, findings)[0]!.abuse).toBe(0);
  });
});

describe('the agent score', () => {
  it('is 100 for clean turns, with an interval that narrows as they grow in number', () => {
    const few = agentOf(tallyOf([[clean(), clean()]]), 'a').score;
    const many = agentOf(tallyOf([Array.from({ length: 200 }, () => clean())]), 'a').score;
    expect([few.value, many.value, many.sampleSize]).toEqual([100, 100, 200]);
    expect(few.interval![0]).toBeLessThan(50);
    expect(many.interval![0]).toBeGreaterThan(95);
  });

  it('falls below the red line with a single abusive turn, however many good ones there are', () => {
    const turns = Array.from({ length: 500 }, () => clean());
    expect(agentOf(tallyOf([[...turns, abusive()]]), 'a').score.value).toBe(59);
    expect(agentOf(tallyOf([[...turns, abusive(), abusive()]]), 'a').score.value).toBe(49);
  });

  it('never rises by an abusive turn', () => {
    fc.assert(
      fc.property(chats, fc.nat(), fc.nat(), (conversations, at, place) => {
        const before = tallyOf(conversations);
        const more = conversations.map((specs) => [...specs]);
        if (more.length === 0) more.push([]);
        const target = more[at % more.length]!;
        target.splice(place % (target.length + 1), 0, abusive());
        const old = agentOf(before, 'a')?.score.value ?? 100;
        expect(agentOf(tallyOf(more), 'a').score.value).toBeLessThanOrEqual(old);
      }),
    );
  });

  it("is not touched by a customer's abuse, which is shown as exposure", () => {
    const abused: TurnSpec = {
      ...clean(),
      findings: [{ category: 'customer-abuse', severity: 'info', confidence: 0.9 }],
    };
    const agent = agentOf(tallyOf([[clean(), abused, abused]]), 'a');
    expect(agent.score.value).toBe(100);
    expect(agent.exposure).toMatchObject({ turnCount: 2, conversationCount: 1 });
  });
});

describe('the report', () => {
  it('of parts, merged, is that of the whole, byte for byte', () => {
    fc.assert(
      fc.property(
        chats,
        fc.array(fc.integer({ min: 0, max: 2 }), { minLength: 10, maxLength: 10 }),
        (conversations, cut) => {
          const built = conversations.map((specs, n) => conversationOf(`c${n}`, specs));
          const whole = new AuditTally(zone);
          const parts = [new AuditTally(zone), new AuditTally(zone), new AuditTally(zone)];
          built.forEach(({ conversation, findings }, n) => {
            const scores = scoreTurns(conversation, findings);
            whole.addConversation(conversation, findings, scores, profile);
            parts[cut[n]!]!.addConversation(conversation, findings, scores, profile);
          });
          const merged = new AuditTally(zone);
          for (const part of parts.reverse()) merged.absorb(JSON.parse(JSON.stringify(part.toState())));
          expect(JSON.stringify(reportOf(merged))).toBe(JSON.stringify(reportOf(whole)));
        },
      ),
    );
  });

  it('gives null with the reason where there are no times', () => {
    const { conversation, findings } = conversationOf('c', [clean()]);
    for (const message of conversation.messages) message.atMs = null;
    conversation.startMs = null;
    conversation.turns = joinTurns(conversation.messages);
    conversation.waits = measureWaits(conversation.messages, conversation.turns, profile, zone);
    const tally = new AuditTally(zone);
    tally.addConversation(conversation, findings, scoreTurns(conversation, findings), profile);
    const agent = agentOf(tally, 'a');
    expect(agent.rates.slow).toMatchObject({ value: null, reason: 'no-times' });
    expect(agent.metrics['response-time']).toMatchObject({ value: null, reason: 'no-times' });
  });

  /** The chat of two clean turns, its customer known by a role of another kind. */
  function chatBeside(role: 'unknown' | 'bot') {
    const { conversation, findings } = conversationOf('c', [clean(), clean()]);
    for (const message of conversation.messages) if (message.role === 'customer') message.role = role;
    conversation.turns = joinTurns(conversation.messages);
    conversation.waits = measureWaits(conversation.messages, conversation.turns, profile, zone);
    const tally = new AuditTally(zone);
    tally.addConversation(conversation, findings, scoreTurns(conversation, findings), profile);
    return tally;
  }

  it('gives null with the reason where nobody is known to be the customer', () => {
    const agent = agentOf(chatBeside('unknown'), 'a');
    const reason = 'customers-unknown';
    expect(agent.rates.slow).toMatchObject({ value: null, reason });
    expect(agent.comparison.slow.share).toMatchObject({ value: null, reason });
    for (const id of ['first-response-time', 'response-time', 'unanswered', 'answer-ratio'])
      expect(agent.metrics[id], id).toMatchObject({ value: null, reason });
    expect(agent.rates.abuse.value).toBe(0);
  });

  it('leaves out of the slow rate only the chats without a known customer', () => {
    const tally = chatBeside('unknown');
    tally.absorb(tallyOf([[clean()]]).toState());
    expect(agentOf(tally, 'a').rates.slow).toMatchObject({ value: 0, denominator: 1 });
  });

  it('knows that nobody waited where only the shop wrote', () => {
    const agent = agentOf(chatBeside('bot'), 'a');
    expect(agent.rates.slow).toMatchObject({ value: 0, reason: null });
    expect(agent.metrics['response-time']).toMatchObject({ value: null, reason: 'no-waits' });
  });

  it('counts waits for first response, response time and unanswered', () => {
    const { conversation, findings } = conversationOf('c', [
      { ...clean(), seconds: 20 },
      { ...clean(), seconds: 400 },
    ]);
    const tally = new AuditTally(zone);
    tally.addConversation(conversation, findings, scoreTurns(conversation, findings), profile);
    expect(agentOf(tally, 'a').metrics).toMatchObject({
      'first-response-time': { value: 20, numerator: 20, denominator: 1 },
      'response-time': { value: 210, numerator: 420, denominator: 2 },
      'response-rate-3min': { value: 0.5, numerator: 1, denominator: 2, of: 'turns' },
      unanswered: { value: 0, numerator: 0, denominator: 2 },
    });
  });
});

describe('the worst findings', () => {
  it('are the same whatever order they come in', () => {
    const all = Array.from(
      { length: 40 },
      (_, n) => conversationOf(`c${n}`, [abusive(), abusive('b')]).findings,
    ).flat();
    fc.assert(
      fc.property(fc.shuffledSubarray(all, { minLength: all.length }), (order) => {
        const worst = new WorstFindings();
        for (const one of order) worst.add(one);
        expect(worst.list()).toEqual([...all].sort(compareFindings).slice(0, WORST_LIMIT));
      }),
      { numRuns: 20 },
    );
  });
});

describe('figures', () => {
  it('Wilson: the textbook interval of 1 in 10', () => {
    const [low, high] = wilson(1, 10)!;
    expect(low).toBeCloseTo(0.0179, 3);
    expect(high).toBeCloseTo(0.4042, 3);
    expect(wilson(0, 0)).toBeNull();
  });

  it('seconds are tallied exactly', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(4000), { minLength: 1 }), (seconds) => {
        const tally = new SecondsTally();
        for (const second of seconds) tally.add(second);
        const sorted = [...seconds].sort((a, b) => a - b);
        expect(tally.sum()).toBe(seconds.reduce((a, b) => a + b));
        expect(tally.quantile(0.5)).toBe(sorted[Math.ceil(seconds.length / 2) - 1]);
        expect(tally.quantile(1)).toBe(sorted.at(-1));
        expect(tally.atMost(180)).toBe(seconds.filter((second) => second <= 180).length);
      }),
    );
  });
});
