import { existsSync } from 'node:fs';
import { appendFile, chmod, mkdir, symlink } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';
import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';
import { detectInputs, ingest } from '../../src/ingest/ingest.js';
import { newBatch, type TextReader } from '../../src/ingest/reader.js';
import { READERS } from '../../src/ingest/readers/index.js';
import { barReader, eventsOf, folderOf, optionsOf, sizeReader, told, zipOf } from './support.js';

const chat = (...texts: string[]) => `#chat\n${texts.map((text) => `小满|${text}\n`).join('')}`;
const png = Buffer.from('89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000', 'hex');

describe('paths', () => {
  it('reads files in the order given, under the names given', async () => {
    const folder = await folderOf({ 'b.txt': chat('二'), 'a.txt': chat('一') });
    expect(await told([`${folder}/b.txt`, `${folder}/./a.txt`], folder)).toEqual([
      '+b.txt 二',
      '+./a.txt 一',
    ]);
  });

  it('walks folders in the order of names and leaves out what is no export', async () => {
    const folder = await folderOf({
      'z.txt': chat('终'),
      'day/2.txt': chat('二'),
      'day/1.txt': chat('一'),
      '.hidden.txt': chat('藏'),
      '.git/x.txt': chat('藏'),
      '~$a.xlsx': 'x',
      'kefu-audit.config.json': '{}',
      'kefu-audit.baseline.json': '{}',
      'report.json': '{"schemaVersion":1,"tool":{"name":"kefu-audit","version":"1.0.0"}}',
      'photo.png': png,
      'empty.txt': '',
      'notes.md': '# 笔记',
    });
    expect(await told([`${folder}/`], folder)).toEqual([
      '+day/1.txt 一',
      '+day/2.txt 二',
      '+z.txt 终',
      '~ignored-files 4 empty.txt notes.md photo.png report.json',
    ]);
  });

  it('says so when a folder holds no export', async () => {
    const folder = await folderOf({ 'notes.md': '# 笔记' });
    await mkdir(`${folder}/none`);
    expect(await told([`${folder}/none`, folder], folder)).toEqual(['!no-exports none', '!no-exports ']);
  });

  it('expands patterns, but believes a path that exists', async () => {
    const folder = await folderOf({
      'a1.txt': chat('一'),
      'a[1].txt': chat('括'),
      'b.txt': chat('二'),
      'd/c.txt': chat('三'),
    });
    expect(await told([`${folder}/a[1].txt`], folder)).toEqual(['+a[1].txt 括']);
    expect(await told([`${folder}/*.txt`], folder)).toEqual(['+a1.txt 一', '+a[1].txt 括', '+b.txt 二']);
    expect(await told([`${folder}/**/*.txt`], folder)).toHaveLength(4);
    expect(await told([`${folder}/*`], folder)).toContain('+d/c.txt 三');
    expect(await told([`${folder}/*.log`], folder)).toEqual(['!not-found *.log']);
  });

  it('goes on behind what cannot be read', async () => {
    const folder = await folderOf({ 'a.txt': chat('一'), 'e.txt': '', 'p.png': png, 'q.txt': '随便' });
    const paths = ['gone.txt', 'e.txt', 'p.png', 'q.txt', 'a.txt/b.txt', 'a.txt'].map(
      (name) => `${folder}/${name}`,
    );
    expect(await told(paths, folder)).toEqual([
      '!not-found gone.txt',
      '!empty-file e.txt',
      '!binary-file p.png',
      '!unknown-format q.txt',
      '!not-found a.txt/b.txt',
      '+a.txt 一',
    ]);
  });

  it('reads a file once, however it is named', async () => {
    const folder = await folderOf({ 'a.txt': chat('一') });
    await symlink(`${folder}/a.txt`, `${folder}/link.txt`);
    await symlink(folder, `${folder}/loop`);
    expect(await told([`${folder}/a.txt`, folder, `${folder}/a.txt`], folder)).toEqual(['+a.txt 一']);
  });

  it.skipIf(process.getuid?.() === 0)('tells of missing permission', async () => {
    const folder = await folderOf({ 'a.txt': chat('一'), 'd/b.txt': chat('二') });
    await chmod(`${folder}/a.txt`, 0);
    await chmod(`${folder}/d`, 0);
    expect(await told([`${folder}/a.txt`, `${folder}/d`], folder)).toEqual([
      '!no-permission a.txt',
      '!no-permission d',
    ]);
    await chmod(`${folder}/d`, 0o700);
  });

  it('passes over links in folders that lead nowhere or round in a circle', async () => {
    const folder = await folderOf({ 'a.txt': chat('一') });
    await symlink('nowhere', `${folder}/b.txt`);
    await symlink('d.txt', `${folder}/c.txt`);
    await symlink('c.txt', `${folder}/d.txt`);
    await symlink('.', `${folder}/self`);
    expect(await told([folder], folder)).toEqual(['+a.txt 一']);
    expect(await told([`${folder}/c.txt`], folder)).toEqual(['!read-failed c.txt']);
  });

  it('reads stdin', async () => {
    const stdin = (async function* () {
      yield Buffer.from('#ch');
      yield Buffer.from('at\n小满|您好');
    })();
    expect(await told(['-', '-'], '', { stdin, stdinFilename: 'day.txt' })).toEqual(['+day.txt 您好']);
    expect(await told(['-'], '')).toEqual(['!read-failed -']);
  });
});

