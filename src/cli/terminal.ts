import type { KefuError } from '../model/errors.js';
import type { Notice } from '../model/report.js';
import { type ColorLevel, type Io, widthOf } from './io.js';
import { wrap } from './layout.js';
import type { Locale } from './options.js';

const MARKS = {
  error: { sign: '✖', plain: 'x', color: 31 },
  warning: { sign: '⚠', plain: '!', color: 33 },
  ok: { sign: '✓', plain: 'v', color: 32 },
} as const;

export type Mark = keyof typeof MARKS;

/** Standard error for people: messages with a mark, and one line of progress that they replace. */
export class Terminal {
  private progressShown = false;

  constructor(
    private readonly io: Io,
    public locale: Locale,
    public color: ColorLevel,
    public debug: boolean,
  ) {}

  /** A message; its first line carries the mark. */
  say(mark: Mark, text: string): void {
    this.clearProgress();
    const { sign, plain, color } = MARKS[mark];
    const shown = this.io.env.TERM === 'linux' || this.io.env.TERM === 'dumb' ? plain : sign;
    const head = this.color === 0 ? shown : `\u001b[${color}m${shown}\u001b[39m`;
    const width = widthOf(this.io.stderr);
    const wrapped = wrap(`  ${text}`, width === null ? null : Math.max(20, width));
    this.io.stderr.write(`${head} ${wrapped.slice(2)}\n`);
  }

  /** Text as it is. */
  print(text: string): void {
    this.clearProgress();
    this.io.stderr.write(text);
  }

  /** Tells a failure in four parts, with the stack after it when `--debug` is on. */
  async fail(error: unknown): Promise<void> {
    const { asKnown, errorMessage } = await import('./error-text.js');
    const known: KefuError = asKnown(error);
    this.say('error', errorMessage(known, this.locale));
    if (this.debug || (known.code === 'internal' && known.cause === undefined)) this.print(stackOf(error));
  }

  async notice(notice: Notice): Promise<void> {
    const { noticeText } = await import('../report/messages/notices.js');
    this.say('warning', noticeText(notice, this.locale));
  }

  /** Replaces the line of progress. */
  progress(text: string): void {
    this.io.stderr.write(`\r\u001b[2K${text}`);
    this.progressShown = true;
  }

  clearProgress(): void {
    if (!this.progressShown) return;
    this.progressShown = false;
    this.io.stderr.write('\r\u001b[2K');
  }
}

function stackOf(error: unknown): string {
  const parts: string[] = [];
  for (let at: unknown = error; at instanceof Error && parts.length < 5; at = at.cause)
    parts.push(at.stack ?? String(at));
  return `${parts.join('\n  caused by: ')}\n`;
}
