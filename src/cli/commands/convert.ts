import { readConversations } from '../../audit.js';
import { resolveAuditOptions } from '../../config/options.js';
import { loadProfileChooser } from '../../config/profiles.js';
import { zoneNamed } from '../../config/zone.js';
import type { KefuError } from '../../model/errors.js';
import { maskText } from '../../privacy/mask.js';
import { toCanonicalLine } from '../../report/canonical.js';
import { harmless } from '../../report/visible.js';
import { AuditTally } from '../../score/audit-tally.js';
import { Interruption, runEvents } from '../audit-run.js';
import { concludeReading } from '../conclude-reading.js';
import type { CommandContext } from '../context.js';
import { type ExitCode, exitCode } from '../exit.js';
import { filesOf, openSink } from '../outputs.js';
import { progressOf } from '../progress.js';
import { auditOptionsOf, openSession } from '../session.js';
import { CUT_SHORT, INTERRUPTED } from './audit.js';

/**
 * Writes every message as canonical JSONL, conversation by conversation, line by line as they are read. Texts stay as
 * they are unless `--redact` says otherwise: what is converted is meant to be read again.
 */
export async function run(context: CommandContext): Promise<ExitCode> {
  const { io, terminal } = context;
  const { settings } = await openSession(context);
  const options = auditOptionsOf(settings, context);
  const onProgress = progressOf(settings, io, terminal);
  const zone = zoneNamed(settings.timezone);
  const profileFor = await loadProfileChooser(options.profile ?? null);
  const tally = new AuditTally(zone);
  const path = settings.outputFile === '-' ? null : settings.outputFile;
  const interruption = new Interruption(context);
  const writes = filesOf([{ path }], io.cwd);
  const sink = await openSink('jsonl', path, io);
  const errors: KefuError[] = [];
  let conversationCount = 0;
  try {
    const ended = await runEvents(
      context,
      interruption,
      (more) =>
        readConversations(
          resolveAuditOptions({ ...options, ...more, writes, onProgress }),
          zone,
          profileFor,
          tally,
        ),
      async (event) => {
        if (event.type !== 'conversation') return true;
        conversationCount++;
        const { id, messages } = event.conversation;
        let lines = '';
        for (const message of messages) {
          const shown = settings.redact ? { ...message, text: maskText(message.text) } : message;
          lines += `${toCanonicalLine(shown, id, zone)}\n`;
        }
        await sink.write(harmless(lines));
        return !sink.closed;
      },
    );
    terminal.clearProgress();
    if (ended.interrupted) {
      await sink.discard();
      terminal.say('error', (sink.begun ? CUT_SHORT : INTERRUPTED)[settings.locale]);
      return exitCode({ interrupted: true, errors: 0, failedGates: 0 });
    }
    errors.push(...ended.inputErrors);
    // With nothing read there is nothing to write; what went wrong has been told.
    if (conversationCount === 0 && errors.length > 0) await sink.discard();
    else await sink.commit();
  } catch (error) {
    await sink.discard();
    throw error;
  }
  if (sink.closed) return exitCode({ interrupted: false, errors: errors.length, failedGates: 0 });
  return concludeReading(context, settings, { tally, conversationCount, errors });
}
