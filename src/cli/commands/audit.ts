import { Baseline } from '../../config/baseline.js';
import { BASELINE_NAME, type Settings } from '../../config/settings.js';
import type { KefuError } from '../../model/errors.js';
import type { AuditEvent, AuditReport } from '../../model/report.js';
import { visible } from '../../report/visible.js';
import { AgentView } from '../agent-choice.js';
import { Interruption, runAudit } from '../audit-run.js';
import type { CommandContext } from '../context.js';
import { doubtsAbout, type ExitCode, exitCode, failedGates, GateCounter } from '../exit.js';
import { gateMessage } from '../gate-text.js';
import { filesOf, type OutputOptions, Outputs, type Plan, planOutputs } from '../outputs.js';
import { progressOf } from '../progress.js';
import { onlyErrors } from '../quiet.js';
import { auditOptionsOf, openSession } from '../session.js';

/** What sets one reporting command apart from another. */
export interface ReportingCommand {
  /** The formats it writes; default those of an audit. */
  find?: OutputOptions['find'];
  /** Whether findings decide the exit code. */
  gated: boolean;
}

/** Reads, judges, reports, and decides the exit code. */
export function run(context: CommandContext): Promise<ExitCode> {
  return runReporting(context, { gated: true });
}

/** The audit that stands behind every command that reports one. */
export async function runReporting(context: CommandContext, command: ReportingCommand): Promise<ExitCode> {
  const { io, terminal } = context;
  const { settings } = await openSession(context);
  const plans = planOutputs(settings, io.cwd);
  const baseline = await openBaseline(settings, io.cwd);
  const [{ CATALOGUE }, { maskText }] = await Promise.all([
    import('../../rules/registry.js'),
    import('../../privacy/mask.js'),
  ]);
  if (settings.redact === false && !settings.quiet) {
    terminal.say('warning', UNMASKED[settings.locale]);
  }
  const ruleTimes = settings.timing ? new Map<string, number>() : null;
  const counter = new GateCounter();
  const view = new AgentView(settings.onlyAgent);
  let shown: AuditReport | null = null;
  const interruption = new Interruption(context);
  const outputs = await Outputs.open(plans, {
    settings,
    io,
    catalogue: CATALOGUE,
    mask: maskText,
    ...(command.find === undefined ? {} : { find: command.find }),
  });
  const errors: KefuError[] = [];
  const written: string[] = [];
  let report: AuditReport | null;
  try {
    const outcome = await runAudit(
      context,
      interruption,
      {
        ...auditOptionsOf(settings, context),
        accepted: baseline,
        writes: filesOf(plans, io.cwd),
        ruleTimes,
        onProgress: progressOf(settings, io, terminal),
      },
      async (event: AuditEvent) => {
        if (event.type === 'conversation') baseline?.see(event.conversation.id);
        const seen = view.of(event);
        if (seen === null) return true;
        if (seen.type === 'end') shown = seen.report;
        if (seen.type === 'conversation' || seen.type === 'customer') counter.add(seen);
        return outputs.write(settings.quiet ? onlyErrors(seen) : seen);
      },
    );
    terminal.clearProgress();
    if (outcome.interrupted) {
      await outputs.discard();
      terminal.say('error', (outputs.begun ? CUT_SHORT : INTERRUPTED)[settings.locale]);
      return exitCode({ interrupted: true, errors: 0, failedGates: 0 });
    }
    report = outcome.report === null ? null : shown;
    errors.push(...outcome.inputErrors);
    // With nothing read there is nothing to report; what went wrong has been told.
    if (report && isEmpty(report) && errors.length > 0) await outputs.discard();
    else {
      const failed = await outputs.commit();
      for (const { path } of plans) {
        if (path !== null && !failed.some(({ file }) => file === path)) written.push(path);
      }
      errors.push(...failed);
      for (const error of failed) await terminal.fail(error);
    }
  } catch (error) {
    await outputs.discard();
    throw error;
  }
  // Everybody who listened went away before the end: nothing was decided, and that is no failure.
  if (report === null) return exitCode({ interrupted: false, errors: errors.length, failedGates: 0 });
  const gates = command.gated ? counter : null;
  return await conclude(context, settings, {
    report,
    errors,
    counter: gates,
    plans,
    written,
    baseline,
    ruleTimes,
  });
}

