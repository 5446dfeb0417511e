import { Baseline } from '../config/baseline.js';
import { BASELINE_NAME } from '../config/settings.js';
import type { Bilingual } from '../model/catalogue.js';
import type { KefuError } from '../model/errors.js';
import type { Finding } from '../model/finding.js';
import { visible } from '../report/visible.js';
import { Interruption, runAudit } from './audit-run.js';
import type { CommandContext } from './context.js';
import { doubtsAbout, type ExitCode, exitCode } from './exit.js';
import { progressOf } from './progress.js';
import { auditOptionsOf, openSession } from './session.js';
import { FileSink } from './sink.js';

/** What a command makes of the baseline: its new text, and what to tell. */
export type Change = (
  before: Baseline,
  found: readonly Finding[],
) => { after: Baseline; told: (path: string) => Bilingual };

/**
 * Audits, changes the baseline, and writes it. An audit that is not complete changes nothing: what it did not see
 * would be taken for gone.
 */
export async function changeBaseline(context: CommandContext, change: Change): Promise<ExitCode> {
  const { io, terminal } = context;
  const { settings } = await openSession(context);
  const path = settings.baseline || BASELINE_NAME;
  const before = (await Baseline.read(path, io.cwd, false)) ?? Baseline.of([]);
  const found: Finding[] = [];
  const outcome = await runAudit(
    context,
    new Interruption(context),
    { ...auditOptionsOf(settings, context), accepted: null, onProgress: progressOf(settings, io, terminal) },
    async (event) => {
      if (event.type === 'conversation') before.see(event.conversation.id);
      if (event.type === 'conversation' || event.type === 'customer') {
        // What customers did is nobody's to accept.
        found.push(...event.findings.filter(({ category }) => category !== 'customer-abuse'));
      }
      return true;
    },
  );
  terminal.clearProgress();
  if (outcome.interrupted || outcome.report === null) {
    terminal.say('error', INTERRUPTED[settings.locale]);
    return exitCode({ interrupted: true, errors: 0, failedGates: 0 });
  }
  const errors: KefuError[] = [...outcome.inputErrors];
  for (const doubt of doubtsAbout(outcome.report, settings)) {
    errors.push(doubt);
    await terminal.fail(doubt);
  }
  if (errors.length > 0) {
    terminal.say('error', UNCHANGED[settings.locale]);
    return exitCode({ interrupted: false, errors: errors.length, failedGates: 0 });
  }
  const { after, told } = change(before, found);
  const sink = await FileSink.open(path, io.cwd);
  await sink.write(after.toJson());
  await sink.commit();
  terminal.say('ok', told(visible(path))[settings.locale]);
  return 0;
}

const INTERRUPTED = { zh: '已中断，基线没有改动', en: 'interrupted; the baseline is as it was' };
const UNCHANGED = {
  zh: '审查不完整，基线没有改动',
  en: 'the audit was not complete; the baseline is as it was',
};
