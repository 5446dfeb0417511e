import { describe, expect, it } from 'vitest';
import { asKnown, errorMessage, errorText } from '../../src/cli/error-text.js';
import { type ErrorCode, KefuError } from '../../src/model/errors.js';

/** The type forces every code to be listed. */
const SAMPLES: Record<ErrorCode, KefuError> = {
  usage: new KefuError('usage', { data: { problem: 'unknown-option', option: '--x', suggestions: [] } }),
  config: new KefuError('config', { data: { problem: 'unknown-timezone', value: 'Mars' } }),
  'not-found': new KefuError('not-found', { file: 'a.txt' }),
  'no-permission': new KefuError('no-permission', { file: 'a.txt' }),
  'no-exports': new KefuError('no-exports', { file: 'a' }),
  'empty-file': new KefuError('empty-file', { file: 'a.txt' }),
  'binary-file': new KefuError('binary-file', { file: 'a.txt' }),
  'unsupported-format': new KefuError('unsupported-format', { file: 'a.doc' }),
  'broken-archive': new KefuError('broken-archive', { file: 'a.zip' }),
  'ambiguous-format': new KefuError('ambiguous-format', {
    file: 'a.txt',
    data: { candidates: ['qq-txt', 'csv'] },
  }),
  'unknown-format': new KefuError('unknown-format', { file: 'a.txt', data: { firstLine: '春江' } }),
  'unknown-columns': new KefuError('unknown-columns', { file: 'a.csv', data: { headers: ['甲', '乙'] } }),
  'changed-while-read': new KefuError('changed-while-read', { file: 'a.txt' }),
  'read-failed': new KefuError('read-failed', { file: 'a.txt', data: { reason: 'EIO' } }),
  'write-failed': new KefuError('write-failed', { file: 'a.txt', data: { reason: 'ENOSPC' } }),
  'no-conversations': new KefuError('no-conversations', {
    data: { records: 3, messages: 0, filtered: 'no' },
  }),
  'no-roles': new KefuError('no-roles', { data: { unknown: 3, messages: 3 } }),
  'too-many-skips': new KefuError('too-many-skips', {
    data: { skipped: 2, records: 3, limit: 0.05, reasons: ['ragged-row:2'] },
  }),
  lexicon: new KefuError('lexicon', { data: { problems: ['a.yaml:3 x'] } }),
  labels: new KefuError('labels', { data: { problems: ['labels.jsonl:3 bad-verdict 三'] } }),
  'no-segmenter': new KefuError('no-segmenter', { data: { choice: 'auto', reasons: ['not installed'] } }),
  internal: new KefuError('internal', { data: { problem: 'rule-failed' } }),
};