describe('files', () => {
  it('notices one that changes while it is read', async () => {
    const folder = await folderOf({ 'a.txt': chat('字'.repeat(300_000), '二') });
    const codes: string[] = [];
    for await (const event of ingest([`${folder}/a.txt`], optionsOf())) {
      if (event.type === 'batch') await appendFile(`${folder}/a.txt`, '小满|迟到\n');
      codes.push(event.type === 'error' ? event.error.code : event.type);
    }
    expect(codes.slice(-2)).toEqual(['input-end', 'changed-while-read']);
  });

  it('says of one that holds nothing but a byte-order mark or blanks that it is empty', async () => {
    const folder = await folderOf({
      'a.txt': '\ufeff',
      'b.csv': ' \n\t\r\n\u3000\n',
      'c.txt': Buffer.from([0xff, 0xfe]),
      'd.txt': chat('在'),
    });
    const blank = ['a.txt', 'b.csv', 'c.txt'].map((name) => `${folder}/${name}`);
    for (const inputFormat of [null, 'bar']) {
      expect(await told(blank, folder, { inputFormat })).toEqual([
        '!empty-file a.txt',
        '!empty-file b.csv',
        '!empty-file c.txt',
      ]);
    }
    expect(await told([folder], folder)).toEqual(['+d.txt 在', '~ignored-files 3 a.txt b.csv c.txt']);
  });

  it.runIf(existsSync('/proc/self/status'))('reads what has no size before it is read', async () => {
    expect(await told(['/proc/self/status'], '', { inputFormat: 'bar' })).not.toContain(
      '!changed-while-read /proc/self/status',
    );
  });

  it('unpacks gzip', async () => {
    const packed = gzipSync(chat('一', '字'.repeat(100_000)));
    const folder = await folderOf({ 'a.log.gz': packed, 'cut.gz': packed.subarray(0, packed.length - 20) });
    expect((await told([`${folder}/a.log.gz`], folder))[0]).toMatch(/^\+a\.log\.gz 一,字/);
    expect((await told([`${folder}/cut.gz`], folder)).at(-1)).toBe('!broken-archive cut.gz');
  });

  it('knows formats that it does not read', async () => {
    const ole = Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(600)]);
    const folder = await folderOf({
      'old.xls': ole,
      'old.doc': ole,
      'a.txt': chat('一'),
      'a.7z': Buffer.from('377abcaf271c0004', 'hex'),
    });
    expect(await told([`${folder}/old.doc`], folder)).toEqual(['!unsupported-format old.doc']);
    expect(await told([folder], folder)).toEqual([
      '!unsupported-format a.7z',
      '+a.txt 一',
      '!unsupported-format old.xls',
      '~ignored-files 1 old.doc',
    ]);
  });

  it('reads the text of a file whose name says workbook', async () => {
    const folder = await folderOf({
      'a.xls': chat('一'),
      'b.csv': zipOf([{ name: 'xl/workbook.xml', content: 'x' }]),
    });
    const lines = await told([`${folder}/a.xls`, `${folder}/b.csv`], folder);
    expect(lines[0]).toBe('+a.xls 一');
    expect(lines[1]).toMatch(/^\+b\.csv \d+$/);
  });

  it('keeps a NUL and a very long line', async () => {
    const folder = await folderOf({ 'a.txt': chat('一\0二', '长'.repeat(5_000_000), '三') });
    const events = await eventsOf([`${folder}/a.txt`]);
    const texts = events.flatMap((event) =>
      event.type === 'batch' ? event.batch.messages.map(({ text }) => text) : [],
    );
    expect(texts.map((text) => text.length)).toEqual([3, 4 * 1024 * 1024 - 3, 1]);
    expect(events.find((event) => event.type === 'notice')).toMatchObject({
      notice: { code: 'nul-characters' },
    });
  });

  it('reports encodings, broken bytes and mixtures', async () => {
    const mixed = Buffer.concat([
      Buffer.from(chat('您好，请问哪里能帮到您呢', '这边看一下')),
      iconv.encode('小满|请稍等一下\n', 'gbk'),
      Buffer.from('小满|好的\xff\n', 'latin1'),
    ]);
    const folder = await folderOf({ 'mixed.txt': mixed, 'gbk.txt': iconv.encode(chat('您好'), 'gbk') });
    const events = await eventsOf([folder]);
    const ends = events.flatMap((event) => (event.type === 'input-end' ? [event.input] : []));
    expect(ends[0]).toMatchObject({
      encoding: 'gb18030',
      brokenByteCount: 0,
      chosenBy: 'content',
      readerId: 'bar',
    });
    expect(ends[1]).toMatchObject({ encoding: 'utf-8', recordCount: 4, messageCount: 4 });
    expect(ends[1]!.unknownCount).toBeGreaterThan(0);
    expect(ends[1]!.brokenByteCount).toBeGreaterThan(0);
    const notices = events.flatMap((event) => (event.type === 'notice' ? [event.notice] : []));
    expect(notices).toMatchObject([
      { code: 'mixed-encodings', data: { encoding: 'utf-8', other: 'gb18030', lines: 1 } },
    ]);
  });
});

