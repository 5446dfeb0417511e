import { describe, expect, it } from 'vitest';
import { kefuAudit } from '../support/cli.js';
import { roleCounts, run } from './run.js';
import { SAMPLES } from './samples.js';
import { STORIES } from './stories.js';

const SAME_CHAT = [
  'chat.qq.txt',
  'chat.qq.gb18030.txt',
  'chat.qq.utf16le.txt',
  'chat.mht',
  'chat.csv',
  'chat.xlsx',
  'chat.jsonl',
];

/** Canonical lines without what names the file and the way to a role: those differ by design. */
async function canonical(path: string): Promise<object[]> {
  const { code, stdout, stderr } = await kefuAudit(['convert', path]);
  expect(`${code} ${stderr}`).toMatch(/^0 /);
  return stdout
    .split('\n')
    .filter(Boolean)
    .map((line) => {
      const { source: _source, roleReason: _reason, ...message } = JSON.parse(line);
      return message;
    });
}

describe('the same chat', () => {
  it.each(SAME_CHAT)('as %s is one canonical output', async (name) => {
    const expected = await canonical('fixtures/formats/same-chat/chat.qq.txt');
    expect(expected).toHaveLength(20);
    expect(await canonical(`fixtures/formats/same-chat/${name}`)).toEqual(expected);
  });

  it('as CSV and as a spreadsheet with real dates is one canonical output', async () => {
    const fromSheet = await canonical('fixtures/formats/hotline.xlsx');
    expect(fromSheet).toHaveLength(67);
    expect(fromSheet).toEqual(await canonical('fixtures/demo/05-hotline.csv'));
  });

  it('given twice in two formats is merged once', async () => {
    const { report } = await run(['fixtures/demo/05-hotline.csv', 'fixtures/formats/hotline.xlsx']);
    expect(report.coverage).toMatchObject({ messageCount: 134, duplicateCount: 67 });
    expect(report.summary.conversationCount).toBe(4);
  });
});

describe('samples', () => {
  it.each(SAMPLES)('$path is read by $reader', async (sample) => {
    const { report } = await run([`fixtures/formats/samples/${sample.path}`]);
    expect([...new Set(report.inputs.map((input) => input.readerId))]).toEqual([sample.reader]);
    const { coverage } = report;
    expect(coverage.messageCount + coverage.skipCount).toBe(coverage.recordCount);
    expect(coverage).toMatchObject({ recordCount: sample.records, messageCount: sample.messages });
    expect(roleCounts(report)).toEqual(sample.roles);
  });
});

describe('convert', () => {
  it.each(STORIES)('$title, converted and audited, gives the same report', async ({ paths }) => {
    const direct = await kefuAudit(['audit', ...paths, '-f', 'json', '--fail-on', 'none']);
    const converted = await kefuAudit(['convert', ...paths]);
    expect(converted.code).toBe(0);
    const piped = await kefuAudit(['audit', '-', '-f', 'json', '--fail-on', 'none'], {
      stdin: converted.stdout,
    });
    expect(piped.code).toBe(0);
    expect(judgement(piped.stdout)).toEqual(judgement(direct.stdout));
  });
});

/** The report but for what names the input: files, lines, encodings, and how a role was known. */
function judgement(json: string): object {
  const report = JSON.parse(json);
  const { inputs: _inputs, coverage: _coverage, notices: _notices, ...rest } = report;
  return JSON.parse(JSON.stringify(rest, (key, value) => (key === 'source' ? undefined : value)));
}
