import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loadProfile } from '../../src/config/profiles.js';
import { Assembler } from '../../src/conversation/assemble.js';
import { type AgentReport, createMessage, type Message } from '../../src/model/index.js';
import { createEngine } from '../../src/rules/engine.js';
import { onlyAbuse } from '../../src/rules/only-abuse.js';
import { RULES } from '../../src/rules/registry.js';
import { AuditTally } from '../../src/score/audit-tally.js';
import { scoreTurns } from '../../src/score/turn-score.js';
import { RUN, SHANGHAI } from '../support/figures.js';
import { bundledLexicon } from '../support/rules.js';

const lexicon = await bundledLexicon();
const profile = await loadProfile('generic');
const engine = createEngine({ lexicon, profile: () => profile, zone: SHANGHAI });
/** Whose chats say the same again and again, and are about nothing but time. */
const clock = createEngine({
  lexicon,
  profile: () => profile,
  zone: SHANGHAI,
  rules: RULES.filter(({ meta }) => meta.category === 'latency'),
});
const asksNothing = onlyAbuse(lexicon);

const ABUSE = ['傻逼', '你们都是傻逼', '操你妈', '去死吧'];
const TALK = {
  customer: ['有货吗', '什么时候发货', '收到的杯子碎了', '能便宜点吗', '好的谢谢', '怎么还没到', '我要退货'],
  agent: [
    '您好，有货的',
    '今天下午发出，单号晚点发您',
    '这个不清楚',
    '非常抱歉，给您补发一个',
    '稍等',
    '您联系快递吧',
    '不客气',
  ],
};

interface Step {
  role: 'customer' | 'agent';
  agent: string;
  word: number;
  pause: number;
}

const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.record({
    role: fc.constantFrom('customer' as const, 'agent' as const),
    agent: fc.constantFrom('店:甲', '店:乙'),
    word: fc.nat(6),
    pause: fc.oneof(fc.integer({ min: 1, max: 60 }), fc.integer({ min: 1, max: 2400 })),
  }),
  { minLength: 1, maxLength: 12 },
);

/** Moments of the chat in seconds, so that something can be put between without moving the rest. */
function chatOf(made: readonly Step[]): Message[] {
  let at = 0;
  return made.map(({ role, agent, word, pause }) => {
    at += pause;
    return messageOf(role, role === 'agent' ? agent : '买家', TALK[role][word]!, at);
  });
}

function messageOf(role: 'customer' | 'agent', speakerId: string, text: string, second: number): Message {
  return createMessage({
    conversationKey: '买家',
    session: 's1',
    role,
    speakerId,
    customerId: '买家',
    text,
    atMs: SHANGHAI.toMs(2026, 3, 2, 9, 0, 0) + second * 1000,
    source: { file: 'x', line: 1 },
  });
}

/** At a place between two messages of a chat, at the moment halfway. */
function withMessage(
  chat: readonly Message[],
  place: number,
  role: 'customer' | 'agent',
  speaker: string,
  text: string,
) {
  const at = place % (chat.length + 1);
  const secondOf = (message: Message | undefined, otherwise: number) =>
    message === undefined ? otherwise : (message.atMs! - SHANGHAI.toMs(2026, 3, 2, 9, 0, 0)) / 1000;
  const before = secondOf(chat[at - 1], 0);
  const after = secondOf(chat[at], before + 60);
  return chat.toSpliced(at, 0, messageOf(role, speaker, text, (before + after) / 2));
}

function audited(messages: readonly Message[], judge = engine): Map<string, AgentReport> {
  const assembler = new Assembler({ profileFor: () => profile, zone: SHANGHAI, onlyAbuse: asksNothing });
  const tally = new AuditTally(SHANGHAI);
  for (const conversation of [...assembler.push(messages), ...assembler.flush()]) {
    const findings = judge.judge(conversation);
    tally.addConversation(conversation, findings, scoreTurns(conversation, findings), profile);
  }
  return new Map(tally.report(RUN).agents.map((agent) => [agent.agentId, agent]));
}

const scoreOf = (agents: Map<string, AgentReport>, agentId: string): number =>
  agents.get(agentId)?.score.value ?? 100;

