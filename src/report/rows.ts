import { renderMessage } from '../model/catalogue.js';
import { type Conversation, messageIdOf } from '../model/conversation.js';
import type { Finding, FindingData } from '../model/finding.js';
import type {
  AgentReport,
  AuditEvent,
  AuditReport,
  GoodTurn,
  InputReport,
  Notice,
  RunInfo,
} from '../model/report.js';
import type { Skip } from '../model/skip.js';
import type { Zone } from '../model/zone.js';
import { noticeText } from './messages/notices.js';
import { messageOfEvidence } from './quotes.js';
import type { ReportOptions, TextMask } from './reporter.js';
import type {
  AgentRow,
  ConversationRow,
  FindingRow,
  GoodTurnRow,
  InputRow,
  NoticeRow,
  RunRow,
  SettingsRow,
  SkipRow,
  SummaryRow,
  TurnRow,
} from './schema.js';

export const SCHEMA_VERSION = 1;

type ConversationEvent = Extract<AuditEvent, { type: 'conversation' }>;

/*
 * The rows of machine formats: plain objects with their keys in one fixed order, the same in JSON and JSONL.
 */

/** What is known of a run before anything is read; which profiles apply is not. */
export function settingsRow(run: RunInfo): SettingsRow {
  const { timezone, segmenter, lexicon, calendar, preset, filters } = run;
  return {
    timezone,
    segmenter: { name: segmenter.name, version: segmenter.version },
    lexicon: { entryCount: lexicon.entryCount, hash: lexicon.hash },
    calendar,
    preset,
    filters: {
      agent: [...filters.agent],
      customer: [...filters.customer],
      bot: [...filters.bot],
      since: filters.since,
      until: filters.until,
    },
  };
}

export function runRow(run: RunInfo): RunRow {
  return { ...settingsRow(run), profiles: [...run.profiles] };
}

export function conversationRow(event: ConversationEvent, zone: Zone): ConversationRow {
  const { conversation, findings, turnScores } = event;
  const agentIds = new Set<string>();
  for (const turn of conversation.turns) if (turn.role === 'agent') agentIds.add(turn.agentId);
  return {
    conversationId: conversation.id,
    customerId: conversation.customerId,
    platform: conversation.platform,
    shop: conversation.shop,
    start: isoOrNull(zone, conversation.startMs),
    end: isoOrNull(zone, conversation.endMs),
    messageCount: conversation.messages.length,
    agentTurnCount: turnScores.length,
    agentIds: [...agentIds],
    findingCount: findings.length,
  };
}

/** One row for every agent turn of a conversation, in order. */
export function turnRows(event: ConversationEvent): TurnRow[] {
  const { conversation, findings, turnScores } = event;
  return turnScores.map((score) => {
    const turn = conversation.turns[score.turnIndex]!;
    return {
      conversationId: conversation.id,
      turnIndex: score.turnIndex,
      agentId: turn.agentId,
      messageIds: turn.messageIndexes.map((index) => messageIdOf(conversation, index)),
      abuse: score.abuse,
      dismissive: score.dismissive,
      slow: score.slow,
      waitMs: turn.wait?.waitMs ?? null,
      findings: score.findings.map((index) => findings[index]!.fingerprint),
    };
  });
}

/** @param conversation where the finding is from, to mask quotes in their context; null when it is no longer at hand. */
export function findingRow(
  finding: Finding,
  conversation: Conversation | null,
  options: ReportOptions,
): FindingRow {
  const { mask } = options;
  const message = renderMessage(options.catalogue, finding, options.locale);
  return {
    ruleId: finding.ruleId,
    severity: finding.severity,
    confidence: finding.confidence,
    agentId: finding.agentId,
    conversationId: finding.conversationId,
    turnIndex: finding.turnIndex,
    evidence: finding.evidence.map(({ messageId, span, text }, index) => ({
      messageId,
      span: [span[0], span[1]],
      text: mask === null ? text : maskedQuote(finding, index, conversation, mask),
    })),
    fingerprint: finding.fingerprint,
    data: mask === null ? finding.data : maskData(finding.data, mask),
    weight: finding.weight,
    experimental: finding.experimental,
    source: { file: finding.source.file, line: finding.source.line },
    time: isoOrNull(options.zone, finding.atMs),
    message: mask === null ? message : mask(message),
  };
}

