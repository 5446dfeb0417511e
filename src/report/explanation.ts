import { stringify } from 'csv-stringify/sync';
import { type Bilingual, formatDuration, type Locale } from '../model/catalogue.js';
import type { RunInfo } from '../model/report.js';
import { agentLabel } from './agent-label.js';
import type { ExplainedFigure, ExplanationRow } from './explanation-schema.js';
import { showMetric, showShare } from './figures.js';
import { columnsOf, cut, cutStart, wrap } from './layout.js';
import { METRIC_REASON_TERMS, METRIC_TERMS, REASON_TERMS, term, UNCHARGED_TERMS } from './messages/terms.js';
import type { TextMask } from './reporter.js';
import { SCHEMA_VERSION } from './rows.js';
import { styleOf } from './style.js';
import { toJson, visible } from './visible.js';

/** Formats in which a figure is explained. */
export const EXPLANATION_FORMATS = ['table', 'json', 'jsonl', 'csv'] as const;

export type ExplanationFormat = (typeof EXPLANATION_FORMATS)[number];

export interface ExplanationOptions {
  metric: string;
  tool: RunInfo['tool'];
  locale: Locale;
  csvHeaders: Locale;
  bom: boolean;
  /** Columns of the terminal; null cuts nothing. */
  width: number | null;
  colorLevel: 0 | 1 | 2 | 3;
  /** Whether rows say whose they are. */
  showAgent: boolean;
  mask: TextMask | null;
}

/** Text of an explanation, piece by piece. */
export interface ExplanationWriter {
  header(): string;
  row(row: ExplanationRow): string;
  end(figures: readonly ExplainedFigure[]): string;
}

/** The writer of a format. */
export function explanationWriter(format: ExplanationFormat, options: ExplanationOptions): ExplanationWriter {
  return WRITERS[format](options);
}

const WRITERS: Record<ExplanationFormat, (options: ExplanationOptions) => ExplanationWriter> = {
  table: tableWriter,
  json: jsonWriter,
  jsonl: jsonlWriter,
  csv: csvWriter,
};

function masked(row: ExplanationRow, mask: TextMask | null): ExplanationRow {
  if (mask === null) return row;
  return { ...row, question: mask(row.question), reply: row.reply === null ? null : mask(row.reply) };
}

function jsonWriter({ metric, tool, mask }: ExplanationOptions): ExplanationWriter {
  let empty = true;
  return {
    header: () =>
      `{"schemaVersion":${SCHEMA_VERSION},\n"tool":${toJson(tool)},\n"metric":${toJson(metric)},\n"rows":[`,
    row(row) {
      const before = empty ? '\n' : ',\n';
      empty = false;
      return before + toJson(masked(row, mask));
    },
    end: (figures) =>
      `${empty ? '' : '\n'}],\n"figures":[${figures.map((one) => `\n${toJson(one)}`).join(',')}${figures.length > 0 ? '\n' : ''}]}\n`,
  };
}

function jsonlWriter({ metric, tool, mask }: ExplanationOptions): ExplanationWriter {
  const line = (row: object): string => `${toJson(row)}\n`;
  return {
    header: () => line({ type: 'header', schemaVersion: SCHEMA_VERSION, tool, metric }),
    row: (row) => line({ type: 'row', ...masked(row, mask) }),
    end: (figures) => figures.map((one) => line({ type: 'figure', ...one })).join(''),
  };
}

type Cell = string | number | null;

