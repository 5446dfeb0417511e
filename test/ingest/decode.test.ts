import fc from 'fast-check';
import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';
import { Decoder, decode as decodeStream, type Encoding } from '../../src/ingest/decode.js';

const CHAT = [
  '2026-03-01 10:00:00 青柠不酸',
  '在吗？订单怎么还没发货😀',
  '',
  '2026-03-01 10:00:35 云朵家居旗舰店:小满',
  '亲，您好～这边帮您查一下，请稍等',
  '一',
  'OK',
].join('\r\n');

/** Decodes bytes cut at the given places. */
function decode(bytes: Uint8Array, cuts: number[] = [], forced: Encoding | null = null) {
  const decoder = new Decoder(forced);
  const at = [0, ...cuts.map((cut) => Math.min(cut, bytes.length)).sort((a, b) => a - b), bytes.length];
  let text = '';
  for (let index = 1; index < at.length; index++)
    text += decoder.push(bytes.subarray(at[index - 1], at[index]));
  text += decoder.end();
  return {
    text,
    encoding: decoder.encoding,
    broken: decoder.brokenByteCount,
    foreign: decoder.foreignLineCount,
    nul: decoder.nulCount,
  };
}

const sound = { broken: 0, foreign: 0, nul: 0 };
const bytesOf = (...parts: (string | number[] | Uint8Array)[]) =>
  Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : Uint8Array.from(part))));
const gbk = (text: string) => iconv.encode(text, 'gb18030');

