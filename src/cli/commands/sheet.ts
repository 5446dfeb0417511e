import { readConversations } from '../../audit.js';
import { resolveAuditOptions } from '../../config/options.js';
import { loadProfileChooser } from '../../config/profiles.js';
import { zoneNamed } from '../../config/zone.js';
import { Sample } from '../../eval/sample.js';
import { sheetHeader, sheetRows } from '../../eval/sheet.js';
import type { Conversation } from '../../model/conversation.js';
import { maskText } from '../../privacy/mask.js';
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
 * Writes chats as a sheet with empty columns for labels, a message a row; filled in, `eval` reads it. Texts stay as
 * they are unless `--redact` says otherwise: masked words would be judged otherwise.
 */
export async function run(context: CommandContext): Promise<ExitCode> {
  const { io, terminal } = context;
  const { settings } = await openSession(context);
  const options = auditOptionsOf(settings, context);
  const onProgress = progressOf(settings, io, terminal);
  const zone = zoneNamed(settings.timezone);
  const profileFor = await loadProfileChooser(options.profile ?? null);
  const tally = new AuditTally(zone);
  const interruption = new Interruption(context);
  const path = settings.outputFile === '-' ? null : settings.outputFile;
  const writes = filesOf([{ path }], io.cwd);
  const sink = await openSink('csv', path, io);
  const sample = settings.sample === null ? null : new Sample<Conversation>(settings.sample);
  const write = (conversation: Conversation) =>
    sink.write(sheetRows(conversation, settings.headers, zone, settings.redact ? maskText : null));
  let conversationCount = 0;
  try {
    await sink.write((settings.bom ? '\ufeff' : '') + sheetHeader(settings.headers));
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
        if (sample === null) await write(event.conversation);
        else sample.add(event.conversation.id, event.conversation);
        return !sink.closed;
      },
    );
    terminal.clearProgress();
    if (ended.interrupted) {
      await sink.discard();
      terminal.say('error', (sink.begun ? CUT_SHORT : INTERRUPTED)[settings.locale]);
      return exitCode({ interrupted: true, errors: 0, failedGates: 0 });
    }
    for (const conversation of sample?.items() ?? []) await write(conversation);
    // With nothing read there is nothing to write; what went wrong has been told.
    if (conversationCount === 0 && ended.inputErrors.length > 0) await sink.discard();
    else await sink.commit();
    if (sink.closed)
      return exitCode({ interrupted: false, errors: ended.inputErrors.length, failedGates: 0 });
    return await concludeReading(context, settings, { tally, conversationCount, errors: ended.inputErrors });
  } catch (error) {
    await sink.discard();
    throw error;
  }
}