const COLUMNS: readonly { en: string; zh: string; value(row: ExplanationRow): Cell }[] = [
  { en: 'agent_id', zh: '客服ID', value: (row) => row.agentId },
  { en: 'agent_name', zh: '客服', value: (row) => row.agentName },
  { en: 'conversation_id', zh: '会话ID', value: (row) => row.conversationId },
  { en: 'customer_id', zh: '顾客ID', value: (row) => row.customerId },
  { en: 'part', zh: '计入', value: (row) => row.part },
  { en: 'reason', zh: '不计原因', value: (row) => row.reason },
  { en: 'asked', zh: '提问时间', value: (row) => row.asked },
  { en: 'answered', zh: '回复时间', value: (row) => row.answered },
  { en: 'wait_seconds', zh: '等待（秒）', value: (row) => row.waitSeconds },
  { en: 'charged_seconds', zh: '客服负责（秒）', value: (row) => row.chargedSeconds },
  { en: 'counted_seconds', zh: '计入（秒）', value: (row) => row.countedSeconds },
  { en: 'numerator', zh: '分子', value: (row) => row.numerator },
  { en: 'denominator', zh: '分母', value: (row) => row.denominator },
  { en: 'person', zh: '按人计', value: (row) => row.person },
  { en: 'turn_index', zh: '轮次', value: (row) => row.turnIndex },
  { en: 'reply_turn_index', zh: '回复轮次', value: (row) => row.replyTurnIndex },
  { en: 'file', zh: '文件', value: (row) => row.source.file },
  { en: 'line', zh: '行', value: (row) => row.source.line },
  { en: 'question', zh: '顾客的话', value: (row) => row.question },
  { en: 'reply', zh: '客服的话', value: (row) => row.reply },
];

function csvWriter({ csvHeaders, bom, mask }: ExplanationOptions): ExplanationWriter {
  const line = (cells: Cell[]): string =>
    stringify([cells.map((cell) => (typeof cell === 'string' ? visible(cell) : cell))], {
      escape_formulas: true,
    });
  return {
    header: () => (bom ? '\ufeff' : '') + line(COLUMNS.map((column) => column[csvHeaders])),
    row: (row) => line(COLUMNS.map((column) => column.value(masked(row, mask)))),
    end: () => '',
  };
}

const WORDS = {
  legend: {
    zh: '● 计入分子和分母  ○ 只计入分母  – 不计',
    en: '● in numerator and denominator  ○ in the denominator only  – left out',
  },
  nothing: { zh: '没有可列的轮次', en: 'no turns to list' },
  unanswered: { zh: '未回复', en: 'unanswered' },
  of: { zh: '{numerator} ÷ {denominator}', en: '{numerator} / {denominator}' },
  charged: { zh: '客服负责 {time}', en: 'the agent’s part {time}' },
  chargedNote: {
    zh: '[客服负责…] 判超时、扣分只按这一部分，指标按下面的口径',
    en: '[the agent’s part …] is what slowness is judged and scored by; the figure is counted as below',
  },
  interval: { zh: '95% 区间 {low}–{high}', en: '95 % interval {low}–{high}' },
} as const satisfies Record<string, Bilingual>;

const MARKS: Record<ExplanationRow['part'], string> = { numerator: '●', denominator: '○', 'left-out': '–' };
const INDENT = '   ';
/** Longest quote of a row. */
const QUOTE_COLUMNS = 24;

function tableWriter(options: ExplanationOptions): ExplanationWriter {
  const { metric, locale, width, colorLevel, showAgent, mask } = options;
  const style = styleOf(colorLevel);
  let rows = 0;
  let inPart = false;
  return {
    header: () => `${style.title(`${term(METRIC_TERMS, metric, locale)} · ${visible(metric)}`)}\n`,
    row(row) {
      rows++;
      inPart ||= row.uncharged !== null;
      const lines = rowLines(masked(row, mask), locale, showAgent, width);
      return lines.map((line) => `${row.part === 'left-out' ? style.faint(line) : line}\n`).join('');
    },
    end(figures) {
      const lines: string[] = rows === 0 ? [WORDS.nothing[locale]] : ['', WORDS.legend[locale]];
      if (inPart) lines.push(...wrap(WORDS.chargedNote[locale], width));
      for (const figure of figures)
        lines.push('', style.strong(figureText(figure, locale)), ...wrap(figure.counted, width));
      return `${lines.join('\n')}\n`;
    },
  };
}