interface Conclusion {
  report: AuditReport;
  errors: KefuError[];
  /** Null where findings decide nothing. */
  counter: GateCounter | null;
  plans: readonly Plan[];
  /** Paths of the reports that are in their place. */
  written: readonly string[];
  baseline: Baseline | null;
  ruleTimes: ReadonlyMap<string, number> | null;
}

/** Tells on standard error what the report does not say, and decides the code. */
async function conclude(
  { terminal }: CommandContext,
  settings: Settings,
  ended: Conclusion,
): Promise<ExitCode> {
  const { report, errors, counter, plans, written, baseline, ruleTimes } = ended;
  const { locale, quiet } = settings;
  // With an input that could not be read, that nothing was found is no news.
  const doubts = isEmpty(report) && errors.length > 0 ? [] : doubtsAbout(report, settings);
  for (const doubt of doubts) await terminal.fail(doubt);
  if (!quiet) {
    // Whoever gets no report that tells the notices reads them here.
    const { findReporter } = await import('../../report/index.js');
    if (!plans.some(({ format }) => findReporter(format)?.tellsNotices)) {
      for (const notice of report.notices) await terminal.notice(notice);
    }
    // What was not read, or lies outside the period, is not gone.
    const whole = errors.length + doubts.length === 0 && settings.since === null && settings.until === null;
    const unused = whole ? (baseline?.unused().length ?? 0) : 0;
    if (unused > 0) terminal.say('warning', unusedMessage(unused)[locale]);
    for (const path of written) terminal.say('ok', wrote(path)[locale]);
  }
  const failures = counter === null ? [] : failedGates(report, counter.counts, settings);
  for (const failure of failures) terminal.say('error', gateMessage(failure)[locale]);
  if (ruleTimes) terminal.print(timingTable(ruleTimes));
  return exitCode({
    interrupted: false,
    errors: errors.length + doubts.length,
    failedGates: failures.length,
  });
}

/** The baseline of a run, or null. */
export async function openBaseline(settings: Settings, cwd: string): Promise<Baseline | null> {
  if (settings.baseline === false) return null;
  if (settings.baseline !== '') return Baseline.read(settings.baseline, cwd, true);
  return Baseline.read(BASELINE_NAME, cwd, false);
}

function timingTable(times: ReadonlyMap<string, number>): string {
  return [...times]
    .sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
    .map(([id, ms]) => `${ms.toFixed(1).padStart(10)} ms  ${id}\n`)
    .join('');
}

const UNMASKED = {
  zh: '--no-redact：报告中的原话不遮盖手机号等个人信息，请勿外传',
  en: '--no-redact: quotes show phone numbers and other personal data; keep the report to yourself',
};

/** Said where lines were written as they came. */
export const CUT_SHORT = {
  zh: '已中断，已输出的内容不完整',
  en: 'interrupted; what was written so far is not whole',
};

export const INTERRUPTED = { zh: '已中断，没有写出报告', en: 'interrupted; no report was written' };

/** Whether not a single record was read. */
function isEmpty({ coverage }: AuditReport): boolean {
  return coverage.recordCount === 0;
}

function wrote(path: string) {
  return { zh: `已写入 ${visible(path)}`, en: `wrote ${visible(path)}` };
}

function unusedMessage(count: number) {
  return {
    zh: `基线中有 ${count} 条在这些会话里不再出现；用 kefu-audit baseline prune 清理`,
    en: `${count} baseline ${count === 1 ? 'entry was' : 'entries were'} no longer met in these conversations; tidy up with kefu-audit baseline prune`,
  };
}