describe('detection', () => {
  const encodings: [string, Buffer, Encoding][] = [
    ['UTF-8', bytesOf(CHAT), 'utf-8'],
    ['UTF-8 with BOM', bytesOf('\uFEFF', CHAT), 'utf-8'],
    ['GB18030', gbk(CHAT), 'gb18030'],
    ['GB18030 with BOM', gbk(`\uFEFF${CHAT}`), 'gb18030'],
    ['UTF-16LE', iconv.encode(CHAT, 'utf-16le'), 'utf-16le'],
    ['UTF-16LE with BOM', iconv.encode(CHAT, 'utf-16le', { addBOM: true }), 'utf-16le'],
    ['UTF-16BE', iconv.encode(CHAT, 'utf-16be'), 'utf-16be'],
    ['UTF-16BE with BOM', iconv.encode(CHAT, 'utf-16be', { addBOM: true }), 'utf-16be'],
  ];

  it.each(encodings)('reads %s, cut at every byte', (_name, bytes, encoding) => {
    const expected = { text: CHAT, encoding, ...sound };
    expect(decode(bytes)).toEqual(expected);
    for (let cut = 1; cut < bytes.length; cut++) expect(decode(bytes, [cut])).toEqual(expected);
    expect(decode(bytes, [...bytes.keys()])).toEqual(expected);
  });

  it.each(encodings)('reads a long %s in any chunks', (_name, bytes, encoding) => {
    const hasBom = bytes.length > iconv.encode(CHAT, encoding).length;
    const bom = hasBom
      ? bytes.subarray(0, bytes.length - iconv.encode(CHAT, encoding).length)
      : Buffer.alloc(0);
    const long = `${CHAT}\r\n`.repeat(1500);
    const whole = Buffer.concat([bom, iconv.encode(long, encoding)]);
    fc.assert(
      fc.property(fc.array(fc.nat(whole.length), { maxLength: 6 }), (cuts) => {
        const result = decode(whole, cuts);
        expect(result.text === long).toBe(true);
        expect(result.encoding).toBe(encoding);
      }),
      { numRuns: 10 },
    );
  });

  it('waits for the first byte beyond ASCII, however late it comes', () => {
    const ascii = '2026-03-01 10:00:00 agent: ok\n'.repeat(10_000);
    const cuts = [1000, 70_000, ascii.length, ascii.length + 1, ascii.length + 3];
    expect(decode(Buffer.concat([bytesOf(ascii), gbk(CHAT)]), cuts)).toEqual({
      text: ascii + CHAT,
      encoding: 'gb18030',
      ...sound,
    });
    expect(decode(bytesOf(ascii, CHAT), cuts)).toEqual({ text: ascii + CHAT, encoding: 'utf-8', ...sound });
    expect(decode(bytesOf(ascii), cuts)).toEqual({ text: ascii, encoding: 'utf-8', ...sound });
  });

  it('reads a single long line', () => {
    const long = '好a'.repeat(1_500_000);
    const utf8 = Buffer.from(long);
    expect(decode(utf8, [100_001, 2_000_001, 3_500_003]).text === long).toBe(true);
    const other = gbk('好,'.repeat(1_500_000));
    const result = decode(other, [100_000, 2_000_001, 3_500_000]);
    expect(result).toMatchObject({ encoding: 'gb18030', broken: 0 });
    expect(result.text.length).toBe(3_000_000);
  });

  it('reads nothing as nothing', () => {
    expect(decode(Buffer.alloc(0))).toEqual({ text: '', encoding: 'utf-8', ...sound });
    expect(decode(bytesOf('\uFEFF'))).toEqual({ text: '', encoding: 'utf-8', ...sound });
  });

  it('keeps a BOM in the middle, for readers to drop', () => {
    expect(decode(bytesOf('一\n\uFEFF二\n')).text).toBe('一\n\uFEFF二\n');
  });

  it('does not take a NUL in text for UTF-16', () => {
    expect(decode(bytesOf('a\0b', CHAT))).toEqual({
      text: `a\0b${CHAT}`,
      encoding: 'utf-8',
      ...sound,
      nul: 1,
    });
    expect(decode(Buffer.concat([gbk(CHAT), Buffer.from([0, 0]), gbk(CHAT)]))).toMatchObject({
      encoding: 'gb18030',
      nul: 2,
    });
    expect(decode(bytesOf('#a\n小|一\0二\n'))).toMatchObject({ encoding: 'utf-8', nul: 1 });
    expect(decode(bytesOf('好\0'))).toMatchObject({ encoding: 'utf-8', nul: 1 });
  });

  it('knows UTF-16 of few words', () => {
    for (const text of ['ok', '好\n', '客户,您好\n', '2026', '好的\r\n']) {
      expect(decode(iconv.encode(text, 'utf-16le')).text).toBe(text);
      expect(decode(iconv.encode(text, 'utf-16be')).text).toBe(text);
    }
  });

  it('knows any Chinese text in each encoding', () => {
    const hanzi = fc.integer({ min: 0x4e00, max: 0x9fa5 }).map((code) => String.fromCodePoint(code));
    const line = fc
      .array(fc.oneof({ weight: 4, arbitrary: hanzi }, fc.constantFrom('，', '。', '！', ' ', 'a', '7')), {
        minLength: 6,
        maxLength: 40,
      })
      .map((characters) => characters.join(''));
    const text = fc.array(line, { minLength: 3, maxLength: 12 }).map((lines) => lines.join('\n'));
    fc.assert(
      fc.property(text, fc.array(fc.nat(400), { maxLength: 4 }), (whole, cuts) => {
        expect(decode(bytesOf(whole), cuts)).toEqual({ text: whole, encoding: 'utf-8', ...sound });
      }),
    );
    const common =
      '的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所民得经十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去把性好应开它合还因由其些然前外天政四日那社义事平形相全表间样与关各重新线内数正心反你明看原又么利比或但质气第向道命此变条只没结解问意建月公无系军很情者最立代想已通并提直题党程展五果料象员革位入常文总次品式活设及管特件长求老头基资边流路级少图山统接知较将组见计别她手角期根论运农指几九区强放决西被干做必战先回则任取据处';
    const byChance = '的\n面将\n应也农原\n的的';
    expect(decode(gbk(byChance), [])).toEqual({ text: byChance, encoding: 'gb18030', ...sound });
    const natural = fc
      .array(
        fc
          .array(fc.constantFrom(...common, '，', '。', ' ', '8'), { minLength: 1, maxLength: 30 })
          .map((characters) => characters.join('')),
        { minLength: 3, maxLength: 12 },
      )
      .map((lines) => lines.join('\n'))
      .filter((whole) => (whole.match(/\p{Script=Han}/gu) ?? []).length > 20);
    fc.assert(
      fc.property(natural, fc.array(fc.nat(400), { maxLength: 4 }), (whole, cuts) => {
        expect(decode(gbk(whole), cuts)).toEqual({ text: whole, encoding: 'gb18030', ...sound });
      }),
      { numRuns: 1000 },
    );
  });
});

