import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AuditOptions } from '../../src/config/options.js';
import { KefuError } from '../../src/model/errors.js';
import type { AuditEvent, AuditReport } from '../../src/model/report.js';
import { kefuAudit } from '../support/cli.js';
import { eventOf, findingIn, sampleAudit } from '../support/report.js';

let cwd = '';

beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'kefu-audit-out-'));
  mkdirSync(join(cwd, '.git'));
});

afterEach(() => rmSync(cwd, { recursive: true }));

/** The sample audit, with something done between its conversations and its end. */
function sample(between: (options: AuditOptions) => unknown = () => {}, more: Partial<AuditReport> = {}) {
  return async function* audit(options: AuditOptions): AsyncGenerator<AuditEvent> {
    const { conversations, skips, report } = sampleAudit();
    yield { type: 'header', run: report.run };
    yield* conversations;
    for (const skip of skips) yield { type: 'skip', skip };
    await between(options);
    yield { type: 'end', report: { ...report, ...more } };
  };
}

const services = { audit: sample() };

/** An audit whose one finding quotes a telephone number. */
const called = {
  async *audit(): AsyncGenerator<AuditEvent> {
    const { conversations, report } = sampleAudit();
    const [event] = conversations;
    const { conversation } = event!;
    const finding = findingIn(conversation, 1, 'abuse/insult', ['手机号13912345678']);
    yield { type: 'header', run: report.run };
    yield eventOf(conversation, [finding]);
    yield { type: 'end', report: { ...report, worst: [finding] } };
  },
};

describe('reports', () => {
  it('are the same bytes on standard output and in a file', async () => {
    for (const format of ['table', 'summary', 'line', 'json', 'jsonl', 'csv']) {
      const { stdout } = await kefuAudit(['x', '-f', format], { cwd, services });
      expect(stdout).not.toBe('');
      await kefuAudit(['x', '-f', format, '-o', `a/${format}`], { cwd, services });
      await kefuAudit(['x', '-f', `${format}=b/${format}`], { cwd, services });
      expect(readFileSync(join(cwd, `a/${format}`), 'utf8')).toBe(stdout);
      expect(readFileSync(join(cwd, `b/${format}`), 'utf8')).toBe(stdout);
    }
  });

  it('come out together, each in its place', async () => {
    const { code, stdout, stderr } = await kefuAudit(['x', '-f', 'table', '-f', 'json=out/x.json'], {
      cwd,
      services,
    });
    expect(code).toBe(1);
    expect(stdout).toBe((await kefuAudit(['x'], { cwd, services })).stdout);
    expect(JSON.parse(readFileSync(join(cwd, 'out/x.json'), 'utf8')).schemaVersion).toBeDefined();
    expect(stderr).toContain('已写入 out/x.json');
    expect(readdirSync(join(cwd, 'out'))).toEqual(['x.json']);
  });

  it('mask personal data for people, and for machines when asked', async () => {
    const run = async (...args: string[]) =>
      (await kefuAudit(['x', ...args], { cwd, services: called })).stdout;
    expect(await run('-f', 'table')).toContain('139****5678');
    expect(await run('-f', 'table', '--no-redact')).toContain('13912345678');
    expect(await run('-f', 'jsonl')).toContain('13912345678');
    expect(await run('-f', 'jsonl', '--redact')).not.toContain('13912345678');
    const { stderr } = await kefuAudit(['x', '--no-redact', '--locale', 'en'], { cwd, services });
    expect(stderr).toContain('keep the report to yourself');
  });

  it('follow --quiet in what they list, never in the gate', async () => {
    const loud = await kefuAudit(['x', '-f', 'line', '--fail-on', 'warning'], { cwd, services });
    const quiet = await kefuAudit(['x', '-f', 'line', '--fail-on', 'warning', '--quiet'], { cwd, services });
    expect(loud.stdout).toContain('dismissive/dont-know');
    expect(quiet.stdout).not.toContain('dismissive/dont-know');
    expect(quiet.stdout).toContain('abuse/insult');
    const gate = /✖ 未过门槛.*/;
    expect(gate.exec(quiet.stderr)?.[0]).toBe(gate.exec(loud.stderr)?.[0]);
  });

  it('replace what a link points at, and leave the old file alone when the audit fails', async () => {
    writeFileSync(join(cwd, 'old.json'), 'old');
    symlinkSync('old.json', join(cwd, 'link.json'));
    const failing = {
      audit: sample(() => {
        throw new KefuError('internal', { data: { problem: 'rule-failed' } });
      }),
    };
    const failed = await kefuAudit(['x', '-f', 'json=link.json', '-f', 'table'], { cwd, services: failing });
    expect(failed).toMatchObject({ code: 2, stdout: '' });
    expect(readFileSync(join(cwd, 'old.json'), 'utf8')).toBe('old');
    await kefuAudit(['x', '-f', 'json=link.json'], { cwd, services });
    expect(readFileSync(join(cwd, 'old.json'), 'utf8')).toMatch(/^\{/);
    expect(readdirSync(cwd).sort()).toEqual(['.git', 'link.json', 'old.json']);
  });

  it('that cannot be written end with 2, and the others are written', async () => {
    mkdirSync(join(cwd, 'taken'));
    const { code, stdout, stderr } = await kefuAudit(['x', '-f', 'table', '-f', 'json=taken'], {
      cwd,
      services,
    });
    expect(code).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).toContain('无法写入 taken');
    expect(stderr).toContain('那是一个文件夹');
  });

  it.runIf(process.platform === 'linux')('whose folder nobody can make end with 2', async () => {
    const result = await kefuAudit(['x', '-f', 'json=/proc/reports/june/x.json'], { cwd, services });
    expect(result.code).toBe(2);
    expect(result.stderr).toContain('无法写入 /proc/reports/june/x.json');
  });

  it('have their folders made', async () => {
    await kefuAudit(['x', '-f', 'csv=reports/june/x.csv'], { cwd, services });
    expect(readFileSync(join(cwd, 'reports', 'june', 'x.csv'), 'utf8')).toMatch(/^agent_id/);
  });
});

