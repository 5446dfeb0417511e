import { isAscii, isUtf8, transcode } from 'node:buffer';
import { TextDecoder } from 'node:util';

/** Encodings that can be detected or, all of them, forced by the user. GB18030 holds GBK and GB2312. */
export type Encoding = 'utf-8' | 'gb18030' | 'gbk' | 'big5' | 'utf-16le' | 'utf-16be';

export const ENCODINGS: readonly Encoding[] = ['utf-8', 'gb18030', 'gbk', 'big5', 'utf-16le', 'utf-16be'];

/** Bytes that a decision is made on: the start of the input, and what follows its first byte beyond ASCII. */
const SAMPLE_SIZE = 64 * 1024;

/**
 * Bytes that are decoded at a time. Engines keep strings of more than 128 KiB apart from all others, and making one takes
 * ten times as long.
 */
const PIECE_SIZE = 64 * 1024;

/** A line longer than this is decoded in pieces. */
const MAX_PENDING = 1024 * 1024;

const LF = 10;

/**
 * Decodes one input as its bytes stream in, and decides its encoding unless told: BOM, UTF-16 by its zero bytes, strict
 * UTF-8, otherwise GB18030. The decision waits for bytes beyond ASCII, however late they come, and does not depend on
 * how the bytes are cut into chunks.
 *
 * Nothing aborts: undecodable sequences become U+FFFD and are counted. A line that cannot be of the input's encoding but
 * is sound in the other (UTF-8 in GB18030, or the other way round) is decoded as what it is, and counted: such files come
 * from joining exports. Neither encoding uses the byte of a line feed for anything else, so lines are safe to cut at.
 */
export class Decoder {
  /** Undecodable byte sequences that became U+FFFD. */
  brokenByteCount = 0;
  /** Lines decoded in the other encoding than the input's. */
  foreignLineCount = 0;
  /** NUL characters; they stay in the text. */
  nulCount = 0;

  private phase: 'start' | 'ascii' | 'lines' | 'stream' = 'start';
  private decided: Encoding | null;
  private readonly forced: boolean;
  private pending: Uint8Array[] = [];
  private pendingSize = 0;
  private stream: TextDecoder | null = null;

  /** @param forced Encoding that the user named, or null to detect it. */
  constructor(forced: Encoding | null = null) {
    this.decided = forced;
    this.forced = forced !== null;
  }

  /** What was decided; `utf-8` as long as all is ASCII. */
  get encoding(): Encoding {
    return this.decided ?? 'utf-8';
  }

  /** The encoding that {@link foreignLineCount} counts. */
  get foreignEncoding(): Encoding {
    return this.encoding === 'utf-8' ? 'gb18030' : 'utf-8';
  }

  /** Text that `bytes` completes; may be empty. */
  push(bytes: Uint8Array): string {
    return this.consume(bytes, false);
  }

  /** The rest of the text. */
  end(): string {
    return this.consume(new Uint8Array(0), true);
  }

  private consume(bytes: Uint8Array, last: boolean): string {
    if (this.phase === 'stream') return this.decodeStream(bytes, last);
    this.pending.push(bytes);
    this.pendingSize += bytes.length;
    if (this.phase === 'start') {
      if (this.pendingSize < SAMPLE_SIZE && !last) return '';
      const skipped = this.begin(this.take());
      if (skipped.phase === 'stream') return this.decodeStream(skipped.rest, last);
      this.keep(skipped.rest);
    }
    let text = '';
    if (this.phase === 'ascii') text = this.decodeAscii(last);
    if (this.phase === 'lines') text += this.decodeLines(last);
    return text;
  }

  /** Decides what the first bytes allow to decide; returns the bytes behind the BOM. */
  private begin(bytes: Buffer): { rest: Buffer; phase: Decoder['phase'] } {
    const bom = bomOf(bytes);
    let rest = bytes;
    if (!this.forced) {
      this.decided = bom?.encoding ?? utf16Of(bytes.subarray(0, SAMPLE_SIZE));
    }
    if (bom !== null && bom.encoding === this.decided) rest = bytes.subarray(bom.length);
    if (this.decided === null) this.phase = 'ascii';
    else if (this.decided === 'utf-8' || (this.decided === 'gb18030' && !this.forced)) this.phase = 'lines';
    else {
      this.phase = 'stream';
      this.stream = new TextDecoder(this.decided);
    }
    return { rest, phase: this.phase };
  }

