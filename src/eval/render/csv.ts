import { stringify } from 'csv-stringify/sync';
import type { Bilingual } from '../../model/catalogue.js';
import { visible } from '../../report/visible.js';
import type { EvalReport, WrongCase } from '../report.js';
import type { Estimate } from '../statistics.js';
import { masked } from './masked.js';
import type { Renderer } from './renderer.js';

type Cell = string | number | null;

interface Column<Row> {
  header: Bilingual;
  value(row: Row): Cell;
}

/** One figure, of whatever kind: what a kind does not have is an empty cell. */
interface FigureRow {
  kind: 'category' | 'rule' | 'group';
  scope: string;
  group: string;
  positives: number;
  negatives: number | null;
  unsure: number | null;
  found: number;
  falseAlarmCount: number;
  precision: Estimate;
  recall: Estimate;
  f1: Estimate | null;
  falseAlarms: Estimate;
}

/** A table for spreadsheets: the figures, one row a category, rule or group; or the wrong cases, one row each. */
export const csv: Renderer = (report, { evalTable, headers, bom, mask }) => {
  const write = <Row>(columns: readonly Column<Row>[], rows: readonly Row[]) =>
    (bom ? '\ufeff' : '') +
    stringify(
      [
        columns.map(({ header }) => header[headers]),
        ...rows.map((row) => columns.map(({ value }) => cell(value(row)))),
      ],
      { escape_formulas: true },
    );
  return evalTable === 'figures'
    ? write(FIGURES, figureRows(report))
    : write(caseColumns(report), masked(report, mask).wrong);
};

function cell(value: Cell): Cell {
  return typeof value === 'string' ? visible(value) : value;
}

function column<Row>(en: string, zh: string, value: (row: Row) => Cell): Column<Row> {
  return { header: { en, zh }, value };
}

function estimate<Row>(en: string, zh: string, pick: (row: Row) => Estimate | null): Column<Row>[] {
  const round = (value: number | undefined | null) =>
    value === undefined || value === null ? null : Math.round(value * 1e6) / 1e6;
  return [
    column(en, zh, (row) => round(pick(row)?.value)),
    column(`${en}_low`, `${zh}下限`, (row) => round(pick(row)?.interval?.[0])),
    column(`${en}_high`, `${zh}上限`, (row) => round(pick(row)?.interval?.[1])),
  ];
}

const FIGURES: readonly Column<FigureRow>[] = [
  column('kind', '种类', (row) => row.kind),
  column('scope', '类别或规则', (row) => row.scope),
  column('group', '分组', (row) => row.group),
  column('positive_count', '是', (row) => row.positives),
  column('negative_count', '不是', (row) => row.negatives),
  column('unsure_count', '存疑', (row) => row.unsure),
  column('found_count', '查出', (row) => row.found),
  column('false_alarm_count', '误报', (row) => row.falseAlarmCount),
  ...estimate<FigureRow>('precision', '查准率', (row) => row.precision),
  ...estimate<FigureRow>('recall', '查全率', (row) => row.recall),
  ...estimate<FigureRow>('f1', 'F1', (row) => row.f1),
  ...estimate<FigureRow>('false_alarms_per_10000', '每万轮误报', (row) => row.falseAlarms),
];

function figureRows({ categories, rules, groups }: EvalReport): FigureRow[] {
  const whole = (
    kind: FigureRow['kind'],
    group: string,
    one: EvalReport['categories'][number],
  ): FigureRow => ({
    kind,
    scope: one.scope,
    group,
    positives: one.tp + one.fn,
    negatives: one.fp + one.tn,
    unsure: one.unsure,
    found: one.tp,
    falseAlarmCount: one.fp,
    precision: one.precision,
    recall: one.recall,
    f1: one.f1,
    falseAlarms: one.falseAlarms,
  });
  return [
    ...categories.map((one) => whole('category', '', one)),
    ...rules.map(
      (one): FigureRow => ({
        kind: 'rule',
        scope: one.ruleId,
        group: '',
        positives: one.expectedCount,
        negatives: null,
        unsure: null,
        found: one.foundCount,
        falseAlarmCount: one.falseCount,
        precision: one.precision,
        recall: one.recall,
        f1: null,
        falseAlarms: one.falseAlarms,
      }),
    ),
    ...groups.map((one) => whole('group', one.group, one)),
  ];
}

function caseColumns({ annotators }: EvalReport): readonly Column<WrongCase>[] {
  return [
    column('kind', '种类', (row) => row.kind),
    column('scope', '类别或规则', (row) => row.scope),
    column('id', '编号', (row) => row.id),
    column('file', '文件', (row) => row.source.file),
    column('line', '行', (row) => row.source.line),
    column('group', '分组', (row) => row.group ?? ''),
    column('role', '角色', (row) => row.role),
    column('before', '上文', (row) => row.before),
    column('text', '原话', (row) => row.text),
    ...annotators.map((name) =>
      column<WrongCase>(
        name === '' ? 'label' : `label_${name}`,
        name === '' ? '标注' : `标注 ${name}`,
        (row) => row.verdicts[name] ?? null,
      ),
    ),
    column('expected_rules', '应由规则', (row) => row.expectedRules.join(' ')),
    column('found_rules', '查出规则', (row) => row.findings.map(({ ruleId }) => ruleId).join(' ')),
    column('quote', '查出的话', (row) => row.findings.flatMap(({ quotes }) => quotes).join(' … ')),
  ];
}
