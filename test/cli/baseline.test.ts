import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { AuditOptions } from '../../src/config/options.js';
import { KefuError } from '../../src/model/errors.js';
import type { AuditEvent } from '../../src/model/report.js';
import { kefuAudit } from '../support/cli.js';
import { type ConversationEvent, sampleAudit } from '../support/report.js';

const NAME = 'kefu-audit.baseline.json';
let cwd = '';

beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'kefu-audit-baseline-'));
  mkdirSync(join(cwd, '.git'));
});

afterEach(() => rmSync(cwd, { recursive: true }));

const every = (): boolean => true;

/**
 * The sample audit over some of its conversations, some of which are clean by now, honouring accepted findings as the
 * pipeline does.
 */
function sample(
  pick: (event: ConversationEvent, at: number) => boolean = every,
  broken = false,
  stillBad: (event: ConversationEvent, at: number) => boolean = every,
) {
  return async function* audit(options: AuditOptions): AsyncGenerator<AuditEvent> {
    const { conversations, report } = sampleAudit();
    yield { type: 'header', run: report.run };
    if (broken) options.onInputError?.(new KefuError('not-found', { file: 'gone.txt' }));
    for (const [at, event] of conversations.entries()) {
      if (!pick(event, at)) continue;
      const found = stillBad(event, at) ? event.findings : [];
      const findings = found.filter(
        (one) => one.category === 'customer-abuse' || !options.accepted?.has(one.fingerprint),
      );
      yield { ...event, findings };
    }
    yield { type: 'end', report };
  };
}

const read = () => readFileSync(join(cwd, NAME), 'utf8');

it('accepts what there is, and is silent until something new appears', async () => {
  expect((await kefuAudit(['x'], { cwd, services: { audit: sample() } })).code).toBe(1);
  const written = await kefuAudit(['baseline', 'write', 'x'], { cwd, services: { audit: sample() } });
  expect(written).toMatchObject({ code: 0, stdout: '' });
  expect(written.stderr).toContain('新确认 4 条');
  expect((await kefuAudit(['x'], { cwd, services: { audit: sample() } })).code).toBe(0);
  expect((await kefuAudit(['x', '--no-baseline'], { cwd, services: { audit: sample() } })).code).toBe(1);
});

it('is written the same twice, sorted, and keeps reasons', async () => {
  const services = { audit: sample() };
  await kefuAudit(['baseline', 'write', 'x'], { cwd, services });
  const first = read();
  const ids = (JSON.parse(first).findings as { ruleId: string }[]).map((one) => one.ruleId);
  expect(ids).toEqual([...ids].sort());
  writeFileSync(join(cwd, NAME), first.replace(/"(?=\})/, '","reason":"已与顾客和解"'));
  await kefuAudit(['baseline', 'write', 'x'], { cwd, services });
  expect(read()).toContain('"reason":"已与顾客和解"');
  rmSync(join(cwd, NAME));
  await kefuAudit(['baseline', 'write', 'x'], { cwd, services });
  expect(read()).toBe(first);
});

it('tells of entries that were not met, and prune drops them', async () => {
  await kefuAudit(['baseline', 'write', 'x'], { cwd, services: { audit: sample() } });
  const services = { audit: sample(every, false, (_, at) => at > 0) };
  const { code, stderr } = await kefuAudit(['x', '--locale', 'en'], { cwd, services });
  expect(code).toBe(0);
  expect(stderr).toContain('3 baseline entries were no longer met');
  const pruned = await kefuAudit(['baseline', 'prune', 'x', '--locale', 'en'], { cwd, services });
  expect(pruned.stderr).toContain('3 dropped');
  expect(JSON.parse(read()).findings).toHaveLength(1);
  expect((await kefuAudit(['x'], { cwd, services })).stderr).toBe('');
});

it('keeps entries of conversations that it was not given, and says how many', async () => {
  await kefuAudit(['baseline', 'write', 'x'], { cwd, services: { audit: sample() } });
  const before = read();
  const services = { audit: sample((_, at) => at > 0) };
  expect((await kefuAudit(['x'], { cwd, services })).stderr).toBe('');
  const pruned = await kefuAudit(['baseline', 'prune', 'x'], { cwd, services });
  expect(pruned.stderr).toContain('去掉 0 条');
  expect(pruned.stderr).toContain('另有 3 条的会话不在这些输入里，原样保留');
  expect(read()).toBe(before);
});

it('says nothing of entries that a period or a missing input hides', async () => {
  await kefuAudit(['baseline', 'write', 'x'], { cwd, services: { audit: sample() } });
  const some = { audit: sample(every, false, (_, at) => at > 0) };
  expect((await kefuAudit(['x', '--since', '2026-03-02'], { cwd, services: some })).stderr).toBe('');
  const broken = { audit: sample(every, true, (_, at) => at > 0) };
  expect((await kefuAudit(['x'], { cwd, services: broken })).stderr).not.toContain('prune');
  const period = await kefuAudit(['baseline', 'prune', 'x', '--since', '2026-03-02'], {
    cwd,
    services: some,
  });
  expect(period.code).toBe(2);
  expect(JSON.parse(read()).findings).toHaveLength(4);
});

it('is not touched by an audit that is not complete', async () => {
  const services = { audit: sample(undefined, true) };
  const { code, stderr } = await kefuAudit(['baseline', 'write', 'x'], { cwd, services });
  expect(code).toBe(2);
  expect(stderr).toContain('基线没有改动');
  expect(existsSync(join(cwd, NAME))).toBe(false);
});

it.each(['{', '{"schemaVersion":2,"findings":[]}', '{"schemaVersion":1,"findings":[{}]}'])(
  'that is not one ends with 2: %s',
  async (text) => {
    writeFileSync(join(cwd, NAME), text);
    const { code, stderr } = await kefuAudit(['x'], { cwd, services: { audit: sample() } });
    expect(code).toBe(2);
    expect(stderr).toContain(NAME);
  },
);

it('accepts nothing that customers did: what agents endured stays in the report', async () => {
  const chat = join(cwd, 'chat.csv');
  writeFileSync(
    chat,
    '会话ID,发送时间,角色,发送人,内容\na1,2026-03-02 10:00:00,客户,小雨,怎么还没发货，你个傻逼\na1,2026-03-02 10:00:20,客服,阿砾,你才是傻逼\n',
  );
  expect((await kefuAudit(['baseline', 'write', chat], { cwd })).code).toBe(0);
  expect(read()).toContain('abuse/');
  expect(read()).not.toContain('customer-abuse/');
  const { code, stdout } = await kefuAudit([chat], { cwd });
  expect(code).toBe(0);
  expect(stdout).toContain('客服遭受的辱骂');
  expect(stdout).toContain('也不计入评分和比率');
});
