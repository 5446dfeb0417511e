import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { crc32, deflateRawSync } from 'node:zlib';
import { onTestFinished } from 'vitest';
import type { Encoding } from '../../src/ingest/decode.js';
import { type IngestEvent, type IngestOptions, ingest } from '../../src/ingest/ingest.js';
import { lineBatches } from '../../src/ingest/lines.js';
import { type BinaryReader, newBatch, type TextReader } from '../../src/ingest/reader.js';
import { createMessage } from '../../src/model/message.js';
import { Zone } from '../../src/model/zone.js';

/** A format of one message a line, `speaker|text` below a line `#chat`; lines without a bar are skips. */
export const barReader: TextReader = {
  id: 'bar',
  platform: null,
  title: { zh: '竖线', en: 'bars' },
  basis: 'fixture',
  input: 'text',
  sniff: (head) => (head.lines[0]?.startsWith('#chat') ? { score: 1, why: 'header-line' } : null),
  async *read(chunks, context) {
    let line = 0;
    for await (const lines of lineBatches(chunks)) {
      const batch = newBatch();
      for (const text of lines) {
        line++;
        if (text.startsWith('#') || text === '') continue;
        batch.recordCount++;
        const [speaker, body] = text.split('|');
        const source = { file: context.file, line };
        if (body === undefined) {
          batch.skips.push({ reason: 'missing-field', ...source, detail: text });
          continue;
        }
        const { role, reason } = context.roles.resolve({ id: speaker!, name: speaker! });
        batch.messages.push(
          createMessage({
            conversationKey: 'c',
            text: body,
            source,
            role,
            roleReason: reason,
            speakerId: speaker!,
          }),
        );
      }
      batch.lineCount = lines.length;
      yield batch;
    }
  },
};

/** Takes any workbook: a message that tells how many bytes it has. */
export const sizeReader: BinaryReader = {
  id: 'size',
  platform: null,
  title: { zh: '大小', en: 'size' },
  basis: 'fixture',
  input: 'bytes',
  sniff: (head) => (head.bytes[0] === 0x50 ? { score: 1, why: 'magic' } : null),
  async *read(source, context) {
    const bytes = await source.bytes();
    const batch = newBatch();
    batch.recordCount = 1;
    batch.lineCount = 1;
    batch.messages.push(
      createMessage({
        conversationKey: 'c',
        text: String(bytes.length),
        source: { file: context.file, line: 1 },
        atMs: 1_772_330_405_000,
      }),
    );
    yield batch;
  },
};

export function optionsOf(options: Partial<IngestOptions> = {}): IngestOptions {
  return {
    inputFormat: null,
    encoding: null as Encoding | null,
    zone: new Zone('Asia/Shanghai'),
    columns: null,
    roles: { agent: [], customer: [], bot: [] },
    stdin: null,
    stdinFilename: '-',
    readers: [barReader, sizeReader],
    ...options,
  };
}

/** A folder with the given files, gone when the test is over. */
export async function folderOf(files: Record<string, string | Uint8Array>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'kefu-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  for (const [name, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), content);
  }
  return folder;
}

export async function eventsOf(
  paths: string[],
  options: Partial<IngestOptions> = {},
): Promise<IngestEvent[]> {
  const events: IngestEvent[] = [];
  for await (const event of ingest(paths, optionsOf(options))) events.push(event);
  return events;
}

/** What happened, in short: `+name texts`, `!code name`, `~notice data`. Names are shown without the folder. */
export async function told(paths: string[], folder: string, options: Partial<IngestOptions> = {}) {
  const short = (name: string | null) => (name ?? '').replaceAll(`${folder}/`, '').replaceAll(folder, '');
  const lines: string[] = [];
  let texts: string[] = [];
  for (const event of await eventsOf(paths, options)) {
    if (event.type === 'input-start') texts = [];
    else if (event.type === 'batch') texts.push(...event.batch.messages.map(({ text }) => text));
    else if (event.type === 'input-end') lines.push(`+${short(event.input.file)} ${texts.join(',')}`);
    else if (event.type === 'error') lines.push(`!${event.error.code} ${short(event.error.file)}`);
    else {
      const { files, count, ...data } = event.notice.data;
      const shown = [
        ...(Array.isArray(files) ? files.map(short) : []),
        ...Object.values(data).map(String).map(short),
      ];
      lines.push(`~${event.notice.code} ${count ?? ''} ${shown.join(' ')}`.trim());
    }
  }
  return lines;
}

interface ZipMember {
  name: string | Uint8Array;
  content: string | Uint8Array;
  flags?: number;
  method?: number;
  /** Size to claim instead of the true one. */
  claimed?: number;
}

/** Builds a zip archive byte by byte, so that tests can break any of it. */
export function zipOf(members: ZipMember[]): Buffer {
  const locals: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, content, flags = 0, method = 8, claimed } of members) {
    const nameBytes = Buffer.from(name as string);
    const bytes = Buffer.from(content as string);
    const packed = method === 8 ? deflateRawSync(bytes) : bytes;
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(flags, 2);
    common.writeUInt16LE(method, 4);
    common.writeUInt32LE(crc32(bytes), 10);
    common.writeUInt32LE(packed.length, 14);
    common.writeUInt32LE(claimed ?? bytes.length, 18);
    common.writeUInt16LE(nameBytes.length, 22);
    const local = Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), common, nameBytes, packed]);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(offset, 10);
    directory.push(Buffer.concat([Buffer.from('PK\x01\x02\x14\x00', 'latin1'), common, tail, nameBytes]));
    locals.push(local);
    offset += local.length;
  }
  const central = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 'latin1');
  end.writeUInt16LE(members.length, 8);
  end.writeUInt16LE(members.length, 10);
  end.writeUInt32LE(central.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...locals, central, end]);
}