/** What counts, on one line; on a terminal too narrow for it, the words and where they stand get lines of their own. */
function rowLines(row: ExplanationRow, locale: Locale, showAgent: boolean, width: number | null): string[] {
  const quote = (text: string): string => `“${cut(visible(text), QUOTE_COLUMNS)}”`;
  const waited =
    row.countedSeconds !== null
      ? formatDuration(row.countedSeconds * 1000, locale)
      : row.waitSeconds !== null
        ? formatDuration(row.waitSeconds * 1000, locale)
        : row.replyTurnIndex === null
          ? WORDS.unanswered[locale]
          : '';
  const parts = [
    MARKS[row.part],
    showAgent ? agentLabel(row) : '',
    row.asked === null ? '' : row.asked.slice(0, 19).replace('T', ' '),
    waited,
    chargedText(row, locale),
    row.reason === null || row.reason === 'unanswered' ? '' : `[${term(REASON_TERMS, row.reason, locale)}]`,
    row.countedSeconds === null && row.waitSeconds === null ? amountText(row, locale) : '',
  ];
  const facts = parts.filter((part) => part !== '').join('  ');
  const words = quote(row.question) + (row.reply === null ? '' : ` → ${quote(row.reply)}`);
  const place = visible(`${row.source.file}:${row.source.line}`);
  const whole = [facts, words, place].join('  ');
  if (width === null || columnsOf(whole) <= width) return [whole];
  const room = Math.max(1, width - INDENT.length);
  const below = `${words}  ${place}`;
  const rest = columnsOf(below) <= room ? [below] : [cut(words, room), cutStart(place, room)];
  return [cut(facts, width), ...rest.map((line) => INDENT + line)];
}

/** Why a wait is more than the agent is judged by: `[客服负责20秒，机器人接待4分]`. */
function chargedText({ chargedSeconds, uncharged }: ExplanationRow, locale: Locale): string {
  if (chargedSeconds === null || uncharged === null) return '';
  const duration = (seconds: number): string => formatDuration(seconds * 1000, locale);
  const parts = UNCHARGED.filter(([name]) => uncharged[name] > 0).map(
    ([name, words]) => `${words[locale]} ${duration(uncharged[name])}`,
  );
  const charged = WORDS.charged[locale].replace('{time}', duration(chargedSeconds));
  return `[${[charged, ...parts].join(locale === 'zh' ? '，' : ', ')}]`;
}

const UNCHARGED = [
  ['botSeconds', UNCHARGED_TERMS.botMs],
  ['queueSeconds', UNCHARGED_TERMS.queueMs],
  ['handOverSeconds', UNCHARGED_TERMS.handOverMs],
  ['closedSeconds', UNCHARGED_TERMS.closedMs],
  ['abuseSeconds', UNCHARGED_TERMS.abuseMs],
] as const;

/** What a whole conversation adds: `10 ÷ 9` to a ratio, a number to a sum; nothing where that is one. */
function amountText({ numerator, denominator }: ExplanationRow, locale: Locale): string {
  if (denominator > 1) {
    return WORDS.of[locale]
      .replace('{numerator}', String(numerator))
      .replace('{denominator}', String(denominator));
  }
  return numerator > 1 ? String(numerator) : '';
}

/** `青禾家居:阿岚  66.7%(2 ÷ 3,95% 区间 20.8%–93.9%)`. */
function figureText(figure: ExplainedFigure, locale: Locale): string {
  const { numerator, denominator, interval, reason } = figure;
  const details: string[] = [];
  if (denominator !== null && numerator !== null) {
    details.push(
      WORDS.of[locale]
        .replace('{numerator}', String(numerator))
        .replace('{denominator}', String(denominator)),
    );
  }
  if (interval !== null) {
    details.push(
      WORDS.interval[locale]
        .replace('{low}', showShare(interval[0]))
        .replace('{high}', showShare(interval[1])),
    );
  }
  if (reason !== null) details.push(term(METRIC_REASON_TERMS, reason, locale));
  const value = showMetric(figure, locale);
  const name = agentLabel(figure);
  if (details.length === 0) return `${name}  ${value}`;
  return locale === 'zh'
    ? `${name}  ${value}（${details.join('，')}）`
    : `${name}  ${value} (${details.join(', ')})`;
}
