import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Head, TextReader } from '../../src/ingest/reader.js';
import { READERS, readerById } from '../../src/ingest/readers/index.js';
import { createRoleResolver, type RolePatterns } from '../../src/ingest/roles.js';
import { Zone } from '../../src/model/zone.js';

/**
 * Every folder `test/cases/readers/<reader>/<case>` holds an `input.*` in UTF-8 and the `expected.jsonl` it must give: one
 * line a message, then skips and notices. After a change that is meant, `vitest run -u` writes the expected files anew;
 * read the difference.
 */
const CASES = 'test/cases/readers';
const ZONE = new Zone('Asia/Shanghai');

interface Result {
  lines: string[];
  messageCount: number;
  skipCount: number;
  recordCount: number;
  lineCount: number;
  blocks: number[];
}

async function* iterate(chunks: string[]): AsyncGenerator<string> {
  for (const chunk of chunks) yield chunk;
}

async function run(
  reader: TextReader,
  chunks: string[],
  file: string,
  roles?: RolePatterns,
): Promise<Result> {
  const lines: string[] = [];
  const skips: string[] = [];
  const notices: string[] = [];
  const result: Result = {
    lines,
    messageCount: 0,
    skipCount: 0,
    recordCount: 0,
    lineCount: 0,
    blocks: [],
  };
  const batches = reader.read(iterate(chunks), {
    file,
    zone: ZONE,
    roles: createRoleResolver(roles ?? { agent: [], customer: [], bot: [] }),
    columns: null,
    notice: (code, data) => notices.push(JSON.stringify({ notice: code, ...data })),
  });
  for await (const batch of batches) {
    for (const message of batch.messages) {
      lines.push(
        JSON.stringify({
          conversation: message.conversationKey,
          session: message.session,
          role: message.role,
          roleReason: message.roleReason,
          speaker: message.speakerId,
          ...(message.speakerName === message.speakerId ? {} : { speakerName: message.speakerName }),
          ...(message.shop === null ? {} : { shop: message.shop }),
          customer: message.customerId,
          time: message.atMs === null ? null : ZONE.iso(message.atMs),
          kind: message.kind,
          text: message.text,
          line: message.source.line,
          block: message.block,
          ...(message.extra === null ? {} : { extra: message.extra }),
        }),
      );
      expect(message.platform).toBe(reader.platform);
    }
    for (const { reason, line, detail } of batch.skips) {
      skips.push(JSON.stringify({ skip: reason, line, detail }));
    }
    result.messageCount += batch.messages.length;
    result.skipCount += batch.skips.length;
    result.recordCount += batch.recordCount;
    result.lineCount += batch.lineCount;
  }
  lines.push(...skips, ...notices);
  return result;
}

function headOf(text: string, name: string): Head {
  return {
    name,
    bytes: new TextEncoder().encode(text),
    text,
    lines: text.split(/\r?\n/),
    complete: true,
  };
}

interface Case {
  reader: TextReader;
  folder: string;
  file: string;
  text: string;
}

function casesOf(id: string): Case[] {
  const reader = readerById(id);
  if (reader?.input !== 'text') return [];
  return readdirSync(join(CASES, id)).map((name) => {
    const folder = join(CASES, id, name);
    const file = readdirSync(folder).find((entry) => entry.startsWith('input.'))!;
    return { reader, folder, file, text: readFileSync(join(folder, file), 'utf8') };
  });
}

const TEXT_READERS = [
  'dongdong',
  'qce-txt',
  'qianniu-paste',
  'qianniu-web',
  'qq-copy',
  'qq-mht',
  'qq-txt',
  'wangwang-a',
  'wangwang-b',
];

describe.each(TEXT_READERS)('%s', (id) => {
  const cases = casesOf(id);

  it('has cases', () => {
    expect(cases.length).toBeGreaterThan(0);
  });

  describe.each(cases)('$folder', ({ reader, folder, file, text }) => {
    it('is recognised by its content, before every other format', () => {
      const head = headOf(text, 'export');
      const scores = READERS.map((each) => ({ id: each.id, score: each.sniff(head)?.score ?? 0 }))
        .filter(({ score }) => score >= 0.3)
        .sort((a, b) => b.score - a.score);
      expect(scores[0]?.id).toBe(reader.id);
      expect(scores[1]?.score ?? 0).toBeLessThan(scores[0]!.score - 0.1);
    });

    it('gives the expected messages, skips and notices', async () => {
      const { lines } = await run(reader, [text], file);
      await expect(`${lines.join('\n')}\n`).toMatchFileSnapshot(`../../${folder}/expected.jsonl`);
    });

    it('accounts for every record and line', async () => {
      const result = await run(reader, [text], file);
      expect(result.recordCount).toBe(result.messageCount + result.skipCount);
      const lineEnds = text.split('\n').length;
      expect(result.lineCount).toBe(text.endsWith('\n') || reader.id === 'qq-mht' ? lineEnds - 1 : lineEnds);
    });

    it('gives the same however the input is cut into chunks', async () => {
      const whole = await run(reader, [text], file);
      const cuts = fc.array(fc.integer({ min: 0, max: text.length }), { maxLength: 12 });
      await fc.assert(
        fc.asyncProperty(cuts, async (places) => {
          const edges = [0, ...places.sort((a, b) => a - b), text.length];
          const chunks = edges.slice(1).map((edge, index) => text.slice(edges[index], edge));
          expect((await run(reader, chunks, file)).lines).toEqual(whole.lines);
        }),
        { numRuns: 25 },
      );
      expect((await run(reader, [...text], file)).lines).toEqual(whole.lines);
    });
  });
});
