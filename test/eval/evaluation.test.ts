import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { buildSchemas } from '../../scripts/build-schemas.js';
import { conversationFrom } from '../../src/eval/chat.js';
import { Evaluation, type EvaluationOptions } from '../../src/eval/evaluation.js';
import type { Judge } from '../../src/eval/judge.js';
import type { LabelledTurn } from '../../src/eval/label-lines.js';
import { readLabels } from '../../src/eval/labels.js';
import { csv } from '../../src/eval/render/csv.js';
import { json, jsonl } from '../../src/eval/render/json.js';
import type { RenderOptions } from '../../src/eval/render/renderer.js';
import { table } from '../../src/eval/render/table.js';
import { type Finding, messageIdOf } from '../../src/model/index.js';
import { columnsOf } from '../../src/report/layout.js';
import { PROFILE, ZONE } from '../support/chat.js';
import { findingIn } from '../support/report.js';

const RULE_IDS = ['abuse/insult', 'abuse/profanity', 'dismissive/dont-know', 'dismissive/curt'];
const KNOWN = new Set(RULE_IDS);

/** Finds a rule wherever a message holds its name in brackets: 【abuse/insult】. A `!` makes it a hint. */
const judge: Judge = {
  judge: (conversation) =>
    conversation.turns.flatMap((turn) =>
      turn.messageIndexes.flatMap((index) =>
        [...conversation.messages[index]!.text.matchAll(/【([^】!]+)(!?)】/g)].map(
          ([quote, ruleId, hint]): Finding =>
            findingIn(conversation, turn.index, ruleId!, [quote], {
              severity: hint === '!' ? 'info' : 'warning',
            }),
        ),
      ),
    ),
};

function turn(
  text: string,
  labels: object,
  more: Record<string, unknown> = {},
  before = '在吗',
): LabelledTurn {
  const conversation = conversationFrom(
    `chat-${text}`,
    [
      { role: 'customer', text: before },
      { role: 'agent', text },
    ],
    { profile: PROFILE, zone: ZONE },
  );
  return {
    conversation,
    targets: [1],
    labels: readLabels({ labels, ...more }, 'agent', KNOWN, expect.unreachable)!,
  };
}

function evaluate(turns: readonly LabelledTurn[], more: Partial<EvaluationOptions> = {}) {
  const evaluation = new Evaluation({
    judge,
    ruleIds: RULE_IDS,
    positiveAt: 1,
    minSeverity: 'info',
    ...more,
  });
  for (const one of turns) evaluation.add(one);
  return evaluation.report();
}

const TURNS = [
  turn('你真笨【abuse/insult】', { abuse: [2, 2] }, { rule: 'abuse/insult', group: '明说' }),
  turn('哼【abuse/profanity】', { abuse: [2, 1] }, { rule: 'abuse/insult', group: '明说' }),
  turn('骂而未查出', { abuse: [1, 1] }, { rule: 'abuse/profanity', group: '暗讽' }),
  turn('滚筒【abuse/profanity】', { abuse: [0, 0] }),
  turn('好的', { abuse: [0, 0], dismissive: 0 }),
  turn('嗯【dismissive/curt!】', { abuse: [0, 1], dismissive: 2 }),
];

