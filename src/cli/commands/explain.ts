import { readConversations } from '../../audit.js';
import { loadCalendar } from '../../config/calendar.js';
import { nearest } from '../../config/nearest.js';
import { type ResolvedAuditOptions, resolveAuditOptions } from '../../config/options.js';
import { packageVersion } from '../../config/package-files.js';
import { loadProfile, loadProfileChooser, profileIds } from '../../config/profiles.js';
import type { Settings } from '../../config/settings.js';
import { zoneNamed } from '../../config/zone.js';
import { loadLexicon } from '../../language/load.js';
import type { Conversation, Turn, Uncharged } from '../../model/conversation.js';
import { KefuError } from '../../model/errors.js';
import type { Profile } from '../../model/profile.js';
import type { AgentReport } from '../../model/report.js';
import type { Zone } from '../../model/zone.js';
import { maskText } from '../../privacy/mask.js';
import {
  EXPLANATION_FORMATS,
  type ExplanationFormat,
  type ExplanationWriter,
  explanationWriter,
} from '../../report/explanation.js';
import type { ExplainedFigure, ExplanationRow } from '../../report/explanation-schema.js';
import { onlyAbuse } from '../../rules/only-abuse.js';
import { AuditTally } from '../../score/audit-tally.js';
import { CARE_METRICS } from '../../score/care-tally.js';
import { busiestMinute } from '../../score/concurrency.js';
import {
  CONCURRENT_PEAK,
  type Contribution,
  contributionsTo,
  explainableMetrics,
  type HeldConversation,
  heldBy,
} from '../../score/explain.js';
import { wholeSeconds } from '../../score/tally.js';
import { scoreTurns } from '../../score/turn-score.js';
import { agentMatcher, agentNameIn, unknownAgent } from '../agent-choice.js';
import { Interruption, runEvents } from '../audit-run.js';
import { concludeReading } from '../conclude-reading.js';
import type { CommandContext } from '../context.js';
import { type ExitCode, exitCode } from '../exit.js';
import { colorLevelOf, type Io, widthOf } from '../io.js';
import { openSink, type Plan, planSome } from '../outputs.js';
import { metricText } from '../profile-text.js';
import { progressOf } from '../progress.js';
import { auditOptionsOf, openSession } from '../session.js';
import type { Sink } from '../stream-sink.js';
import { INTERRUPTED } from './audit.js';

/**
 * Lists the very turns in numerator and denominator of a figure, and those left out with the reason, so that it can be
 * held against the platform's own. The figures are added up as an audit adds them up.
 */
