/** Arrays of numbers in one file, which is read without going through them: a short head, then the bytes as they are. */

const KINDS = { u8: Uint8Array, u16: Uint16Array, i16: Int16Array, i32: Int32Array } as const;
type Kind = keyof typeof KINDS;
type Numbers = Uint8Array | Uint16Array | Int16Array | Int32Array;

interface Head {
  /** What the file was made from and for. */
  key: string;
  arrays: { name: string; kind: Kind; at: number; length: number }[];
}

const ALIGNMENT = 8;
/** Tells in which order this machine writes the bytes of a number, and so of which the file is. */
const LITTLE_ENDIAN = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;

export function pack(key: string, arrays: Readonly<Record<string, Numbers>>): Uint8Array {
  const head: Head = { key: keyHere(key), arrays: [] };
  let size = 0;
  for (const [name, array] of Object.entries(arrays)) {
    head.arrays.push({ name, kind: kindOf(array), at: size, length: array.length });
    size += aligned(array.byteLength);
  }
  const headBytes = new TextEncoder().encode(JSON.stringify(head));
  const start = aligned(4 + headBytes.length);
  const bytes = new Uint8Array(start + size);
  new DataView(bytes.buffer).setUint32(0, headBytes.length);
  bytes.set(headBytes, 4);
  for (const { name, at } of head.arrays) {
    const { buffer, byteOffset, byteLength } = arrays[name]!;
    bytes.set(new Uint8Array(buffer, byteOffset, byteLength), start + at);
  }
  return bytes;
}

/**
 * The arrays of a file, or null where it was made from something else, or on a machine that writes numbers otherwise.
 *
 * @throws SyntaxError or RangeError for bytes that {@link pack} did not write
 */
export function unpack(bytes: Uint8Array, key: string): Record<string, Numbers> | null {
  const own = bytes.byteOffset % ALIGNMENT === 0 ? bytes : Uint8Array.from(bytes);
  const buffer = own.buffer as ArrayBuffer;
  const { byteOffset } = own;
  const headLength = new DataView(buffer, byteOffset).getUint32(0);
  const head = JSON.parse(new TextDecoder().decode(own.subarray(4, 4 + headLength))) as Head;
  if (head.key !== keyHere(key)) return null;
  const start = byteOffset + aligned(4 + headLength);
  const arrays: Record<string, Numbers> = {};
  for (const { name, kind, at, length } of head.arrays) {
    arrays[name] = new KINDS[kind](buffer, start + at, length);
  }
  return arrays;
}

function keyHere(key: string): string {
  return LITTLE_ENDIAN ? key : `${key} big-endian`;
}

function kindOf(array: Numbers): Kind {
  return (Object.keys(KINDS) as Kind[]).find((kind) => array instanceof KINDS[kind])!;
}

function aligned(size: number): number {
  return Math.ceil(size / ALIGNMENT) * ALIGNMENT;
}
