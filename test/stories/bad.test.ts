import { cpSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { KefuError, SkipReason } from '../../src/model/index.js';
import { kefuAudit, ROOT } from '../support/cli.js';
import { run } from './run.js';

const UNREADABLE: [file: string, code: string][] = [
  ['empty.txt', 'empty-file'],
  ['binary.txt', 'binary-file'],
  ['not-a-chat.txt', 'unknown-format'],
  ['truncated.zip', 'broken-archive'],
  ['truncated.xlsx', 'broken-archive'],
  ['unknown-columns.csv', 'unknown-columns'],
];

interface Usable {
  file: string;
  messages: number;
  skips: Partial<Record<SkipReason, number>>;
  /** Exit code with default options, and with `--max-skipped 1`. */
  code: number;
  lenient: number;
}

const USABLE: Usable[] = [
  { file: 'xlsx-named.csv', messages: 20, skips: {}, code: 0, lenient: 0 },
  { file: 'nul-byte.csv', messages: 2, skips: {}, code: 0, lenient: 0 },
  { file: 'out-of-order.csv', messages: 5, skips: {}, code: 0, lenient: 0 },
  { file: 'ragged.csv', messages: 3, skips: { 'ragged-row': 2 }, code: 2, lenient: 0 },
  { file: 'year-0.csv', messages: 1, skips: { 'bad-time': 2 }, code: 2, lenient: 0 },
  {
    file: 'broken-lines.jsonl',
    messages: 2,
    skips: { 'bad-json': 1, 'missing-field': 1 },
    code: 2,
    lenient: 0,
  },
  { file: 'no-roles.csv', messages: 2, skips: {}, code: 2, lenient: 2 },
];

describe('what cannot be read', () => {
  it.each(UNREADABLE)('%s is told apart as %s', async (file, code) => {
    const errors: KefuError[] = [];
    const onInputError = (error: KefuError) => errors.push(error);
    await run([`fixtures/bad/${file}`], { onInputError });
    expect(errors.map((error) => error.code)).toEqual([code]);
    expect(errors[0]!.file).toContain(file);
  });

  it.each(UNREADABLE)('%s ends with 2 and is named, and a sound file beside it is audited', async (file) => {
    const paths = [`fixtures/bad/${file}`, 'fixtures/demo/05-hotline.csv'];
    const { code, stdout, stderr } = await kefuAudit([...paths, '-f', 'json']);
    expect(code).toBe(2);
    expect(stderr).toContain(file);
    expect(JSON.parse(stdout).summary.conversationCount).toBe(4);
  });
});

describe('what can be read in part', () => {
  it.each(USABLE)('$file: $messages messages, the rest counted', async ({ file, messages, skips }) => {
    const { report } = await run([`fixtures/bad/${file}`]);
    expect(report.coverage.messageCount).toBe(messages);
    expect(report.coverage.skips).toEqual(skips);
  });

  it.each(USABLE)('$file ends with $code, and $lenient where skips are allowed', async (usable) => {
    const path = `fixtures/bad/${usable.file}`;
    expect((await kefuAudit([path])).code).toBe(usable.code);
    if (usable.code === usable.lenient) return;
    expect((await kefuAudit([path, '--max-skipped', '1'])).code).toBe(usable.lenient);
  });

  it('puts messages in order of time', async () => {
    const { conversations } = await run(['fixtures/bad/out-of-order.csv']);
    const texts = conversations[0]!.messages.map((message) => message.text);
    expect(texts).toEqual(['你好，有货吗', '有的，今天发', '帮我留一件', '已经给您留了一件', '谢谢']);
    expect(conversations[0]!.waits.map((wait) => wait.waitMs)).toEqual([60_000, 60_000]);
  });

  it('reads on where the encoding changes', async () => {
    const { report, conversations } = await run(['fixtures/bad/mixed-encodings.txt'], {
      onInputError: null,
    });
    const texts = conversations.flatMap((conversation) =>
      conversation.messages.map((message) => message.text),
    );
    expect(texts).toHaveLength(20);
    expect(texts[0]).toBe('在吗');
    expect(report.coverage.brokenByteCount).toBeGreaterThan(0);
  });
});

/** A chat between two, as canonical JSONL: each text ten seconds after the one before, the customer begins. */
function chatOf(texts: readonly string[]): string {
  return texts
    .map((text, n) => {
      const [role, speaker] = n % 2 === 0 ? ['customer', '买家'] : ['agent', '客服'];
      const time = new Date(Date.UTC(2026, 2, 1, 1) + n * 10_000).toISOString();
      return `${JSON.stringify({ conversation: 'c', role, speaker, text, time })}\n`;
    })
    .join('');
}

describe('what is long', () => {
  it('judges a text of thousands of insults, and quotes some', async () => {
    const stdin = chatOf(['尺码不对怎么办', '你是傻逼'.repeat(6000)]);
    const { code, stdout } = await kefuAudit(['-', '-f', 'json', '--fail-on', 'none'], { stdin });
    const insult = JSON.parse(stdout).findings.find((one: { ruleId: string }) =>
      one.ruleId.startsWith('abuse/'),
    );
    expect([code, insult.evidence.length]).toEqual([0, 20]);
    expect(insult.data.moreQuotes).toBeGreaterThanOrEqual(5980);
    expect(insult.message).toContain(`（另有${insult.data.moreQuotes}处）`);
  });

  it.each([
    ['a quarrel', '你才是傻逼，我要退货', '你是傻逼吗，不能退'],
    ['a delay', '怎么退货？', '不知道，稍等'],
  ])('judges %s of thousands of turns, in a report that grows like its input', async (_, asked, answered) => {
    const turns = (count: number) =>
      Array.from({ length: count }, (_, n) => `${n % 2 === 0 ? asked : answered}${n % 7}`);
    const sizeOf = async (count: number) => {
      const stdin = chatOf(turns(count));
      const { code, stdout } = await kefuAudit(['-', '-f', 'json', '--fail-on', 'none'], { stdin });
      expect(code).toBe(0);
      return stdout.length;
    };
    expect(await sizeOf(4000)).toBeLessThan(10.5 * (await sizeOf(400)));
  });
});

describe('an export and what convert made of it, in one folder', () => {
  it('count once, and it is said', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'kefu-audit-converted-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    cpSync(join(ROOT, 'fixtures/demo/05-hotline.csv'), join(folder, '05-hotline.csv'));
    const alone = await kefuAudit([folder, '-f', 'json']);
    const converted = await kefuAudit(['convert', join(folder, '05-hotline.csv')]);
    writeFileSync(join(folder, 'all.jsonl'), converted.stdout);
    const both = JSON.parse((await kefuAudit([folder, '-f', 'json'])).stdout);
    const before = JSON.parse(alone.stdout);
    expect(both.summary).toEqual(before.summary);
    expect(both.agents).toEqual(before.agents);
    expect(both.coverage.duplicateCount).toBe(before.coverage.messageCount);
    expect(both.notices.map(({ code }: { code: string }) => code)).toContain('made-of-another');
  });

  it('count both where the export is newer', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'kefu-audit-converted-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const line = { conversation: 'c', role: 'agent', text: '您好', source: { file: 'a.csv', line: 2 } };
    writeFileSync(join(folder, 'old.jsonl'), `${JSON.stringify(line)}\n`);
    writeFileSync(join(folder, 'a.csv'), '会话ID,角色,消息内容\n9,客服,在的\n');
    utimesSync(join(folder, 'old.jsonl'), 1_700_000_000, 1_700_000_000);
    const { stdout } = await kefuAudit([folder, '-f', 'json']);
    expect(JSON.parse(stdout).summary.conversationCount).toBe(2);
  });
});

