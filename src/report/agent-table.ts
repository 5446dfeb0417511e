import Table from 'cli-table3';
import type { Bilingual, Locale } from '../model/catalogue.js';
import type { AgentReport } from '../model/report.js';
import { agentLabel, agentLabelsWithin } from './agent-label.js';
import { MISSING, showInterval, showMetric, showScore } from './figures.js';
import { columnsOf, cut } from './layout.js';
import { grouped } from './messages/phrase.js';
import { PHRASES } from './messages/phrases.js';
import type { Style } from './style.js';
import { GOOD_SYMBOL, SEVERITY_SYMBOL } from './symbols.js';
import { visible } from './visible.js';

interface Column {
  header: Bilingual;
  align: 'left' | 'right';
  show(agent: AgentReport, locale: Locale): string;
  /** 0 is always shown; of the others, higher numbers go first when there is too little room. */
  spare: number;
}

const COLUMNS: readonly Column[] = [
  {
    header: PHRASES.columnAgent,
    align: 'left',
    spare: 0,
    show: (agent) => `${symbolOf(agent)} ${agentLabel(agent)}`,
  },
  {
    header: PHRASES.columnShop,
    align: 'left',
    spare: 6,
    show: (agent) => cut(shopLabel(agent.shop), NAME_MOST),
  },
  count(PHRASES.columnConversations, 5, (agent) => agent.conversationCount),
  count(PHRASES.columnTurns, 2, (agent) => agent.turnCount),
  figure(PHRASES.columnFirstResponse, 3, (agent, locale) =>
    showMetric(agent.metrics['first-response-time'], locale),
  ),
  figure(PHRASES.columnResponse, 4, (agent, locale) => showMetric(agent.metrics['response-time'], locale)),
  figure(PHRASES.columnAbuse, 0, (agent, locale) => showMetric(agent.rates.abuse, locale)),
  figure(PHRASES.columnDismissive, 0, (agent, locale) => showMetric(agent.rates.dismissive, locale)),
  figure(PHRASES.columnSlow, 0, (agent, locale) => showMetric(agent.rates.slow, locale)),
  figure(PHRASES.columnUnanswered, 1, (agent, locale) => showMetric(agent.metrics.unanswered, locale)),
  figure(PHRASES.columnScore, 0, (agent) => showScore(agent.score.value)),
  figure(PHRASES.columnRank, 5, (agent) => (agent.rank.value === null ? MISSING : String(agent.rank.value))),
  figure(PHRASES.columnInterval, 7, (agent) => showInterval(agent.score.interval)),
];

const GAP = 2;
/** A symbol and a blank. */
const SYMBOL_WIDTH = 2;
/** An agent's name is not cut below this before other columns are left out; the first number is for those that explain. */
const NAME_WISHES = [22, 14] as const;
/** `Column.spare` of the first column that only explains others. */
const EXPLAINS = 6;
const NAME_LEAST = 6;
/** Nobody has a longer name; the time to lay out a table grows with the square of what it holds. */
const NAME_MOST = 200;

/**
 * One row an agent, in the order given. In `width` columns: first the columns that say more than most readers ask are
 * left out, then long names are cut. Null leaves out nothing, and cuts only what is no name.
 */
export function agentTable(
  agents: readonly AgentReport[],
  locale: Locale,
  width: number | null,
  style: Style,
): AgentTable {
  const shopsSaid = agents.every((agent) => agent.shop === null || agentLabel(agent).includes(agent.shop));
  let columns = COLUMNS.filter(
    ({ header }) =>
      (header !== PHRASES.columnShop || !shopsSaid) &&
      (header !== PHRASES.columnUnanswered || someUnanswered(agents)) &&
      (header !== PHRASES.columnRank || someRanked(agents)),
  );
  const cells = new Map(
    columns.map((column) => [column, agents.map((agent) => column.show(agent, locale))] as const),
  );
  const widths = new Map(
    columns.map((column) => [column, widthOf([...column.header[locale].split('\n'), ...cells.get(column)!])]),
  );
  let nameWidth: number | null = null;
  if (width !== null) {
    const naturalName = widths.get(columns[0]!)!;
    const others = (): number => columns.slice(1).reduce((sum, column) => sum + GAP + widths.get(column)!, 0);
    for (;;) {
      const spare = columns.reduce((most, column) => (column.spare > most.spare ? column : most));
      const wish = NAME_WISHES[spare.spare >= EXPLAINS ? 0 : 1];
      if (spare.spare === 0 || width - others() >= Math.min(naturalName, wish)) break;
      columns = columns.filter((column) => column !== spare);
    }
    nameWidth = Math.max(NAME_LEAST, Math.min(naturalName, width - others()));
  }

  const rows = agents.map((_, row) => columns.map((column) => cells.get(column)![row]!));
  const labels = agentLabelsWithin(agents, Math.min(nameWidth ?? NAME_MOST, NAME_MOST) - SYMBOL_WIDTH);
  agents.forEach((agent, row) => {
    rows[row]![0] = `${symbolOf(agent)} ${labels[row]}`;
  });
  const lines = layOut(rows, columns, locale, (text, row, at) =>
    paint(columns[at]!, agents[row]!, text, style),
  );
  return { lines, hasIntervals: columns.some(({ header }) => header === PHRASES.columnInterval) };
}