describe('archives', () => {
  it('read their members, whatever the names are written in', async () => {
    const folder = await folderOf({
      'a.zip': zipOf([
        { name: 'logs/', content: '', method: 0 },
        { name: iconv.encode('会话/二.log', 'gbk'), content: chat('二') },
        { name: 'b\\一.log', content: chat('一'), flags: 0x800 },
        { name: '__MACOSX/._x.log', content: 'x' },
        { name: '.DS_Store', content: 'x' },
        { name: 'readme.txt', content: '说明', method: 0 },
        { name: './a/三.log', content: chat('三') },
        { name: '../四.log', content: chat('四') },
      ]),
    });
    const expected = [
      '+a.zip!../四.log 四',
      '+a.zip!./a/三.log 三',
      '+a.zip!b/一.log 一',
      '+a.zip!会话/二.log 二',
      '~ignored-files 1 a.zip!readme.txt a.zip',
    ];
    expect(await told([`${folder}/a.zip`], folder)).toEqual(expected);
    expect(await told([folder], folder)).toEqual([
      ...expected.slice(0, 4),
      '~ignored-files 1 a.zip!readme.txt',
    ]);
  });

  it('hold workbooks and packed files', async () => {
    const book = zipOf([{ name: 'xl/workbook.xml', content: 'x' }]);
    const folder = await folderOf({
      'a.zip': zipOf([
        { name: 'a.xlsx', content: book },
        { name: 'b.log.gz', content: gzipSync(chat('包')) },
      ]),
    });
    expect(await told([`${folder}/a.zip`], folder)).toEqual([
      `+a.zip!a.xlsx ${book.length}`,
      '+a.zip!b.log.gz 包',
    ]);
  });

  it('say what is wrong with them', async () => {
    const good = zipOf([{ name: 'a.log', content: chat('一'.repeat(5000)) }]);
    const book = zipOf([{ name: 'xl/workbook.xml', content: 'x'.repeat(5000) }]);
    const damaged = Buffer.from(good);
    damaged.fill(0xff, 40, 60);
    const folder = await folderOf({
      'cut.zip': good.subarray(0, good.length - 30),
      'cut.xlsx': book.subarray(0, book.length - 30),
      'damaged.zip': damaged,
      'locked.zip': zipOf([{ name: 'a.log', content: chat('一'), flags: 1 }]),
      'odd.zip': zipOf([{ name: 'a.log', content: chat('一'), method: 14 }]),
      'bomb.zip': zipOf([{ name: 'a.log', content: chat('一'), claimed: 0xfffffff0 }]),
      'none.zip': zipOf([]),
      'text.zip': zipOf([{ name: 'readme.txt', content: '说明' }]),
      'letter.docx': zipOf([
        { name: '[Content_Types].xml', content: 'x' },
        { name: 'word/document.xml', content: 'x' },
      ]),
    });
    const names = [
      'cut.zip',
      'cut.xlsx',
      'damaged.zip',
      'locked.zip',
      'odd.zip',
      'bomb.zip',
      'none.zip',
      'text.zip',
      'letter.docx',
    ];
    const codes: string[] = [];
    for (const name of names) codes.push((await told([`${folder}/${name}`], folder)).join(' '));
    expect(codes).toEqual([
      '!broken-archive cut.zip',
      '!broken-archive cut.xlsx',
      '!broken-archive damaged.zip!a.log',
      '!unsupported-format locked.zip',
      '!unsupported-format odd.zip!a.log',
      '!broken-archive bomb.zip',
      '!no-exports none.zip',
      '!no-exports text.zip',
      '!unsupported-format letter.docx',
    ]);
  });

  it('come from stdin too', async () => {
    const stdin = (async function* () {
      yield zipOf([{ name: 'a.log', content: chat('一') }]);
    })();
    expect(await told(['-'], '', { stdin, stdinFilename: 'day.zip' })).toEqual(['+day.zip!a.log 一']);
  });
});

