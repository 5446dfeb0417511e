import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { audit, judgeCustomers, openEngine, readConversations } from '../../src/audit.js';
import { resolveAuditOptions } from '../../src/config/options.js';
import { loadProfileChooser } from '../../src/config/profiles.js';
import { loadWorkingDays } from '../../src/config/working-days.js';
import { ContactWriter } from '../../src/conversation/contact.js';
import type { AuditEvent, AuditReport, Contact, CustomerRecord, Finding } from '../../src/model/index.js';
import { Zone } from '../../src/model/index.js';
import { workingTime } from '../../src/promises/index.js';
import { AuditTally } from '../../src/score/audit-tally.js';

const PATH = fileURLToPath(new URL('../../fixtures/demo/04-jd-seven-months.zip', import.meta.url));
const zone = new Zone('Asia/Shanghai');

const short = (agentId: string): string => agentId.replace('鹿台家电旗舰店-', '');

/** The seven months of `fixtures/demo`: what a reader of the log would write down by hand. */
describe('the customer of the seven months', () => {
  let events: AuditEvent[];
  let report: AuditReport;
  let record: CustomerRecord;
  let findings: Finding[];

  beforeAll(async () => {
    events = [];
    for await (const event of audit({ paths: [PATH] })) events.push(event);
    report = events.flatMap((event) => (event.type === 'end' ? event.report : []))[0]!;
    const own = events.flatMap((event) =>
      event.type === 'customer' && event.customer.customerId === 'm****9k' ? event : [],
    );
    expect(own).toHaveLength(1);
    ({ customer: record, findings } = own[0]!);
  });

  it('is one customer: 13 contacts, 12 agents, half a year', () => {
    expect(record.contacts).toHaveLength(13);
    expect(new Set(record.contacts.flatMap(({ agents }) => agents)).size).toBe(12);
    expect(zone.date(record.contacts[0]!.startMs!)).toBe('2025-11-06');
    expect(zone.date(record.contacts.at(-1)!.endMs!)).toBe('2026-05-08');
  });

  it('is known by a masked nick that other things bear out', () => {
    expect(record).toMatchObject({ identity: 'masked', namesakeCount: 0 });
    expect(record.ties).toContain('order');
  });

  it('has one matter, and the customer says that it is solved', () => {
    expect(record.issues).toMatchObject([
      { status: 'resolved', reason: 'customer-confirmed', proof: { evidence: { text: '看到退款单了' } } },
    ]);
  });

  it('was promised a call eight times in vain, and a refund that came', () => {
    const ledger = record.promises.map(({ promise, status }) => [
      short(promise.agentId),
      promise.act,
      (promise.dueMs! - promise.atMs!) / 3_600_000,
      status,
    ]);
    expect(ledger.slice(0, -1)).toEqual(
      ['小何', '小满', '阿乔', '小贝', '小禾', '南瓜', '小舟', '小竹'].map((agent) => [
        agent,
        agent === '小贝' ? 'contact' : 'call',
        48,
        'broken',
      ]),
    );
    expect(ledger.at(-1)).toMatchObject(['老周', 'refund', expect.any(Number), 'kept']);
    const [first] = findings.filter(({ ruleId }) => ruleId === 'process/broken-promise');
    expect(short(first!.agentId)).toBe('小何');
    expect(first!.evidence.map(({ text }) => text).join()).toMatch(/48小时内给您回电.*没人打电话/);
  });

  it('was asked again and again for what the shop had', () => {
    const counts: Record<string, number> = {};
    for (const { what } of record.repeats) for (const one of what) counts[one] = (counts[one] ?? 0) + 1;
    expect(counts).toMatchObject({ invoice: 9, video: 9, 'order-number': 8 });
  });

  it('came back because of those who promised, not of those who were there', () => {
    const { metrics } = report.agents.find(({ agentId }) => short(agentId) === '老周')!;
    expect(record.returns.some(({ causedBy }) => short(causedBy) === '老周')).toBe(false);
    expect(metrics['repeat-rate']).toMatchObject({ value: null, reason: 'log-too-short' });
    const first = report.agents.find(({ agentId }) => short(agentId) === '小何')!.metrics;
    expect(first['repeat-rate']).toMatchObject({ numerator: 1, denominator: 2 });
    expect(first['promises-kept']).toMatchObject({ value: 0, numerator: 0, denominator: 1 });
  });

  it('touches nobody’s score', () => {
    expect(findings.length).toBeGreaterThan(8);
    for (const finding of findings) expect(finding.weight).toBe(0);
    expect(report.agents.find(({ agentId }) => short(agentId) === '小何')!.score.value).toBe(100);
  });
});

it('the record of customers is the same when parts of a log are read apart and merged', async () => {
  const options = resolveAuditOptions({ paths: [PATH] });
  const profileFor = await loadProfileChooser(null);
  const { engine } = await openEngine(options, zone, profileFor);
  const writer = new ContactWriter(zone, workingTime(await loadWorkingDays(zone), null));
  const parts = [new AuditTally(zone), new AuditTally(zone), new AuditTally(zone)];
  const contacts: Contact[] = [];
  for await (const event of readConversations(options, zone, profileFor, new AuditTally(zone))) {
    if (event.type !== 'conversation') continue;
    engine.judge(event.conversation);
    const contact = writer.write(event.conversation, engine.cues);
    parts[contacts.length % parts.length]!.addContact(contact);
    contacts.push(contact);
  }
  const whole = new AuditTally(zone);
  for (const contact of contacts) whole.addContact(contact);
  const merged = new AuditTally(zone);
  // Through JSON, as parts travel.
  for (const part of parts.reverse()) merged.absorb(JSON.parse(JSON.stringify(part.toState())));
  const recordsOf = (tally: AuditTally) => [...judgeCustomers(tally, engine, zone)];
  const expected = recordsOf(whole);
  expect(expected.some(({ customer }) => customer.contacts.length === 13)).toBe(true);
  expect(recordsOf(merged)).toEqual(expected);
});
