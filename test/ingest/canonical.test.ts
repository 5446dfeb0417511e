import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonical } from '../../src/ingest/readers/canonical.js';
import { createMessage, MESSAGE_KINDS, ROLES } from '../../src/model/message.js';
import { Zone } from '../../src/model/zone.js';
import { toCanonicalLine } from '../../src/report/canonical.js';
import { headOf, readAll } from './reading.js';

const zone = new Zone('Asia/Shanghai');
const text = fc.string({
  unit: fc.constantFrom('亲', '😀', '"', '\\', '\n', ' ', 'a', '\u2028', '{', '\ud800'),
  maxLength: 12,
});
const name = fc.string({ unit: fc.constantFrom('阿', '禾', ':', '1', '*', '"'), minLength: 0, maxLength: 6 });
const message = fc
  .record({
    conversation: fc.string({ unit: fc.constantFrom('会', '1', '@', ':', '"'), minLength: 1, maxLength: 6 }),
    id: fc.option(name),
    role: fc.constantFrom(...ROLES),
    roleReason: fc.constantFrom('column', 'stated', 'peer'),
    speakerId: name,
    speakerName: name,
    atMs: fc.option(fc.integer({ min: Date.UTC(1991, 0), max: Date.UTC(2100, 0) })),
    text,
    kind: fc.constantFrom(...MESSAGE_KINDS),
    platform: fc.constantFrom('tmall', 'jd', 'generic', null),
    shop: fc.option(name),
    customerId: fc.option(name),
    source: fc.record({ file: fc.constantFrom('旺旺.txt', 'a/b.csv'), line: fc.nat() }),
    extra: fc.option(
      fc.dictionary(fc.constantFrom('订单', '__proto__', 'x'), fc.jsonValue() as fc.Arbitrary<unknown>, {
        minKeys: 1,
      }),
    ),
  })
  .map(({ conversation, ...rest }) =>
    createMessage({
      ...rest,
      conversationKey: conversation,
      session: conversation,
      // JSON has no -0, and a dictionary has no prototype; what is kept is what JSON keeps.
      extra: rest.extra === null ? null : (JSON.parse(JSON.stringify(rest.extra)) as Record<string, unknown>),
    }),
  );