describe('reading', () => {
  it('takes the reader that the user names', async () => {
    const folder = await folderOf({ 'a.txt': '小满|没有表头\n' });
    const events = await eventsOf([`${folder}/a.txt`], { inputFormat: 'bar' });
    expect(events.at(-1)).toMatchObject({ type: 'input-end', input: { chosenBy: 'flag', messageCount: 1 } });
    expect(await told([`${folder}/a.txt`], folder, { inputFormat: 'size' })).toEqual([
      '!unsupported-format a.txt',
    ]);
    await expect(eventsOf([`${folder}/a.txt`], { inputFormat: 'bars' })).rejects.toMatchObject({
      code: 'unknown-format',
      data: { value: 'bars', known: ['bar', 'size'] },
    });
  });

  it('counts every record as a message or a skip', async () => {
    const folder = await folderOf({ 'a.txt': `${chat('一', '二')}没有竖线\n` });
    const end = (await eventsOf([`${folder}/a.txt`])).at(-1);
    expect(end).toMatchObject({ input: { recordCount: 3, messageCount: 2, skipCount: 1, lineCount: 4 } });
  });

  it('refuses a reader that loses records', async () => {
    const leaky: TextReader = {
      ...barReader,
      async *read() {
        yield { ...newBatch(), recordCount: 1 };
      },
    };
    const folder = await folderOf({ 'a.txt': chat('一') });
    expect(await told([`${folder}/a.txt`], folder, { readers: [leaky] })).toEqual([
      '+a.txt ',
      '!internal a.txt',
    ]);
  });

  it('turns a failing reader into an error of its input', async () => {
    const failing: TextReader = {
      ...barReader,
      // biome-ignore lint/correctness/useYield: fails before it could
      async *read() {
        throw new TypeError('oops');
      },
    };
    const folder = await folderOf({ 'a.txt': chat('一') });
    expect(await told([`${folder}/a.txt`], folder, { readers: [failing] })).toEqual([
      '+a.txt ',
      '!internal a.txt',
    ]);
  });

  it('gives the blocks of every input numbers of their own', async () => {
    const folder = await folderOf({ 'a.txt': chat('一'), 'b.txt': chat('二', '三') });
    const blocks = (await eventsOf([folder])).flatMap((event) =>
      event.type === 'batch' ? event.batch.messages.map(({ block }) => block) : [],
    );
    expect(blocks).toEqual([0, 1, 1]);
  });

  it('gives roles by the patterns of the user', async () => {
    const folder = await folderOf({ 'a.txt': chat('一') });
    const events = await eventsOf([folder], { roles: { agent: ['小*'], customer: [], bot: [] } });
    expect(events[1]).toMatchObject({ batch: { messages: [{ role: 'agent', roleReason: 'user-pattern' }] } });
  });

  it('lets go of files when the caller stops early', async () => {
    const folder = await folderOf({
      'a.txt': chat('一'.repeat(300_000), '二'),
      'b.zip': zipOf([{ name: 'a.log', content: chat('一') }]),
    });
    for (const name of ['a.txt', 'b.zip']) {
      for await (const event of ingest([`${folder}/${name}`], optionsOf())) if (event.type === 'batch') break;
    }
  });
});

