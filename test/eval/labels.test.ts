import { describe, expect, it } from 'vitest';
import { conversationFrom } from '../../src/eval/chat.js';
import { labelledTurnsOf } from '../../src/eval/label-conversations.js';
import { areLabelLines, readLabelLines } from '../../src/eval/label-lines.js';
import { type LabelProblem, mergeLabels, readLabels } from '../../src/eval/labels.js';
import { readVerdict, truthOf } from '../../src/eval/verdict.js';
import type { Role } from '../../src/model/index.js';
import { PROFILE, ZONE } from '../support/chat.js';

const RULES = new Set(['abuse/insult', 'dismissive/dont-know']);
const SETTING = { profile: PROFILE, zone: ZONE };

/** Verdicts as plain objects, and what was refused. */
function read(record: Record<string, unknown>, role: Role = 'agent') {
  const refused: string[] = [];
  const labels = readLabels(record, role, RULES, (problem, value) => refused.push(`${problem} ${value}`));
  const verdicts = Object.fromEntries(
    [...(labels?.verdicts ?? [])].map(([scope, said]) => [scope, Object.fromEntries(said)]),
  );
  return { verdicts, refused, rules: labels?.rules, group: labels?.group };
}

describe('a verdict', () => {
  it.each([
    ['2', 2],
    ['是', 2],
    ['√', 2],
    [' Yes ', 2],
    [true, 2],
    [1, 1],
    ['1.0', 1],
    ['存疑', 1],
    ['０', 0],
    ['否', 0],
    [false, 0],
    ['', null],
    ['  ', null],
    [undefined, null],
    ['3', undefined],
    ['可能', undefined],
    [{}, undefined],
  ])('%j is %j', (value, verdict) => {
    expect(readVerdict(value)).toBe(verdict);
  });

  it('of two annotators is positive from a sum of two, negative at none, else unsure', () => {
    expect(truthOf([0, 0], 1)).toBe('negative');
    expect(truthOf([0, 1], 1)).toBe('unsure');
    expect(truthOf([1, 1], 1)).toBe('positive');
    expect(truthOf([2, 0], 1)).toBe('positive');
    expect(truthOf([1, 1], 1.5)).toBe('unsure');
    expect(truthOf([2, 1], 1.5)).toBe('positive');
  });
});

describe('labels of a record', () => {
  it('stand under headers in Chinese and English, with or without annotators', () => {
    expect(
      read({
        '标注:辱骂': '0',
        '标注：敷衍：小王': '是',
        'label:dismissive:小李': '1',
        label_abuse_b: 2,
        'Label:dismissive/dont-know': 'yes',
        内容: '不知道',
      }),
    ).toMatchObject({
      verdicts: {
        abuse: { '': 0, b: 2 },
        dismissive: { 小王: 2, 小李: 1 },
        'dismissive/dont-know': { '': 2 },
      },
      refused: [],
    });
  });

  it('stand in the field `labels`, one by one, in a list or by name', () => {
    expect(
      read({ labels: { abuse: 2, dismissive: [0, null, 1], 'abuse/insult': { 甲: 1 } } }).verdicts,
    ).toEqual({
      abuse: { '': 2 },
      dismissive: { 1: 0, 3: 1 },
      'abuse/insult': { 甲: 1 },
    });
  });

  it('may name the rule that should speak, and a group', () => {
    const named = { labels: { abuse: 2 }, rule: ['abuse/insult'], group: ' 拼音 ' };
    expect(read(named)).toMatchObject({ rules: ['abuse/insult'], group: '拼音' });
    expect(read({ '标注:辱骂': 1, '标注:规则': 'abuse/insult', '标注:分组': 3, '标注:备注': '?' })).toEqual({
      verdicts: { abuse: { '': 1 } },
      refused: [],
      rules: ['abuse/insult'],
      group: '3',
    });
  });

  it('on a customer turn are about abuse by customers', () => {
    expect(read({ '标注:辱骂': '是' }, 'customer').verdicts).toEqual({ 'customer-abuse': { '': 2 } });
    expect(read({ labels: { abuse: 1 } }, 'customer').verdicts).toEqual({ 'customer-abuse': { '': 1 } });
  });

  it('are none where every cell is empty', () => {
    expect(readLabels({ '标注:辱骂': '', '标注:敷衍': ' ' }, 'agent', RULES, expect.unreachable)).toBeNull();
  });

  it('that cannot be understood are refused, never guessed', () => {
    expect(read({ 'label:rudeness': 1, '标注:辱骂': '也许', rule: 'abuse/none', labels: 2 }).refused).toEqual(
      ['unknown-scope rudeness', 'bad-verdict 也许', 'unknown-rule abuse/none', 'no-labels 2'],
    );
  });

  it('of two messages of a turn come together, the gravest verdict of each annotator', () => {
    const one = readLabels({ labels: { abuse: [0, 2] } }, 'agent', RULES, expect.unreachable)!;
    const two = readLabels({ labels: { abuse: [1, 0] }, group: 'x' }, 'agent', RULES, expect.unreachable)!;
    const merged = mergeLabels(one, two);
    expect(Object.fromEntries(merged.verdicts.get('abuse')!)).toEqual({ 1: 1, 2: 2 });
    expect(merged.group).toBe('x');
  });
});

