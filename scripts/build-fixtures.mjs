/**
 * Writes the fixtures that no text editor can: GBK and UTF-16 text, zip archives and spreadsheets, each from a readable
 * source beside it. `node scripts/build-fixtures.mjs` rewrites what has changed; test/stories/fixtures.test.ts says
 * when something has.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { crc32, deflateRawSync } from 'node:zlib';
import { parse } from 'csv-parse/sync';
import iconv from 'iconv-lite';
import writeExcelFile from 'write-excel-file/node';
import yauzl from 'yauzl';

const ROOT = fileURLToPath(new URL('../fixtures/', import.meta.url));
const read = (path) => readFileSync(join(ROOT, path));
const text = (path) =>
  read(path)
    .toString('utf8')
    .replace(/^\uFEFF/, '');
const crlf = (value) => value.replace(/\r?\n/g, '\r\n');

/**
 * All built fixtures.
 *
 * @returns {Promise<Map<string, Buffer>>} contents by path inside fixtures/
 */
export async function buildFixtures() {
  const files = new Map();
  files.set('demo/01-tmall-taunts.txt', withRawBytes(crlf(text('sources/01-tmall-taunts.txt')), 'gbk'));
  files.set(
    'demo/02-tmall-retaliation/contact-1.txt',
    iconv.encode(crlf(text('sources/02-contact-1.txt')), 'gbk'),
  );
  files.set('demo/04-jd-seven-months.zip', zip(folder('sources/04-jd-seven-months')));

  const chat = text('formats/same-chat/chat.qq.txt');
  files.set('formats/same-chat/chat.qq.gb18030.txt', iconv.encode(chat, 'gb18030'));
  files.set('formats/same-chat/chat.qq.utf16le.txt', iconv.encode(chat, 'utf-16le', { addBOM: true }));
  files.set('formats/same-chat/chat.xlsx', await spreadsheet([['chat', rows('formats/same-chat/chat.csv')]]));
  files.set('formats/hotline.xlsx', await spreadsheet([['通话', withDates(rows('demo/05-hotline.csv'), 1)]]));
  files.set('formats/samples/qianniu-sheets.xlsx', await spreadsheet(QIANNIU_SHEETS));
  files.set(
    'formats/samples/jd-dongdong.zip',
    zip(new Map([['logs/jd-dongdong.log', read('formats/samples/jd-dongdong.log')]])),
  );

  const sheet = files.get('formats/same-chat/chat.xlsx');
  // Not compressed, so that they are cut at the same place whatever compressor this Node has.
  const stored = async (bytes) => zip(await unpack(bytes), { compress: false });
  files.set('bad/truncated.zip', (await stored(files.get('demo/04-jd-seven-months.zip'))).subarray(0, 1500));
  files.set('bad/truncated.xlsx', (await stored(sheet)).subarray(0, 1500));
  files.set('bad/xlsx-named.csv', sheet);
  files.set(
    'bad/binary.txt',
    Buffer.from(Array.from({ length: 512 }, (_, index) => (index * 37 + (index >> 3)) % 256)),
  );
  files.set('bad/empty.txt', Buffer.alloc(0));
  const half = Math.floor(chat.length / 2);
  const cut = chat.indexOf('\r\n\r\n', half) + 4;
  files.set(
    'bad/mixed-encodings.txt',
    Buffer.concat([Buffer.from(chat.slice(0, cut), 'utf8'), iconv.encode(chat.slice(cut), 'gb18030')]),
  );
  files.set('bad/nul-byte.csv', Buffer.from(text('sources/nul-byte.csv').replace('<<00>>', '\0'), 'utf8'));
  return files;
}

/** What an archive holds, so that two can be compared whatever compressed them; other contents come back as they are. */
export async function unpack(bytes) {
  if (bytes.length < 4 || bytes.readUInt32LE(0) !== 0x04034b50) return new Map([['', bytes]]);
  let archive;
  try {
    archive = await yauzl.fromBufferPromise(bytes);
  } catch {
    return new Map([['', bytes]]);
  }
  const members = new Map();
  for await (const entry of archive.eachEntry()) {
    const chunks = [];
    for await (const chunk of await archive.openReadStreamPromise(entry)) chunks.push(chunk);
    members.set(entry.fileName, Buffer.concat(chunks));
  }
  return members;
}

/** `<<FF>>` stands for this very byte, which belongs to no character: real exports have them. */
function withRawBytes(value, encoding) {
  const parts = value.split(/<<((?:[0-9A-F]{2})+)>>/);
  return Buffer.concat(
    parts.map((part, index) => (index % 2 === 0 ? iconv.encode(part, encoding) : Buffer.from(part, 'hex'))),
  );
}

