import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';
import { choose, createHead, detect } from '../../src/ingest/detect.js';
import type { Head, Reader } from '../../src/ingest/reader.js';
import { READERS } from '../../src/ingest/readers/index.js';
import type { KefuError } from '../../src/model/errors.js';
import { barReader, sizeReader } from './support.js';

const reader = (id: string, score: number): Reader => ({
  ...barReader,
  id,
  sniff: () => ({ score, why: id }),
});

const headOf = (content: string | Uint8Array, complete = true): Head & { encoding: string | null } =>
  createHead(
    { name: 'a.txt', bytes: Buffer.from(content as string), complete, content: 'text' },
    { encoding: null, columns: null },
  );

function chosen(scores: number[], head = headOf('你好')): string | { code: string; data: unknown } {
  const readers = scores.map((score, index) => reader(`r${index}`, score));
  try {
    return choose(detect(head, 'text', readers), head, 'a.txt').id;
  } catch (error) {
    const { code, data } = error as KefuError;
    return { code, data };
  }
}

describe('createHead', () => {
  it('cuts the line that the head cuts, unless it is the only one', () => {
    expect(headOf('一\r\n二\n三', false).lines).toEqual(['一', '二']);
    expect(headOf('一\r\n二\n三', true).lines).toEqual(['一', '二', '三']);
    expect(headOf('一二', false).lines).toEqual(['一二']);
    expect(headOf(Buffer.from('好一\n二').subarray(0, -1), false).text).toBe('好一\n');
  });

  it('decodes like the whole would be', () => {
    for (const encoding of ['utf-8', 'gb18030', 'utf-16le', 'utf-16be'] as const) {
      const text = '2026-03-01 10:00:00 小满\n您好\n'.repeat(4000);
      const bytes = iconv.encode(text, encoding).subarray(0, 64 * 1024);
      const head = headOf(bytes, false);
      expect(head.encoding).toBe(encoding);
      expect(head.text.length).toBeGreaterThan(10_000);
      expect(text.startsWith(head.text)).toBe(true);
      expect(head.lines.at(-1)).toMatch(/^您好$|小满$/);
    }
  });

  it('shows the fields of a record whose text is longer than the head', () => {
    const line = JSON.stringify({ conversation: 'c', role: 'agent', text: '好'.repeat(100_000) });
    for (const cut of [60_000, 60_001, 60_002]) {
      const head = headOf(Buffer.from(line).subarray(0, cut), false);
      expect(choose(detect(head, 'text', READERS), head, 'a').id).toBe('canonical');
    }
    const escaped = headOf(`${JSON.stringify({ role: 'agent', text: '\n' }).slice(0, -3)}`, false);
    expect(JSON.parse(escaped.lines[0]!)).toEqual({ role: 'agent', text: '' });
  });

  it('leaves workbooks undecoded', () => {
    const bytes = Buffer.from('PK');
    const input = { name: 'a.xlsx', bytes, complete: true, content: 'bytes' } as const;
    const head = createHead(input, { encoding: null, columns: null });
    expect(head).toMatchObject({ text: '', lines: [], encoding: null });
    expect(detect(head, 'bytes', [barReader, sizeReader]).map(({ reader: { id } }) => id)).toEqual(['size']);
  });
});

describe('choose', () => {
  it('takes the best where it is clearly ahead', () => {
    expect(chosen([0.5, 0.9, 0.8])).toBe('r1');
    expect(chosen([0.3])).toBe('r0');
    expect(chosen([0.29, 0.3])).toBe('r1');
  });

  it('names the candidates where it is not', () => {
    const expected = { code: 'ambiguous-format', data: { candidates: ['r2', 'r1'] } };
    expect(chosen([0.5, 0.85, 0.9])).toEqual(expected);
    expect(chosen([1, 1])).toEqual({ code: 'ambiguous-format', data: { candidates: ['r0', 'r1'] } });
  });

  it('shows the first line where nobody knows it, safe to print', () => {
    expect(chosen([0.2], headOf('\n  \n随便写点什么\n'))).toEqual({
      code: 'unknown-format',
      data: { firstLine: '随便写点什么' },
    });
    expect(chosen([], headOf('\x1b[31m红\u202e色'))).toMatchObject({
      data: { firstLine: '\\u{1b}[31m红\\u{202e}色' },
    });
    expect(chosen([], headOf('长'.repeat(500)))).toMatchObject({
      data: { firstLine: `${'长'.repeat(80)}…` },
    });
    expect(chosen([], headOf('\n\n'))).toEqual({ code: 'unknown-format', data: {} });
  });
});