describe('every failure', () => {
  it.each(Object.values(SAMPLES))('$code says what happened and what to do, in both languages', (error) => {
    for (const locale of ['zh', 'en'] as const) {
      const text = errorText(error, locale);
      expect(text.what).not.toBe('');
      expect(text.todo).not.toBeNull();
      if (error.file) expect(errorMessage(error, locale)).toContain(error.file);
      const han = /\p{Script=Han}/u;
      if (locale === 'zh') expect(text.what).toMatch(han);
      else expect(text.what).not.toMatch(han);
    }
  });

  it.each([
    new KefuError('broken-archive', { file: 'a.zip', data: { reason: 'truncated' } }),
    new KefuError('broken-archive', { file: 'a.zip', data: { reason: 'zip bomb' } }),
    new KefuError('broken-archive', { file: 'a.zip', data: { reason: 'invalid distance' } }),
    new KefuError('unsupported-format', { file: 'a.zip', data: { kind: 'encrypted ZIP' } }),
    new KefuError('unsupported-format', { file: 'a.zip', data: { kind: 'ZIP in ZIP' } }),
    new KefuError('unsupported-format', { file: 'a.csv', data: { kind: 'text', value: 'xlsx' } }),
    new KefuError('read-failed', { file: 'a.txt', data: { reason: 'ELOOP' } }),
    new KefuError('read-failed', { file: 'a.sock', data: { reason: 'ENXIO' } }),
    new KefuError('read-failed', { file: '-', data: { reason: 'no stdin' } }),
    new KefuError('read-failed', { file: 'a.xlsx', data: { reason: 'too-large' } }),
  ])('tells in words why: $message', (error) => {
    const han = /\p{Script=Han}/u;
    expect(errorText(error, 'zh').why).toMatch(han);
    expect(errorText(error, 'en').why).toMatch(/^[^\p{Script=Han}]{12,}$/u);
  });

  it('stands in four parts, each on its line', () => {
    const error = new KefuError('unknown-format', {
      file: '三月.txt',
      line: 7,
      data: { firstLine: '春江潮水' },
    });
    expect(errorMessage(error, 'zh').split('\n')).toEqual([
      '认不出 三月.txt 的格式',
      '  位置：三月.txt:7',
      '  原因：第一行是：春江潮水',
      expect.stringMatching(/^ {2}办法：用 --input-format/),
    ]);
  });

  it('cannot move the cursor, whatever a file or its name holds', () => {
    const hostile = '\u001b[2J\u001b]0;x\u0007\u202e\r\nx\u009b1m';
    for (const code of Object.keys(SAMPLES) as ErrorCode[]) {
      const names = [
        'firstLine',
        'value',
        'option',
        'headers',
        'candidates',
        'reason',
        'problem',
        'suggestions',
      ];
      const data = Object.fromEntries(names.map((name) => [name, hostile]));
      const message = errorMessage(new KefuError(code, { file: hostile, data }), 'zh');
      expect(message).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e]/);
    }
  });

  it('is told once: a file that the first line names has no line of its own', () => {
    const missing = errorText(new KefuError('not-found', { file: 'exports/三月.txt' }), 'zh');
    expect(missing).toMatchObject({ what: '找不到 exports/三月.txt', where: null });
    const bad = errorText(
      new KefuError('config', { file: 'x.yaml', data: { problem: 'bad-baseline' } }),
      'zh',
    );
    expect(bad.where).toBe('x.yaml');
  });

  it('of a file of settings says why it cannot be read and which option named it', () => {
    for (const [problem, option] of [
      ['unreadable-profile', '--profile'],
      ['unreadable-calendar', '--calendar'],
      ['unreadable-page', '--page'],
    ]) {
      const cause = Object.assign(new Error('no'), { code: 'EACCES' });
      const text = errorText(
        new KefuError('config', { file: 'x', data: { problem: problem! }, cause }),
        'en',
      );
      expect(text).toMatchObject({ where: 'x', why: 'permission denied (EACCES)' });
      expect(text.todo).toContain(option);
    }
  });

  it('names the column that is not there, and of many headers the first', () => {
    const headers = Array.from({ length: 40 }, (_, at) => `列${at}`);
    const named = new KefuError('unknown-columns', {
      file: 'a.csv',
      data: { unknown: ['发言时刻'], headers, nearest: '' },
    });
    expect(errorText(named, 'zh').what).toBe('a.csv 里没有“发言时刻”这一列');
    expect(errorText(named, 'zh').why).toMatch(/^表头是 列0、.*列11…共 40 个$/);
    const unnamed = new KefuError('unknown-columns', { file: 'a.csv', data: { unknown: ['text'], headers } });
    expect(errorText(unnamed, 'zh').todo).toContain('可用的字段：text、time、');
    expect(errorText(unnamed, 'en').todo).toContain('fields: text, time, ');
  });

  it('tells the first problems of many and how many there are, in words', () => {
    const problems = Array.from({ length: 100 }, (_, at) => `my.yaml:${at + 3} e${at} misses-hit: 坏蛋`);
    const text = errorText(new KefuError('lexicon', { file: 'my.yaml', line: 3, data: { problems } }), 'zh');
    expect(text.why!.split('\n')).toHaveLength(7);
    expect(text.why).toContain('my.yaml:3 e0 hit 例句没有命中：坏蛋');
    expect(text.why).toContain('另有 95 处');
    const disabled = new KefuError('lexicon', { file: '', data: { problems: [':0 x unknown-entry: x'] } });
    expect(errorText(disabled, 'zh').why).toBe('1 处\n    没有这个条目：x');
  });

  it('that nobody foresaw is told as one of ours', () => {
    const known = asKnown(new TypeError('x is not a function'));
    expect(known.code).toBe('internal');
    expect(errorMessage(known, 'en')).toContain('x is not a function');
  });
});
