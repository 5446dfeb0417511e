import { utf16Of } from './decode.js';

/** What the first bytes of a file say it is. Bytes beat names: a `.csv` may be a workbook. */
export type Container = 'zip' | 'gzip' | 'text' | 'binary';

export interface Magic {
  container: Container;
  /** Name of the format for messages, or '' where none is known. */
  kind: string;
  /** True for formats that may hold chats but are not read: old workbooks, other archives, databases. */
  convertible: boolean;
}

const SIGNATURES: readonly { kind: string; bytes: readonly number[]; convertible?: boolean; at?: number }[] =
  [
    { kind: 'OLE (.xls, .doc)', bytes: [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1], convertible: true },
    { kind: '7z', bytes: [0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c], convertible: true },
    { kind: 'RAR', bytes: [0x52, 0x61, 0x72, 0x21, 0x1a, 0x07], convertible: true },
    { kind: 'XZ', bytes: [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00], convertible: true },
    { kind: 'Zstandard', bytes: [0x28, 0xb5, 0x2f, 0xfd], convertible: true },
    { kind: 'bzip2', bytes: [0x42, 0x5a, 0x68], convertible: true },
    { kind: 'tar', bytes: [0x75, 0x73, 0x74, 0x61, 0x72], convertible: true, at: 257 },
    { kind: 'SQLite', bytes: [...Buffer.from('SQLite format 3\0')], convertible: true },
    { kind: 'PDF', bytes: [0x25, 0x50, 0x44, 0x46, 0x2d], convertible: true },
    { kind: 'Parquet', bytes: [0x50, 0x41, 0x52, 0x31], convertible: true },
    { kind: 'PNG', bytes: [0x89, 0x50, 0x4e, 0x47] },
    { kind: 'JPEG', bytes: [0xff, 0xd8, 0xff] },
    { kind: 'GIF', bytes: [0x47, 0x49, 0x46, 0x38] },
    { kind: 'WebP / WAV / AVI', bytes: [0x52, 0x49, 0x46, 0x46] },
    { kind: 'MP3', bytes: [0x49, 0x44, 0x33] },
    { kind: 'MP4', bytes: [0x66, 0x74, 0x79, 0x70], at: 4 },
    { kind: 'AMR', bytes: [0x23, 0x21, 0x41, 0x4d, 0x52] },
    { kind: 'SILK', bytes: [0x02, 0x23, 0x21, 0x53, 0x49, 0x4c, 0x4b] },
    { kind: 'ELF', bytes: [0x7f, 0x45, 0x4c, 0x46] },
  ];

/** Tells what an input is by its first bytes (a few hundred are enough, 64 KiB are better). */
export function magicOf(bytes: Uint8Array): Magic {
  if (startsWith(bytes, [0x50, 0x4b, 0x03, 0x04]) || startsWith(bytes, [0x50, 0x4b, 0x05, 0x06])) {
    return { container: 'zip', kind: 'ZIP', convertible: false };
  }
  if (startsWith(bytes, [0x1f, 0x8b])) return { container: 'gzip', kind: 'gzip', convertible: false };
  for (const { kind, bytes: signature, convertible, at } of SIGNATURES) {
    if (!startsWith(bytes, signature, at)) continue;
    // Short signatures are also how a text may begin (`BZh`, `GIF8`, `PAR1`); then no byte is binary.
    if (signature.length <= 5 && !looksBinary(bytes)) continue;
    return { container: 'binary', kind, convertible: convertible ?? false };
  }
  return { container: looksBinary(bytes) ? 'binary' : 'text', kind: '', convertible: false };
}

function startsWith(bytes: Uint8Array, signature: readonly number[], at = 0): boolean {
  return (
    bytes.length >= at + signature.length && signature.every((byte, index) => bytes[at + index] === byte)
  );
}

/**
 * More than a twentieth of the bytes are control characters that no text has. A stray NUL or escape in a text does not
 * count, and UTF-16 is text.
 */
function looksBinary(bytes: Uint8Array): boolean {
  if ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff)) return false;
  let control = 0;
  for (const byte of bytes) if (byte < 0x20 && (byte < 0x07 || byte > 0x0d)) control++;
  return control > bytes.length / 20 && utf16Of(bytes) === null;
}
