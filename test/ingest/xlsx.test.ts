import { describe, expect, it } from 'vitest';
import writeXlsxFile from 'write-excel-file/node';
import { openArchive } from '../../src/ingest/archive.js';
import { csv } from '../../src/ingest/readers/csv.js';
import { xlsx } from '../../src/ingest/readers/xlsx.js';
import { readAll } from './reading.js';
import { zipOf } from './support.js';

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

const ROOT_RELATIONS =
  '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>';

/**
 * A workbook whose parts are changed, as other programs or accidents would have written them.
 *
 * @param claimed size that the parts changed are said to have
 */
async function changed(
  bytes: Uint8Array,
  parts: Record<string, (xml: string) => string>,
  claimed?: number,
): Promise<Uint8Array> {
  const archive = await openArchive(bytes, 'workbook');
  // The one part whose name makes it look hidden.
  const members: Parameters<typeof zipOf>[0] = [{ name: '_rels/.rels', content: ROOT_RELATIONS }];
  for (const { name, stream } of archive.members) {
    const pieces: Uint8Array[] = [];
    for await (const piece of stream()) pieces.push(piece);
    const before = Buffer.concat(pieces).toString();
    const change = parts[name];
    const content = change === undefined ? before : change(before);
    if (change !== undefined && claimed === undefined) expect(content, name).not.toBe(before);
    members.push({ name, content, ...(change && claimed ? { claimed } : {}) });
  }
  await archive.close();
  expect(members.map(({ name }) => name)).toEqual(expect.arrayContaining(Object.keys(parts)));
  return zipOf(members);
}

const SHEET1 = 'xl/worksheets/sheet1.xml';
const SHEET2 = 'xl/worksheets/sheet2.xml';

describe('workbooks of other programs', () => {
  it('counts from 1904 where the workbook says so, formatted or not', async () => {
    const plain = await workbook([
      '表',
      [HEADER, ['1', 46114.375, '买家', '有货吗'], ['1', new Date(nine + 8 * 3_600_000), '客服', '有的']],
    ]);
    const old = await changed(plain, {
      'xl/workbook.xml': (xml) =>
        xml.includes('<workbookPr')
          ? xml.replace(/<workbookPr\b[^>]*\/?>/, '<workbookPr date1904="1"/>')
          : xml.replace('<sheets>', '<workbookPr date1904="1"/><sheets>'),
    });
    const days = 1462 * 86_400_000;
    expect((await readAll(xlsx, plain)).messages.map(({ atMs }) => atMs)).toEqual([nine, nine]);
    expect((await readAll(xlsx, old)).messages.map(({ atMs }) => atMs)).toEqual([nine + days, nine + days]);
  });

  it('calls a workbook damaged when the XML of a sheet ends too soon', async () => {
    const rows = [
      HEADER,
      ...Array.from({ length: 50 }, (_, n) => ['1', '2026-04-02 09:00:00', '客服', `好${n}`]),
    ];
    const whole = await workbook(['表', rows]);
    expect((await readAll(xlsx, whole)).messages).toHaveLength(50);
    const cuts = [
      (xml: string) => xml.slice(0, xml.indexOf('</row>', xml.length / 2) + 6),
      (xml: string) => xml.slice(0, xml.indexOf('</worksheet>')),
    ];
    for (const cut of cuts) {
      await expect(readAll(xlsx, await changed(whole, { [SHEET1]: cut }))).rejects.toMatchObject({
        code: 'broken-archive',
        data: { reason: 'truncated' },
      });
    }
  });

  it('reads a second sheet with one cell far down', async () => {
    const rows = [HEADER, ['1', '2026-04-02 09:00:00', '买家', '在吗']];
    const sparse = await changed(await workbook(['甲', rows], ['乙', rows]), {
      [SHEET2]: (xml) =>
        xml.replace(
          '</sheetData>',
          '<row r="1048576"><c r="Z1048576" t="inlineStr"><is><t>。</t></is></c></row></sheetData>',
        ),
    });
    const { messages } = await readAll(xlsx, sparse);
    expect(messages.map(({ text }) => text)).toEqual(['在吗', '在吗']);
  });

  it('takes a merged session cell for every row that it stands beside', async () => {
    const rows = [
      HEADER,
      ['S1', '2026-04-02 09:00:00', '买家', '在吗'],
      [null, '2026-04-02 09:00:10', '客服', '在的'],
      [null, '2026-04-02 09:00:20', '买家', '有货吗'],
      ['S2', '2026-04-02 10:00:00', '买家', '你好'],
      [null, '2026-04-02 10:00:05', '客服', '您好'],
    ];
    const merged = await changed(await workbook(['表 & 一', rows]), {
      [SHEET1]: (xml) =>
        xml.replace(
          '</sheetData>',
          '</sheetData><mergeCells count="2"><mergeCell ref="A2:A4"/><mergeCell ref="A5:A6"/></mergeCells>',
        ),
    });
    const { messages } = await readAll(xlsx, merged);
    expect(messages.map(({ session }) => session)).toEqual(['S1', 'S1', 'S1', 'S2', 'S2']);
  });

  it('refuses a small sheet that unpacks to hundreds of megabytes', async () => {
    const empty = await workbook(['表', [HEADER]]);
    const bomb = await changed(empty, { [SHEET1]: (xml) => xml }, 200_000_000);
    await expect(readAll(xlsx, bomb)).rejects.toMatchObject({
      code: 'broken-archive',
      data: { reason: 'zip bomb' },
    });
  });
});

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
