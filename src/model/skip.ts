/**
 * Why a record of the input was not used. The codes are part of the public output; a new one is added here and in
 * `src/report/messages`.
 */
export type SkipReason =
  | 'empty-record'
  | 'ragged-row'
  | 'bad-json'
  | 'missing-field'
  | 'bad-time'
  | 'encrypted'
  | 'too-long'
  | 'no-text'
  | 'orphan-line'
  | 'unsupported-record'
  | 'metadata-only'
  | 'bad-encoding';

/** A record that was read and not used. Nothing is lost: records in = messages + duplicates + skips. */
export interface Skip {
  reason: SkipReason;
  file: string;
  /** 1-based line, or 0 where the whole file is meant. */
  line: number;
  /** What exactly was wrong, in data, for the message that the reporter writes. */
  detail: string;
}
