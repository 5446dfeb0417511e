import type { KefuError } from '../model/errors.js';
import type { InputReport, Notice } from '../model/report.js';
import type { ReadBatch } from './reader.js';

/**
 * What reading tells, in order: for each input a start, batches with notices between them, and an end. An input that
 * cannot be read is an `error`; where part of it was read, the end comes first. The others go on.
 */
export type IngestEvent =
  | { type: 'input-start'; file: string }
  /** `repeated` messages are left out, since the export that they were made of is read as well. */
  | { type: 'batch'; batch: ReadBatch; repeated?: number }
  | { type: 'notice'; notice: Notice }
  | { type: 'input-end'; input: InputReport }
  | { type: 'error'; error: KefuError };
