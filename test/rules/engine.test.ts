import { describe, expect, it } from 'vitest';
import { compileLexicon } from '../../src/language/compile.js';
import { KefuError } from '../../src/model/index.js';
import type { Rule, RuleContext } from '../../src/rules/rule.js';
import { type ChatLine, chat, PROFILE } from '../support/chat.js';
import { contact, promised, recordsOf } from '../support/customer.js';
import { engineWith } from '../support/rules.js';

const lexicon = compileLexicon([
  { id: 'fool', category: 'abuse/insult', severity: 'error', edges: 'anywhere', forms: ['笨蛋'] },
  { id: 'hold', category: 'cue/hold', edges: 'anywhere', forms: ['稍等'] },
]);

/** A rule that reports every match of its category. */
function ruleOf(check: (context: RuleContext) => void, more: Partial<Rule> = {}): Rule {
  const words = { zh: '词', en: 'words' };
  return {
    meta: {
      id: 'abuse/sample',
      category: 'abuse',
      severity: 'error',
      stability: 'stable',
      docs: { what: words, why: words, remedy: words },
      messages: { found: words },
      options: { limit: 3, strict: false },
      examples: [],
    },
    triggers: ['abuse/insult'],
    check,
    ...more,
  };
}

const reportAll = ruleOf((context) => {
  for (const turn of context.conversation.turns) {
    for (const { index } of context.textOf(turn)) {
      for (const match of context.matches(index, 'abuse/insult')) {
        context.report({
          turn,
          messageId: 'found',
          confidence: 0.9,
          evidence: [{ message: index, span: match.span, text: match.text }],
        });
      }
    }
  }
});

const RUDE: ChatLine[] = [
  { role: 'customer', text: '在吗', at: 0 },
  { role: 'agent', text: '你这笨蛋,真是笨蛋', at: 10 },
  { role: 'customer', text: '?', at: 20 },
  { role: 'agent', text: '笨蛋', at: 30 },
];

