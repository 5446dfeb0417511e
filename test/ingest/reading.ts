import type { ColumnMap } from '../../src/ingest/columns.js';
import type { Head, ReadContext, Reader } from '../../src/ingest/reader.js';
import { createRoleResolver, type RolePatterns } from '../../src/ingest/roles.js';
import type { Message } from '../../src/model/message.js';
import type { Skip } from '../../src/model/skip.js';
import { Zone } from '../../src/model/zone.js';

export interface Notice {
  code: string;
  data: Record<string, string | number | string[]>;
}

/** Everything that a reader made of an input. */
export interface Reading {
  messages: Message[];
  skips: Skip[];
  notices: Notice[];
  recordCount: number;
  lineCount: number;
}

export interface ReadOptions {
  file?: string;
  columns?: ColumnMap | null;
  patterns?: Partial<RolePatterns>;
  /** Cuts text here, in UTF-16 units. */
  cuts?: readonly number[];
}

/** Runs a reader over a text or over bytes, as the pipeline would. */
export async function readAll(
  reader: Reader,
  input: string | Uint8Array,
  options: ReadOptions = {},
): Promise<Reading> {
  const notices: Notice[] = [];
  const context: ReadContext = {
    file: options.file ?? 'input',
    zone: new Zone('Asia/Shanghai'),
    roles: createRoleResolver({ agent: [], customer: [], bot: [], ...options.patterns }),
    columns: options.columns ?? null,
    notice: (code, data) => notices.push({ code, data }),
  };
  const reading: Reading = { messages: [], skips: [], notices, recordCount: 0, lineCount: 0 };
  const batches =
    reader.input === 'text'
      ? reader.read(pieces(input as string, options.cuts ?? []), context)
      : reader.read(
          {
            path: null,
            stream: async function* () {
              yield input as Uint8Array;
            },
            bytes: async () => input as Uint8Array,
          },
          context,
        );
  for await (const batch of batches) {
    reading.messages.push(...batch.messages);
    reading.skips.push(...batch.skips);
    reading.recordCount += batch.recordCount;
    reading.lineCount += batch.lineCount;
  }
  return reading;
}

async function* pieces(text: string, cuts: readonly number[]): AsyncGenerator<string> {
  const at = [0, ...cuts.map((cut) => Math.min(cut, text.length)).sort((a, b) => a - b), text.length];
  for (let index = 1; index < at.length; index++) yield text.slice(at[index - 1], at[index]);
}

/** The head of a text as `detect` hands it to readers. */
export function headOf(text: string, name = 'input'): Head {
  return {
    name,
    bytes: new TextEncoder().encode(text),
    text,
    lines: text.replace(/\r?\n$/, '').split(/\r?\n/),
    complete: true,
  };
}
