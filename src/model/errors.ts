/** What can go wrong with the input, the options or the output; each ends the run with exit code 2. */
export type ErrorCode =
  | 'usage'
  | 'config'
  | 'not-found'
  | 'no-permission'
  | 'no-exports'
  | 'empty-file'
  | 'binary-file'
  | 'unsupported-format'
  | 'broken-archive'
  | 'ambiguous-format'
  | 'unknown-format'
  | 'unknown-columns'
  | 'changed-while-read'
  | 'read-failed'
  | 'write-failed'
  | 'no-conversations'
  | 'no-roles'
  | 'too-many-skips'
  | 'lexicon'
  | 'labels'
  | 'no-segmenter'
  | 'internal';

/**
 * A known failure, told in four parts: what happened, where, why, and what to do. The text is made by the command line
 * from `code` and `data`, so that it exists in both languages.
 */
export class KefuError extends Error {
  readonly code: ErrorCode;
  readonly file: string | null;
  readonly line: number | null;
  readonly data: Record<string, string | number | string[]>;

  constructor(
    code: ErrorCode,
    options: {
      file?: string;
      line?: number;
      data?: Record<string, string | number | string[]>;
      cause?: unknown;
    } = {},
  ) {
    super(
      `${code}${options.file ? `: ${options.file}` : ''}${options.data ? ` ${JSON.stringify(options.data)}` : ''}`,
      {
        cause: options.cause,
      },
    );
    this.name = 'KefuError';
    this.code = code;
    this.file = options.file ?? null;
    this.line = options.line ?? null;
    this.data = options.data ?? {};
  }
}
