import { stringify } from 'csv-stringify/sync';
import type { Bilingual } from '../model/catalogue.js';
import type { Conversation, Turn } from '../model/conversation.js';
import type { CustomerRecord, Issue, PromiseStatus } from '../model/customer.js';
import type { Finding } from '../model/finding.js';
import type { AgentReport, AuditEvent, Metric } from '../model/report.js';
import { agentsOf, promiseRow, spanOf } from './customer-rows.js';
import { METRIC_TERMS, term } from './messages/terms.js';
import { excerptsOf } from './quotes.js';
import type { Reporter, ReportOptions, ReportWriter } from './reporter.js';
import { findingRow, isoOrNull, turnRows } from './rows.js';
import { visible } from './visible.js';

type Cell = string | number | boolean | null;

/** A column: its name, and what stands in it for one row. */
interface Column<Row> {
  header: Bilingual;
  value(row: Row): Cell;
}

type ConversationEvent = Extract<AuditEvent, { type: 'conversation' }>;
type CustomerEvent = Extract<AuditEvent, { type: 'customer' }>;

/**
 * One table for spreadsheets (RFC 4180, but with LF): agents, findings, turns, customers or promises. Numbers are never quoted, what is
 * unknown is an empty cell, and text that a spreadsheet would take for a formula is led by an apostrophe. Controls and
 * line breaks inside a text are made visible, so that each row is one line; JSON has every text verbatim.
 */
export const csv: Reporter = {
  create(options): ReportWriter {
    const begin = options.bom ? '\ufeff' : '';
    const noRows = (): string => '';
    if (options.csvTable === 'agents') {
      return {
        header: () => begin,
        conversation: noRows,
        skip: noRows,
        customer: noRows,
        end(report) {
          const columns = agentColumns(report.agents, options);
          return [headerLine(columns, options), lines(columns, report.agents)];
        },
      };
    }
    const table = TABLES[options.csvTable](options);
    return {
      header: () => begin + table.header,
      conversation: table.rows ?? noRows,
      customer: table.customerRows ?? noRows,
      skip: noRows,
      end: () => [],
    };
  },
};

function agentColumns(agents: readonly AgentReport[], { csvHeaders }: ReportOptions): Column<AgentReport>[] {
  const column = (en: string, zh: string, value: (agent: AgentReport) => Cell): Column<AgentReport> => ({
    header: { en, zh },
    value,
  });
  const metricIds = [...new Set(agents.flatMap((agent) => Object.keys(agent.metrics)))]
    .filter((id) => id !== COUNTED)
    .sort();
  return [
    column('agent_id', '客服ID', (agent) => agent.agentId),
    column('agent_name', '客服', (agent) => agent.agentName),
    column('shop', '店铺', (agent) => agent.shop),
    column('conversation_count', '会话数', (agent) => agent.conversationCount),
    column('turn_count', '轮次数', (agent) => agent.turnCount),
    column('message_count', '消息数', (agent) => agent.messageCount),
    column('score', '评分', (agent) => agent.score.value),
    column('score_low', '评分下限', (agent) => agent.score.interval?.[0] ?? null),
    column('score_high', '评分上限', (agent) => agent.score.interval?.[1] ?? null),
    column('sample_size', '样本量', (agent) => agent.score.sampleSize),
    column('abuse_rate', '辱骂率', (agent) => agent.rates.abuse.value),
    column('dismissive_rate', '敷衍率', (agent) => agent.rates.dismissive.value),
    column('slow_rate', '超时率', (agent) => agent.rates.slow.value),
    ...metricIds.map((id) => metricColumn(id, agents, csvHeaders)),
    column('error_count', '严重', (agent) => agent.findingCounts.error),
    column('warning_count', '警告', (agent) => agent.findingCounts.warning),
    column('info_count', '提示', (agent) => agent.findingCounts.info),
    column('exposure_turn_count', '被骂轮次', (agent) => agent.exposure.turnCount),
    column('exposure_seconds', '被骂时长（秒）', (agent) =>
      agent.exposure.durationMs === null ? null : agent.exposure.durationMs / 1000,
    ),
    column('exposure_longest_seconds', '最长连续被骂（秒）', (agent) =>
      agent.exposure.longestMs === null ? null : agent.exposure.longestMs / 1000,
    ),
    column(
      'no_business_conversation_count',
      '非业务会话数',
      (agent) => agent.exposure.noBusiness.conversationCount,
    ),
  ];
}

/** The figure that `conversation_count` is already. */
const COUNTED = 'conversations';

const UNITS: Record<Metric['unit'], Bilingual> = {
  seconds: { en: '_seconds', zh: '（秒）' },
  ratio: { en: '_ratio', zh: '' },
  count: { en: '_count', zh: '' },
};