function folder(path) {
  const names = readdirSync(join(ROOT, path)).sort();
  return new Map(names.map((name) => [name, Buffer.from(crlf(text(join(path, name))), 'utf8')]));
}

/** A plain zip archive with UTF-8 names and no dates. */
function zip(members, { compress } = { compress: true }) {
  const local = [];
  const central = [];
  let offset = 0;
  for (const [name, content] of members) {
    const packed = compress ? deflateRawSync(content, { level: 9 }) : content;
    const fields = Buffer.alloc(26);
    fields.writeUInt16LE(20, 0); // version needed
    fields.writeUInt16LE(0x0800, 2); // names are UTF-8
    fields.writeUInt16LE(compress ? 8 : 0, 4);
    fields.writeUInt16LE(0x21, 8); // 1980-01-01, the earliest date there is
    fields.writeUInt32LE(crc32(content), 10);
    fields.writeUInt32LE(packed.length, 14);
    fields.writeUInt32LE(content.length, 18);
    fields.writeUInt16LE(Buffer.byteLength(name), 22);
    const head = Buffer.concat([Buffer.from('PK\x03\x04'), fields, Buffer.from(name), packed]);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(offset, 10);
    central.push(
      Buffer.concat([Buffer.from('PK\x01\x02'), Buffer.from([20, 0]), fields, tail, Buffer.from(name)]),
    );
    local.push(head);
    offset += head.length;
  }
  const directory = Buffer.concat(central);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(members.size, 4);
  end.writeUInt16LE(members.size, 6);
  end.writeUInt32LE(directory.length, 8);
  end.writeUInt32LE(offset, 12);
  return Buffer.concat([...local, directory, Buffer.from('PK\x05\x06'), end]);
}

function rows(path) {
  return parse(text(path), { relax_column_count: false });
}

/** Turns the times of one column into real date cells, as a spreadsheet program would have stored them. */
function withDates(table, column) {
  return table.map((row, index) =>
    row.map((cell, at) => (index > 0 && at === column ? new Date(`${cell.replace(' ', 'T')}Z`) : cell)),
  );
}

async function spreadsheet(sheets) {
  const bytes = await writeExcelFile(
    sheets.map(([name, table]) => ({
      sheet: name,
      data: table.map((row) =>
        row.map((cell) =>
          cell instanceof Date
            ? { type: Date, value: cell, format: 'yyyy-mm-dd hh:mm:ss' }
            : { type: String, value: cell },
        ),
      ),
    })),
  ).toBuffer();
  return zip(await unpack(bytes));
}

const SHEET_HEADER = ['客户名', '消息序号', '发送时间', '发送内容', '发送账号', '账号类型'];
const QIANNIU_SHEETS = [
  [
    't______7',
    [
      SHEET_HEADER,
      ['t******7', '1', '2026-06-02 13:00:05', '笔记本几号发', 't******7', '买家'],
      ['t******7', '2', '2026-06-02 13:00:31', '亲 今天就发', '松塔文具旗舰店:小蜡', '客服'],
    ],
  ],
  [
    't______9',
    [
      SHEET_HEADER,
      ['t******9', '1', '2026-06-02 13:05:00', '有横线的吗', 't******9', '买家'],
      ['t******9', '2', '2026-06-02 13:05:44', '有的 还有空白页的', '松塔文具旗舰店:小蜡', '客服'],
      ['t******9', '3', '2026-06-02 13:06:10', '好', 't******9', '买家'],
    ],
  ],
];

/** True when two files say the same. */
async function same(a, b) {
  const [left, right] = [await unpack(a), await unpack(b)];
  return left.size === right.size && [...left].every(([name, bytes]) => right.get(name)?.equals(bytes));
}

/**
 * Built fixtures whose committed file is missing or says something else.
 *
 * @returns {Promise<string[]>} paths inside fixtures/
 */
export async function staleFixtures() {
  const stale = [];
  for (const [path, bytes] of await buildFixtures()) {
    let committed;
    try {
      committed = read(path);
    } catch {
      stale.push(path);
      continue;
    }
    if (!(await same(bytes, committed))) stale.push(path);
  }
  return stale;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const files = await buildFixtures();
  for (const path of await staleFixtures()) {
    writeFileSync(join(ROOT, path), files.get(path));
    console.log(`wrote fixtures/${path}`);
  }
}