describe('streams', () => {
  it('close quietly when the reader goes away', async () => {
    const stdout = new Writable({
      write(_chunk, _encoding, done) {
        done(Object.assign(new Error('write EPIPE'), { code: 'EPIPE' }));
      },
    });
    const result = await kefuAudit(['x', '-f', 'jsonl', '--fail-on', 'none'], { cwd, services, stdout });
    expect(result).toMatchObject({ code: 0, stderr: '' });
  });

  it('tell of any other failure', async () => {
    const stdout = new Writable({
      write(_chunk, _encoding, done) {
        done(Object.assign(new Error('write ENOSPC'), { code: 'ENOSPC' }));
      },
    });
    const result = await kefuAudit(['x'], { cwd, services, stdout });
    expect(result.code).toBe(2);
    expect(result.stderr).toContain('磁盘已满（ENOSPC）');
  });

  it('wait for a slow reader', async () => {
    let waiting = 0;
    let most = 0;
    const stdout = new Writable({
      highWaterMark: 1,
      write(chunk: Buffer, _encoding, done) {
        waiting += chunk.length;
        most = Math.max(most, waiting);
        setTimeout(() => {
          waiting = 0;
          done();
        }, 1);
      },
    });
    const [event] = sampleAudit().conversations;
    async function* audit(): AsyncGenerator<AuditEvent> {
      yield { type: 'header', run: sampleAudit().report.run };
      for (let at = 0; at < 2000; at++) yield event!;
      yield { type: 'end', report: sampleAudit().report };
    }
    await kefuAudit(['x', '-f', 'jsonl'], { cwd, services: { audit }, stdout });
    expect(most).toBeGreaterThan(0);
    expect(most).toBeLessThan(1 << 19);
  });

  it('show progress to a terminal only, on a line that is gone at the end', async () => {
    const progress = {
      audit: sample((options) =>
        options.onProgress?.({ file: '三月.txt', fileCount: 1, lineCount: 9, messageCount: 1234 }),
      ),
    };
    const shown = await kefuAudit(['x', '--fail-on', 'none'], { cwd, services: progress, errorColumns: 80 });
    expect(shown.stderr).toBe('\r\u001b[2K已读 1,234 条消息  三月.txt\r\u001b[2K');
    for (const setting of [{}, { errorColumns: 80, env: { CI: 'true' } }]) {
      expect(
        (await kefuAudit(['x', '--fail-on', 'none'], { cwd, services: progress, ...setting })).stderr,
      ).toBe('');
    }
    const off = await kefuAudit(['x', '-n', '--fail-on', 'none'], {
      cwd,
      services: progress,
      errorColumns: 80,
    });
    expect(off.stderr).toBe('');
  });

  it('colour as --color, NO_COLOR, FORCE_COLOR, TERM and the terminal say, in this order', async () => {
    const colored = async (args: string[], setting: { columns?: number; env?: Record<string, string> }) =>
      (await kefuAudit(['x', ...args], { cwd, services, ...setting })).stdout.includes('\u001b[');
    const columns = 100;
    expect(await colored([], {})).toBe(false);
    expect(await colored([], { columns })).toBe(true);
    expect(await colored([], { columns, env: { NO_COLOR: '1' } })).toBe(false);
    expect(await colored([], { columns, env: { NO_COLOR: '' } })).toBe(true);
    expect(await colored([], { columns, env: { TERM: 'dumb' } })).toBe(false);
    expect(await colored([], { env: { FORCE_COLOR: '1' } })).toBe(true);
    expect(await colored([], { columns, env: { FORCE_COLOR: '0' } })).toBe(false);
    expect(await colored([], { env: { FORCE_COLOR: '1', NO_COLOR: '1' } })).toBe(false);
    expect(await colored(['--color', 'always'], { env: { NO_COLOR: '1' } })).toBe(true);
    expect(await colored(['--no-color'], { columns, env: { FORCE_COLOR: '1' } })).toBe(false);
    expect(await colored([], { columns, env: { KEFU_AUDIT_COLOR: 'never' } })).toBe(false);
  });
});