describe('canonical JSONL', () => {
  it('is read back as it was written, in any zone, wherever the chunks are cut', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(message, { maxLength: 6 }),
        fc.array(fc.nat(600), { maxLength: 6 }),
        fc.constantFrom('Asia/Shanghai', 'UTC', 'America/New_York'),
        async (messages, cuts, zoneName) => {
          const lines = messages.map((one) => toCanonicalLine(one, one.conversationKey, new Zone(zoneName)));
          const reading = await readAll(canonical, lines.map((line) => `${line}\n`).join(''), { cuts });
          expect(reading.messages).toEqual(messages);
          expect(reading.skips).toEqual([]);
          expect(reading.recordCount).toBe(messages.length);
          expect(reading.lineCount).toBe(messages.length);
        },
      ),
      { numRuns: 300 },
    );
  });

  it('makes the same of a line whether it is read by its stretches or by JSON.parse', async () => {
    const value = fc.constantFrom(
      ...[
        '"c1"',
        '"c2"',
        '"agent"',
        '"customer"',
        '"店长"',
        '"tmall"',
        '"某某网"',
        '"您好"',
        '"a\\nb"',
        '""',
        'null',
        '7',
      ],
      ...[
        '"2026-03-01T10:00:00+08:00"',
        '"2026-03-01T23:59:60+08:00"',
        '"2026-03-01 10:00:01"',
        '"昨天"',
        '"card"',
      ],
      ...['{"file":"a.csv","line":3}', '{"file":"a.csv","line":"3"}', '{"n":1}', '[1]', 'tru'],
    );
    const fields = [
      'conversation',
      'role',
      'text',
      'id',
      'speaker',
      'speakerName',
      'time',
      'kind',
      'platform',
    ];
    const field = fc.constantFrom(...fields, 'shop', 'customer', 'roleReason', 'source', '订单');
    const line = fc
      .array(fc.tuple(field, value), { maxLength: 6 })
      .chain((more) =>
        fc
          .constantFrom(
            ['"conversation":"c1","role":"agent","text":"您好"', ','],
            ['"conversation": "c1", "role": "agent", "text": "您\\"好"', ', '],
          )
          .map(
            ([start, comma]) =>
              `{${[start, ...more.map(([name, given]) => `"${name}":${given}`)].join(comma)}}`,
          ),
      );
    const odd = fc.constantFrom(
      '',
      ' ',
      '{',
      '[]',
      '{"conversation":"c1"}',
      '\ufeff{"role":"agent"}',
      '{}\r',
    );
    let read = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.oneof({ weight: 5, arbitrary: line }, odd), { minLength: 1, maxLength: 8 }),
        fc.constantFrom('\n', '\r\n'),
        async (lines, end) => {
          const text = lines.map((one) => one + end).join('');
          const quick = await readAll(canonical, text);
          // A chunk that ends inside a line is taken apart line by line.
          const slow = await readAll(canonical, text, { cuts: [text.length - 1] });
          expect(quick).toEqual(slow);
          read += quick.messages.length;
        },
      ),
      { numRuns: 200 },
    );
    expect(read).toBeGreaterThan(50);
  });

  it('needs three fields and assumes the rest', async () => {
    const { messages } = await readAll(canonical, '{"conversation":"c1","role":"agent","text":"您好"}', {
      file: 'day.jsonl',
    });
    expect(messages).toEqual([
      createMessage({
        conversationKey: 'c1',
        session: 'c1',
        role: 'agent',
        roleReason: 'stated',
        text: '您好',
        source: { file: 'day.jsonl', line: 1 },
      }),
    ]);
  });

  it('skips what it cannot use, with the reason and the line', async () => {
    const lines = [
      '{"conversation":"c1","role":"agent","text":"您好"',
      '{"role":"agent","text":"您好"}',
      '{"conversation":"c1","text":"您好"}',
      '',
      '{"conversation":"c1","role":"agent","text":null}',
      '{"conversation":"c1","role":"agent","text":"您好","time":"0000-01-01T00:00:00+08:00"}',
      '{"conversation":"c1","role":"agent","text":"您好","time":"2026-02-30T00:00:00+08:00"}',
      '[1]',
    ];
    const reading = await readAll(canonical, lines.join('\n'));
    expect(reading.messages).toEqual([]);
    expect(reading.recordCount).toBe(7);
    expect(reading.skips.map((skip) => [skip.line, skip.reason, skip.detail])).toEqual([
      [1, 'bad-json', '{"conversation":"c1","role":"agent","text":"您好"'],
      [2, 'missing-field', 'conversation'],
      [3, 'missing-field', 'role'],
      [5, 'missing-field', 'text'],
      [6, 'bad-time', '0000-01-01T00:00:00+08:00'],
      [7, 'bad-time', '2026-02-30T00:00:00+08:00'],
      [8, 'bad-json', '[1]'],
    ]);
  });

  it('reads times with and without an offset, and keeps a message whose role it does not know', async () => {
    const lines = [
      '{"conversation":"c1","role":"agent","text":"一","time":"2026-03-01T10:00:00+08:00"}',
      '{"conversation":"c1","role":"agent","text":"二","time":"2026-03-01T02:00:00.250Z"}',
      '{"conversation":"c1","role":"店长","text":"三","time":"2026-03-01 10:00:01"}',
    ];
    const { messages, notices } = await readAll(canonical, lines.join('\n'));
    const ten = Date.UTC(2026, 2, 1, 2);
    expect(messages.map((one) => one.atMs)).toEqual([ten, ten + 250, ten + 1000]);
    expect(messages[2]).toMatchObject({ role: 'unknown', roleReason: 'unknown-role-word' });
    expect(notices).toEqual([{ code: 'unknown-role-word', data: { file: 'input', word: '店长' } }]);
  });

  it('keeps unknown fields, and own fields of a strange type, beside the message', async () => {
    const { messages } = await readAll(
      canonical,
      '{"conversation":7,"role":"bot","text":"x","id":{"n":1},"platform":"某某网","订单":"9"}',
    );
    expect(messages[0]!.conversationKey).toBe('7');
    expect(messages[0]!.extra).toEqual({ id: { n: 1 }, platform: '某某网', 订单: '9' });
    expect(JSON.parse(toCanonicalLine(messages[0]!, '7', zone))).toMatchObject({
      id: { n: 1 },
      platform: '某某网',
      订单: '9',
    });
  });

  it('skips a record that is nested without end, and takes no odd place for one', async () => {
    const deep = `${'{"a":'.repeat(50_000)}1${'}'.repeat(50_000)}`;
    const { messages, skips } = await readAll(
      canonical,
      [
        `{"conversation":"c","role":"agent","text":"一","x":${deep}}`,
        '{"conversation":"c","role":"agent","text":"二","x":[[[1]]],"source":{"file":"a.txt","line":-1}}',
        '{"conversation":"c","role":"agent","text":"三","source":{"file":"a.txt","line":1e308}}',
      ].join('\n'),
    );
    expect(skips).toMatchObject([{ reason: 'unsupported-record', line: 1, detail: 'nesting' }]);
    expect(messages.map(({ text, source }) => [text, source.line])).toEqual([
      ['二', 2],
      ['三', 3],
    ]);
  });

  it('is recognised by its fields, also after a broken line', () => {
    const good = '{"conversation":"c1","role":"agent","text":"您好"}';
    expect(canonical.sniff(headOf(`${good}\n${good}\n`))).toMatchObject({ score: 1 });
    expect(canonical.sniff(headOf(`oops\n${good}\n${good}\n`))).toMatchObject({ score: 1 });
    expect(canonical.sniff(headOf('{"role":"agent","text":"您好"}\n'))).toBeNull();
  });
});
