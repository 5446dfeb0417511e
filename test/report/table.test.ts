import fc from 'fast-check';
import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import type { Exposure } from '../../src/model/index.js';
import { maskText } from '../../src/privacy/mask.js';
import {
  agentOf,
  conversationOf,
  eventOf,
  exposureOf,
  findingIn,
  metricOf,
  render,
  reportOf,
  sampleAudit,
} from '../support/report.js';

const WIDTHS = [40, 60, 80, 100, 120, 200];
const golden = (name: string): string => `../cases/report/${name}`;

describe('table', () => {
  for (const locale of ['zh', 'en'] as const) {
    for (const width of [80, 120, null]) {
      it(`reads well in ${locale} at ${width ?? 'no'} columns`, async () => {
        const text = await render('table', sampleAudit(), { locale, width, mask: maskText });
        await expect(text).toMatchFileSnapshot(golden(`table.${locale}.${width ?? 'piped'}.txt`));
      });
    }
    it.each(WIDTHS)(`keeps every line within the terminal in ${locale} at %i columns`, async (width) => {
      for (const line of (await render('table', sampleAudit(), { locale, width })).split('\n'))
        expect(stringWidth(line), line).toBeLessThanOrEqual(width);
    });
  }

  it('lays five hundred agents out like five, under one header', async () => {
    const ids = Array.from({ length: 500 }, (_, n) => `店:客服${'x'.repeat(n % 30)}${n}`);
    const report = reportOf(
      [],
      ids.map((agentId) => agentOf(agentId)),
    );
    const text = await render('table', { conversations: [], skips: [], report });
    const rows = text.split('\n').filter((line) => line.includes('店:客服'));
    expect(rows.map((row) => /店:客服x*\d+/.exec(row)![0])).toEqual(ids);
    expect(new Set(rows.map((row) => stringWidth(row))).size).toBe(1);
    expect(text.match(/─{20,}/g)).toHaveLength(1);
  });

  it('says by symbols and words what it says by colour', async () => {
    const plain = await render('table', sampleAudit(), { width: 100 });
    const coloured = await render('table', sampleAudit(), { width: 100, colorLevel: 3 });
    const stripped = coloured.replace(/\u001b\[[\d;]*m/g, '');
    expect(coloured).not.toBe(plain);
    expect(stripped).toBe(plain);
    expect(plain).toContain('✖ 严重 辱骂');
    expect(plain).toContain('【一千万冥币】');
  });

  it('shows a figure that has no data as – and says why, never as 0', async () => {
    const text = await render('table', sampleAudit());
    const row = text.split('\n').find((line) => line.includes('可可'))!;
    expect(row.match(/–/g)!.length).toBeGreaterThanOrEqual(3);
    expect(text).toContain('– 记录中没有时间，无法计时（首次响应、平均响应、超时）');
  });

  it('does not mark an agent down for what customers said', async () => {
    const text = await render('table', sampleAudit());
    expect(text).toContain('✓ 青禾家居:知夏');
    expect(text).toContain('青禾家居:知夏：1 个会话里被骂 7 轮，历时 54分，最长一段 21分没有间断，如“废物”');
    expect(text).toContain('青禾家居:知夏：1 个会话只是闲聊，没有业务，历时 9分46秒');
    expect(text).toContain('建议：给青禾家居:知夏安排休息');
    expect(text).not.toContain('customer-abuse');
  });

  it('suggests relief where abuse went on for long, and says where the record has no times', async () => {
    const endured = async (more: Partial<Exposure>): Promise<string> =>
      render('table', {
        conversations: [],
        skips: [],
        report: reportOf([], [agentOf('店:甲', { exposure: exposureOf({ conversationCount: 1, ...more }) })]),
      });
    const short = await endured({ turnCount: 4, durationMs: 600_000, longestMs: 600_000 });
    expect(short).toContain('店:甲：1 个会话里被骂 4 轮，历时 10分，中间没有间断');
    expect(short).not.toContain('建议');
    const untimed = { durationMs: null, longestMs: null, reason: 'no-times' };
    const few = await endured({ turnCount: 4, ...untimed });
    expect(few).toContain('店:甲：1 个会话里被骂 4 轮，记录没有时间，历时不详');
    expect(few).not.toContain('建议');
    expect(await endured({ turnCount: 10, ...untimed })).toContain('建议：给店:甲安排休息');
  });

  it('masks numbers in the sentence around a quote, and only when asked', async () => {
    const conversation = conversationOf('c', [
      { speaker: '店:甲', text: '滚，我知道你电话13912345678，等着', at: '2026-03-01T10:00:00' },
    ]);
    const audit = {
      conversations: [eventOf(conversation, [findingIn(conversation, 0, 'abuse/insult', ['滚'])])],
      skips: [],
      report: reportOf([], [agentOf('店:甲')]),
    };
    audit.report.worst = audit.conversations[0]!.findings;
    expect(await render('table', audit)).toContain('“【滚】，我知道你电话13912345678，等着”');
    expect(await render('table', audit, { mask: maskText })).toContain(
      '“【滚】，我知道你电话139****5678，等着”',
    );
  });

  it('shows the bare words of a finding whose conversation it has not seen', async () => {
    const audit = sampleAudit();
    audit.conversations = [];
    expect(await render('table', audit)).toContain('“【脑子不好使】”');
  });

  it('shows what was found in one message together, so that it hides no other', async () => {
    const rude = conversationOf('c1', [
      { speaker: '顾客', text: '你们管不管' },
      { speaker: '店:甲', text: '滚吧蠢货，蠢货才来问' },
      { speaker: '店:甲', text: '滚远点' },
    ]);
    const findings = [
      findingIn(rude, 1, 'abuse/insult', ['滚吧', '吧蠢货']),
      { ...findingIn(rude, 1, 'abuse/profanity', ['滚']), severity: 'warning' as const },
      findingIn(rude, 1, 'abuse/insult', ['滚远点'], { fingerprint: 'second' }),
    ];
    const audit = {
      conversations: [eventOf(rude, findings)],
      skips: [],
      report: reportOf([], [agentOf('店:甲')]),
    };
    audit.report.worst = findings;
    const text = await render('table', audit, { maxShown: 2 });
    const block = text.slice(text.indexOf('最严重'), text.indexOf('读取情况'));
    expect(block.match(/ · abuse/g)).toHaveLength(2);
    expect(block).toContain(' · abuse/insult、abuse/profanity');
    expect(block).toContain('⚠ 警告 辱骂：');
    // Quotes that overlap are one.
    expect(block).toContain('“【滚吧蠢货】，蠢货才来问”');
    expect(block).toContain('“【滚远点】”');
    // Many rules must not cost the name of the file.
    const narrow = await render('table', audit, { width: 40 });
    expect(narrow).toContain('exports/三月.txt:12\n  abuse/insult、abuse/profanity\n');
    const all = await render('table', audit, { maxShown: 1 });
    expect(all).toContain('共 3 条，列出 1 处');
  });

  it('lists as many findings as asked and says that there are more', async () => {
    const text = await render('table', sampleAudit(), { maxShown: 1 });
    expect(text).toContain('最严重的发现（共 5 条，列出 1 处；--max-shown 可多列）');
    expect(text.match(/exports\/三月\.txt:\d+ ·/g)).toHaveLength(1);
    expect(await render('table', sampleAudit(), { maxShown: 0 })).not.toContain('最严重');
  });

  it('says that nothing was found, but not where nobody was judged', async () => {
    const clean = { conversations: [], skips: [], report: reportOf([], [agentOf('店:甲')]) };
    expect(await render('table', clean)).toContain('✓ 没有发现');
    const silent = await render('table', { conversations: [], skips: [], report: reportOf([], []) });
    expect(silent).toContain('没有客服的发言可评');
    expect(silent).not.toContain('没有发现');
  });

  it('tells of customers who were never answered where there are any', async () => {
    const audit = sampleAudit();
    expect(await render('table', audit)).not.toContain('未回');
    audit.report.agents[1]!.metrics.unanswered = metricOf(0.25, 'ratio');
    const text = await render('table', audit);
    expect(text).toContain('未回：会话结束时还在等的顾客');
    expect(text.split('\n').find((line) => line.includes('小満'))).toContain(' 25% ');
  });

  it('ranks where somebody can be ranked, and says why others are not', async () => {
    const audit = sampleAudit();
    expect(await render('table', audit)).not.toContain('名次');
    audit.report.agents[0]!.rank = { value: 2, of: 2, reason: null };
    const text = await render('table', audit);
    expect(text).toMatch(/评分 {2}名次/);
    expect(text).toContain('不足 30 轮，不排名也不比较（名次）');
  });

  it('says where the first skipped records are', async () => {
    const audit = sampleAudit();
    audit.skips = [3, 5, 8, 13].map((line) => ({ reason: 'bad-time', file: 'a.csv', line, detail: '' }));
    expect(await render('table', audit)).toContain(
      '跳过的在：a.csv:3 时间无法识别、a.csv:5 时间无法识别、a.csv:8 时间无法识别、…',
    );
    audit.skips = [];
    expect(await render('table', audit)).not.toContain('跳过的在');
  });

  it('tells agents apart by what is left of long names', async () => {
    const shop = '云杉家电器具用品京东自营旗舰店';
    const agents = [
      agentOf(`${shop}--小北`),
      agentOf(`${shop}--小南`),
      agentOf('2850011207', { agentName: '云杉家电退换货客服小青' }),
    ];
    const text = await render(
      'table',
      { conversations: [], skips: [], report: reportOf([], agents) },
      { width: 80 },
    );
    for (const name of ['--小北', '--小南', '服小青']) expect(text).toContain(name);
    expect(text).not.toContain('2850011207');
  });

  it('says what the run left out or had to assume', async () => {
    const audit = sampleAudit();
    audit.report.notices = [
      { code: 'year-assumed', data: { file: 'qq.txt', year: 2026, basis: 'none' } },
      { code: 'from-the-future', data: { file: 'x\u001b[2J', lines: ['1', '2'] } },
    ];
    audit.report.summary.acceptedCount = 3;
    audit.report.run.filters.since = '2026-03-01';
    const zh = await render('table', audit);
    expect(zh).toContain('⚠ qq.txt：日期没有年份，按 2026 年算');
    expect(zh).toContain('⚠ from-the-future file=x␛[2J lines=1、2');
    expect(zh).toContain('另有 3 条已确认的发现（基线）不再列出，也不计入评分和比率');
    expect(zh).toContain('筛选：--since 2026-03-01');
    expect(await render('table', audit, { locale: 'en' })).toContain(
      '3 accepted findings (baseline) left out, of scores and rates as well',
    );
  });

  it('names the files in which roles could not be told, where there are several', async () => {
    const audit = sampleAudit();
    expect(await render('table', audit)).toContain('有 4 条消息看不出是谁说的，未参与评判');
    const [input] = audit.report.inputs;
    audit.report.inputs = [
      { ...input!, file: 'clean.csv', unknownCount: 0 },
      ...[1, 7, 3, 2].map((unknownCount) => ({ ...input!, file: `${unknownCount}.csv`, unknownCount })),
    ];
    expect(await render('table', audit, { width: 200 })).toContain(
      '看不出是谁说的（7.csv 7、3.csv 3、2.csv 2、…），未参与评判',
    );
    expect(await render('table', audit, { locale: 'en', width: 200 })).toContain(
      'no known sender (7.csv 7, 3.csv 3, 2.csv 2, …) and were not judged',
    );
  });

  it('lets no text of an export act on the terminal or break the layout', async () => {
    const hostile = fc.oneof(
      fc.string({ unit: 'binary', minLength: 1, maxLength: 40 }),
      fc
        .array(
          fc.constantFrom('\u001b[2J', '\n', '\t', '\u202e', '\u200b', '客服', 'A', '👍', '\u0301', ':', ' '),
          { minLength: 1, maxLength: 30 },
        )
        .map((parts) => parts.join('')),
    );
    await fc.assert(
      fc.asyncProperty(
        hostile,
        hostile,
        hostile,
        fc.constantFrom('zh', 'en') as fc.Arbitrary<'zh' | 'en'>,
        fc.constantFrom(40, 80, 120),
        async (name, words, file, locale, width) => {
          const conversation = conversationOf(words, [
            { speaker: `${name}:`, text: `${words}|${name}|${words}`, at: '2026-03-01T10:00:00' },
          ]);
          conversation.messages[0]!.source.file = file;
          const finding = findingIn(conversation, 0, 'abuse/insult', [`|${name}|`]);
          const audit = {
            conversations: [eventOf(conversation, [finding])],
            skips: [],
            report: reportOf(
              [],
              [
                agentOf(`${name}:`, {
                  agentName: words,
                  shop: file,
                  rates: {
                    abuse: metricOf(1, 'ratio'),
                    dismissive: metricOf(null, 'ratio', { reason: words }),
                    slow: metricOf(0, 'ratio'),
                  },
                  exposure: exposureOf({
                    turnCount: 1,
                    conversationCount: 1,
                    durationMs: null,
                    longestMs: null,
                    worst: finding,
                    reason: 'no-times',
                  }),
                }),
              ],
              { worst: [finding], notices: [{ code: name, data: { [words]: file } }] },
            ),
          };
          const text = await render('table', audit, { locale, width });
          expect(text.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
          for (const line of text.split('\n')) expect(stringWidth(line), line).toBeLessThanOrEqual(width);
          for (const id of ['line', 'summary', 'csv']) {
            const plain = await render(id, audit, { locale, csvTable: 'findings' });
            expect(plain.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
            expect(plain.split('\n').length).toBe({ line: 2, summary: 7, csv: 3 }[id]);
          }
        },
      ),
      { numRuns: 60 },
    );
  });
});
