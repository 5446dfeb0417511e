import { describe, expect, it } from 'vitest';
import { type JsonRecords, jsonRecords } from '../../src/ingest/json-records.js';

async function read(...chunks: string[]): Promise<JsonRecords[]> {
  const source = async function* () {
    yield* chunks;
  };
  const all: JsonRecords[] = [];
  for await (const records of jsonRecords(source())) all.push(records);
  return all;
}

const valuesOf = (records: JsonRecords[]) =>
  records.flatMap(({ values }) => values.map(({ value }) => value));

describe('jsonRecords', () => {
  it('tells lines from documents', async () => {
    expect(valuesOf(await read('# note\n\n{"a":1}\n{"a"', ':2}'))).toEqual([{ a: 1 }, { a: 2 }]);
    expect(valuesOf(await read('{"a":1}'))).toEqual([{ a: 1 }]);
    expect(valuesOf(await read('\ufeff[{"a":1},', '{"a":2}]'))).toEqual([{ a: 1 }, { a: 2 }]);
    expect(valuesOf(await read('{"meta":0,"messages":', '[{"a":1}]}'))).toEqual([0, { a: 1 }]);
    expect(valuesOf(await read('{\n"meta":0,"messages":[{"a":1}]}'))).toEqual([0, { a: 1 }]);
    expect(await read()).toEqual([{ values: [], lineCount: 0 }]);
  });

  it('hands out the elements of a document on one line as they come', async () => {
    const [first] = await read('\n [{"a":1},', '{"a":2}', ']');
    expect(first?.values.map(({ value }) => value)).toEqual([{ a: 1 }]);
    const filler = `{"note":"${'a'.repeat(5_000_000)}","messages":[{"a":1},`;
    const long = await read(filler, '{"a":2}]}');
    expect(long[0]?.values.map(({ key }) => key)).toEqual(['note', 'messages']);
    expect(long[1]?.values).toMatchObject([{ key: 'messages', value: { a: 2 } }]);
  });
});
