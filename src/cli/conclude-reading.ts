import type { Settings } from '../config/settings.js';
import type { KefuError } from '../model/errors.js';
import { noticeText } from '../report/messages/notices.js';
import type { AuditTally } from '../score/audit-tally.js';
import type { CommandContext } from './context.js';
import { doubtsAboutReading, type ExitCode, exitCode } from './exit.js';

/**
 * Ends a command that reads conversations and judges none: tells what was not understood and the notices of the run, on
 * standard error, and decides the exit code.
 *
 * @param ended `errors` are the inputs that could not be read, told already
 */
export async function concludeReading(
  { terminal }: CommandContext,
  settings: Settings,
  ended: { tally: AuditTally; conversationCount: number; errors: readonly KefuError[] },
): Promise<ExitCode> {
  const { coverage, notices } = ended.tally.toState();
  let errors = ended.errors.length;
  // With an input that could not be read, that there is nothing in it is no news.
  if (coverage.recordCount > 0 || errors === 0) {
    for (const doubt of doubtsAboutReading(coverage, ended.conversationCount, settings)) {
      errors++;
      await terminal.fail(doubt);
    }
  }
  if (!settings.quiet)
    for (const notice of notices) terminal.say('warning', noticeText(notice, settings.locale));
  return exitCode({ interrupted: false, errors, failedGates: 0 });
}
