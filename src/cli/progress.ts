import type { AuditProgress } from '../config/options.js';
import type { Settings } from '../config/settings.js';
import { visible } from '../report/visible.js';
import type { Io } from './io.js';
import { columnsOf } from './layout.js';
import type { Terminal } from './terminal.js';

const REDRAW_MS = 100;

/**
 * How far a run has come, on one line of standard error, at most ten times a second. Null where nobody would see it:
 * no terminal, CI, `--no-progress`, `--debug`.
 */
export function progressOf(
  settings: Pick<Settings, 'progress' | 'debug' | 'quiet' | 'locale'>,
  io: Io,
  terminal: Terminal,
): ((progress: AuditProgress) => void) | null {
  if (!io.stderr.isTTY || io.env.CI || !settings.progress || settings.debug || settings.quiet) return null;
  let drawn = Number.NEGATIVE_INFINITY;
  return ({ file, messageCount }) => {
    const now = performance.now();
    if (now - drawn < REDRAW_MS) return;
    drawn = now;
    const count = messageCount.toLocaleString('en-US');
    const head = settings.locale === 'zh' ? `已读 ${count} 条消息` : `${count} messages read`;
    terminal.progress(cut(`${head}  ${visible(file ?? '')}`, (io.stderr.columns ?? 80) - 1));
  };
}

/** As much of a text as fits one line. */
function cut(text: string, columns: number): string {
  let shown = '';
  let width = 0;
  for (const char of text) {
    width += columnsOf(char);
    if (width > columns) break;
    shown += char;
  }
  return shown;
}