describe('one phrase a hundred thousand times in one message', () => {
  it.each(['稍等', '傻逼', 'sb ', '您说的', '{', '48小时内'])(
    '%s does not hold up the audit',
    async (phrase) => {
      const text = phrase.repeat(100_000 / phrase.length);
      const stdin = `会话ID,发送时间,角色,发送人,内容\n1,2026-03-02 10:00:00,客户,小雨,请问有货吗\n1,2026-03-02 10:09:00,客服,阿砾,"${text}"\n`;
      const { code, stdout } = await kefuAudit(['-', '-f', 'json', '--fail-on', 'none'], { stdin });
      expect(code).toBe(0);
      expect(JSON.parse(stdout).coverage.messageCount).toBe(2);
    },
    // It takes a second or two; before, what grew with the square of the length took many times as long.
    20_000,
  );
});

it('gives up on tables that stand in tables without end', async () => {
  const stdin = `<html>${'<table><tr><td>'.repeat(50_000)}发送时间</td><td>角色</td><td>内容</td></tr>`;
  const { code, stderr } = await kefuAudit(['-', '--stdin-filename', 'a.xls'], { stdin });
  expect(code).toBe(2);
  expect(stderr).toContain('层层嵌套的网页表格');
});

it('lays out a table in which a name is a whole page', async () => {
  const name = '名'.repeat(60_000);
  const stdin = `会话ID,发送时间,角色,发送人,内容\n1,2026-03-02 10:00:00,客户,小雨,请问有货吗\n1,2026-03-02 10:00:20,客服,${name},有的，今天发\n`;
  const { code, stdout } = await kefuAudit(['-'], { stdin });
  expect(code).toBe(0);
  expect(stdout).toContain('名…名');
}, 20_000);
