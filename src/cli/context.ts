import type { AuditOptions } from '../config/options.js';
import type { Settings } from '../config/settings.js';
import type { KefuError } from '../model/errors.js';
import type { AuditEvent } from '../model/report.js';
import type { ExitCode } from './exit.js';
import type { Io } from './io.js';
import type { Locale } from './options.js';
import type { Terminal } from './terminal.js';

/** Settings that the user gave on the command line, and nothing else. */
export type Flags = Partial<Settings> & { config?: string | false };

/** What tests put in place of the real thing. */
export interface Services {
  audit: (options: AuditOptions) => AsyncIterable<AuditEvent>;
}

/** What a command is handed. */
export interface CommandContext {
  /** Words after the command and its options. */
  args: readonly string[];
  flags: Flags;
  io: Io;
  /** Of messages until the config has been read: `--locale`, `KEFU_AUDIT_LOCALE`, zh. */
  locale: Locale;
  terminal: Terminal;
  services: Partial<Services>;
}

/** Writes its result through the context and says how it went. Known failures are thrown as {@link KefuError}. */
export type CommandRun = (context: CommandContext) => Promise<ExitCode>;