describe('the engine', () => {
  it('quotes verbatim, with place, source and weight', () => {
    const [first] = engineWith(lexicon, { rules: [reportAll] }).judge(chat(RUDE));
    expect(first).toMatchObject({
      ruleId: 'abuse/sample',
      category: 'abuse',
      severity: 'error',
      confidence: 0.9,
      weight: 0.9,
      agentId: '客服',
      turnIndex: 1,
      evidence: [{ span: [2, 4], text: '笨蛋' }],
      source: { file: 'chat.txt', line: 2 },
      experimental: false,
    });
  });

  it('quotes the first twenty places of a finding and counts the others', () => {
    const all = ruleOf((context) => {
      const turn = context.conversation.turns[1]!;
      const evidence = context.matches(1, 'abuse/insult').map(({ span }) => ({ message: 1, span }));
      context.report({ turn, messageId: 'found', confidence: 1, evidence });
    });
    const judged = (times: number) =>
      engineWith(lexicon, { rules: [all] }).judge(
        chat([
          { role: 'customer', text: '在吗' },
          { role: 'agent', text: '笨蛋,'.repeat(times) },
        ]),
      )[0]!;
    expect(judged(20)).toMatchObject({ evidence: { length: 20 }, data: {} });
    expect(judged(20).data).not.toHaveProperty('moreQuotes');
    expect(judged(1000)).toMatchObject({ evidence: { length: 20 }, data: { moreQuotes: 980 } });
  });

  it('sorts by turn, rule and place, whatever the order of reports', () => {
    const backwards = ruleOf((context) => {
      for (const turn of [...context.conversation.turns].reverse()) {
        for (const { index } of context.textOf(turn)) {
          for (const match of [...context.matches(index, 'abuse/insult')].reverse()) {
            context.report({
              turn,
              messageId: 'found',
              confidence: 1,
              evidence: [{ message: index, span: match.span }],
            });
          }
        }
      }
    });
    const findings = engineWith(lexicon, { rules: [backwards] }).judge(chat(RUDE));
    expect(findings.map((one) => [one.turnIndex, one.evidence[0]!.span[0]])).toEqual([
      [1, 2],
      [1, 7],
      [3, 0],
    ]);
  });

  it('shows a rule only conversations that its triggers match, in words of those it listens to', () => {
    let shown = 0;
    const count = ruleOf(() => {
      shown++;
    });
    const engine = engineWith(lexicon, { rules: [count] });
    expect(engine.judge(chat([{ role: 'agent', text: '您好' }]))).toEqual([]);
    engine.judge(chat([{ role: 'customer', text: '笨蛋' }]));
    engine.judge(chat([{ role: 'bot', text: '笨蛋' }]));
    engine.judge(chat([{ role: 'agent', text: '笨蛋', kind: 'card' }]));
    expect(shown).toBe(0);
    engine.judge(chat([{ role: 'agent', text: '笨蛋' }]));
    expect(shown).toBe(1);
    const listening = engineWith(lexicon, { rules: [{ ...count, listensTo: 'customer' }] });
    listening.judge(chat([{ role: 'customer', text: '笨蛋' }]));
    expect(shown).toBe(2);
  });

  it('looks up other categories when a rule asks for them', () => {
    let holds = 0;
    const asking = ruleOf((context) => {
      holds = context.matches(1, 'cue/hold').length;
    });
    engineWith(lexicon, { rules: [asking] }).judge(
      chat([
        { role: 'agent', text: '笨蛋' },
        { role: 'agent', text: '稍等' },
      ]),
    );
    expect(holds).toBe(1);
  });

  it.each([
    ['other words', { span: [0, 2] as const, text: '笨蛋' }],
    ['a span past the end', { span: [0, 99] as const }],
    ['an empty span', { span: [1, 1] as const }],
  ])('fails the run on a quote that is not in the input: %s', (_, quote) => {
    const wrong = ruleOf((context) => {
      context.report({
        turn: context.conversation.turns[1]!,
        messageId: 'found',
        confidence: 1,
        evidence: [{ message: 1, ...quote }],
      });
    });
    expect(() => engineWith(lexicon, { rules: [wrong] }).judge(chat(RUDE))).toThrow(
      expect.objectContaining({
        code: 'internal',
        data: expect.objectContaining({ problem: 'quote-not-in-input' }),
      }),
    );
  });

  it('names the rule and the conversation when a rule fails', () => {
    const failing = ruleOf(() => {
      throw new TypeError('oops');
    });
    expect(() => engineWith(lexicon, { rules: [failing] }).judge(chat(RUDE))).toThrow(
      expect.objectContaining({
        code: 'internal',
        data: expect.objectContaining({ problem: 'rule-failed', rule: 'abuse/sample', conversation: 'chat' }),
      }),
    );
  });

  it('carries nothing from one conversation to the next', () => {
    const engine = engineWith(lexicon, { rules: [reportAll] });
    const fresh = engine.judge(chat(RUDE));
    engine.judge(chat([...RUDE, ...RUDE]));
    expect(engine.judge(chat([{ role: 'agent', text: '您好' }]))).toEqual([]);
    expect(engine.judge(chat(RUDE))).toEqual(fresh);
  });

  it('measures rules only with a clock', () => {
    const ruleTimes = new Map<string, number>();
    let time = 0;
    engineWith(lexicon, { rules: [reportAll], ruleTimes, now: () => time++ }).judge(chat(RUDE));
    expect([...ruleTimes]).toEqual([['abuse/sample', 1]]);
  });
});

describe('fingerprints', () => {
  const judge = (lines: ChatLine[], more = {}) =>
    engineWith(lexicon, { rules: [reportAll] })
      .judge(chat(lines, more))
      .map((finding) => finding.fingerprint);

  it('tell findings of one turn apart', () => {
    expect(new Set(judge(RUDE)).size).toBe(3);
  });

  it('do not depend on file, line, id or where the conversation was cut', () => {
    const whole = judge(RUDE, { id: 'another' });
    expect(whole).toEqual(judge(RUDE));
    expect(judge(RUDE.slice(1))).not.toEqual([]);
    const later = chat(RUDE).messages.slice(2);
    expect(later).toHaveLength(2);
    const moved = chat(RUDE);
    moved.messages.forEach((message) => {
      message.source = { file: 'other.csv', line: 900 };
    });
    expect(
      engineWith(lexicon, { rules: [reportAll] })
        .judge(moved)
        .map((finding) => finding.fingerprint),
    ).toEqual(whole);
  });

  it('depend on agent, time and words', () => {
    const [first] = judge(RUDE);
    const changed = RUDE.map((line) => ({ ...line }));
    changed[1]!.speaker = '别的客服';
    expect(judge(changed)[0]).not.toBe(first);
    const later = RUDE.map((line) => ({ ...line, at: line.at! + 1 }));
    expect(judge(later)[0]).not.toBe(first);
  });

  it('use the words before where there is no time', () => {
    const untimed = (question: string): ChatLine[] => [
      { role: 'customer', text: question },
      { role: 'agent', text: '笨蛋' },
    ];
    expect(judge(untimed('在吗'))).not.toEqual(judge(untimed('发货了吗')));
    expect(judge(untimed('在吗'))).toEqual(judge(untimed('在吗')));
  });
});

