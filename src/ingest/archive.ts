import { isUtf8 } from 'node:buffer';
import { stat } from 'node:fs/promises';
import { TextDecoder } from 'node:util';
import type { Entry, ZipFile } from 'yauzl';
import { KefuError } from '../model/errors.js';
import { isNoExport } from './paths.js';

/** An archive that unpacks to more than this, and to more than so many times its size, is a bomb. */
const BOMB_SIZE = 1024 ** 3;
const BOMB_RATIO = 200;

const MAX_MEMBERS = 100_000;

/** A file in an archive. */
export interface Member {
  /** Path inside the archive, with `/`. */
  name: string;
  /** Bytes unpacked and packed, as the archive states them; unpacking stops where they do not hold. */
  size: number;
  packedSize: number;
  /** The unpacked bytes. @throws KefuError `broken-archive` as they come */
  stream(): AsyncGenerator<Uint8Array>;
}

export interface Archive {
  /** `workbook` for XLSX, `document` for other files that are zips by trade, else `members`. */
  content: 'workbook' | 'document' | 'members';
  /** Which document, for messages. */
  kind: string;
  /** Members that may be exports, sorted by name. */
  members: Member[];
  /** @throws KefuError `changed-while-read` when the file is not what it was */
  close(): Promise<void>;
}

/**
 * Opens a zip archive by its central directory.
 *
 * @param source path on disk, or the whole archive
 * @param file name for errors
 * @throws KefuError `broken-archive` (truncated, damaged, bomb), `unsupported-format` (encrypted, unknown compression)
 */
export async function openArchive(source: string | Uint8Array, file: string): Promise<Archive> {
  const yauzl = await import('yauzl');
  // Names are decoded here: many Chinese tools write GBK and say nothing.
  const options = { autoClose: false, lazyEntries: true, decodeStrings: false, validateEntrySizes: true };
  const before = typeof source === 'string' ? await stat(source, { bigint: true }) : null;
  let zip: ZipFile | null = null;
  try {
    zip =
      typeof source === 'string'
        ? await yauzl.openPromise(source, options)
        : await yauzl.fromBufferPromise(
            Buffer.from(source.buffer, source.byteOffset, source.byteLength),
            options,
          );
    const entries: { name: string; entry: Entry }[] = [];
    let unpacked = 0;
    for await (const entry of zip.eachEntry()) {
      unpacked += entry.uncompressedSize;
      if (entries.length >= MAX_MEMBERS || (unpacked > BOMB_SIZE && unpacked > BOMB_RATIO * zip.fileSize)) {
        throw new KefuError('broken-archive', { file, data: { reason: 'zip bomb' } });
      }
      entries.push({ name: memberName(entry), entry });
    }
    const opened = zip;
    const wanted = entries.filter(({ name }) => !name.endsWith('/') && !name.split('/').some(isHidden));
    if (wanted.some(({ entry }) => entry.isEncrypted())) {
      throw new KefuError('unsupported-format', { file, data: { kind: 'encrypted ZIP' } });
    }
    return {
      ...contentOf(entries.map(({ name }) => name)),
      members: wanted
        .sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0))
        .map(({ name, entry }) => ({
          name,
          size: entry.uncompressedSize,
          packedSize: entry.compressedSize,
          stream: () => unpack(opened, entry, `${file}!${name}`),
        })),
      async close() {
        opened.close();
        if (typeof source !== 'string') return;
        const after = await stat(source, { bigint: true }).catch(() => null);
        if (after?.size !== before?.size || after?.mtimeNs !== before?.mtimeNs) {
          throw new KefuError('changed-while-read', { file });
        }
      },
    };
  } catch (error) {
    zip?.close();
    throw broken(error, file);
  }
}

async function* unpack(zip: ZipFile, entry: Entry, file: string): AsyncGenerator<Uint8Array> {
  if (!entry.canDecodeFileData()) {
    const kind = `ZIP (compression ${entry.compressionMethod})`;
    throw new KefuError('unsupported-format', { file, data: { kind } });
  }
  try {
    const stream = await zip.openReadStreamPromise(entry);
    yield* stream as AsyncIterable<Uint8Array>;
  } catch (error) {
    throw broken(error, file);
  }
}

/** What the names of the members say that the archive is. */
function contentOf(names: readonly string[]): Pick<Archive, 'content' | 'kind'> {
  if (names.includes('xl/workbook.xml')) return { content: 'workbook', kind: 'XLSX' };
  const has = (start: string) => names.some((name) => name.startsWith(start));
  if (names.includes('xl/workbook.bin')) return { content: 'document', kind: 'XLSB' };
  if (names.includes('[Content_Types].xml')) {
    return { content: 'document', kind: has('word/') ? 'DOCX' : has('ppt/') ? 'PPTX' : 'Office' };
  }
  if (names.includes('META-INF/manifest.xml') && names.includes('content.xml')) {
    return { content: 'document', kind: 'OpenDocument' };
  }
  if (names.includes('META-INF/MANIFEST.MF')) return { content: 'document', kind: 'JAR' };
  return { content: 'members', kind: 'ZIP' };
}

/** Some tools write `./logs/a.log`. Nothing is unpacked to disk, so `..` leads nowhere and does no harm. */
function isHidden(part: string): boolean {
  return part !== '.' && part !== '..' && isNoExport(part);
}

const GB18030 = new TextDecoder('gb18030');

/** The name of an entry: UTF-8 where it says so or is so, otherwise GB18030; `\` of old Windows tools becomes `/`. */
function memberName(entry: Entry): string {
  const raw = entry.fileNameRaw;
  const isUnicode = (entry.generalPurposeBitFlag & 0x800) !== 0 || isUtf8(raw);
  return (isUnicode ? raw.toString('utf8') : GB18030.decode(raw)).replaceAll('\\', '/');
}

function broken(error: unknown, file: string): KefuError {
  if (error instanceof KefuError) return error;
  const { code, message } = error as NodeJS.ErrnoException;
  if (code !== undefined && /^E[A-Z]+$/.test(code)) {
    return new KefuError('read-failed', { file, data: { reason: code }, cause: error });
  }
  // The commonest damage in words that need no translation of the library's.
  const reason = /central directory/i.test(message) ? 'truncated' : message;
  return new KefuError('broken-archive', { file, data: { reason }, cause: error });
}
