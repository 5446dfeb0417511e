import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildSchemas } from '../../scripts/build-schemas.js';
import { maskText } from '../../src/privacy/mask.js';
import { METRIC_TERMS } from '../../src/report/messages/terms.js';
import type { ReportOptions } from '../../src/report/reporter.js';
import type { ReportDocument, ReportLine } from '../../src/report/schema.js';
import { visible } from '../../src/report/visible.js';
import {
  type Audit,
  agentOf,
  conversationOf,
  eventOf,
  findingIn,
  metricOf,
  render,
  reportOf,
  sampleAudit,
} from '../support/report.js';

const golden = (name: string): string => `../cases/report/${name}`;

async function jsonOf(audit: Audit, more: Partial<ReportOptions> = {}): Promise<ReportDocument> {
  return JSON.parse(await render('json', audit, more));
}

async function linesOf(audit: Audit, more: Partial<ReportOptions> = {}): Promise<ReportLine[]> {
  const text = await render('jsonl', audit, more);
  expect(text.endsWith('\n')).toBe(true);
  return text
    .slice(0, -1)
    .split('\n')
    .map((line) => JSON.parse(line));
}

function ofType<T extends ReportLine['type']>(
  lines: ReportLine[],
  type: T,
): Extract<ReportLine, { type: T }>[] {
  return lines.filter((line): line is Extract<ReportLine, { type: T }> => line.type === type);
}

/** Validators of the schemas as published, and of the same without room for unknown fields. */
const validators = [false, true].map((closed) => {
  const schemas = buildSchemas({ closed });
  const compile = (name: string) => new Ajv2020({ allErrors: true }).compile(JSON.parse(schemas.get(name)!));
  return { report: compile('report.schema.json'), line: compile('jsonl.schema.json') };
});

describe('schemas', () => {
  it('are published as their source says (npx tsx scripts/build-schemas.ts)', () => {
    for (const [name, text] of buildSchemas())
      expect(readFileSync(new URL(`../../schema/${name}`, import.meta.url), 'utf8')).toBe(text);
  });

  it.each(['sample', 'empty'])('describe what is written (%s)', async (which) => {
    const audit =
      which === 'sample' ? sampleAudit() : { conversations: [], skips: [], report: reportOf([], []) };
    audit.report.notices = [{ code: 'year-assumed', data: { file: 'a', year: 2026, columns: ['b'] } }];
    const report = await jsonOf(audit);
    const lines = await linesOf(audit);
    for (const { report: validReport, line: validLine } of validators) {
      expect(validReport(report), JSON.stringify(validReport.errors)).toBe(true);
      for (const line of lines) expect(validLine(line), JSON.stringify(validLine.errors)).toBe(true);
    }
  });

  it('refuse what is not a report', async () => {
    const report = await jsonOf(sampleAudit());
    const { report: valid } = validators[0]!;
    expect(valid({ ...report, schemaVersion: 2 })).toBe(false);
    expect(valid({ ...report, findings: [{ ...report.findings[0], severity: 'fatal' }] })).toBe(false);
    expect(valid({ ...report, agents: undefined })).toBe(false);
    expect(valid({ ...report, aFieldOfTheFuture: 1 })).toBe(true);
  });
});