describe('whatever else is said', () => {
  it('an abusive message of an agent never improves anybody’s score', () => {
    fc.assert(
      fc.property(
        steps,
        fc.nat(12),
        fc.constantFrom('店:甲', '店:乙'),
        fc.constantFrom(...ABUSE),
        (made, place, who, abuse) => {
          const chat = chatOf(made);
          const before = audited(chat);
          const after = audited(withMessage(chat, place, 'agent', who, abuse));
          expect(scoreOf(after, who)).toBeLessThanOrEqual(scoreOf(before, who));
          expect(after.get(who)!.rates.abuse.numerator).toBeGreaterThan(
            before.get(who)?.rates.abuse.numerator ?? 0,
          );
        },
      ),
      { numRuns: 200 },
    );
  });

  it('a customer’s abuse never lowers an agent’s score', () => {
    fc.assert(
      fc.property(steps, fc.nat(12), fc.constantFrom(...ABUSE), (made, place, abuse) => {
        const chat = chatOf(made);
        // Between two messages of one agent it would make two answers, and two waits, of one.
        const [above, below] = [chat[(place % (chat.length + 1)) - 1], chat[place % (chat.length + 1)]];
        fc.pre(above?.role !== 'agent' || above.speakerId !== below?.speakerId);
        const before = audited(chat);
        const after = audited(withMessage(chat, place, 'customer', '买家', abuse));
        for (const agentId of before.keys()) {
          expect(scoreOf(after, agentId)).toBeGreaterThanOrEqual(scoreOf(before, agentId));
        }
      }),
      { numRuns: 200 },
    );
  });
});

describe('slowness', () => {
  /** One agent's chat: a question a minute after the last reply, and the seconds each waits for its reply. */
  const chatWithWaits = (waits: readonly number[]): Message[] => {
    let at = 0;
    return waits.flatMap((seconds) => {
      const asked = messageOf('customer', '买家', '什么时候发货', at + 60);
      at += 60 + seconds;
      return [asked, messageOf('agent', '店:甲', '今天下午发出，单号晚点发您', at)];
    });
  };
  const scoreOfWaits = (waits: readonly number[]): number =>
    scoreOf(audited(chatWithWaits(waits), clock), '店:甲');

  it('costs what a supervisor would expect', () => {
    expect(scoreOfWaits([20, 20, 20])).toBe(100);
    // Two of three replies a little late, by twice the limit, by half an hour.
    expect(scoreOfWaits([20, 185, 185])).toBeCloseTo(76.4, 0);
    expect(scoreOfWaits([20, 360, 360])).toBeCloseTo(69.6, 0);
    expect(scoreOfWaits([20, 1800, 1800])).toBeCloseTo(53.3, 0);
    expect(scoreOfWaits([1800, 1800, 1800])).toBeCloseTo(30, 0);
  });

  it('costs more the longer it is', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 2400 }), { minLength: 1, maxLength: 6 }),
        fc.nat(5),
        fc.integer({ min: 1, max: 1200 }),
        (waits, place, more) => {
          const longer = waits.map((seconds, at) => (at === place % waits.length ? seconds + more : seconds));
          expect(scoreOfWaits(longer)).toBeLessThanOrEqual(scoreOfWaits(waits));
        },
      ),
      { numRuns: 100 },
    );
  });
});

describe('abuse that asks for nothing', () => {
  it.each(ABUSE)('%s starts nobody’s clock', (abuse) => {
    const chat = [
      messageOf('customer', '买家', '有货吗', 0),
      messageOf('agent', '店:甲', '您好，有货的', 10),
      messageOf('customer', '买家', abuse, 60),
    ];
    const open = audited(chat).get('店:甲')!;
    expect(open.ruleCounts['latency/unanswered']).toBeUndefined();
    expect(open.metrics.unanswered).toMatchObject({ numerator: 0, denominator: 1 });
    const later = audited([
      ...chat,
      messageOf('customer', '买家', '什么时候发货', 1260),
      messageOf('agent', '店:甲', '今天下午发出', 1290),
    ]).get('店:甲')!;
    expect(later.metrics['response-time']).toMatchObject({ numerator: 40, denominator: 2 });
    expect(later.exposure.turnCount).toBe(1);
  });

  it.each(['傻逼客服快给我退钱', '去死吧，我要投诉', '什么破店，货呢', '你们骗人，我要退货'])(
    'but %s asks for something',
    (text) => {
      expect(asksNothing(text)).toBe(false);
    },
  );
});