describe('lines of labelled turns', () => {
  const readAll = (text: string) => {
    const problems: LabelProblem[] = [];
    const turns = [...readLabelLines(text, 'l.jsonl', SETTING, RULES, (one) => problems.push(one))];
    return { turns, problems: problems.map(({ line, problem }) => `${line} ${problem}`) };
  };

  it('are told from a chat', () => {
    expect(areLabelLines('\ufeff\n{"text":"在的","labels":{"abuse":0}}\n')).toBe(true);
    expect(areLabelLines('{"conversation":"a","role":"agent","text":"在的","labels":{"abuse":0}}')).toBe(
      false,
    );
    expect(areLabelLines('会话ID,内容\n')).toBe(false);
    expect(areLabelLines('{"labels":')).toBe(false);
  });

  it('put the turn between what came before and after', () => {
    const { turns, problems } = readAll(
      `${JSON.stringify({
        before: [{ role: 'customer', text: '有蓝色吗', time: '2026-03-02 10:00:00' }],
        text: '有的\u2028今天发',
        time: '2026-03-02T10:05:00+08:00',
        after: [{ role: 'customer', text: '好' }],
        labels: { dismissive: 0 },
      })}\n\n${JSON.stringify({
        turns: [
          { role: 'customer', text: '在吗' },
          { role: 'agent', text: '在' },
        ],
        target: 0,
        labels: { abuse: 0 },
      })}\n`,
    );
    expect(problems).toEqual([]);
    expect(turns.map(({ targets }) => targets)).toEqual([[1], [0]]);
    const [first, second] = turns;
    expect(first!.conversation.messages.map(({ role, text }) => [role, text])).toEqual([
      ['customer', '有蓝色吗'],
      ['agent', '有的\u2028今天发'],
      ['customer', '好'],
    ]);
    expect(first!.conversation.turns[1]!.wait?.waitMs).toBe(300_000);
    expect(first!.conversation.messages[1]!.source).toEqual({ file: 'l.jsonl', line: 1 });
    expect([...second!.labels.verdicts.keys()]).toEqual(['customer-abuse']);
  });

  it('with faults are refused with their place', () => {
    const { turns, problems } = readAll(
      [
        '{"text":"好"}',
        '{"labels":{"abuse":1}}',
        '[1]',
        '{"turns":[{"role":"agent","text":"好"}],"target":4,"labels":{"abuse":1}}',
        '{"text":"好","before":[{"role":"shop","text":"?"}],"labels":{"abuse":1}}',
        '{"text":"好","time":"昨天","labels":{"abuse":1}}',
        '{"text":"好","before":"在吗","labels":{"abuse":1}}',
      ].join('\n'),
    );
    expect(problems).toEqual([
      '1 no-labels',
      '2 no-text',
      '3 bad-line',
      '4 bad-target',
      '5 no-text',
      '6 bad-time',
      '7 bad-line',
    ]);
    expect(turns).toHaveLength(1);
  });
});

describe('a conversation that was read from an export', () => {
  it('has a label on a turn where one of its messages has', () => {
    const conversation = conversationFrom(
      'c',
      [
        { role: 'customer', text: '几号到' },
        { role: 'agent', text: '亲' },
        { role: 'agent', text: '不知道' },
        { role: 'customer', text: '好吧' },
      ],
      SETTING,
    );
    conversation.messages[2]!.extra = { '标注:敷衍': '是' };
    conversation.messages[3]!.extra = { 标签: '老客' };
    const turns = [...labelledTurnsOf(conversation, RULES, () => expect.unreachable())];
    expect(turns.map(({ targets }) => targets)).toEqual([[1, 2]]);
  });
});