export async function run(context: CommandContext): Promise<ExitCode> {
  const { io, terminal } = context;
  const session = await openSession(context);
  const { settings } = session;
  const [metric = '', ...paths] = context.args;
  const plans = planSome(session, EXPLANATION_FORMATS, io.cwd);
  const reading = { ...context, args: paths };
  const options = resolveAuditOptions({
    ...auditOptionsOf(settings, reading),
    roles: rolesOf(settings),
    onProgress: progressOf(settings, io, terminal),
  });
  const zone = zoneNamed(settings.timezone);
  const profileFor = await loadProfileChooser(options.profile);
  await checkMetric(metric, options);
  // As an audit does, so that the waits are the same.
  const lexicon = await loadLexicon({
    files: [...options.lexicon.files],
    disabled: [...options.lexicon.disabled],
    segmenter: options.segmenter,
  });
  const known = {
    calendar: options.calendar === null ? null : (await loadCalendar(options.calendar, zone)).calendar,
    onlyAbuse: onlyAbuse(lexicon),
  };
  const chosen = agentMatcher(settings.ofAgent);
  const interruption = new Interruption(reading);
  const out = await Explanations.open(plans, metric, settings, io);
  const tally = new AuditTally(zone);
  const held: (HeldConversation & { row: ExplanationRow })[] = [];
  let conversationCount = 0;
  try {
    await out.write((writer) => writer.header());
    const ended = await runEvents(
      reading,
      interruption,
      (more) => readConversations({ ...options, ...more } as typeof options, zone, profileFor, tally, known),
      async (event) => {
        if (event.type !== 'conversation') return true;
        conversationCount++;
        const { conversation } = event;
        const profile = profileFor(conversation.platform);
        tally.addConversation(conversation, [], scoreTurns(conversation, []), profile);
        if (metric === CONCURRENT_PEAK) {
          for (const one of heldBy(conversation)) {
            if (!chosen(one.agentId, agentNameIn(one.agentId, conversation))) continue;
            held.push({ ...one, row: heldRow(one, conversation, zone) });
          }
          return true;
        }
        for (const one of contributionsTo(metric, conversation, profile, zone)) {
          if (!chosen(one.agentId, agentNameIn(one.agentId, conversation))) continue;
          const row = rowOf(one, conversation, zone);
          await out.write((writer) => writer.row(row));
        }
        return !out.closed;
      },
    );
    terminal.clearProgress();
    if (ended.interrupted) {
      await out.discard();
      terminal.say('error', INTERRUPTED[settings.locale]);
      return exitCode({ interrupted: true, errors: 0, failedGates: 0 });
    }
    const agents = tally.agentReports();
    const matching = agents.filter((agent) => chosen(agent.agentId, agent.agentName));
    if (matching.length === 0 && conversationCount > 0) throw unknownAgent(settings.ofAgent, agents);
    for (const { row } of busiestMinute(held, zone)) await out.write((writer) => writer.row(row));
    const profiles = tally.profilesById();
    const figures = matching.map((agent) => figureOf(agent, metric, profiles, settings));
    await out.write((writer) => writer.end(figures));
    await out.commit();
    if (out.closed) return exitCode({ interrupted: false, errors: ended.inputErrors.length, failedGates: 0 });
    return await concludeReading(context, settings, {
      tally,
      conversationCount,
      errors: [...ended.inputErrors],
    });
  } catch (error) {
    await out.discard();
    throw error;
  }
}

/** One explanation in every format that was asked for. */
class Explanations {
  private constructor(private readonly outputs: readonly { writer: ExplanationWriter; sink: Sink }[]) {}

  /** @throws KefuError `write-failed` */
  static async open(
    plans: readonly Plan[],
    metric: string,
    settings: Settings,
    io: Io,
  ): Promise<Explanations> {
    const outputs: { writer: ExplanationWriter; sink: Sink }[] = [];
    try {
      for (const { format, path } of plans) {
        const target = path === null ? io.stdout : { isTTY: false };
        const writer = explanationWriter(format as ExplanationFormat, {
          metric,
          tool: { name: 'kefu-audit', version: packageVersion() },
          locale: settings.locale,
          csvHeaders: settings.headers,
          bom: settings.bom,
          width: widthOf(target),
          colorLevel: colorLevelOf(settings.color, target, io.env),
          showAgent: settings.ofAgent.length !== 1 || settings.ofAgent[0]!.includes('*'),
          mask: (settings.redact ?? format === 'table') ? maskText : null,
        });
        outputs.push({ writer, sink: await openSink(format, path, io) });
      }
    } catch (error) {
      await new Explanations(outputs).discard();
      throw error;
    }
    return new Explanations(outputs);
  }

  /** Whether nobody reads any of them any more. */
  get closed(): boolean {
    return this.outputs.every(({ sink }) => sink.closed);
  }

  async write(text: (writer: ExplanationWriter) => string): Promise<void> {
    for (const { writer, sink } of this.outputs) await sink.write(text(writer));
  }

  async commit(): Promise<void> {
    for (const { sink } of this.outputs) await sink.commit();
  }

  async discard(): Promise<void> {
    await Promise.all(this.outputs.map(({ sink }) => sink.discard()));
  }
}

/** An agent whom the user names in full is one; patterns choose among those who are agents anyway. */
function rolesOf(settings: Settings): ResolvedAuditOptions['roles'] {
  const named = settings.ofAgent.filter((pattern) => !pattern.includes('*'));
  return { agent: [...settings.agent, ...named], customer: settings.customer, bot: settings.bot };
}

