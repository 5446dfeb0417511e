import type { KefuError } from '../model/errors.js';
import type { Role } from '../model/message.js';
import type { Notice } from '../model/report.js';
import type { Encoding } from './decode.js';
import { detect } from './detect.js';
import { type Input, openInputs } from './open.js';
import type { IngestOptions } from './options.js';
import type { Head, Reader } from './reader.js';
import { READERS } from './readers/index.js';
import { contextOf, failureOf } from './reading.js';
import { createRoleResolver } from './roles.js';
import { createSelection, headOf } from './selection.js';

/** What `detect` says of one input. */
export interface InputDetection {
  file: string;
  /** Null where no text was decoded. */
  encoding: Encoding | null;
  /** All that spoke for any reader, best first. */
  candidates: { readerId: string; score: number; why: string }[];
  /** The reader that an audit would use, or null with `error`. */
  readerId: string | null;
  error: KefuError | null;
  /** What the chosen reader makes of the beginning, or null where there is none or it failed. */
  sample: DetectionSample | null;
}

export interface DetectionSample {
  /** True when the beginning is the whole input. */
  complete: boolean;
  messageCount: number;
  skipCount: number;
  fromMs: number | null;
  toMs: number | null;
  /** Messages by role and by the rule that decided it. */
  roles: Partial<Record<Role, Record<string, number>>>;
  /** Names of those whose role is unknown, in the order of their first message. */
  unknownNames: string[];
  notices: Notice[];
}

/**
 * Says for every input how it would be read, and tries the reader on its first 64 KiB. Files in folders and archives that
 * no reader recognises are told of too, with their `error`.
 *
 * @throws KefuError `unknown-format` when `options.inputFormat` names no reader
 */
export async function* detectInputs(
  paths: readonly string[],
  options: IngestOptions,
): AsyncGenerator<InputDetection> {
  const selection = createSelection(options);
  for await (const event of openInputs(paths, options)) {
    const nothing = { encoding: null, candidates: [], readerId: null, sample: null };
    if (event.type === 'error') {
      yield { file: event.error.file ?? '', ...nothing, error: event.error };
    } else if (event.type === 'ignored') {
      yield { file: event.name, ...nothing, error: event.error };
    } else {
      const { input } = event;
      const head = headOf(input, options);
      const detections = detect(head, input.content, options.readers ?? READERS);
      const result: InputDetection = {
        file: input.name,
        encoding: head.encoding,
        candidates: detections.map(({ reader, score, why }) => ({ readerId: reader.id, score, why })),
        readerId: null,
        error: null,
        sample: null,
      };
      const choice = selection.choose(head, input);
      if ('error' in choice) {
        result.error = choice.error;
      } else {
        result.readerId = choice.reader.id;
        try {
          result.sample = await readSample(choice.reader, head, input, options);
        } catch (error) {
          result.error = failureOf(error, input.name);
        }
      }
      yield result;
    }
  }
}

/** Messages of a workbook's beginning that are looked at; of a text it is what the head holds. */
const SAMPLE_MESSAGES = 2000;

async function readSample(
  reader: Reader,
  head: Head,
  input: Input,
  options: IngestOptions,
): Promise<DetectionSample> {
  const sample: DetectionSample = {
    complete: head.complete,
    messageCount: 0,
    skipCount: 0,
    fromMs: null,
    toMs: null,
    roles: {},
    unknownNames: [],
    notices: [],
  };
  const context = contextOf(input, options, createRoleResolver(options.roles), sample.notices);
  const batches =
    reader.input === 'text' ? reader.read(textOf(head), context) : reader.read(input.source, context);
  const unknown = new Set<string>();
  for await (const { messages, skips } of batches) {
    sample.messageCount += messages.length;
    sample.skipCount += skips.length;
    for (const { role, roleReason, atMs, speakerName } of messages) {
      if (role === 'unknown' && speakerName !== '') unknown.add(speakerName);
      sample.roles[role] ??= {};
      const reasons = sample.roles[role];
      reasons[roleReason] = (reasons[roleReason] ?? 0) + 1;
      if (atMs === null) continue;
      if (sample.fromMs === null || atMs < sample.fromMs) sample.fromMs = atMs;
      if (sample.toMs === null || atMs > sample.toMs) sample.toMs = atMs;
    }
    if (reader.input === 'bytes' && sample.messageCount >= SAMPLE_MESSAGES) break;
  }
  sample.unknownNames = [...unknown];
  if (reader.input === 'bytes') sample.complete = sample.messageCount < SAMPLE_MESSAGES;
  return sample;
}

async function* textOf(head: Head): AsyncGenerator<string> {
  yield head.text;
}
