import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Contact } from '../../src/model/index.js';
import { CareTally } from '../../src/score/care-tally.js';
import { ContactStore } from '../../src/score/contact-store.js';
import { contact, promised, recordsOf, word } from '../support/customer.js';

const LAN = '青禾家居:阿岚';
const MAN = '青禾家居:小満';

describe('contacts of a run', () => {
  const some = fc.array(
    fc.record({ customer: fc.integer({ min: 0, max: 30 }), day: fc.integer({ min: 1, max: 28 }) }),
    { maxLength: 60 },
  );
  const contactsOf = (rows: { customer: number; day: number }[]): Contact[] =>
    rows.map(({ customer, day }, place) =>
      contact(`c${place}`, `2026-03-${String(day).padStart(2, '0')} 10:00`, { customerId: `tb_${customer}` }),
    );

  it('are the same however the log is cut, also when there are too many', () => {
    fc.assert(
      fc.property(
        some,
        fc.array(fc.nat(3), { minLength: 60, maxLength: 60 }),
        fc.integer({ min: 1, max: 60 }),
        (rows, parts, limit) => {
          const contacts = contactsOf(rows);
          const whole = new ContactStore(limit);
          for (const one of contacts) whole.add(one);
          const merged = new ContactStore(limit);
          for (let part = 0; part < 4; part++) {
            const store = new ContactStore(limit);
            contacts.forEach((one, place) => {
              if (parts[place] === part) store.add(one);
            });
            // Through JSON, as parts travel.
            merged.absorb(JSON.parse(JSON.stringify(store.toState())));
          }
          expect(merged.toState()).toEqual(whole.toState());
          expect(merged.share).toBe(whole.share);
        },
      ),
    );
  });

  it('follow a customer wholly or not at all', () => {
    fc.assert(
      fc.property(some, fc.integer({ min: 1, max: 60 }), (rows, limit) => {
        const contacts = contactsOf(rows);
        const store = new ContactStore(limit);
        for (const one of contacts) store.add(one);
        const followed = new Set(store.all().map(({ customerId }) => customerId));
        const expected = contacts.filter(({ customerId }) => followed.has(customerId));
        expect(store.all()).toHaveLength(expected.length);
      }),
    );
  });

  it('remember when the log of each shop ends, also for those who are not followed', () => {
    const store = new ContactStore(1);
    for (const one of contactsOf([...Array(20).keys()].map((customer) => ({ customer, day: customer + 1 }))))
      store.add(one);
    expect(store.share).toBeLessThan(1);
    expect(store.endOf('tmall\u0000青禾家居')).toBe(Date.parse('2026-03-20T10:10:00+08:00'));
    expect(store.endOf('jd\u0000')).toBeNull();
  });
});

describe('what contacts led to', () => {
  const careOf = (contacts: Contact[], end: string | null) => {
    const care = new CareTally();
    for (const record of recordsOf(contacts, end)) care.add(record);
    return care;
  };
  const order = { orders: ['330012345678'] };
  const promise = promised('call', 48, '48小时内给您回电', '2026-03-01 10:05', LAN);
  const story = [
    contact('a', '2026-03-01 10:00', { ...order, agents: [LAN], promises: [promise] }),
    contact('b', '2026-03-05 10:00', {
      ...order,
      agents: [MAN],
      words: [word('no-call', '没人打电话', '2026-03-05 10:00')],
      ending: 'thanks',
    }),
  ];

  it('is charged to the agent who caused the return, not to the one who met it', () => {
    const care = careOf(story, '2026-04-01 00:00');
    const lan = care.metricsOf(LAN);
    const man = care.metricsOf(MAN);
    expect(lan['repeat-rate']).toMatchObject({ value: 1, numerator: 1, denominator: 1, of: 'sessions' });
    expect(man['repeat-rate']).toMatchObject({ value: 0, numerator: 0, denominator: 1 });
    expect(lan['first-contact-resolution']).toMatchObject({ value: 0, numerator: 0, denominator: 1 });
    expect(lan['first-contact-resolution']!.interval).not.toBeNull();
    expect(man['first-contact-resolution']).toMatchObject({ value: null, reason: 'no-contacts' });
    expect(lan['promises-kept']).toMatchObject({ value: 0, numerator: 0, denominator: 1, of: 'promises' });
  });

  it('is missing, with the reason, where the log cannot tell', () => {
    const short = careOf(story.slice(0, 1), null).metricsOf(LAN);
    expect(short['repeat-rate']).toMatchObject({ value: null, reason: 'log-too-short' });
    expect(short['promises-kept']).toMatchObject({ value: null, reason: 'not-in-log' });
    const untimed = careOf([contact('a', null, { agents: [LAN] })], null).metricsOf(LAN);
    expect(untimed['repeat-rate']).toMatchObject({ value: null, reason: 'no-times' });
    expect(untimed['promises-kept']).toMatchObject({ value: null, reason: 'no-promises' });
    const unnamed = careOf(
      [contact('a', '2026-03-01 10:00', { agents: [LAN], identity: 'thread' })],
      '2026-04-01 00:00',
    );
    expect(unnamed.metricsOf(LAN)['repeat-rate']).toMatchObject({ value: null, reason: 'no-customer-ids' });
    expect(unnamed.report(1)).toMatchObject({ customerCount: 0, threadCount: 1 });
  });

  it('adds up to the figures of all', () => {
    expect(careOf(story, '2026-04-01 00:00').report(1)).toMatchObject({
      customerCount: 1,
      contactCount: 2,
      returningCount: 1,
      returnCount: 1,
      issueCounts: { resolved: 1, unresolved: 0, unknown: 0 },
      promiseCounts: { kept: 0, late: 0, broken: 1, unknown: 0 },
      repeatRate: { numerator: 1, denominator: 2 },
      followedShare: 1,
    });
  });
});
