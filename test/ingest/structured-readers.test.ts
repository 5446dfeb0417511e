import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { TextReader } from '../../src/ingest/reader.js';
import { READERS, readerById } from '../../src/ingest/readers/index.js';
import { Zone } from '../../src/model/zone.js';
import { toCanonicalLine } from '../../src/report/canonical.js';
import { headOf, type Reading, type ReadOptions, readAll } from './reading.js';

/**
 * Every folder `test/cases/readers/<reader>/<case>` holds an `input.*` in UTF-8 and the `expected.jsonl` it must give: the
 * messages in canonical form, then skips and notices; `options.json` has what the user would say. After a change that is
 * meant, `vitest run -u` writes the expected files anew; read the difference.
 */
const CASES = 'test/cases/readers';
const ZONE = new Zone('Asia/Shanghai');
const STRUCTURED = [
  'canonical',
  'chatlab',
  'csv',
  'html-table',
  'jddc',
  'json-messages',
  'jsonl-messages',
  'qce-json',
  'wecom',
];

function tell(reading: Reading): string {
  return [
    ...reading.messages.map((message) =>
      message.session === null
        ? toCanonicalLine(
            { ...message, extra: { thread: true, ...message.extra } },
            message.conversationKey,
            ZONE,
          )
        : toCanonicalLine(message, message.conversationKey, ZONE),
    ),
    ...reading.skips.map(({ reason, line, detail }) => JSON.stringify({ skip: reason, line, detail })),
    ...reading.notices.map(({ code, data }) => JSON.stringify({ notice: code, ...data })),
  ]
    .map((line) => `${line}\n`)
    .join('');
}

describe.each(STRUCTURED)('%s', (id) => {
  const reader = readerById(id) as TextReader;

  describe.each(readdirSync(join(CASES, id)))('%s', (name) => {
    const folder = join(CASES, id, name);
    const file = readdirSync(folder).find((entry) => entry.startsWith('input.'))!;
    const text = readFileSync(join(folder, file), 'utf8');
    const options: ReadOptions = {
      file,
      ...(existsSync(join(folder, 'options.json'))
        ? (JSON.parse(readFileSync(join(folder, 'options.json'), 'utf8')) as ReadOptions)
        : {}),
    };

    it('is recognised by its content, before every other format', () => {
      const head = { ...headOf(text, file), columns: options.columns ?? null };
      const scores = READERS.filter((each) => each.input === 'text')
        .map((each) => ({ id: each.id, score: each.sniff(head)?.score ?? 0 }))
        .sort((a, b) => b.score - a.score);
      expect(scores[0]!.id).toBe(id);
      expect(Math.round((scores[0]!.score - scores[1]!.score) * 1000)).toBeGreaterThanOrEqual(100);
    });

    it('gives the expected messages, skips and notices', async () => {
      await expect(tell(await readAll(reader, text, options))).toMatchFileSnapshot(
        `../../${folder}/expected.jsonl`,
      );
    });

    it('accounts for every record and line, wherever the chunks are cut', async () => {
      const whole = await readAll(reader, text, options);
      expect(whole.recordCount).toBe(whole.messages.length + whole.skips.length);
      expect(whole.lineCount).toBe(text.split('\n').length - (text.endsWith('\n') ? 1 : 0));
      await fc.assert(
        fc.asyncProperty(fc.array(fc.nat(text.length), { maxLength: 8 }), async (cuts) => {
          const pieces = await readAll(reader, text, { ...options, cuts });
          expect(tell(pieces)).toBe(tell(whole));
          expect(pieces.lineCount).toBe(whole.lineCount);
        }),
        { numRuns: 20 },
      );
    });
  });
});

/** What nobody writes, and what yet must cost no more than itself. */
describe('hostile JSON', () => {
  const DEEP = 50_000;
  const good = '{"sender":"客服小满","time":"2026-03-02 10:00:00","text":"您好"}';

  it.each(['json-messages', 'jsonl-messages', 'chatlab', 'qce-json', 'wecom'])(
    'nested without end is read by %s without a crash',
    async (id) => {
      const reader = readerById(id) as TextReader;
      for (const deep of [
        '['.repeat(DEEP) + ']'.repeat(DEEP),
        `${'{"a":'.repeat(DEEP)}1${'}'.repeat(DEEP)}`,
        `${'{"text":"x","messages":['.repeat(DEEP)}${good}${']}'.repeat(DEEP)}`,
      ]) {
        for (const text of [deep, `[${good},${deep}]`, `${good}\n${deep}\n`]) {
          reader.sniff(headOf(text));
          const { recordCount, messages, skips } = await readAll(reader, text);
          expect(recordCount).toBe(messages.length + skips.length);
        }
      }
    },
  );

  it('takes keys of the language for keys of the file', async () => {
    const names = ['__proto__', 'constructor', 'toString', 'hasOwnProperty'];
    const lines = names.map(
      (name) =>
        `{"${name}":{"text":"no"},"sender":"${name}","role":"${name}","type":"${name}","text":"${name}"}`,
    );
    for (const [id, text] of [
      ['json-messages', `{"__proto__":{"messages":1},"constructor":0,"messages":[${lines.join()}]}`],
      ['jsonl-messages', lines.join('\n')],
    ] as const) {
      const { messages } = await readAll(readerById(id) as TextReader, text);
      expect(messages.map((message) => [message.text, message.speakerId, message.role])).toEqual(
        names.map((name) => [name, name, 'unknown']),
      );
    }
    expect(Object.hasOwn(Object.prototype, 'messages')).toBe(false);
  });
});