function metricColumn(
  id: string,
  agents: readonly AgentReport[],
  locale: ReportOptions['csvHeaders'],
): Column<AgentReport> {
  const unit = agents.find((agent) => agent.metrics[id] !== undefined)!.metrics[id]!.unit;
  const en = id.replaceAll('-', '_') + UNITS[unit].en;
  return {
    header: { en, zh: term(METRIC_TERMS, id, locale) + UNITS[unit].zh },
    value: (agent) => agent.metrics[id]?.value ?? null,
  };
}

interface StreamedTable {
  header: string;
  rows?(event: ConversationEvent): string;
  customerRows?(event: CustomerEvent): string;
}

const TABLES: Record<
  Exclude<ReportOptions['csvTable'], 'agents'>,
  (options: ReportOptions) => StreamedTable
> = {
  findings: findingTable,
  turns: turnTable,
  customers: customerTable,
  promises: promiseTable,
};

function customerTable(options: ReportOptions): StreamedTable {
  const column = (
    en: string,
    zh: string,
    value: (customer: CustomerRecord) => Cell,
  ): Column<CustomerRecord> => ({ header: { en, zh }, value });
  const promises = (status: PromiseStatus) => (customer: CustomerRecord) =>
    customer.promises.filter((one) => one.status === status).length;
  const issues = (status: Issue['status']) => (customer: CustomerRecord) =>
    customer.issues.filter((one) => one.status === status).length;
  const columns = [
    column('customer_id', '顾客', (one) => one.customerId),
    column('customer_name', '顾客昵称', (one) => one.customerName),
    column('identity', '凭什么认人', (one) => one.identity),
    column('namesake_count', '同打码的其他顾客', (one) => one.namesakeCount),
    column('platform', '平台', (one) => one.platform),
    column('shop', '店铺', (one) => one.shop),
    column('contact_count', '来找次数', (one) => one.contacts.length),
    column('from', '从', (one) => isoOrNull(options.zone, spanOf(one).fromMs)),
    column('to', '到', (one) => isoOrNull(options.zone, spanOf(one).toMs)),
    column('span_days', '前后天数', (one) => spanOf(one).days),
    column('agent_count', '客服人数', (one) => agentsOf(one).length),
    column('agents', '客服', (one) => agentsOf(one).join(' ')),
    column('issue_count', '几件事', (one) => one.issues.length),
    column('resolved_count', '已解决', issues('resolved')),
    column('unresolved_count', '未解决', issues('unresolved')),
    column('unknown_count', '不明', issues('unknown')),
    column('return_count', '同一件事再来', (one) => one.returns.length),
    column('asked_again_count', '重复索要', (one) =>
      one.repeats.reduce((sum, { what }) => sum + what.length, 0),
    ),
    column('hand_over_count', '转接', (one) =>
      one.handOvers.reduce((sum, { contacts }) => sum + contacts.length - 1, 0),
    ),
    column('promises_kept', '承诺兑现', promises('kept')),
    column('promises_late', '承诺迟了', promises('late')),
    column('promises_broken', '承诺落空', promises('broken')),
    column('promises_unknown', '承诺不明', promises('unknown')),
    column('claim_count', '店方称已联系', (one) => one.claims.length),
    column('conversation_ids', '会话ID', (one) =>
      one.contacts.map(({ conversationId }) => conversationId).join(' '),
    ),
  ];
  return { header: headerLine(columns, options), customerRows: ({ customer }) => lines(columns, [customer]) };
}

function promiseTable(options: ReportOptions): StreamedTable {
  type Row = ReturnType<typeof promiseRow> & { customer: CustomerRecord };
  const column = (en: string, zh: string, value: (row: Row) => Cell): Column<Row> => ({
    header: { en, zh },
    value,
  });
  const columns = [
    column('customer_id', '顾客', (row) => row.customer.customerId),
    column('shop', '店铺', (row) => row.customer.shop),
    column('agent_id', '客服ID', (row) => row.agentId),
    column('conversation_id', '会话ID', (row) => row.conversationId),
    column('time', '时间', (row) => row.time),
    column('act', '答应什么', (row) => row.act),
    column('due', '期限', (row) => row.due),
    column('status', '结果', (row) => row.status),
    column('basis', '凭什么知道', (row) => row.basis),
    column('kept', '兑现时间', (row) => row.kept),
    column('promise', '承诺原话', (row) => row.evidence.text),
    column('proof_time', '佐证时间', (row) => row.proof?.time ?? null),
    column('proof', '佐证原话', (row) => row.proof?.evidence.text ?? null),
    column('claim', '店方称已联系', (row) => row.claim),
  ];
  return {
    header: headerLine(columns, options),
    customerRows: ({ customer }) =>
      lines(
        columns,
        customer.promises.map((record) => ({ ...promiseRow(record, customer, options), customer })),
      ),
  };
}