describe('json', () => {
  it('is one object', async () => {
    const text = await render('json', sampleAudit());
    await expect(text).toMatchFileSnapshot(golden('report.json'));
    expect(Object.keys(JSON.parse(text))).toEqual([
      'schemaVersion',
      'tool',
      'conversations',
      'findings',
      'skips',
      'run',
      'inputs',
      'coverage',
      'summary',
      'agents',
      'caseMix',
      'breakdowns',
      'best',
      'customerFigures',
      'customers',
      'notices',
    ]);
  });

  it('writes nothing before it is sure to write an object', async () => {
    const { findReporter } = await import('../../src/report/index.js');
    const reporter = await findReporter('json')!.load();
    const writer = reporter.create({} as ReportOptions);
    expect(writer.header(sampleAudit().report.run)).toBe('');
    expect(writer.skip({ reason: 'bad-time', file: 'a', line: 1, detail: '' })).toBe('');
  });

  it('holds the same rows as jsonl', async () => {
    const report = await jsonOf(sampleAudit());
    const lines = await linesOf(sampleAudit());
    const bare = (type: ReportLine['type']) => ofType(lines, type).map(({ type: _, ...row }) => row);
    expect(report.conversations.map(({ turns: _, ...row }) => row)).toEqual(bare('conversation'));
    expect(report.conversations.flatMap((row) => row.turns)).toEqual(bare('turn'));
    expect(report.findings).toEqual(bare('finding'));
    expect(report.skips).toEqual(bare('skip'));
    expect(report.agents).toEqual(bare('agent'));
    expect(report.customers).toEqual(bare('customer'));
    expect(report.customers).toHaveLength(1);
  });

  it('quotes verbatim, unless masking is asked for, and then with the same spans', async () => {
    const conversation = conversationOf('c', [{ speaker: '店:甲', text: '打13912345678骂你' }]);
    const finding = findingIn(conversation, 0, 'abuse/insult', ['345678骂你'], {
      data: { words: '13912345678', list: ['13912345678'], count: 3 },
    });
    const audit = { conversations: [eventOf(conversation, [finding])], skips: [], report: reportOf([], []) };
    expect((await jsonOf(audit)).findings[0]!.evidence).toEqual([
      { messageId: 'c#0', span: [6, 14], text: '345678骂你' },
    ]);
    const [masked] = (await jsonOf(audit, { mask: maskText })).findings;
    expect(masked!.evidence).toEqual([{ messageId: 'c#0', span: [6, 14], text: '**5678骂你' }]);
    expect(masked!.data).toEqual({ words: '139****5678', list: ['139****5678'], count: 3 });
  });

  it('carries any text through, and is safe to print', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.string({ unit: 'binary', minLength: 1 }),
        fc.array(fc.constantFrom('\u2028', '\ud800', '\u202e', '\u009b', '"', '\\', '\n', '好'), {
          minLength: 1,
        }),
        async (name, parts) => {
          const words = parts.join('');
          const conversation = conversationOf(name, [{ speaker: `${name}:`, text: words, id: words }]);
          const audit = {
            conversations: [eventOf(conversation, [findingIn(conversation, 0, 'abuse/insult', [words])])],
            skips: [{ reason: 'bad-json' as const, file: name, line: 1, detail: words }],
            report: reportOf([], [agentOf(name, { ruleCounts: { [name]: 1 } })]),
          };
          for (const id of ['json', 'jsonl']) {
            const text = await render(id, audit);
            expect(text.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
          }
          const report = await jsonOf(audit);
          expect(report.findings[0]!.evidence[0]!.text).toBe(words);
          expect(report.conversations[0]!.turns[0]!.messageIds).toEqual([words]);
          expect(report.skips[0]!.file).toBe(name);
        },
      ),
      { numRuns: 50 },
    );
  });
});

describe('jsonl', () => {
  it('has a header first, then what was read in order, then agents and a summary', async () => {
    const text = await render('jsonl', sampleAudit());
    await expect(text).toMatchFileSnapshot(golden('report.jsonl'));
    const types = (await linesOf(sampleAudit())).map((line) => line.type);
    expect(types[0]).toBe('header');
    expect(types.slice(1, 7)).toEqual(['conversation', 'turn', 'turn', 'finding', 'finding', 'finding']);
    expect(types.slice(-5)).toEqual(['agent', 'agent', 'agent', 'agent', 'summary']);
  });

  it("has a line for every agent turn, with the input's own ids where it has them", async () => {
    const turns = ofType(await linesOf(sampleAudit()), 'turn');
    expect(turns).toHaveLength(5);
    expect(turns[0]).toEqual({
      type: 'turn',
      conversationId: 'tb_linxi@2026-03-01',
      turnIndex: 1,
      agentId: '青禾家居:阿岚',
      messageIds: ['m2', 'm3'],
      abuse: 0.9,
      dismissive: 0,
      slow: 0.45,
      waitMs: 750_000,
      findings: [
        'abuse/mockery:tb_linxi@2026-03-01:1',
        'abuse/insult:tb_linxi@2026-03-01:1',
        'latency/slow-first-response:tb_linxi@2026-03-01:1',
      ],
    });
    expect(turns[4]).toMatchObject({ messageIds: ['ydm-771#1'], slow: null, waitMs: null });
  });

  it('has findings with what rule, who, where, which words, and a sentence', async () => {
    const [finding] = ofType(await linesOf(sampleAudit(), { locale: 'en' }), 'finding');
    const { message, ...rest } = finding!;
    expect(Object.keys(rest)).toEqual([
      'type',
      'ruleId',
      'severity',
      'confidence',
      'agentId',
      'conversationId',
      'turnIndex',
      'evidence',
      'fingerprint',
      'data',
      'weight',
      'experimental',
      'source',
      'time',
    ]);
    expect(rest.evidence).toEqual([{ messageId: 'm2', span: [11, 16], text: '一千万冥币' }]);
    expect(rest.time).toBe('2026-03-01T10:12:30+08:00');
    expect(message).toBe('mocks the customer');
  });
});