describe('broken bytes', () => {
  it('do not turn GBK into anything else, and do not swallow line ends', () => {
    const bytes = Buffer.concat([
      gbk('云朵家居旗舰店:小满(2026-03-01 10:00:00):  您好'),
      Buffer.from([0xb0, 0x0a, 0xff, 0x0a]),
      gbk('第二行\n'),
    ]);
    const result = decode(bytes);
    expect(result.encoding).toBe('gb18030');
    expect(result.text).toBe('云朵家居旗舰店:小满(2026-03-01 10:00:00):  您好\uFFFD\n\uFFFD\n第二行\n');
    expect(result.broken).toBe(2);
  });

  it('do not turn UTF-8 into GBK', () => {
    const bytes = bytesOf(
      '您好，请稍等',
      [0xe4, 0xbd],
      '\n第二行没有问题\n',
      [0xff],
      '第三行也是\n好',
      [0xe5, 0xa5],
    );
    const result = decode(bytes);
    expect(result.encoding).toBe('utf-8');
    expect(result.text).toBe('您好，请稍等\uFFFD\n第二行没有问题\n\uFFFD第三行也是\n好\uFFFD');
    expect(result).toMatchObject({ broken: 3, foreign: 0 });
  });

  it('count the cut tail of a file once', () => {
    const whole = bytesOf('2026-03-01 10:00:00 小满\n您好');
    expect(decode(whole.subarray(0, -1))).toMatchObject({ encoding: 'utf-8', broken: 1 });
    expect(decode(bytesOf('ok\nok\n一切正常\n', [0xe4, 0xbd]))).toMatchObject({
      encoding: 'utf-8',
      broken: 1,
      foreign: 0,
    });
  });

  it('are counted in UTF-16', () => {
    const bytes = Buffer.concat([
      iconv.encode('\uFEFF您好', 'utf-16le'),
      Buffer.from([0x00, 0xd8, 0x60, 0x4f]),
    ]);
    expect(decode(bytes)).toMatchObject({ text: '您好\uFFFD你', encoding: 'utf-16le', broken: 1 });
  });

  it('never throw, whatever the bytes', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 300 }),
        fc.array(fc.nat(300), { maxLength: 4 }),
        (bytes, cuts) => {
          expect(decode(bytes, cuts)).toEqual(decode(bytes));
        },
      ),
      { numRuns: 500 },
    );
  });
});

describe('mixed encodings', () => {
  it('decodes lines of GBK in a UTF-8 file', () => {
    const bytes = Buffer.concat([
      bytesOf(`${CHAT}\n`.repeat(20)),
      gbk('请问什么时候发货\n好的\n'),
      bytesOf('这一行还是原来的编码\n'),
    ]);
    expect(decode(bytes)).toEqual({
      text: `${`${CHAT}\n`.repeat(20)}请问什么时候发货\n好的\n这一行还是原来的编码\n`,
      encoding: 'utf-8',
      broken: 0,
      foreign: 2,
      nul: 0,
    });
  });

  it('decodes a stretch of UTF-8 in a GBK file', () => {
    const bytes = Buffer.concat([gbk(`${CHAT}\n`.repeat(2000)), bytesOf(`${CHAT}\n`.repeat(2000))]);
    const result = decode(bytes, [70_000, 100_001]);
    expect(result.encoding).toBe('gb18030');
    expect(result.broken).toBe(0);
    expect(result.foreign).toBeGreaterThan(5999);
    expect(result.text.split('请稍等').length).toBe(4001);
  });
});

describe('a forced encoding', () => {
  it('is obeyed', () => {
    const big5 = iconv.encode('您好，請稍等\n', 'big5');
    expect(decode(big5, [1, 2, 3], 'big5')).toMatchObject({
      text: '您好，請稍等\n',
      encoding: 'big5',
      broken: 0,
    });
    expect(decode(gbk('您好'), [1, 3], 'gbk')).toMatchObject({ text: '您好', encoding: 'gbk' });
    expect(decode(gbk('您好'), [1, 3], 'gb18030')).toMatchObject({ text: '您好', encoding: 'gb18030' });
    expect(decode(iconv.encode('您好', 'utf-16be'), [1], 'utf-16be').text).toBe('您好');
    expect(decode(bytesOf('\uFEFF您好'), [1, 2, 4], 'utf-8').text).toBe('您好');
  });

  it('leaves no line to another encoding', () => {
    const result = decode(Buffer.concat([bytesOf('您好\n'), gbk('您好\n')]), [], 'utf-8');
    expect(result).toMatchObject({ encoding: 'utf-8', foreign: 0 });
    expect(result.broken).toBeGreaterThan(0);
  });
});

describe('a stream of chunks', () => {
  async function piecesOf(chunks: Buffer[]): Promise<string[]> {
    async function* given() {
      yield* chunks;
    }
    const pieces: string[] = [];
    for await (const text of decodeStream(given(), new Decoder())) pieces.push(text);
    return pieces;
  }

  it('is decoded in short pieces of whole lines', async () => {
    const lines = `${CHAT}\n`.repeat(2000);
    const bytes = [bytesOf(lines), gbk(lines), bytesOf([0xff, 0xfe], iconv.encode(lines, 'utf-16le'))];
    for (const one of bytes) {
      const half = one.length >> 1;
      const pieces = await piecesOf([one.subarray(0, half), one.subarray(half)]);
      expect(pieces.join('') === lines).toBe(true);
      // The first may hold what had to wait for the encoding to be decided.
      for (const text of pieces) expect(text.length).toBeLessThanOrEqual(2 * 64 * 1024);
    }
    for (const text of await piecesOf([bytesOf(lines)])) expect(text.endsWith('\n')).toBe(true);
  });
});