/** @throws KefuError `usage` for a figure that no profile of the run has */
async function checkMetric(metric: string, { profile }: ResolvedAuditOptions): Promise<void> {
  const profiles = await Promise.all(
    (profile === null ? await profileIds() : [profile]).map((id) => loadProfile(id)),
  );
  if (CARE_METRICS.includes(metric)) {
    throw new KefuError('usage', { data: { problem: 'customer-metric', value: metric } });
  }
  const choices = [...new Set(profiles.flatMap(explainableMetrics))];
  if (choices.includes(metric)) return;
  throw new KefuError('usage', {
    data: {
      problem: 'bad-value',
      option: 'METRIC',
      value: metric,
      expected: 'one-of',
      choices,
      suggestions: nearest(metric, choices),
    },
  });
}

function rowOf(one: Contribution, conversation: Conversation, zone: Zone): ExplanationRow {
  const first = conversation.messages[one.turn.messageIndexes[0]!]!;
  const askedMs = one.wait === null ? one.turn.startMs : one.wait.startMs;
  const answeredMs = one.wait === null ? (one.reply?.endMs ?? null) : one.wait.endMs;
  return {
    agentId: one.agentId,
    agentName: agentNameIn(one.agentId, conversation),
    conversationId: conversation.id,
    customerId: conversation.customerId,
    part: one.leftOut !== null ? 'left-out' : one.numerator > 0 ? 'numerator' : 'denominator',
    reason: one.leftOut,
    turnIndex: one.turn.index,
    replyTurnIndex: one.reply?.index ?? null,
    asked: askedMs === null ? null : zone.iso(askedMs),
    answered: answeredMs === null ? null : zone.iso(answeredMs),
    waitSeconds: one.wait?.waitMs == null ? null : wholeSeconds(one.wait.waitMs),
    chargedSeconds: one.wait?.chargedMs == null ? null : wholeSeconds(one.wait.chargedMs),
    uncharged: one.wait?.uncharged == null ? null : inSeconds(one.wait.uncharged),
    countedSeconds: one.seconds,
    numerator: one.numerator,
    denominator: one.denominator,
    person: one.person,
    source: { file: first.source.file, line: first.source.line },
    question: wordsOf(one.turn, conversation),
    reply: one.reply === null ? null : wordsOf(one.reply, conversation),
  };
}

function heldRow(held: HeldConversation, conversation: Conversation, zone: Zone): ExplanationRow {
  const first = conversation.messages[held.turn.messageIndexes[0]!]!;
  return {
    agentId: held.agentId,
    agentName: agentNameIn(held.agentId, conversation),
    conversationId: conversation.id,
    customerId: conversation.customerId,
    part: 'numerator',
    reason: null,
    turnIndex: held.turn.index,
    replyTurnIndex: null,
    asked: zone.iso(held.fromMs),
    answered: zone.iso(held.toMs),
    waitSeconds: null,
    chargedSeconds: null,
    uncharged: null,
    countedSeconds: wholeSeconds(held.toMs - held.fromMs),
    numerator: 1,
    denominator: 0,
    person: null,
    source: { file: first.source.file, line: first.source.line },
    question: wordsOf(held.turn, conversation),
    reply: null,
  };
}

function inSeconds({
  botMs,
  queueMs,
  handOverMs,
  closedMs,
  abuseMs,
}: Uncharged): ExplanationRow['uncharged'] {
  return {
    botSeconds: wholeSeconds(botMs),
    queueSeconds: wholeSeconds(queueMs),
    handOverSeconds: wholeSeconds(handOverMs),
    closedSeconds: wholeSeconds(closedMs),
    abuseSeconds: wholeSeconds(abuseMs),
  };
}

function wordsOf(turn: Turn, { messages }: Conversation): string {
  return turn.messageIndexes.map((index) => messages[index]!.text).join(' ');
}

function figureOf(
  agent: AgentReport,
  id: string,
  profiles: ReadonlyMap<string, Profile>,
  { locale }: Settings,
): ExplainedFigure {
  const figure = agent.metrics[id] ?? {
    value: null,
    numerator: null,
    denominator: null,
    unit: 'count' as const,
    of: 'turns' as const,
    profile: '',
    interval: null,
    reason: 'no-waits',
  };
  const profile = profiles.get(figure.profile);
  const rule = profile?.metrics.find((one) => one.id === id);
  return {
    agentId: agent.agentId,
    agentName: agent.agentName,
    ...figure,
    counted: `${figure.profile}${rule === undefined ? '' : `: ${metricText(rule, locale)}`}`,
  };
}
