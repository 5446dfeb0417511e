import { describe, expect, it } from 'vitest';
import type { AuditOptions } from '../../src/config/options.js';
import { resolveAuditOptions } from '../../src/config/options.js';
import type { AuditEvent } from '../../src/model/report.js';
import { kefuAudit } from '../support/cli.js';
import { reportOf } from '../support/report.js';

/** What the pipeline is told for these arguments. */
async function optionsFor(...args: string[]): Promise<AuditOptions> {
  let told: AuditOptions | null = null;
  async function* audit(options: AuditOptions): AsyncGenerator<AuditEvent> {
    told = options;
    yield { type: 'header', run: reportOf([], []).run };
  }
  const { stderr } = await kefuAudit([...args, '--no-config'], { services: { audit } });
  if (told === null) throw new Error(stderr);
  return told;
}

/** What standard error says of a mistake. */
async function complaint(...args: string[]): Promise<string> {
  const { code, stdout, stderr } = await kefuAudit(args, { env: { KEFU_AUDIT_LOCALE: 'en' } });
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  return stderr;
}

describe('arguments', () => {
  it('reach the pipeline with the defaults of the library', async () => {
    const { onInputError, onProgress, signal, ...options } = resolveAuditOptions(await optionsFor('a.csv'));
    const {
      onInputError: _,
      onProgress: __,
      signal: ___,
      ...defaults
    } = resolveAuditOptions({ paths: ['a.csv'] });
    expect(options).toEqual(defaults);
    expect([typeof onInputError, onProgress, signal?.aborted]).toEqual(['function', null, false]);
  });

  it('may stand before, after and between the paths, with or without the name of the command', async () => {
    for (const args of [
      ['audit', 'a.csv', '-i', 'csv', 'b.csv'],
      ['-i', 'csv', 'a.csv', 'b.csv'],
      ['a.csv', 'b.csv', '--input-format=csv'],
      ['-i', 'csv', 'audit', 'a.csv', 'b.csv'],
    ]) {
      expect(await optionsFor(...args)).toMatchObject({ paths: ['a.csv', 'b.csv'], inputFormat: 'csv' });
    }
  });

  it('gather what repeats', async () => {
    const options = await optionsFor(
      'a.csv',
      ...['--agent', '店:*', '--agent', '阿*', '--bot', '*助手', '--lexicon', 'x.yaml'],
      ...['--rule', 'abuse/insult:warning', '--rule', 'latency/*:off'],
      ...['--columns', 'time=发送时间,text=内容,含逗号', '--columns', 'role=角色'],
    );
    expect(options).toMatchObject({
      roles: { agent: ['店:*', '阿*'], customer: [], bot: ['*助手'] },
      lexicon: { files: ['x.yaml'], disabled: [] },
      ruleSettings: { 'abuse/insult': { severity: 'warning' }, 'latency/*': { severity: 'off' } },
      columns: { time: '发送时间', text: '内容,含逗号', role: '角色' },
    });
  });

  it('open standard input only for -', async () => {
    expect((await optionsFor('a.csv')).stdin).toBeNull();
    expect(await optionsFor('-', '--stdin-filename', 'day.jsonl')).toMatchObject({
      stdinFilename: 'day.jsonl',
    });
    expect((await optionsFor('-')).stdin).not.toBeNull();
  });
});

describe('mistakes', () => {
  it('are told with what was probably meant', async () => {
    expect(await complaint('a.csv', '--fromat', 'json')).toContain('did you mean --format?');
    expect(await complaint('a.csv', '-f', 'jsno')).toContain('did you mean json');
    expect(await complaint('a.csv', '--fail-on', 'eror')).toContain('did you mean error?');
    expect(await complaint('lexicon', 'chek')).toContain('unknown command chek');
    expect(await complaint('rules', 'insult')).toContain('did you mean abuse/insult?');
    expect(await complaint('detcet')).toContain('did you mean kefu-audit detect?');
    expect(await complaint('profiles', 'generc')).toContain('did you mean generic?');
  });

  it.each([
    [['a.csv', '--max-skipped', '1.5'], 'a number from 0 to 1, or a percentage'],
    [['a.csv', '--max-findings', '-1'], 'a whole number'],
    [['a.csv', '--max-findings', '2.5'], 'a whole number'],
    [['a.csv', '--min-score', '101'], 'from 0 to 100'],
    [['a.csv', '--columns', 'time'], 'field=header'],
    [['a.csv', '--columns', 'tiem=发送时间'], 'did you mean time?'],
    [['a.csv', '--columns', '时间=发送时间'], 'one of text, time'],
    [['a.csv', '--rule', 'abuse/insult'], 'id:severity'],
    [['a.csv', '--rule', 'abuse/insult:fatal'], 'one of error, warning, info, off'],
    [['a.csv', '-f', 'json='], 'a path is missing'],
    [['a.csv', '--format'], '--format needs a value'],
    [['a.csv', '-f', 'json', '-f', 'csv'], 'json, csv'],
    [['a.csv', '-f', 'json=x', '-o', 'y'], 'no format goes to y'],
    [['rules', '--bom'], 'it belongs to audit'],
    [['-f', 'json', 'rules'], 'has no option --format'],
    [['rules', 'a', 'b'], 'too many arguments'],
    [['lexicon', 'test'], 'missing argument'],
    [['detect'], 'nothing to read was named'],
  ])('%j', async (args, words) => {
    expect(await complaint(...args)).toContain(words);
  });
});