  private decodeStream(bytes: Uint8Array, last: boolean): string {
    const text = this.stream!.decode(bytes, { stream: !last });
    this.nulCount += countOf(text, '\0');
    return this.counted(text);
  }

  /** Hands on lines as long as they are ASCII, then waits for enough bytes to decide. */
  private decodeAscii(last: boolean): string {
    const bytes = this.take();
    if (isAscii(bytes)) {
      const end = last ? bytes.length : safeEnd(bytes, 'utf-8');
      this.keep(bytes.subarray(end));
      return this.ascii(bytes.subarray(0, end));
    }
    let first = 0;
    while (bytes[first]! < 0x80) first++;
    const start = bytes.lastIndexOf(LF, first) + 1;
    this.keep(bytes.subarray(start));
    const end = Math.min(first + SAMPLE_SIZE, bytes.length);
    if (last || end === first + SAMPLE_SIZE) {
      const sample = bytes.subarray(start, end);
      this.decided = decideByLines(sample, last && end === bytes.length);
      this.phase = 'lines';
    }
    return this.ascii(bytes.subarray(0, start));
  }

  private decodeLines(last: boolean): string {
    const bytes = this.take();
    const end = last ? bytes.length : safeEnd(bytes, this.encoding);
    this.keep(bytes.subarray(end));
    const region = bytes.subarray(0, end);
    this.countNul(region);
    if (isAscii(region)) return region.toString('latin1');
    if (this.decided === 'utf-8') {
      if (isUtf8(region)) return utf8(region);
      if (this.forced) return this.counted(UTF8.decode(region));
      return this.eachLine(region, (line) => this.lineOfUtf8(line));
    }
    if (mayHoldUtf8(region)) return this.eachLine(region, (line) => this.lineOfGb18030(line));
    return soundGb18030(region) ?? this.counted(GB18030.decode(region));
  }

  private eachLine(region: Buffer, decodeLine: (line: Buffer) => string): string {
    let text = '';
    let start = 0;
    while (start < region.length) {
      const feed = region.indexOf(LF, start);
      const end = feed < 0 ? region.length : feed + 1;
      text += decodeLine(region.subarray(start, end));
      start = end;
    }
    return text;
  }

  private lineOfUtf8(line: Buffer): string {
    if (isUtf8(line)) return utf8(line);
    const other = looksLikeUtf8(line) ? null : soundGb18030(line);
    if (other === null) return this.counted(UTF8.decode(line));
    this.foreignLineCount++;
    return other;
  }

  private lineOfGb18030(line: Buffer): string {
    if (!isUtf8(line) || !looksLikeUtf8(line) || !mayHoldUtf8(line))
      return this.counted(GB18030.decode(line));
    this.foreignLineCount++;
    return utf8(line);
  }

  private counted(text: string): string {
    this.brokenByteCount += countOf(text, '\uFFFD');
    return text;
  }

  private ascii(bytes: Buffer): string {
    this.countNul(bytes);
    return bytes.toString('latin1');
  }

  private countNul(bytes: Uint8Array): void {
    for (let at = bytes.indexOf(0); at >= 0; at = bytes.indexOf(0, at + 1)) this.nulCount++;
  }

  private take(): Buffer {
    const [first] = this.pending;
    const all =
      this.pending.length === 1 && first
        ? Buffer.from(first.buffer, first.byteOffset, first.byteLength)
        : Buffer.concat(this.pending);
    this.pending = [];
    this.pendingSize = 0;
    return all;
  }

  /** Copies, because a source may reuse its buffer. */
  private keep(bytes: Buffer): void {
    if (bytes.length === 0) return;
    this.pending = [Buffer.from(bytes)];
    this.pendingSize = bytes.length;
  }
}

/** Decodes a stream of bytes with a decoder that then holds the counts. Yields no empty text. */
export async function* decode(chunks: AsyncIterable<Uint8Array>, decoder: Decoder): AsyncGenerator<string> {
  for await (const chunk of chunks) {
    for (let at = 0; at < chunk.length; ) {
      const end = endOfPiece(chunk, at);
      const text = decoder.push(chunk.subarray(at, end));
      if (text !== '') yield text;
      at = end;
    }
  }
  const rest = decoder.end();
  if (rest !== '') yield rest;
}