export function agentRow(agent: AgentReport, options: ReportOptions): AgentRow {
  const { score, rates, exposure, findingCounts } = agent;
  return {
    agentId: agent.agentId,
    agentName: agent.agentName,
    shop: agent.shop,
    conversationCount: agent.conversationCount,
    turnCount: agent.turnCount,
    messageCount: agent.messageCount,
    score: { value: score.value, interval: score.interval, sampleSize: score.sampleSize },
    rates: { abuse: rates.abuse, dismissive: rates.dismissive, slow: rates.slow },
    metrics: agent.metrics,
    rank: agent.rank,
    comparison: agent.comparison,
    caseMix: agent.caseMix,
    findingCounts: { error: findingCounts.error, warning: findingCounts.warning, info: findingCounts.info },
    ruleCounts: agent.ruleCounts,
    exposure: {
      turnCount: exposure.turnCount,
      conversationCount: exposure.conversationCount,
      durationMs: exposure.durationMs,
      longestMs: exposure.longestMs,
      worst: exposure.worst === null ? null : findingRow(exposure.worst, null, options),
      noBusiness: {
        conversationCount: exposure.noBusiness.conversationCount,
        durationMs: exposure.noBusiness.durationMs,
      },
      reason: exposure.reason,
    },
  };
}

export function goodTurnRow(good: GoodTurn, { mask, zone }: ReportOptions): GoodTurnRow {
  const shown = mask === null ? (text: string) => text : mask;
  return {
    agentId: good.agentId,
    conversationId: good.conversationId,
    turnIndex: good.turnIndex,
    kinds: [...good.kinds],
    text: shown(good.text),
    evidence: good.evidence.map(({ messageId, span, text }) => ({
      messageId,
      span: [span[0], span[1]],
      text: shown(text),
    })),
    source: { file: good.source.file, line: good.source.line },
    time: isoOrNull(zone, good.atMs),
  };
}

export function skipRow(skip: Skip): SkipRow {
  return { reason: skip.reason, file: skip.file, line: skip.line, detail: skip.detail };
}

export function inputRow(input: InputReport, zone: Zone): InputRow {
  return {
    file: input.file,
    readerId: input.readerId,
    encoding: input.encoding,
    chosenBy: input.chosenBy,
    lineCount: input.lineCount,
    recordCount: input.recordCount,
    messageCount: input.messageCount,
    skipCount: input.skipCount,
    unknownCount: input.unknownCount,
    brokenByteCount: input.brokenByteCount,
    from: isoOrNull(zone, input.fromMs),
    to: isoOrNull(zone, input.toMs),
  };
}

export function summaryRow({ summary }: AuditReport): SummaryRow {
  const { error, warning, info } = summary.findingCounts;
  return {
    conversationCount: summary.conversationCount,
    agentCount: summary.agentCount,
    agentTurnCount: summary.agentTurnCount,
    findingCounts: { error, warning, info },
    acceptedCount: summary.acceptedCount,
  };
}

export function noticeRow(notice: Notice, options: ReportOptions): NoticeRow {
  return { code: notice.code, data: notice.data, message: noticeText(notice, options.locale) };
}

export function isoOrNull(zone: Zone, atMs: number | null): string | null {
  return atMs === null ? null : zone.iso(atMs);
}

function maskedQuote(
  finding: Finding,
  index: number,
  conversation: Conversation | null,
  mask: TextMask,
): string {
  const evidence = finding.evidence[index]!;
  const message = conversation === null ? null : messageOfEvidence(conversation, finding, evidence);
  return message === null ? mask(evidence.text) : mask(message.text).slice(...evidence.span);
}

function maskData(data: FindingData, mask: TextMask): FindingData {
  const masked: FindingData = {};
  for (const [name, value] of Object.entries(data)) {
    if (typeof value === 'string') masked[name] = mask(value);
    else masked[name] = Array.isArray(value) ? value.map(mask) : value;
  }
  return masked;
}