function findingTable(options: ReportOptions): StreamedTable {
  type Row = ReturnType<typeof findingRow> & { agentName: string; context: string };
  const column = (en: string, zh: string, value: (row: Row) => Cell): Column<Row> => ({
    header: { en, zh },
    value,
  });
  const columns = [
    column('time', '时间', (row) => row.time),
    column('severity', '级别', (row) => row.severity),
    column('rule_id', '规则', (row) => row.ruleId),
    column('agent_id', '客服ID', (row) => row.agentId),
    column('agent_name', '客服', (row) => row.agentName),
    column('conversation_id', '会话ID', (row) => row.conversationId),
    column('turn_index', '轮次', (row) => row.turnIndex),
    column('message', '说明', (row) => row.message),
    column('quote', '原话', (row) => row.evidence.map((one) => one.text).join(' … ')),
    column('context', '上下文', (row) => row.context),
    column('confidence', '把握', (row) => row.confidence),
    column('weight', '权重', (row) => row.weight),
    column('file', '文件', (row) => row.source.file),
    column('line', '行', (row) => row.source.line),
    column('experimental', '试验规则', (row) => row.experimental),
    column('fingerprint', '指纹', (row) => row.fingerprint),
  ];
  return {
    header: headerLine(columns, options),
    rows: ({ conversation, findings }) =>
      lines(
        columns,
        findings.map((finding) => ({
          ...findingRow(finding, conversation, options),
          agentName: agentNameIn(conversation, finding.agentId, finding.turnIndex),
          context: contextOf(finding, conversation, options),
        })),
      ),
  };
}

/** What an agent was called in a turn; where it is another's, anywhere in the conversation; or nothing. */
function agentNameIn({ messages, turns }: Conversation, agentId: string, turnIndex: number): string {
  const said = (turn: Turn | undefined) => turn?.role === 'agent' && turn.agentId === agentId;
  const turn = said(turns[turnIndex]) ? turns[turnIndex] : turns.find(said);
  return turn === undefined ? '' : messages[turn.messageIndexes[0]!]!.speakerName;
}

/** The quoted words marked in their sentences, as people read them in the other formats. */
function contextOf(finding: Finding, conversation: Conversation, { mask }: ReportOptions): string {
  return excerptsOf(finding, conversation, mask)
    .map((excerpt) => excerpt.map(({ text, quoted }) => (quoted ? `【${text}】` : text)).join(''))
    .join(' … ');
}

function turnTable(options: ReportOptions): StreamedTable {
  type Row = ReturnType<typeof turnRows>[number] & { agentName: string; time: string | null };
  const column = (en: string, zh: string, value: (row: Row) => Cell): Column<Row> => ({
    header: { en, zh },
    value,
  });
  const columns = [
    column('conversation_id', '会话ID', (row) => row.conversationId),
    column('turn_index', '轮次', (row) => row.turnIndex),
    column('agent_id', '客服ID', (row) => row.agentId),
    column('agent_name', '客服', (row) => row.agentName),
    column('time', '时间', (row) => row.time),
    column('message_ids', '消息ID', (row) => row.messageIds.join(' ')),
    column('abuse', '辱骂', (row) => row.abuse),
    column('dismissive', '敷衍', (row) => row.dismissive),
    column('slow', '超时', (row) => row.slow),
    column('wait_ms', '等待（毫秒）', (row) => row.waitMs),
    column('findings', '发现指纹', (row) => row.findings.join(' ')),
  ];
  return {
    header: headerLine(columns, options),
    rows: (event) =>
      lines(
        columns,
        turnRows(event).map((row) => ({
          ...row,
          agentName: agentNameIn(event.conversation, row.agentId, row.turnIndex),
          time: isoOrNull(options.zone, event.conversation.turns[row.turnIndex]!.startMs),
        })),
      ),
  };
}

function headerLine<Row>(columns: readonly Column<Row>[], { csvHeaders }: ReportOptions): string {
  return toCsv([columns.map((column) => column.header[csvHeaders])]);
}

function lines<Row>(columns: readonly Column<Row>[], rows: readonly Row[]): string {
  return rows.length === 0 ? '' : toCsv(rows.map((row) => columns.map((column) => column.value(row))));
}

function toCsv(rows: Cell[][]): string {
  return stringify(
    rows.map((row) => row.map((cell) => (typeof cell === 'string' ? visible(cell) : cell))),
    { escape_formulas: true, cast: { boolean: String } },
  );
}