/** Behind the last line that ends in the next piece: what is cut there needs no copy to be put together again. */
function endOfPiece(chunk: Uint8Array, from: number): number {
  const end = from + PIECE_SIZE;
  if (end >= chunk.length) return chunk.length;
  const feed = chunk.lastIndexOf(LF, end - 1);
  return feed < from ? end : feed + 1;
}

const UTF8 = new TextDecoder('utf-8', { ignoreBOM: true });
const GB18030 = new TextDecoder('gb18030');
const STRICT_GB18030 = new TextDecoder('gb18030', { fatal: true });

/** Decodes sound UTF-8; by way of UTF-16 it takes half the time that `toString` does. */
function utf8(bytes: Buffer): string {
  return isAscii(bytes) ? bytes.toString('latin1') : transcode(bytes, 'utf8', 'ucs2').toString('utf16le');
}

/** Decodes sound GB18030; null where it is not. */
function soundGb18030(bytes: Buffer): string | null {
  try {
    return STRICT_GB18030.decode(bytes);
  } catch {
    return null;
  }
}

function bomOf(bytes: Buffer): { encoding: Encoding; length: number } | null {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return { encoding: 'utf-8', length: 3 };
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return { encoding: 'utf-16le', length: 2 };
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return { encoding: 'utf-16be', length: 2 };
  if (bytes.length >= 4 && bytes.readUInt32BE() === 0x84319533) return { encoding: 'gb18030', length: 4 };
  return null;
}

/**
 * UTF-16 without a BOM: dates, digits and line ends have their zero bytes all on one side. For a stray NUL in other text
 * not to count, a twentieth of the bytes must be zero, pairs of ASCII bytes must not outnumber them by far (of Chinese
 * characters one in five looks like such a pair), and the whole must not be sound UTF-8.
 */
