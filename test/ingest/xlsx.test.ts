import { describe, expect, it } from 'vitest';
import writeXlsxFile from 'write-excel-file/node';
import { csv } from '../../src/ingest/readers/csv.js';
import { xlsx } from '../../src/ingest/readers/xlsx.js';
import { readAll } from './reading.js';

type Value = string | number | boolean | Date | null;

async function workbook(...sheets: [string, Value[][]][]): Promise<Uint8Array> {
  const cells = (rows: Value[][]) =>
    rows.map((row) =>
      row.map((value) =>
        value instanceof Date
          ? { value, type: Date, format: 'yyyy-mm-dd hh:mm:ss' }
          : value === null
            ? null
            : { value },
      ),
    );
  const file = writeXlsxFile(sheets.map(([sheet, rows]) => ({ sheet, data: cells(rows) })) as never);
  return new Uint8Array(await file.toBuffer());
}

const HEADER = ['会话ID', '发送时间', '角色', '消息内容'];
const nine = Date.UTC(2026, 3, 2, 1);

describe('xlsx', () => {
  it('reads dates as dates, serials and text, below a title', async () => {
    const bytes = await workbook([
      '导出',
      [
        ['榛果小家 聊天记录'],
        [],
        HEADER,
        [1001, new Date(Date.UTC(2026, 3, 2, 9, 0, 0)), '买家', ' 有\n货吗 '],
        ['1001.0', 46114.375, '客服', '有的'],
        ["'1001", "'2026-04-02 09:00:02", '客服', "'=今天发"],
        [],
        [1001, '未知', '客服', '坏的时间'],
        [1001, null, '客服', 7],
      ],
    ]);
    const { messages, skips, recordCount } = await readAll(xlsx, bytes);
    expect(messages.map(({ text, atMs, session, source }) => [source.line, session, atMs, text])).toEqual([
      [4, '1001', nine, ' 有\n货吗 '],
      [5, '1001', nine, '有的'],
      [6, '1001', nine + 2000, '=今天发'],
      [9, '1001', null, '7'],
    ]);
    expect(skips.map(({ reason, line }) => [reason, line])).toEqual([['bad-time', 8]]);
    expect(recordCount).toBe(5);
  });

  it('takes each sheet for a customer where no column names one, and says which it left out', async () => {
    const rows = [
      ['发送时间', '角色', '消息内容'],
      ['2026-04-02 09:00:00', '买家', '在吗'],
    ];
    const bytes = await workbook(['柿子', rows], ['说明', [['只是说明', '无']]], ['桃子', rows]);
    const { messages, notices } = await readAll(xlsx, bytes, { file: 'a.xlsx' });
    expect(messages.map(({ conversationKey }) => conversationKey)).toEqual(['柿子', '桃子']);
    expect(notices).toEqual([{ code: 'sheet-skipped', data: { file: 'a.xlsx', sheet: '说明' } }]);
  });

  it('gives what the same table gives as CSV', async () => {
    const rows = [
      HEADER,
      ['S1', '2026-04-02 09:00:00', '买家', '😀 "引号", 逗号'],
      ['S1', '2026-04-02 09:00:20', '客服', '两行\n字'],
      ['S2', '2026-04-02 10:00:00', '机器人', '[图片]'],
    ];
    const text = rows.map((row) => row.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(',')).join('\n');
    const asCsv = await readAll(csv, text);
    const asXlsx = await readAll(xlsx, await workbook(['表', rows]));
    const plain = ({ messages }: typeof asCsv) => messages.map(({ source, ...rest }) => rest);
    expect(plain(asXlsx)).toEqual(plain(asCsv));
    expect(asXlsx.messages).toHaveLength(3);
  });

  it('names the columns of a workbook it does not understand', async () => {
    const bytes = await workbook([
      '表',
      [
        ['甲', '乙'],
        [1, 2],
      ],
    ]);
    await expect(readAll(xlsx, bytes)).rejects.toMatchObject({
      code: 'unknown-columns',
      data: { headers: ['甲', '乙'] },
    });
  });

  it('calls a workbook broken wherever it is cut', async () => {
    const bytes = await workbook(['表', [HEADER, ['1', '2026-04-02 09:00:00', '客服', '好']]]);
    for (const part of [0.1, 0.5, 0.9, 0.999]) {
      const cut = bytes.slice(0, Math.floor(bytes.length * part));
      await expect(readAll(xlsx, cut)).rejects.toMatchObject({ code: 'broken-archive' });
    }
  });
});