describe('csv', () => {
  const tables = ['agents', 'findings', 'turns'] as const;

  it.each(tables)('writes %s', async (csvTable) => {
    const text = await render('csv', sampleAudit(), { csvTable });
    await expect(text).toMatchFileSnapshot(golden(`${csvTable}.csv`));
    const zh = await render('csv', sampleAudit(), { csvTable, csvHeaders: 'zh', bom: true });
    expect(zh.startsWith('\ufeff')).toBe(true);
    expect(zh.split('\n')[0]).toMatch(/客服/);
    expect(zh.split('\n').slice(1)).toEqual(text.split('\n').slice(1));
  });

  it.each(tables)('writes a header when there are no %s', async (csvTable) => {
    const text = await render(
      'csv',
      { conversations: [], skips: [], report: reportOf([], []) },
      { csvTable },
    );
    expect(text.split('\n')).toHaveLength(2);
  });

  it('leaves a cell empty where a figure is unknown, and keeps numbers bare', async () => {
    const rows = parse(await render('csv', sampleAudit()), { columns: true }) as Record<string, string>[];
    expect(rows.find((row) => row.agent_id === '云朵猫宠物:可可')).toMatchObject({
      slow_rate: '',
      response_time_seconds: '',
      abuse_rate: '0',
      score: '100',
    });
  });

  it.each(['agents', 'findings', 'turns', 'customers', 'promises'] as const)(
    'names no two columns of %s alike, in either language',
    async (csvTable) => {
      const metrics = Object.fromEntries(Object.keys(METRIC_TERMS).map((id) => [id, metricOf(1, 'count')]));
      const audit = { conversations: [], skips: [], report: reportOf([], [agentOf('a', { metrics })]) };
      for (const csvHeaders of ['en', 'zh'] as const) {
        const [headers] = parse(await render('csv', audit, { csvTable, csvHeaders })) as [string[]];
        expect(headers.length).toBeGreaterThan(10);
        expect(headers).toEqual([...new Set(headers)]);
      }
    },
  );

  it('gives the columns of every figure that any agent has', async () => {
    const agents = [
      agentOf('a', { metrics: { unanswered: metricOf(0.1, 'ratio') } }),
      agentOf('b', { metrics: { 'handle-time': metricOf(61, 'seconds') } }),
    ];
    const rows = parse(await render('csv', { conversations: [], skips: [], report: reportOf([], agents) }), {
      columns: true,
    }) as Record<string, string>[];
    expect(rows[0]).toMatchObject({ unanswered_ratio: '0.1', handle_time_seconds: '' });
    expect(rows[1]).toMatchObject({ unanswered_ratio: '', handle_time_seconds: '61' });
  });

  it.each([
    '=1+1',
    '+1',
    '-1',
    '@SUM(A1)',
    '\t=1',
    '\r=1',
    '\n=1',
    '＝1',
    '＋1',
    '－1',
    '＠1',
    ' =1',
    '"=1"',
  ])('does not let %j become a formula', async (name) => {
    const report = reportOf([], [agentOf(name)]);
    const [row] = parse(await render('csv', { conversations: [], skips: [], report }), {
      columns: true,
    }) as Record<string, string>[];
    expect(row!.agent_id).not.toMatch(/^[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]/);
  });

  it('comes back from any CSV reader as it was written', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'grapheme' }), async (text) => {
        const report = reportOf([], [agentOf(`x${text}`, { shop: text })]);
        const rows = parse(await render('csv', { conversations: [], skips: [], report }), {
          columns: true,
        }) as Record<string, string>[];
        expect(rows.map((row) => row.agent_id)).toEqual([visible(`x${text}`)]);
      }),
      { numRuns: 50 },
    );
  });
});

describe('line', () => {
  it('writes file:line: severity ruleId agent message', async () => {
    const text = await render('line', sampleAudit(), { locale: 'en' });
    expect(text.split('\n')[0]).toBe(
      'exports/三月.txt:12: error abuse/mockery 青禾家居:阿岚 mocks the customer',
    );
    expect(text.split('\n')).toHaveLength(7);
  });

  it('is empty when nothing was found', async () => {
    expect(await render('line', { conversations: [], skips: [], report: reportOf([], []) })).toBe('');
  });
});

describe('summary', () => {
  it.each([
    ['zh', '另有 3 条已确认的发现（基线）不再列出，也不计入评分和比率'],
    ['en', '3 accepted findings (baseline) left out, of scores and rates as well'],
  ] as const)('says what a baseline leaves out, in %s', async (locale, words) => {
    const audit = sampleAudit();
    expect(await render('summary', audit, { locale })).not.toContain(words);
    audit.report.summary.acceptedCount = 3;
    const lines = (await render('summary', audit, { locale })).split('\n');
    expect(lines[1]).toContain(words);
  });

  it.each(['zh', 'en'] as const)('is six lines in %s', async (locale) => {
    const text = await render('summary', sampleAudit(), { locale });
    await expect(text).toMatchFileSnapshot(golden(`summary.${locale}.txt`));
    expect(text.split('\n')).toHaveLength(7);
  });
});
