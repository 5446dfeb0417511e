import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CsvDialect, CsvSplitter, splitCsv } from '../../src/ingest/csv-records.js';

const COMMA: CsvDialect = { delimiter: ',', newline: '\n' };

interface Row {
  fields: string[];
  line: number;
  problem: string | null;
}

/** Splits text that arrives in pieces. */
function split(pieces: readonly string[], dialect = COMMA): { rows: Row[]; lineCount: number } {
  const splitter = new CsvSplitter(dialect);
  const rows: Row[] = [];
  const take = () => {
    while (splitter.next()) {
      rows.push({
        fields: splitter.cells(),
        line: splitter.line,
        problem: splitter.problem,
      });
    }
  };
  for (const piece of pieces) {
    splitter.push(piece);
    take();
  }
  splitter.end();
  take();
  return { rows, lineCount: splitter.lineCount };
}

const cell = fc.string({
  unit: fc.constantFrom('"', ',', '\n', '\r\n', ';', '亲', '您好', '😀', ' ', 'a', '1', "'", '\t', '|', '，'),
  maxLength: 8,
});
const table = fc
  .integer({ min: 1, max: 5 })
  .chain((width) =>
    fc.array(fc.array(cell, { minLength: width, maxLength: width }), { minLength: 1, maxLength: 8 }),
  );

function write(
  rows: readonly (readonly string[])[],
  delimiter: string,
  newline: string,
  quoteAll: boolean,
): string {
  const quoted = (value: string) =>
    quoteAll || /["\r\n]/.test(value) || value.includes(delimiter)
      ? `"${value.replaceAll('"', '""')}"`
      : value;
  return rows.map((row) => row.map(quoted).join(delimiter)).join(newline);
}

describe('CsvSplitter', () => {
  it('splits as csv-parse does, for every table, dialect and way of quoting', () => {
    fc.assert(
      fc.property(
        table,
        fc.constantFrom(',', ';', '\t', '|'),
        fc.constantFrom('\n', '\r\n'),
        fc.boolean(),
        fc.boolean(),
        (rows, delimiter, newline, quoteAll, endsInNewline) => {
          const text = write(rows, delimiter, newline, quoteAll) + (endsInNewline ? newline : '');
          const expected = parse(text, { delimiter, relax_column_count: true }) as unknown as string[][];
          const found = splitCsv(text, { delimiter, newline: '\n' }).map((record) => record.fields);
          expect(found).toEqual(expected);
        },
      ),
      { numRuns: 500 },
    );
  });

  it('does not depend on where the chunks are cut', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          table.map((rows) => write(rows, ',', '\r\n', false)),
          // Broken files too: any run of the characters that matter.
          fc.string({ unit: fc.constantFrom('"', ',', '\n', '\r', '亲', '😀', ' ', 'a'), maxLength: 60 }),
        ),
        fc.array(fc.nat(60), { maxLength: 8 }),
        (text, cuts) => {
          const at = [0, ...cuts.map((cut) => Math.min(cut, text.length)).sort((a, b) => a - b), text.length];
          const pieces = at.slice(1).map((end, index) => text.slice(at[index], end));
          expect(split(pieces)).toEqual(split([text]));
        },
      ),
      { numRuns: 1000 },
    );
  });

  it('counts lines and knows where each record starts', () => {
    const { rows, lineCount } = split(['a,b\n"x\ny\nz",1\r\nc,d\n']);
    expect(rows.map((row) => row.line)).toEqual([1, 2, 5]);
    expect(rows[1]!.fields).toEqual(['x\ny\nz', '1']);
    expect(lineCount).toBe(5);
  });

  it('loses one line to a quote that is never closed', () => {
    const { rows } = split(['t,x\n1,"没有结尾\n2,好的\n3,再见\n']);
    expect(rows.map((row) => [row.line, row.problem, row.fields[1]])).toEqual([
      [1, null, 'x'],
      [2, 'ragged-row', undefined],
      [3, null, '好的'],
      [4, null, '再见'],
    ]);
  });

  it('loses one line to a quote that would swallow the rows up to the next quoted cell', () => {
    const { rows } = split(['1,"没有结尾\n2,好的\n3,"有, 逗号"\n4,完\n']);
    expect(rows.map((row) => [row.line, row.problem])).toEqual([
      [1, 'ragged-row'],
      [2, null],
      [3, null],
      [4, null],
    ]);
    expect(rows[2]!.fields).toEqual(['3', '有, 逗号']);
  });

  it('keeps stray quotes of one line, and blanks behind a closing quote', () => {
    expect(split(['"他说"好"的",1\n']).rows[0]!.fields).toEqual(['他说"好"的', '1']);
    expect(split(['"a" ,"b" \nc"d,e\n']).rows.map((row) => row.fields)).toEqual([
      ['a', 'b'],
      ['c"d', 'e'],
    ]);
  });

  it('gives up a line of ten million characters, and a quoted cell beyond a million, and nothing else', () => {
    const long = 'x'.repeat(64 * 1024);
    const pieces = ['a,b\n', ...Array.from({ length: 160 }, () => long), '\nc,d\n'];
    expect(split(pieces).rows.map((row) => [row.line, row.problem, row.fields.length])).toEqual([
      [1, null, 2],
      [2, 'too-long', 0],
      [3, null, 2],
    ]);
    const rows = Array.from({ length: 20 }, (_, index) => `${index},${long}\n`);
    const quoted = split(['q,"open\n', ...rows, 'z,"end"\n']).rows;
    expect(quoted.filter((row) => row.problem !== null).map((row) => row.line)).toEqual([1]);
    expect(quoted).toHaveLength(22);
  });

  it('reads files whose lines end in a lone carriage return', () => {
    const { rows } = split(['a,b\r"c\rd",e\r'], { delimiter: ',', newline: '\r' });
    expect(rows.map((row) => row.fields)).toEqual([
      ['a', 'b'],
      ['c\rd', 'e'],
    ]);
  });
});
