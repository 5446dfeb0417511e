import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { kefuAudit } from '../support/cli.js';

const STORY = 'fixtures/demo/04-jd-seven-months.zip';
const CUSTOMER = 'm****9k';

const customers = (...args: string[]) => kefuAudit(['customers', STORY, '--no-progress', ...args]);

describe('kefu-audit customers', () => {
  it.each([
    ['zh', 80],
    ['zh', 120],
    ['en', 80],
    ['en', 120],
  ] as const)('reads well in %s at %i columns', async (locale, columns) => {
    const { code, stdout } = await kefuAudit(['customers', STORY, '--no-progress', '--locale', locale], {
      columns,
      env: { NO_COLOR: '1' },
    });
    expect(code).toBe(0);
    await expect(stdout).toMatchFileSnapshot(`../cases/report/customers.${locale}.${columns}.txt`);
  });

  it('writes JSON as its schema says', async () => {
    const { stdout } = await customers('-f', 'json');
    const schema = JSON.parse(
      readFileSync(new URL('../../schema/customers.schema.json', import.meta.url), 'utf8'),
    );
    const validate = new Ajv2020({ allErrors: true }).compile(schema);
    const report = JSON.parse(stdout);
    expect(validate(report), JSON.stringify(validate.errors)).toBe(true);
    expect(report.customers[0]).toMatchObject({ customerId: CUSTOMER, identity: 'masked' });
  });

  it('writes the same customers line by line, and no single chats', async () => {
    const { customers: whole } = JSON.parse((await customers('-f', 'json')).stdout);
    const { stdout } = await customers('-f', 'jsonl');
    const lines = stdout.trimEnd().split('\n');
    const rows = lines.map((line) => JSON.parse(line));
    const bare = rows.filter(({ type }) => type === 'customer').map(({ type: _, ...row }) => row);
    expect(bare).toEqual(whole);
    expect(rows.some(({ type }) => type === 'conversation' || type === 'turn')).toBe(false);
  });

  it('writes the promise ledger as a spreadsheet', async () => {
    const { stdout } = await customers('-f', 'csv', '--csv-table', 'promises');
    const [header, ...rows] = stdout.trimEnd().split('\n');
    expect(header).toMatch(/^customer_id,shop,agent_id,conversation_id,time,act,due,status,basis,/);
    expect(rows.filter((row) => row.includes(`${CUSTOMER},`) && row.includes(',broken,'))).toHaveLength(8);
  });

  it('writes one line for each finding of the records, and for nothing else', async () => {
    const { stdout } = await customers('-f', 'line');
    const rules = stdout
      .trimEnd()
      .split('\n')
      .map((line) => line.split(' ')[2]);
    expect(rules).toContain('process/asked-again');
    expect(rules).toContain('process/broken-promise');
    expect(rules.every((rule) => rule!.startsWith('process/'))).toBe(true);
  });

  it('masks order numbers for people, and does not fail on what it finds', async () => {
    const { code, stdout } = await customers('-f', 'summary');
    expect(code).toBe(0);
    expect(stdout).toContain('1 位来过不止一次');
    expect((await customers()).stdout).not.toContain('298811007345');
    expect((await customers('--no-redact')).stdout).toContain('298811007345');
  });

  it('says what it cannot know where there are no times', async () => {
    const lines = ['a', 'b'].flatMap((session) => [
      { conversation_key: session, customer_id: 'tb_linxi', role: 'customer', text: '加湿器漏水怎么办' },
      {
        conversation_key: session,
        customer_id: 'tb_linxi',
        role: 'agent',
        speaker_id: '青禾家居:阿岚',
        text: '48小时内给您回电',
      },
    ]);
    const stdin = lines.map((line) => JSON.stringify(line)).join('\n');
    const { stdout } = await kefuAudit(['customers', '-', '-f', 'json'], { stdin });
    const { customerFigures, customers: found } = JSON.parse(stdout);
    expect(customerFigures.firstContactResolution).toMatchObject({ value: null, reason: 'no-times' });
    expect(customerFigures.repeatRate).toMatchObject({ value: null, numerator: null, reason: 'no-times' });
    expect(found[0]).toMatchObject({ from: null, spanDays: null });
    expect(found[0].promises[0]).toMatchObject({ due: null, status: 'unknown', basis: 'no-times' });
  });

  it.each(['first-contact-resolution', 'repeat-rate', 'promises-kept'])(
    'is where explain %s sends people',
    async (metric) => {
      const { code, stderr } = await kefuAudit(['explain', metric, STORY]);
      expect(code).toBe(2);
      expect(stderr).toContain('kefu-audit customers');
    },
  );
});

it('calls agents by their names, not by numbers', async () => {
  const { stdout } = await kefuAudit(['customers', 'fixtures/demo/03-qq-group-buying.txt']);
  expect(stdout).toContain('接待的客服有 2 位：小苏-拼哒团客服、小青-拼哒团退换货客服');
  expect(stdout).toContain('兑现 小苏-拼哒团客服 2026-04-08 09:17');
});