describe('an interruption', () => {
  it.each(['table', 'json'])(
    'prints no half of a %s, removes what was begun and ends with 130',
    async (format) => {
      let interrupt = () => {};
      const audit = sample(() => {
        interrupt();
        // Never ends by itself: a read that hangs.
        return new Promise(() => {});
      });
      const result = await kefuAudit(['x', '-f', format, '-f', 'csv=agents.csv', '--locale', 'en'], {
        cwd,
        services: { audit },
        onInterrupt: (listener) => {
          interrupt = listener;
        },
      });
      expect(result).toMatchObject({ code: 130, stdout: '' });
      expect(result.stderr).toContain('interrupted');
      expect(existsSync(join(cwd, 'agents.csv'))).toBe(false);
      expect(readdirSync(cwd)).toEqual(['.git']);
    },
  );
});

it('does not say that nothing was written when an interruption stops lines that are out', async () => {
  let interrupt = () => {};
  async function* audit(): AsyncGenerator<AuditEvent> {
    const { conversations, report } = sampleAudit();
    yield { type: 'header', run: report.run };
    for (let n = 0; n < 100; n++) yield* conversations;
    interrupt();
    await new Promise(() => {});
  }
  const { code, stdout, stderr } = await kefuAudit(['x', '-f', 'jsonl', '--locale', 'en'], {
    cwd,
    services: { audit },
    onInterrupt: (listener) => {
      interrupt = listener;
    },
  });
  expect(code).toBe(130);
  expect(stdout).toMatch(/\}\n$/);
  expect(stderr).toContain('interrupted; what was written so far is not whole');
});

describe('gates', () => {
  it.each([
    [[], 1, 'error'],
    [['--fail-on', 'none'], 0, null],
    [['--fail-on', 'none', '--max-findings', '3'], 1, '4 findings, more than 3'],
    [['--fail-on', 'none', '--max-findings', '4'], 0, null],
    [['--fail-on', 'none', '--min-score', '40'], 1, '青禾家居:阿岚 39.0'],
    [['--fail-on', 'none', '--min-score', '39'], 0, null],
    [['--fail-on', 'none', '--max-breach-ratio', '40%'], 1, '青禾家居:阿岚 50%'],
    [['--fail-on', 'none', '--max-breach-ratio', '0.5'], 0, null],
    [['--fail-on', 'none', '--max-skipped', '0'], 2, '6 of 1190 records'],
  ])('%j', async (args, code, words) => {
    const result = await kefuAudit(['x', ...args, '--locale', 'en'], { cwd, services });
    expect(result.code, result.stderr).toBe(code);
    if (words === null) expect(result.stderr).toBe('');
    else expect(result.stderr).toContain(words);
  });

  it('do not count what customers said', async () => {
    const only = {
      async *audit(): AsyncGenerator<AuditEvent> {
        const { conversations, report } = sampleAudit();
        yield { type: 'header', run: report.run };
        yield conversations.find((event) => event.findings[0]?.category === 'customer-abuse')!;
        yield { type: 'end', report };
      },
    };
    expect((await kefuAudit(['x'], { cwd, services: only })).code).toBe(0);
  });
});

describe('a folder that reports are written into', () => {
  it('is audited the same the next time', async () => {
    const header = '会话ID,发送时间,角色,发送人,内容';
    writeFileSync(
      join(cwd, 'chat.csv'),
      `${header}\n1,2026-03-02 10:00:00,客户,小雨,在吗\n1,2026-03-02 10:00:05,客服,阿棠,在的亲\n`,
    );
    for (const headers of ['zh', 'en']) {
      for (const table of ['agents', 'findings', 'turns']) {
        const shape = ['--csv-table', table, '--headers', headers, '--bom'];
        const files = [
          '-f',
          `csv=${table}-${headers}.csv`,
          '-f',
          'json=report.json',
          '-f',
          'jsonl=report.jsonl',
        ];
        expect((await kefuAudit([cwd, ...files, ...shape], { cwd })).code).toBe(0);
      }
    }
    const { code, stdout } = await kefuAudit([cwd, '-f', 'json'], { cwd });
    expect(code).toBe(0);
    expect((JSON.parse(stdout).inputs as { file: string }[]).map(({ file }) => file)).toEqual([
      `${cwd}/chat.csv`,
    ]);
    expect((await kefuAudit(['detect', cwd], { cwd })).code).toBe(0);
    const named = await kefuAudit([join(cwd, 'report.json')], { cwd });
    expect(named.code).toBe(2);
    expect(named.stderr).toContain('是 kefu-audit 的报告');
  });
});