export function utf16Of(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | null {
  const length = bytes.length & ~1;
  if (length < 4 || bytes.indexOf(0) < 0) return null;
  let even = 0;
  let odd = 0;
  let pairs = 0;
  for (let index = 0; index < length; index += 2) {
    const first = bytes[index]!;
    const second = bytes[index + 1]!;
    if (first === 0) even++;
    else if (second === 0) odd++;
    else if (isText(first) && isText(second)) pairs++;
  }
  const zeros = even + odd;
  if (zeros < length / 20 || pairs > 2 * zeros) return null;
  if (!isAscii(bytes) && isUtf8(bytes.subarray(0, wholeUtf8(bytes)))) return null;
  if (odd >= 4 * even) return hasUtf16Text(bytes, 0) ? 'utf-16le' : null;
  if (even >= 4 * odd) return hasUtf16Text(bytes, 1) ? 'utf-16be' : null;
  return null;
}

/** Whether the units that have a zero byte are characters of text, and not the small numbers of a binary file. */
function hasUtf16Text(bytes: Uint8Array, lowByte: 0 | 1): boolean {
  let text = 0;
  let control = 0;
  for (let index = 0; index + 1 < bytes.length; index += 2) {
    if (bytes[index + 1 - lowByte] !== 0) continue;
    const code = bytes[index + lowByte]!;
    if (isText(code) || code >= 0x80) text++;
    else control++;
  }
  return text > 20 * control;
}

/** ASCII that occurs in text. */
function isText(code: number): boolean {
  return (code >= 0x20 && code < 0x7f) || code === 9 || code === LF || code === 13;
}

/**
 * Where bytes may be cut without splitting a line; where a line is longer than is held back, without splitting a
 * character.
 */
function safeEnd(bytes: Buffer, encoding: Encoding): number {
  const end = bytes.lastIndexOf(LF) + 1;
  if (bytes.length - end <= MAX_PENDING) return end;
  if (encoding === 'utf-8') return wholeUtf8(bytes);
  // Bytes below `0` are never the second half of a GB18030 character.
  let cut = bytes.length;
  while (cut > end && bytes[cut - 1]! >= 0x30) cut--;
  return cut > end ? cut : bytes.length;
}

/** Length of the bytes without a character that is cut at their end. */
function wholeUtf8(bytes: Uint8Array): number {
  for (let back = 1; back <= 3 && back <= bytes.length; back++) {
    const byte = bytes[bytes.length - back]!;
    if (byte < 0x80) break;
    if (byte >= 0xc0) {
      const size = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
      return size > back ? bytes.length - back : bytes.length;
    }
  }
  return bytes.length;
}

/** UTF-8 where the sample is sound UTF-8, or where more of its bytes stand in lines that look like UTF-8 than not. */
function decideByLines(sample: Buffer, complete: boolean): 'utf-8' | 'gb18030' {
  if (isUtf8(complete ? sample : sample.subarray(0, wholeUtf8(sample)))) return 'utf-8';
  let balance = 0;
  let start = 0;
  while (start < sample.length) {
    const feed = sample.indexOf(LF, start);
    const end = feed < 0 ? sample.length : feed + 1;
    const line = sample.subarray(start, end);
    if (!isAscii(line)) {
      const weight = measure(line).beyond;
      // Sound UTF-8 without a Chinese character may be GBK by chance: 应也农原. It speaks for neither.
      if (looksLikeUtf8(line)) balance += weight;
      else if (!isUtf8(line)) balance -= weight;
    }
    start = end;
  }
  return balance > 0 ? 'utf-8' : 'gb18030';
}

/** Counts the bytes beyond ASCII, and those of them in sound UTF-8 sequences of three or four bytes. */
function measure(bytes: Uint8Array): { beyond: number; sequenced: number } {
  let beyond = 0;
  let sequenced = 0;
  let index = 0;
  while (index < bytes.length) {
    const size = sequenceSize(bytes, index);
    if (size > 0) {
      beyond += size;
      sequenced += size;
      index += size;
    } else {
      if (bytes[index]! >= 0x80) beyond++;
      index++;
    }
  }
  return { beyond, sequenced };
}

/** Size of the three- or four-byte UTF-8 sequence at an index (Chinese, its punctuation, emoji), or 0. */
function sequenceSize(bytes: Uint8Array, index: number): number {
  const lead = bytes[index]!;
  if (lead < 0xe2 || lead > 0xf0) return 0;
  if ((bytes[index + 1]! & 0xc0) !== 0x80 || (bytes[index + 2]! & 0xc0) !== 0x80) return 0;
  if (lead < 0xf0) return 3;
  return (bytes[index + 3]! & 0xc0) === 0x80 ? 4 : 0;
}

/**
 * Whether a line, sound or not, was written as UTF-8. In GBK text the bytes rarely form three-byte sequences, and in
 * broken UTF-8 most still do. Where the line holds but the start of one character, that start is what speaks.
 */
function looksLikeUtf8(line: Uint8Array): boolean {
  const { beyond, sequenced } = measure(line);
  if (sequenced >= 0.5 * beyond) return true;
  if (beyond > 3) return false;
  const first = line.findIndex((byte) => byte >= 0x80);
  return line[first]! >= 0xe2 && line[first]! <= 0xef && (line[first + 1]! & 0xc0) === 0x80;
}

/**
 * Whether two three-byte sequences stand side by side, which GBK text all but never has. Looks at every third byte: one
 * of them is in each sequence.
 */
function mayHoldUtf8(bytes: Uint8Array): boolean {
  const last = bytes.length - 3;
  for (let index = 0; index < last; index += 3) {
    const byte = bytes[index]!;
    if (byte < 0x80) continue;
    if (byte >= 0xc0) {
      if (byte >= 0xe2 && isPairAt(bytes, index)) return true;
    } else if (isPairAt(bytes, index - 1) || isPairAt(bytes, index - 2)) return true;
  }
  return false;
}

function isPairAt(bytes: Uint8Array, index: number): boolean {
  return (
    index >= 0 &&
    index + 6 <= bytes.length &&
    sequenceSize(bytes, index) === 3 &&
    sequenceSize(bytes, index + 3) === 3
  );
}

function countOf(text: string, character: string): number {
  let count = 0;
  for (let at = text.indexOf(character); at >= 0; at = text.indexOf(character, at + 1)) count++;
  return count;
}
