import { open } from 'node:fs/promises';
import { KefuError } from '../model/errors.js';
import type { ByteSource } from './reader.js';

/** Bytes of an input that are looked at before it is read: enough for a format to show. */
export const HEAD_SIZE = 64 * 1024;

const CHUNK_SIZE = 256 * 1024;

/** Beyond this a container that has to be held whole is refused. */
const MAX_WHOLE = 2 * 1024 ** 3;

/** A stream whose first bytes can be looked at before it is read, once. */
export class PeekedSource implements ByteSource {
  readonly path: string | null;
  /** The first bytes, {@link HEAD_SIZE} unless the whole input is shorter. */
  readonly head: Uint8Array;
  /** True when the head is the whole input. */
  readonly complete: boolean;
  private readonly chunks: Uint8Array[];
  private readonly rest: AsyncIterator<Uint8Array>;

  private constructor(
    path: string | null,
    chunks: Uint8Array[],
    rest: AsyncIterator<Uint8Array>,
    ended: boolean,
  ) {
    this.path = path;
    this.chunks = chunks;
    this.rest = rest;
    const start = chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks);
    this.head = start.subarray(0, HEAD_SIZE);
    this.complete = ended && start.length <= HEAD_SIZE;
  }

  /** Reads as much as the head needs. @throws whatever the stream throws */
  static async open(stream: AsyncIterable<Uint8Array>, path: string | null): Promise<PeekedSource> {
    const rest = stream[Symbol.asyncIterator]();
    const chunks: Uint8Array[] = [];
    let length = 0;
    let ended = false;
    try {
      // One byte more than the head tells whether the head is all.
      while (length <= HEAD_SIZE) {
        const next = await rest.next();
        if (next.done === true) {
          ended = true;
          break;
        }
        if (next.value.length === 0) continue;
        chunks.push(next.value);
        length += next.value.length;
      }
    } catch (error) {
      await rest.return?.();
      throw error;
    }
    return new PeekedSource(path, chunks, rest, ended);
  }

  async *stream(): AsyncGenerator<Uint8Array> {
    try {
      for (let chunk = this.chunks.shift(); chunk; chunk = this.chunks.shift()) yield chunk;
      for (let next = await this.rest.next(); next.done !== true; next = await this.rest.next())
        yield next.value;
    } finally {
      await this.close();
    }
  }

  async bytes(): Promise<Uint8Array> {
    const chunks: Uint8Array[] = [];
    let length = 0;
    for await (const chunk of this.stream()) {
      length += chunk.length;
      if (length > MAX_WHOLE) throw new KefuError('read-failed', { data: { reason: 'too-large' } });
      chunks.push(chunk);
    }
    return chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks);
  }

  /** Lets go of the stream, read or not. */
  async close(): Promise<void> {
    this.chunks.length = 0;
    await this.rest.return?.();
  }
}

/**
 * The bytes of a file, read one chunk ahead.
 *
 * @throws KefuError `changed-while-read` at the end, when size or time of a regular file are not what they were
 */
export async function* readFileBytes(path: string, name: string): AsyncGenerator<Uint8Array> {
  const handle = await open(path, 'r');
  const read = () => handle.read(Buffer.allocUnsafeSlow(CHUNK_SIZE), 0, CHUNK_SIZE, null);
  let next: ReturnType<typeof read> | null = null;
  try {
    const before = await handle.stat({ bigint: true });
    let length = 0n;
    next = read();
    for (;;) {
      const { bytesRead, buffer } = await next;
      next = null;
      if (bytesRead === 0) break;
      length += BigInt(bytesRead);
      next = read();
      yield buffer.subarray(0, bytesRead);
    }
    const after = await handle.stat({ bigint: true });
    // What the system makes up as it is read, as in /proc, has no size.
    const lengthDiffers = length !== before.size && before.size > 0n;
    const changed = after.size !== before.size || after.mtimeNs !== before.mtimeNs || lengthDiffers;
    if (before.isFile() && changed) throw new KefuError('changed-while-read', { file: name });
  } finally {
    await next?.catch(() => undefined);
    await handle.close();
  }
}
