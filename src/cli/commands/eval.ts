import { openEngine, readConversations } from '../../audit.js';
import { resolveAuditOptions } from '../../config/options.js';
import { packageVersion } from '../../config/package-files.js';
import { loadProfileChooser } from '../../config/profiles.js';
import type { Settings } from '../../config/settings.js';
import { zoneNamed } from '../../config/zone.js';
import { Evaluation } from '../../eval/evaluation.js';
import { labelledTurnsOf } from '../../eval/label-conversations.js';
import { readLabelLines } from '../../eval/label-lines.js';
import { type LabelProblem, labelsError } from '../../eval/labels.js';
import { EVAL_FORMATS, type EvalFormat, loadRenderer } from '../../eval/render/renderer.js';
import type { EvalReport } from '../../eval/report.js';
import { maskText } from '../../privacy/mask.js';
import { RULES } from '../../rules/registry.js';
import { AuditTally } from '../../score/audit-tally.js';
import { Interruption, runEvents } from '../audit-run.js';
import { concludeReading } from '../conclude-reading.js';
import type { CommandContext } from '../context.js';
import { evalGateMessage, failedEvalGates } from '../eval-gates.js';
import { sortInputs } from '../eval-inputs.js';
import { type ExitCode, exitCode } from '../exit.js';
import { colorLevelOf, widthOf } from '../io.js';
import { openSink, type Plan, planSome } from '../outputs.js';
import { auditOptionsOf, openSession } from '../session.js';
import type { Sink } from '../stream-sink.js';
import { INTERRUPTED } from './audit.js';

/** Holds the rules against labelled turns, and tells how they did. */
export async function run(context: CommandContext): Promise<ExitCode> {
  const { io, terminal } = context;
  const session = await openSession(context);
  const { settings } = session;
  const plans = planSome(session, EVAL_FORMATS, io.cwd);
  const interruption = new Interruption(context);
  const inputs = await sortInputs(context.args, io, settings.stdinFilename);
  const options = resolveAuditOptions({
    ...auditOptionsOf(settings, context),
    paths: inputs.chats,
    stdin: inputs.stdin,
    since: null,
    until: null,
  });
  const zone = zoneNamed(settings.timezone);
  const profileFor = await loadProfileChooser(options.profile);
  const { engine } = await openEngine(options, zone, profileFor);
  const evaluation = new Evaluation({
    judge: engine,
    ruleIds: engine.rules.map(({ rule }) => rule.meta.id),
    positiveAt: Number(settings.positiveAt),
    minSeverity: settings.minSeverity,
  });
  const known: ReadonlySet<string> = new Set(RULES.map(({ meta }) => meta.id));
  const problems: LabelProblem[] = [];
  const refuse = (problem: LabelProblem) => problems.push(problem);
  const setting = { profile: profileFor(null), zone };
  for (const { name, text } of inputs.lines) {
    for (const turn of readLabelLines(text, name, setting, known, refuse)) evaluation.add(turn);
  }
  const tally = new AuditTally(zone);
  let reading: ExitCode = 0;
  if (inputs.chats.length > 0) {
    let conversationCount = 0;
    const ended = await runEvents(
      context,
      interruption,
      (more) => readConversations({ ...options, ...more } as typeof options, zone, profileFor, tally),
      async (event) => {
        if (event.type !== 'conversation') return true;
        conversationCount++;
        for (const turn of labelledTurnsOf(event.conversation, known, refuse)) evaluation.add(turn);
        return true;
      },
    );
    if (ended.interrupted) {
      terminal.say('error', INTERRUPTED[settings.locale]);
      return exitCode({ interrupted: true, errors: 0, failedGates: 0 });
    }
    reading = await concludeReading(context, settings, {
      tally,
      conversationCount,
      errors: ended.inputErrors,
    });
  }
  const report = evaluation.report();
  if (report.turnCount === 0 && problems.length === 0 && reading === 0) {
    refuse({ file: context.args[0]!, line: 1, problem: 'no-labels', value: '' });
  }
  if (problems.length > 0) throw labelsError(problems);
  if (report.turnCount > 0) await write(report, plans, settings, context);
  const failures = failedEvalGates(report, settings);
  for (const failure of failures) terminal.say('error', evalGateMessage(failure)[settings.locale]);
  return reading === 0 ? exitCode({ interrupted: false, errors: 0, failedGates: failures.length }) : reading;
}

async function write(
  report: EvalReport,
  plans: readonly Plan[],
  settings: Settings,
  { io }: CommandContext,
): Promise<void> {
  const sinks: Sink[] = [];
  try {
    for (const { format, path } of plans) {
      const target = path === null ? io.stdout : { isTTY: false };
      const render = await loadRenderer(format as EvalFormat);
      const sink = await openSink(format, path, io);
      sinks.push(sink);
      await sink.write(
        render(report, {
          locale: settings.locale,
          width: widthOf(target),
          colorLevel: colorLevelOf(settings.color, target, io.env),
          maxShown: settings.maxShown,
          evalTable: settings.evalTable,
          headers: settings.headers,
          bom: settings.bom,
          mask: (settings.redact ?? format === 'table') ? maskText : null,
          tool: { name: 'kefu-audit', version: packageVersion() },
        }),
      );
    }
    for (const sink of sinks) await sink.commit();
  } catch (error) {
    await Promise.all(sinks.map((sink) => sink.discard()));
    throw error;
  }
}
