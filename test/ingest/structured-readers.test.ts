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
