import { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { KefuError } from '../model/errors.js';
import { type Archive, openArchive } from './archive.js';
import { magicOf } from './magic.js';
import type { OverwriteGuard } from './overwrite.js';
import { findFiles, type Origin, systemError } from './paths.js';
import { PeekedSource, readFileBytes } from './peek.js';

/** One input that can be read: a file, a member of an archive, or stdin. */
export interface Input {
  /** For `source.file`: as the user named it, `folder/file.txt`, `archive.zip!member.log`. */
  name: string;
  /** Name to judge by, without the ending of a compression. */
  innerName: string;
  /** The file, folder or archive that the user named. */
  origin: Origin;
  /** The file on disk that it is or stands in, without links; null for stdin. */
  disk: string | null;
  /** Which readers can take it. */
  content: 'text' | 'bytes';
  source: PeekedSource;
}

export type OpenEvent =
  | { type: 'input'; input: Input }
  /** A file in a folder or archive that is no export, with what it would be told if it had been named itself. */
  | { type: 'ignored'; name: string; origin: Origin; error: KefuError }
  | { type: 'error'; error: KefuError; origin: Origin | null };

export interface OpenOptions {
  /** What `-` reads, or null where it has nothing to read. */
  stdin: AsyncIterable<Uint8Array> | null;
  stdinFilename: string;
}

/**
 * Opens everything that the user named, one input at a time: each is closed when the next is asked for. Gzip is unpacked
 * as it is read; the members of a zip archive become inputs; a workbook is one input of bytes.
 *
 * Nothing is thrown for an input that cannot be read: it becomes an `error` event, and the others go on. What is merely
 * no export is an error where the user named the file itself, and otherwise `ignored`.
 *
 * @throws KefuError `usage` when the guard refuses a file that the user named
 */
export async function* openInputs(
  paths: readonly string[],
  options: OpenOptions,
  guard: OverwriteGuard | null = null,
): AsyncGenerator<OpenEvent> {
  for await (const found of findFiles(paths)) {
    if (found.type === 'error') {
      yield { type: 'error', error: found.error, origin: null };
      continue;
    }
    if (found.type === 'file') {
      const { path, name, origin, real: disk } = found;
      if (origin.kind === 'file') guard?.check(disk, name);
      yield* openOne(() => readFileBytes(path, name), { path, disk, name, origin, depth: 0 });
    } else if (options.stdin === null) {
      const error = new KefuError('read-failed', {
        file: options.stdinFilename,
        data: { reason: 'no stdin' },
      });
      yield { type: 'error', error, origin: found.origin };
    } else {
      const { stdin, stdinFilename: name } = options;
      yield* openOne(() => stdin, { path: null, disk: null, name, origin: found.origin, depth: 0 });
    }
  }
}

interface Place {
  path: string | null;
  disk: string | null;
  name: string;
  origin: Origin;
  /** How many archives and compressions it stands in. */
  depth: number;
}

async function* openOne(stream: () => AsyncIterable<Uint8Array>, place: Place): AsyncGenerator<OpenEvent> {
  let source: PeekedSource | null = null;
  try {
    source = await PeekedSource.open(stream(), place.path);
    yield* openPeeked(source, place);
  } catch (error) {
    yield failure(systemError(error, place.name), place.origin);
  } finally {
    await source?.close().catch(() => undefined);
  }
}

async function* openPeeked(source: PeekedSource, place: Place): AsyncGenerator<OpenEvent> {
  const { name, origin, disk, depth } = place;
  const isNamed = origin.kind === 'file' || origin.kind === 'stdin';
  const noExport = (error: KefuError): OpenEvent =>
    isNamed ? { type: 'error', error, origin } : { type: 'ignored', name, origin, error };
  if (source.head.length === 0) {
    yield noExport(new KefuError('empty-file', { file: name }));
    return;
  }
  const magic = magicOf(source.head);
  const innerName = name.replace(/\.gz$/i, '');
  if (magic.container === 'text') {
    yield { type: 'input', input: { name, innerName, origin, disk, content: 'text', source } };
  } else if (magic.container === 'binary') {
    if (!magic.convertible) {
      yield noExport(
        new KefuError('binary-file', { file: name, data: magic.kind ? { kind: magic.kind } : {} }),
      );
    } else {
      const error = new KefuError('unsupported-format', { file: name, data: { kind: magic.kind } });
      // A workbook or archive in a folder probably is an export; a Word document or database hardly.
      const matters = /\.(?:xls|et|7z|rar|tar|xz|zst|bz2)$/i.test(name);
      yield matters ? { type: 'error', error, origin } : noExport(error);
    }
  } else if (depth >= 2) {
    yield noExport(
      new KefuError('unsupported-format', { file: name, data: { kind: `${magic.kind} in ${magic.kind}` } }),
    );
  } else if (magic.container === 'gzip') {
    const inner = { ...place, path: null, depth: depth + 1 };
    yield* openOne(() => gunzip(source.stream(), name), inner);
  } else {
    yield* openZip(source, place);
  }
}

async function* openZip(source: PeekedSource, place: Place): AsyncGenerator<OpenEvent> {
  const { name, disk, depth } = place;
  let archive: Archive;
  let whole: Uint8Array | null = null;
  if (source.path !== null) archive = await openArchive(source.path, name);
  else {
    whole = await source.bytes();
    archive = await openArchive(whole, name);
  }
  let closed = false;
  try {
    if (archive.content === 'workbook') {
      const again = whole === null ? source : await PeekedSource.open(once(whole), null);
      yield {
        type: 'input',
        input: { name, innerName: name, origin: place.origin, disk, content: 'bytes', source: again },
      };
    } else if (archive.content === 'document') {
      const error = new KefuError('unsupported-format', { file: name, data: { kind: archive.kind } });
      const isNamed = place.origin.kind === 'file' || place.origin.kind === 'stdin';
      if (isNamed || /^(?:XLSB|OpenDocument)$/.test(archive.kind)) yield failure(error, place.origin);
      else yield { type: 'ignored', name, origin: place.origin, error };
    } else {
      const origin: Origin =
        place.origin.kind === 'folder' ? place.origin : { path: place.origin.path, kind: 'archive' };
      if (archive.members.length === 0 && origin.kind === 'archive') {
        yield failure(new KefuError('no-exports', { file: name }), origin);
      }
      for (const member of archive.members) {
        const inner = { path: null, disk, name: `${name}!${member.name}`, origin, depth: depth + 1 };
        yield* openOne(() => member.stream(), inner);
      }
    }
    closed = true;
    await archive.close();
  } finally {
    if (!closed) await archive.close().catch(() => undefined);
  }
}

function failure(error: KefuError, origin: Origin): OpenEvent {
  return { type: 'error', error, origin };
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

/** @throws KefuError `broken-archive` when the stream is cut off or damaged */
async function* gunzip(bytes: AsyncIterable<Uint8Array>, file: string): AsyncGenerator<Uint8Array> {
  const unpacked = createGunzip({ chunkSize: 256 * 1024 });
  const packed = Readable.from(bytes);
  packed.on('error', (error) => unpacked.destroy(error));
  packed.pipe(unpacked);
  try {
    yield* unpacked as AsyncIterable<Uint8Array>;
  } catch (error) {
    if (error instanceof KefuError) throw error;
    const { code, message } = error as NodeJS.ErrnoException;
    if (code?.startsWith('Z_'))
      throw new KefuError('broken-archive', { file, data: { reason: message }, cause: error });
    throw error;
  } finally {
    packed.destroy();
    unpacked.destroy();
  }
}
