import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isCutLine, lineBatches, MAX_LINE_LENGTH } from '../../src/ingest/lines.js';

async function* from(chunks: string[]) {
  yield* chunks;
}

async function lines(...chunks: string[]): Promise<string[]> {
  const all: string[] = [];
  for await (const batch of lineBatches(from(chunks))) all.push(...batch);
  return all;
}

describe('lineBatches', () => {
  it('splits at line feeds and takes one carriage return along', async () => {
    expect(await lines('一\r\n二\n\n三\r\r\n四')).toEqual(['一', '二', '', '三\r', '四']);
  });

  it('hands on no empty last line', async () => {
    expect(await lines('一\n')).toEqual(['一']);
    expect(await lines('')).toEqual([]);
    expect(await lines()).toEqual([]);
    expect(await lines('\n')).toEqual(['']);
  });

  it('does not end a line at any other character', async () => {
    const odd = 'a\u2028b\u2029c\u0085d\fe\vf\u001eg';
    expect(await lines(`${odd}\n`)).toEqual([odd]);
  });

  it('splits files of old Macintosh at carriage returns', async () => {
    expect(await lines('一\r二\r\r三\r')).toEqual(['一', '二', '', '三']);
    expect(await lines('一\r')).toEqual(['一']);
    expect(await lines('a\r', 'b\r', 'c')).toEqual(['a', 'b', 'c']);
  });

  it('keeps a carriage return inside the lines of other files', async () => {
    expect(await lines('一\n二\r三\n')).toEqual(['一', '二\r三']);
  });

  it('gives a batch for each chunk that ends a line', async () => {
    const batches: string[][] = [];
    for await (const batch of lineBatches(from(['a\nb', 'c', '\nd\n']))) batches.push(batch);
    expect(batches).toEqual([['a'], ['bc', 'd']]);
  });

  it('cuts a line that is too long, says so, and goes on behind it', async () => {
    const chunk = '长'.repeat(1024 * 1024);
    const all = await lines('前\n', ...Array<string>(10).fill(chunk), '\r\n后\n');
    expect(all.map((line) => line.length)).toEqual([1, MAX_LINE_LENGTH, 1]);
    expect(all.map(isCutLine)).toEqual([false, true, false]);
  });

  it('leaves no half of a surrogate pair at the cut', async () => {
    const [line] = await lines(`${'a'.repeat(MAX_LINE_LENGTH - 1)}😀b`);
    expect(line!.length).toBe(MAX_LINE_LENGTH);
    expect(line!.endsWith('a\uFFFD')).toBe(true);
  });

  it('does not depend on where the chunks are cut', async () => {
    const piece = fc.constantFrom('客', '服', 'a', ' ', '\r', '\n', '\r\n', '\u2028', '😀', '\r\r\n');
    const text = fc.array(piece, { maxLength: 40 }).map((pieces) => pieces.join(''));
    await fc.assert(
      fc.asyncProperty(text, fc.array(fc.nat(40), { maxLength: 8 }), async (whole, cuts) => {
        const at = [0, ...cuts.map((cut) => Math.min(cut, whole.length)).sort((a, b) => a - b), whole.length];
        const chunks = at.slice(1).map((end, index) => whole.slice(at[index], end));
        expect(await lines(...chunks)).toEqual(await lines(whole));
        expect(await lines(...whole)).toEqual(await lines(whole));
      }),
      { numRuns: 500 },
    );
  });

  it('loses no character but line ends', async () => {
    const text = fc.string({ unit: fc.constantFrom('客', 'b', '\n', '\u0085') });
    await fc.assert(
      fc.asyncProperty(text, async (whole) => {
        const all = await lines(...(whole.match(/.{1,3}/gsu) ?? []));
        expect(all.join('\n')).toBe(whole.endsWith('\n') ? whole.slice(0, -1) : whole);
      }),
    );
  });
});
