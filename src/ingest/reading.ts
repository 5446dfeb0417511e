import { readFile, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { KefuError } from '../model/errors.js';
import type { InputReport, Notice } from '../model/report.js';
import { Decoder, decode } from './decode.js';
import type { IngestEvent } from './events.js';
import type { Input } from './open.js';
import type { IngestOptions } from './options.js';
import { systemError } from './paths.js';
import type { ReadBatch, ReadContext, Reader } from './reader.js';
import type { RoleResolver } from './roles.js';

/** The reading of one input, with its counts. */
export class Reading {
  /** First block number that is free for the next input. */
  nextBlock: number;
  private readonly decoder: Decoder;
  private readonly notices: Notice[] = [];
  private readonly report: InputReport;
  private readonly context: ReadContext;

  constructor(
    private readonly input: Input,
    private readonly reader: Reader,
    chosenBy: InputReport['chosenBy'],
    options: IngestOptions,
    roles: RoleResolver,
    private readonly firstBlock: number,
  ) {
    this.decoder = new Decoder(options.encoding);
    this.context = contextOf(input, options, roles, this.notices);
    this.nextBlock = firstBlock + 1;
    this.report = {
      file: input.name,
      readerId: reader.id,
      encoding: '',
      chosenBy,
      lineCount: 0,
      recordCount: 0,
      messageCount: 0,
      skipCount: 0,
      unknownCount: 0,
      brokenByteCount: 0,
      fromMs: null,
      toMs: null,
    };
  }

  /** Reads the input to its end, or to where it fails. Throws nothing. */
  async *run(): AsyncGenerator<IngestEvent> {
    yield { type: 'input-start', file: this.input.name };
    let failure: KefuError | null = null;
    try {
      for await (const batch of batchesOf(this.reader, this.input, this.decoder, this.context)) {
        this.count(batch);
        yield { type: 'batch', batch };
        yield* this.takeNotices();
      }
    } catch (error) {
      failure = failureOf(error, this.input.name);
    }
    this.sumUp();
    yield* this.takeNotices();
    yield { type: 'input-end', input: this.report };
    if (failure !== null) yield { type: 'error', error: failure };
  }

  /** Adds a batch up, and gives its blocks numbers that no other input has. */
  private count(batch: ReadBatch): void {
    const { report } = this;
    const { messages, skips, recordCount } = batch;
    if (recordCount !== messages.length + skips.length) {
      const data = {
        reason: `${this.reader.id}: ${recordCount} records, ${messages.length} messages, ${skips.length} skips`,
      };
      throw new KefuError('internal', { file: this.input.name, data });
    }
    report.lineCount += batch.lineCount;
    report.recordCount += recordCount;
    report.messageCount += messages.length;
    report.skipCount += skips.length;
    let { fromMs, toMs } = report;
    for (const message of messages) {
      message.block += this.firstBlock;
      if (message.block >= this.nextBlock) this.nextBlock = message.block + 1;
      if (message.role === 'unknown') report.unknownCount++;
      const { atMs } = message;
      if (atMs === null) continue;
      if (fromMs === null || atMs < fromMs) fromMs = atMs;
      if (toMs === null || atMs > toMs) toMs = atMs;
    }
    report.fromMs = fromMs;
    report.toMs = toMs;
  }

  private sumUp(): void {
    const { decoder, report } = this;
    const file = this.input.name;
    report.encoding = this.input.content === 'bytes' ? 'binary' : decoder.encoding;
    report.brokenByteCount = decoder.brokenByteCount;
    if (decoder.foreignLineCount > 0) {
      const data = {
        file,
        encoding: decoder.encoding,
        other: decoder.foreignEncoding,
        lines: decoder.foreignLineCount,
      };
      this.notices.push({ code: 'mixed-encodings', data });
    }
    if (decoder.nulCount > 0)
      this.notices.push({ code: 'nul-characters', data: { file, count: decoder.nulCount } });
  }

  private *takeNotices(): Generator<IngestEvent> {
    for (const notice of this.notices.splice(0)) yield { type: 'notice', notice };
  }
}

/** What a reader is handed beside the text. Its notices are collected in `notices`. */
export function contextOf(
  input: Input,
  options: IngestOptions,
  roles: RoleResolver,
  notices: Notice[],
): ReadContext {
  return {
    file: input.name,
    zone: options.zone,
    roles,
    columns: options.columns,
    columnsMayDiffer: options.columnsMayDiffer ?? false,
    namedColumns: options.namedColumns,
    sibling: (path) => readSibling(input.source.path, path),
    notice: (code, data) => notices.push({ code, data }),
  };
}

/** A manifest is short; a longer file is something else. */
const MAX_SIBLING_BYTES = 4 * 1024 * 1024;

async function readSibling(path: string | null, relative: string): Promise<string | null> {
  if (path === null) return null;
  try {
    const file = join(dirname(path), relative);
    if ((await stat(file)).size > MAX_SIBLING_BYTES) return null;
    return await readFile(file, 'utf8');
  } catch {
    // Not there, or not to be read: the format has to do without.
    return null;
  }
}

function batchesOf(
  reader: Reader,
  input: Input,
  decoder: Decoder,
  context: ReadContext,
): AsyncGenerator<ReadBatch> {
  return reader.input === 'text'
    ? reader.read(decode(input.source.stream(), decoder), context)
    : reader.read(input.source, context);
}

/** Any failure as a known one; what is not a failure of the input is ours, and says so. */
export function failureOf(error: unknown, file: string): KefuError {
  if (error instanceof KefuError) {
    if (error.file !== null) return error;
    const { code, line, data, cause } = error;
    return new KefuError(code, { file, data, cause, ...(line === null ? {} : { line }) });
  }
  if (error instanceof Error && 'syscall' in error) return systemError(error, file);
  const reason = error instanceof Error ? error.message : String(error);
  return new KefuError('internal', { file, data: { reason }, cause: error });
}