/** The lines of the table, and whether there was room for the intervals of scores. */
export interface AgentTable {
  lines: string[];
  hasIntervals: boolean;
}

/** More rows than this are laid out in several tables: the library's time grows with the square of their number. */
const BLOCK_ROWS = 200;

/** Rows of cells as lines, under a header. */
function layOut(
  rows: readonly (readonly string[])[],
  columns: readonly Column[],
  locale: Locale,
  painted: (text: string, row: number, column: number) => string,
): string[] {
  const head = columns.map((column) => column.header[locale]);
  const colWidths = head.map((text, at) => widthOf([...text.split('\n'), ...rows.map((row) => row[at]!)]));
  const lines: string[] = [];
  for (let from = 0; from === 0 || from < rows.length; from += BLOCK_ROWS) {
    const block = rows.slice(from, from + BLOCK_ROWS);
    const table = new Table({
      head: from === 0 ? head : [],
      colWidths,
      colAligns: columns.map((column) => column.align),
      chars: PLAIN,
      style: { head: [], border: [], compact: true, 'padding-left': 0, 'padding-right': 0 },
    });
    // The library measures by an older table of widths than terminals do, so it lays out stand-ins of the right width.
    for (const row of block) table.push(row.map((text) => STAND_IN.repeat(columnsOf(text))));
    const cells = block.flatMap((row, at) => row.map((text, column) => painted(text, from + at, column)));
    let next = 0;
    const text = table.toString().replace(STAND_INS, () => cells[next++]!);
    lines.push(...text.split('\n').map((line) => line.trimEnd()));
  }
  return lines;
}

const STAND_IN = '#';
const STAND_INS = /#+/g;

/** A rule under the header, two spaces between columns, nothing else. */
const PLAIN = {
  top: '',
  'top-mid': '',
  'top-left': '',
  'top-right': '',
  bottom: '',
  'bottom-mid': '',
  'bottom-left': '',
  'bottom-right': '',
  left: '',
  'left-mid': '',
  mid: '─',
  'mid-mid': '─'.repeat(GAP),
  right: '',
  'right-mid': '',
  middle: ' '.repeat(GAP),
};

/** The worst that was found, as a symbol. What customers said to an agent does not count, nor do mere hints. */
function symbolOf(agent: AgentReport): string {
  if ((agent.rates.abuse.numerator ?? 0) > 0) return SEVERITY_SYMBOL.error;
  const own = Object.keys(agent.ruleCounts).some((rule) => !rule.startsWith('customer-abuse/'));
  const { error, warning } = agent.findingCounts;
  return own && error + warning > 0 ? SEVERITY_SYMBOL.warning : GOOD_SYMBOL;
}

/** Whether the table tells of customers who were never answered; where there are none, it has no column for them. */
export function someUnanswered(agents: readonly AgentReport[]): boolean {
  return agents.some(({ metrics }) => (metrics.unanswered?.value ?? 0) > 0);
}

/** Whether anybody said enough to be ranked; where nobody did, there is no column for it. */
export function someRanked(agents: readonly AgentReport[]): boolean {
  return agents.some(({ rank }) => rank.value !== null);
}

/** Never of no width, even if the name is. */
function shopLabel(shop: string | null): string {
  const label = visible(shop ?? '');
  return columnsOf(label) === 0 ? MISSING : label;
}

function widthOf(lines: readonly string[]): number {
  return lines.reduce((most, line) => Math.max(most, columnsOf(line)), 0);
}

function paint(column: Column, agent: AgentReport, text: string, style: Style): string {
  const symbol = symbolOf(agent);
  const byWorst =
    symbol === SEVERITY_SYMBOL.error
      ? style.bad
      : symbol === SEVERITY_SYMBOL.warning
        ? style.warn
        : style.good;
  switch (column.header) {
    case PHRASES.columnAgent:
      return text.startsWith(symbol) ? byWorst(symbol) + text.slice(symbol.length) : text;
    case PHRASES.columnScore:
      return agent.score.value === null ? text : byWorst(text);
    case PHRASES.columnAbuse:
      return (agent.rates.abuse.numerator ?? 0) > 0 ? style.bad(text) : text;
    case PHRASES.columnDismissive:
      return (agent.rates.dismissive.numerator ?? 0) > 0 ? style.warn(text) : text;
    case PHRASES.columnSlow:
      return (agent.rates.slow.numerator ?? 0) > 0 ? style.warn(text) : text;
    case PHRASES.columnUnanswered:
      return (agent.metrics.unanswered?.value ?? 0) > 0 ? style.warn(text) : text;
    case PHRASES.columnInterval:
    case PHRASES.columnRank:
    case PHRASES.columnShop:
      return style.faint(text);
    default:
      return text;
  }
}

function figure(header: Bilingual, spare: number, show: Column['show']): Column {
  return { header, align: 'right', spare, show };
}

function count(header: Bilingual, spare: number, value: (agent: AgentReport) => number): Column {
  return figure(header, spare, (agent) => grouped(value(agent)));
}
