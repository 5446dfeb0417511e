import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { planColumns } from '../../src/ingest/columns.js';
import { CsvSplitter } from '../../src/ingest/csv-records.js';
import { NOTICE_CHARACTERS } from '../../src/ingest/kinds.js';
import { newBatch, type ReadContext } from '../../src/ingest/reader.js';
import { createRoleResolver } from '../../src/ingest/roles.js';
import { Table } from '../../src/ingest/table.js';
import { Zone } from '../../src/model/zone.js';

const HEADERS = [
  '消息内容',
  '发送时间',
  '日期',
  '角色',
  '是否客服发送',
  '发送账号',
  '发送者昵称',
  '接收账号',
  '会话ID',
  '群名称',
  '买家昵称',
  '客服账号',
  '消息ID',
  '消息类型',
  '店铺',
  '平台',
  '标注：谁对',
];

const cell = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.constantFrom('禾木家纺:小满', 't**1', '甲', '乙', '客服', '买家', 'S1', 'S2', '1', '0'),
  },
  {
    weight: 3,
    arbitrary: fc.constantFrom('', ' ', '-', 'nan', "'甲", '7.0', '机器人', '系统', '京东', 'text', '图片'),
  },
  {
    weight: 4,
    arbitrary: fc.constantFrom(
      '您好',
      '[图片]',
      '[微笑]好的',
      '【自动回复】在的',
      '对方撤回了一条消息',
      '由 小满 转交给 白露',
      '第一行\n第二行',
      '第一行\r\n第二行',
      '他说"好"',
      "'=1+1",
      '消息内容',
      '\ufeff您好',
    ),
  },
  {
    weight: 5,
    arbitrary: fc.constantFrom(
      '2026-03-01 10:00:00',
      '2026-03-01 10:00:59',
      '2026-03-01 23:59:60',
      '2026-03-02T08:00:00.250',
      '2026-03-02T08:00:00+09:00',
      '2026/3/1 9:05',
      '2026-03-01',
      '10:00:00',
      '1772330405',
      '昨天',
    ),
  },
);

const table = fc
  .uniqueArray(fc.constantFrom(...HEADERS), { minLength: 2, maxLength: 9 })
  .map((headers) => (headers.includes('消息内容') ? headers : ['消息内容', ...headers]))
  .chain((headers) =>
    fc.tuple(
      fc.constant(headers),
      fc.array(
        fc.oneof(
          { weight: 20, arbitrary: fc.array(cell, { minLength: headers.length, maxLength: headers.length }) },
          { weight: 1, arbitrary: fc.array(cell, { minLength: 1, maxLength: headers.length + 1 }) },
          { weight: 1, arbitrary: fc.constant(headers) },
        ),
        { maxLength: 12 },
      ),
    ),
  );

/** What a table makes of rows, each handed over as the splitter holds it or as strings. */
function read(
  headers: string[],
  text: string,
  hand: (table: Table, batch: ReturnType<typeof newBatch>, row: CsvSplitter) => void,
) {
  const notices: unknown[] = [];
  const context: ReadContext = {
    file: '某店 2026-03-01.csv',
    zone: new Zone('Asia/Shanghai'),
    roles: createRoleResolver({ agent: [], customer: [], bot: [] }),
    columns: null,
    notice: (code, data) => notices.push({ code, data }),
  };
  const rows = new Table(context, planColumns(headers, null), { strict: true, sheet: null, samples: [] });
  const splitter = new CsvSplitter({ delimiter: ',', newline: '\n' }, NOTICE_CHARACTERS);
  const batch = newBatch();
  splitter.push(text);
  splitter.end();
  while (splitter.next()) hand(rows, batch, splitter);
  return { batch, notices };
}

function write(rows: readonly (readonly string[])[]): string {
  const quoted = (value: string) => (/[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value);
  return rows.map((row) => `${row.map(quoted).join(',')}\r\n`).join('');
}

describe('Table', () => {
  it('makes the same of a row whether it is handed over as stretches of a text or as strings', () => {
    let quick = 0;
    fc.assert(
      fc.property(table, ([headers, rows]) => {
        const text = write(rows);
        const found = read(headers, text, (one, batch, row) => one.record(batch, row));
        const expected = read(headers, text, (one, batch, row) =>
          one.row(batch, row.cells(), row.fieldCount, row.line),
        );
        expect(found).toEqual(expected);
        quick += found.batch.messages.length;
      }),
      { numRuns: 400 },
    );
    expect(quick).toBeGreaterThan(300);
  });
});