describe('settings', () => {
  const severities = (ruleSettings: Record<string, never> | object) =>
    engineWith(lexicon, { rules: [reportAll], ruleSettings: ruleSettings as never }).rules.map(
      (one) => one.severity,
    );

  it('switch rules off and change their severity, by id or category; the id wins', () => {
    expect(severities({})).toEqual(['error']);
    expect(severities({ 'abuse/sample': 'off' })).toEqual([]);
    expect(severities({ 'abuse/*': 'info' })).toEqual(['info']);
    expect(severities({ 'abuse/*': 'off', 'abuse/sample': { severity: 'warning' } })).toEqual(['warning']);
  });

  it('bound the severity of every finding of the rule', () => {
    const [finding] = engineWith(lexicon, {
      rules: [reportAll],
      ruleSettings: { 'abuse/sample': 'warning' },
    }).judge(chat(RUDE));
    expect(finding).toMatchObject({ severity: 'warning', weight: 0.45 });
  });

  it('override options that exist, with values of their kind', () => {
    const engine = engineWith(lexicon, {
      rules: [reportAll],
      ruleSettings: { 'abuse/sample': { options: { limit: 5 } } },
    });
    expect(engine.rules[0]!.options).toEqual({ limit: 5, strict: false });
    expect(() =>
      engineWith(lexicon, {
        rules: [reportAll],
        ruleSettings: { 'abuse/sample': { options: { limit: 'x' } } },
      }),
    ).toThrow(expect.objectContaining({ code: 'config' }));
    expect(() =>
      engineWith(lexicon, {
        rules: [reportAll],
        ruleSettings: { 'abuse/sample': { options: { limits: 1 } } },
      }),
    ).toThrow(expect.objectContaining({ data: expect.objectContaining({ suggestions: ['limit'] }) }));
  });

  it.each([
    ['abuse/insults', 'abuse/insult'],
    ['dont-know', 'dismissive/dont-know'],
    ['latency/dont-know', 'dismissive/dont-know'],
    ['dismissve/*', 'dismissive/*'],
  ])('do not know %s, but may mean %s', (wrong, right) => {
    try {
      engineWith(lexicon, { ruleSettings: { [wrong]: 'off' } });
      expect.unreachable();
    } catch (error) {
      expect(error).toBeInstanceOf(KefuError);
      expect((error as KefuError).code).toBe('config');
      expect((error as KefuError).data.suggestions).toContain(right);
    }
  });

  it('do not know a preset', () => {
    expect(() => engineWith(lexicon, { preset: 'recomended' })).toThrow(
      expect.objectContaining({ data: expect.objectContaining({ suggestions: ['recommended'] }) }),
    );
  });
});

describe('waits', () => {
  it('are judged without any word', () => {
    const slow = chat([
      { role: 'customer', text: '在吗', at: 0 },
      { role: 'agent', text: '在的', at: 930 },
    ]);
    const finding = engineWith(lexicon)
      .judge(slow)
      .find(({ ruleId }) => ruleId === 'latency/slow-first-response');
    expect(finding).toMatchObject({ evidence: [], severity: 'error' });
    const limit = PROFILE.firstResponseSeconds.value;
    const doublings = Math.log(930 / limit) / Math.log(PROFILE.slowestSeconds.value / limit);
    expect(finding!.weight).toBeCloseTo(0.5 + 0.5 * doublings, 3);
  });

  it('shows rules the records in which something may be found', () => {
    const shown: string[] = [];
    const rule = ruleOf(() => {}, { checkCustomer: ({ customer }) => shown.push(customer.customerId) });
    const engine = engineWith(lexicon, { rules: [rule] });
    const promise = promised('call', 48, '48小时内给您回电', '2026-03-01 10:05', '甲');
    const records = recordsOf([
      contact('a', '2026-03-01 10:00', { customerId: 'once' }),
      contact('b', '2026-03-01 10:00', { customerId: 'promised', promises: [promise] }),
      contact('c', '2026-03-01 10:00', { customerId: 'twice' }),
      contact('d', '2026-03-02 10:00', { customerId: 'twice' }),
    ]);
    for (const record of records) expect(engine.judgeCustomer(record)).toEqual([]);
    expect(shown).toEqual(['twice', 'promised']);
  });
});