describe('detectInputs', () => {
  it('explains each input', async () => {
    const book = zipOf([{ name: 'xl/workbook.xml', content: 'x' }]);
    const folder = await folderOf({
      '1.txt': iconv.encode(chat('您好', '在的'), 'gbk'),
      '2.xlsx': book,
      '3.txt': '随便',
      '4.txt': '',
    });
    const results = [];
    for await (const result of detectInputs([folder], optionsOf())) results.push(result);
    expect(
      results.map(({ file, encoding, readerId, error }) => [
        file.slice(folder.length + 1),
        encoding,
        readerId,
        error?.code,
      ]),
    ).toEqual([
      ['1.txt', 'gb18030', 'bar', undefined],
      ['2.xlsx', null, 'size', undefined],
      ['3.txt', 'utf-8', null, 'unknown-format'],
      ['4.txt', null, null, 'empty-file'],
    ]);
    expect(results[0]).toMatchObject({
      candidates: [{ readerId: 'bar', score: 1, why: 'header-line' }],
      sample: {
        complete: true,
        messageCount: 2,
        skipCount: 0,
        fromMs: null,
        roles: { unknown: { none: 2 } },
      },
    });
    expect(results[1]!.sample).toMatchObject({ messageCount: 1, fromMs: 1_772_330_405_000 });
  });
});

it('has readers that take workbooks by magic bytes only', () => {
  expect(
    sizeReader.sniff({ name: 'a.xlsx', bytes: Buffer.from('x'), text: '', lines: [], complete: true }),
  ).toBeNull();
});

describe('columns that the user names', () => {
  const OWN = '甲,乙,丙\n2026-03-01 10:00:00,买家,有货吗\n';
  const OTHER = '发送时间,角色,消息内容\n2026-03-01 10:00:00,客服,有的\n';
  const columns = { time: '甲', role: '乙', text: '丙' };

  it('are those of one kind of table in a folder; others are read by their own headers, and it is said', async () => {
    const folder = await folderOf({ 'a.csv': OTHER, 'b.csv': OWN, 'c.txt': OTHER });
    expect(await told([folder], folder, { readers: READERS, columns })).toEqual([
      '~columns-elsewhere  a.csv',
      '~one-conversation-per-file  a.csv',
      '+a.csv 有的',
      '~one-conversation-per-file  b.csv',
      '+b.csv 有货吗',
      '~columns-elsewhere  c.txt',
      '~one-conversation-per-file  c.txt',
      '+c.txt 有的',
    ]);
  });

  it('are an error where one of them is in no table of the run', async () => {
    const folder = await folderOf({ 'a.csv': OTHER, 'b.csv': OWN });
    const wrong = { time: '甲', role: '乙', text: '丁' };
    const lines = await told([folder], folder, { readers: READERS, columns: wrong });
    expect(lines.at(-1)).toBe('!unknown-columns ');
    // Each column is somewhere, if not all in one place.
    const spread = await folderOf({ 'a.csv': OTHER, 'b.csv': OTHER.replace('消息内容', '内容') });
    const both = { text: '内容', speaker: '消息内容' };
    const fine = await told([spread], spread, { readers: READERS, columns: both });
    expect(fine).toContain('~columns-elsewhere  a.csv');
    expect(fine.filter((line) => line.startsWith('!'))).toEqual([]);
  });

  it('are an error where no object of a JSON file has such a field', async () => {
    const folder = await folderOf({
      'a.json': '[{"time":"2026-03-01 10:00:00","role":"客服","content":"有的","memo":"甲"}]',
    });
    const read = (columns: Record<string, string>) =>
      told([`${folder}/a.json`], folder, { readers: READERS, columns });
    expect((await read({ speaker: 'mmeo' })).at(-1)).toBe('!unknown-columns ');
    expect((await read({ speaker: 'memo' })).filter((line) => line.startsWith('!'))).toEqual([]);
  });

  it('are missed in the only file', async () => {
    const folder = await folderOf({ 'a.csv': OTHER });
    const alone = await told([`${folder}/a.csv`], folder, { readers: READERS, columns });
    expect(alone).toEqual(['+a.csv ', '!unknown-columns a.csv']);
  });
});