describe('an evaluation', () => {
  const report = evaluate(TURNS);

  it('counts by category, and leaves out what annotators are not sure of', () => {
    expect(report.turnCount).toBe(6);
    expect(
      report.categories.map(({ scope, tp, fp, fn, tn, unsure }) => [scope, tp, fp, fn, tn, unsure]),
    ).toEqual([
      ['abuse', 2, 1, 1, 1, 1],
      ['dismissive', 1, 0, 0, 1, 0],
    ]);
    expect(report.categories[0]!.falseAlarms.value).toBe(5000);
  });

  it('counts by rule: what it reported, and what it was expected to', () => {
    const rule = (id: string) => {
      const found = report.rules.find(({ ruleId }) => ruleId === id)!;
      return [found.reportedCount, found.trueCount, found.falseCount, found.expectedCount, found.foundCount];
    };
    expect(report.rules.map(({ ruleId }) => ruleId)).toEqual([
      'abuse/insult',
      'abuse/profanity',
      'dismissive/curt',
    ]);
    expect(rule('abuse/insult')).toEqual([1, 1, 0, 2, 1]);
    expect(rule('abuse/profanity')).toEqual([2, 1, 1, 1, 0]);
  });

  it('counts by group', () => {
    expect(report.groups.map(({ group, scope, tp, fn }) => [group, scope, tp, fn])).toEqual([
      ['明说', 'abuse', 2, 0],
      ['暗讽', 'abuse', 0, 1],
    ]);
  });

  it('tells which rule spoke for which', () => {
    expect(report.confusion).toEqual([
      { expected: 'abuse/insult', found: 'abuse/insult', turnCount: 1 },
      { expected: 'abuse/insult', found: 'abuse/profanity', turnCount: 1 },
      { expected: 'abuse/profanity', found: 'none', turnCount: 1 },
      { expected: 'dismissive/other', found: 'dismissive/curt', turnCount: 1 },
      { expected: 'none', found: 'abuse/profanity', turnCount: 1 },
    ]);
  });

  it('lists what was judged wrongly, with its words', () => {
    expect(report.wrong.map(({ kind, text, before }) => [kind, text, before])).toEqual([
      ['missed', '骂而未查出', '在吗'],
      ['false-alarm', '滚筒【abuse/profanity】', '在吗'],
    ]);
    expect(report.wrong[1]!.findings).toMatchObject([
      { ruleId: 'abuse/profanity', quotes: ['【abuse/profanity】'] },
    ]);
  });

  it('compares annotators with each other, and the tool with each', () => {
    const abuse = report.agreement.filter(({ scope }) => scope === 'abuse');
    expect(abuse.map(({ first, second, turnCount }) => [first, second, turnCount])).toEqual([
      ['1', '2', 6],
      ['1', null, 6],
      ['2', null, 6],
    ]);
    // 3 and 4 of 6 say yes, 5 agree: (5/6 − 1/2) / (1 − 1/2).
    expect(abuse[0]!.kappa.value).toBeCloseTo(2 / 3, 12);
  });

  it('says the same whatever was evaluated before', () => {
    expect(evaluate(TURNS)).toEqual(report);
  });

  it('follows the bar and the least severity', () => {
    const strict = evaluate(TURNS, { positiveAt: 1.5, minSeverity: 'warning' });
    expect(strict.categories.map(({ tp, fp, fn, tn, unsure }) => [tp, fp, fn, tn, unsure])).toEqual([
      [2, 1, 0, 1, 2],
      [0, 0, 1, 1, 0],
    ]);
  });

  it('counts only findings about the labelled messages', () => {
    const conversation = conversationFrom(
      'c',
      [
        { role: 'agent', text: '【abuse/insult】' },
        { role: 'agent', text: '好的' },
        { role: 'agent', text: '【dismissive/curt】' },
      ],
      { profile: PROFILE, zone: ZONE },
    );
    const labels = readLabels({ labels: { abuse: 0, dismissive: 0 } }, 'agent', KNOWN, expect.unreachable)!;
    expect(messageIdOf(conversation, 1)).toBe('c#1');
    const of = (targets: number[]) =>
      evaluate([{ conversation, targets, labels }]).categories.map(({ fp }) => fp);
    expect(of([1])).toEqual([0, 0]);
    expect(of([0, 1])).toEqual([1, 0]);
    expect(of([0, 1, 2])).toEqual([1, 1]);
  });
});

describe('its report', () => {
  const options: RenderOptions = {
    locale: 'zh',
    width: null,
    colorLevel: 0,
    maxShown: 10,
    evalTable: 'figures',
    headers: 'en',
    bom: false,
    mask: null,
    tool: { name: 'kefu-audit', version: '9.9.9' },
  };
  const report = evaluate(TURNS);

  it('is whole as JSON', () => {
    const said = JSON.parse(json(report, options));
    expect(said).toMatchObject({ schemaVersion: 1, turnCount: 6, annotators: ['1', '2', ''] });
    expect(said.categories[0]).toMatchObject({ scope: 'abuse', tp: 2, precision: { value: 0.666667 } });
    expect(said.wrong).toHaveLength(2);
    const closed = buildSchemas({ closed: true }).get('eval.schema.json')!;
    const ajv = new Ajv2020({ allErrors: true });
    expect(ajv.validate(JSON.parse(closed), said), JSON.stringify(ajv.errors)).toBe(true);
  });

  it('is the same line by line', () => {
    const rows = jsonl(report, options)
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    const count = (type: string) => rows.filter((row) => row.type === type).length;
    const whole = JSON.parse(json(report, options));
    expect(rows[0]).toMatchObject({ type: 'run', turnCount: 6 });
    expect(count('category')).toBe(whole.categories.length);
    expect(count('rule')).toBe(whole.rules.length);
    expect(count('agreement')).toBe(whole.agreement.length);
    expect(rows.filter(({ type }) => type === 'wrong').map(({ type: _, ...row }) => row)).toEqual(
      whole.wrong,
    );
  });

  it('has two tables as CSV', () => {
    const figures = csv(report, { ...options, headers: 'zh', bom: true }).split('\n');
    expect(figures[0]).toMatch(/^\ufeff种类,类别或规则,/);
    expect(figures.filter((line) => line.startsWith('rule,'))).toHaveLength(3);
    const cases = csv(report, { ...options, evalTable: 'cases' }).split('\n');
    expect(cases[0]).toContain('label_1,label_2,label');
    expect(cases[1]).toContain('骂而未查出');
    expect(cases).toHaveLength(4);
  });

  it.each(['zh', 'en'] as const)('fits its width in %s', (locale) => {
    for (const width of [60, 80, 120]) {
      const lines = table(report, { ...options, locale, width }).split('\n');
      for (const line of lines) expect(columnsOf(line)).toBeLessThanOrEqual(width);
    }
  });

  it('lists no more cases than asked', () => {
    const text = table(report, { ...options, maxShown: 1 });
    expect(text).toContain('判错的（1/2）');
    expect(text).toContain('骂而未查出');
    expect(text).not.toContain('滚筒');
  });

  it('masks words, and makes hidden characters visible', () => {
    const wrong = evaluate([turn('打13800000000\u202e给我', { abuse: 2 })]);
    const text = table(wrong, { ...options, mask: (words) => words.replace(/\d{11}/, '***') });
    expect(text).toContain('打***‹U+202E›给我');
  });
});
