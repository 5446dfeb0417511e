import type { Bilingual, Locale } from '../../model/catalogue.js';
import { MISSING, showNumber } from '../../report/figures.js';
import { cut, wrap } from '../../report/layout.js';
import { CATEGORY_TERMS, SEVERITY_TERMS } from '../../report/messages/terms.js';
import { type Style, styleOf } from '../../report/style.js';
import { visible } from '../../report/visible.js';
import type {
  Agreement,
  ConfusionCell,
  EvalReport,
  Figures,
  GroupFigures,
  RuleFigures,
  WrongCase,
} from '../report.js';
import type { Estimate } from '../statistics.js';
import { type GridColumn, grid } from './grid.js';
import { masked } from './masked.js';
import type { Renderer, RenderOptions } from './renderer.js';

const WORDS = {
  labelled: { zh: '{n} 轮有标注', en: '{n} labelled turns' },
  annotators: { zh: '标注人 {names}', en: 'annotators {names}' },
  bar: {
    zh: '标注平均 ≥ {bar} 为“是”，0 为“不是”，其间存疑、不计；级别低于“{severity}”的发现不计',
    en: 'positive where labels average {bar} or more, negative at 0, left out between; findings milder than {severity} do not count',
  },
  byCategory: { zh: '各类别', en: 'By category' },
  byRule: { zh: '各规则', en: 'By rule' },
  byGroup: { zh: '各分组', en: 'By group' },
  agreement: { zh: '一致程度', en: 'Agreement' },
  confusion: { zh: '该由哪条规则报告，实际由哪条', en: 'Which rule should have spoken, and which did' },
  wrong: { zh: '判错的（{shown}/{all}）', en: 'Judged wrongly ({shown} of {all})' },
  none: { zh: '没有判错的', en: 'None was judged wrongly' },
  category: { zh: '类别', en: 'category' },
  group: { zh: '分组', en: 'group' },
  rule: { zh: '规则', en: 'rule' },
  positive: { zh: '是', en: 'yes' },
  negative: { zh: '不是', en: 'no' },
  unsure: { zh: '存疑', en: 'unsure' },
  precision: { zh: '查准率', en: 'precision' },
  recall: { zh: '查全率', en: 'recall' },
  f1: { zh: 'F1', en: 'F1' },
  falseAlarms: { zh: '误报/万轮', en: 'false/10k' },
  reported: { zh: '报告', en: 'reported' },
  rightly: { zh: '对', en: 'right' },
  wrongly: { zh: '误', en: 'wrong' },
  expected: { zh: '应报', en: 'expected' },
  found: { zh: '报到', en: 'found' },
  pair: { zh: '谁与谁', en: 'between' },
  turns: { zh: '轮数', en: 'turns' },
  kappa: { zh: 'kappa', en: 'kappa' },
  tool: { zh: '工具', en: 'the tool' },
  nameless: { zh: '标注', en: 'labels' },
  annotator: { zh: '标注人{name}', en: 'annotator {name}' },
  should: { zh: '应由', en: 'expected' },
  did: { zh: '实由', en: 'found' },
  missed: { zh: '漏报', en: 'missed' },
  'false-alarm': { zh: '误报', en: 'false alarm' },
  noRule: { zh: '（无）', en: '(none)' },
  anyRule: { zh: '（未指明规则）', en: '(no rule named)' },
} as const satisfies Record<string, Bilingual>;

/** For people: figures with their 95 % intervals, agreement, confusion, and the cases to look at. */
export const table: Renderer = (report, options) =>
  new EvalPage(masked(report, options.mask), options).text();

class EvalPage {
  private readonly lines: string[] = [];
  private readonly style: Style;
  private readonly locale: Locale;

  constructor(
    private readonly report: EvalReport,
    private readonly options: RenderOptions,
  ) {
    this.style = styleOf(options.colorLevel);
    this.locale = options.locale;
  }

  text(): string {
    this.head();
    this.categories();
    this.rules();
    this.groups();
    this.agreement();
    this.confusion();
    this.wrong();
    return `${this.lines.join('\n')}\n`;
  }

  private word(name: keyof typeof WORDS, values: Record<string, string | number> = {}): string {
    return WORDS[name][this.locale].replace(/\{(\w+)\}/g, (_, key: string) => String(values[key]));
  }

  private head(): void {
    const { tool } = this.options;
    const { turnCount, annotators, positiveAt, minSeverity } = this.report;
    const parts = [`${tool.name} ${tool.version}`, this.word('labelled', { n: turnCount })];
    const named = annotators.filter((name) => name !== '');
    const comma = this.locale === 'zh' ? '、' : ', ';
    if (named.length > 0) parts.push(this.word('annotators', { names: visible(named.join(comma)) }));
    this.sentence(parts.join(' · '), this.style.strong);
    const severity = SEVERITY_TERMS[minSeverity][this.locale];
    this.sentence(this.word('bar', { bar: positiveAt, severity }), this.style.faint);
  }

  private sentence(text: string, paint: (text: string) => string): void {
    for (const line of wrap(text, this.options.width)) this.lines.push(paint(line));
  }

  private title(text: string): void {
    this.lines.push('', this.style.title(cut(text, this.options.width)));
  }

  private grid<Row>(columns: readonly GridColumn<Row>[], rows: readonly Row[]): void {
    const [head, ...body] = grid(columns, rows, this.options.width);
    this.lines.push(this.style.faint(head!), ...body);
  }

  private figureColumns(): GridColumn<Figures>[] {
    return [
      count(this.word('positive'), (row) => row.tp + row.fn),
      count(this.word('negative'), (row) => row.fp + row.tn),
      { ...count<Figures>(this.word('unsure'), (row) => row.unsure), spare: 3 },
      share(this.word('precision'), (row) => row.precision),
      share(this.word('recall'), (row) => row.recall),
      { ...share<Figures>(this.word('f1'), (row) => row.f1), spare: 1 },
      { ...perTenThousand<Figures>(this.word('falseAlarms'), (row) => row.falseAlarms), spare: 2 },
    ];
  }

  private categories(): void {
    this.title(this.word('byCategory'));
    this.grid<Figures>(
      [{ head: this.word('category'), show: (row) => this.scope(row.scope) }, ...this.figureColumns()],
      this.report.categories,
    );
  }

  private rules(): void {
    const { rules } = this.report;
    if (rules.length === 0) return;
    this.title(this.word('byRule'));
    this.grid<RuleFigures>(
      [
        { head: this.word('rule'), show: (row) => row.ruleId },
        count<RuleFigures>(this.word('reported'), (row) => row.reportedCount),
        count<RuleFigures>(this.word('rightly'), (row) => row.trueCount),
        count<RuleFigures>(this.word('wrongly'), (row) => row.falseCount),
        share<RuleFigures>(this.word('precision'), (row) => row.precision),
        { ...count<RuleFigures>(this.word('expected'), (row) => row.expectedCount), spare: 3 },
        { ...count<RuleFigures>(this.word('found'), (row) => row.foundCount), spare: 2 },
        { ...share<RuleFigures>(this.word('recall'), (row) => row.recall), spare: 1 },
      ],
      rules,
    );
  }

  private groups(): void {
    const { groups } = this.report;
    if (groups.length === 0) return;
    this.title(this.word('byGroup'));
    this.grid<GroupFigures>(
      [
        { head: this.word('group'), show: (row) => visible(row.group) },
        { head: this.word('category'), show: (row) => this.scope(row.scope) },
        ...(this.figureColumns() as GridColumn<GroupFigures>[]),
      ],
      groups,
    );
  }

  private agreement(): void {
    const { agreement } = this.report;
    if (agreement.length === 0) return;
    this.title(this.word('agreement'));
    this.grid<Agreement>(
      [
        { head: this.word('category'), show: (row) => this.scope(row.scope) },
        {
          head: this.word('pair'),
          show: ({ first, second }) =>
            `${this.judgeName(first)} × ${second === null ? this.word('tool') : this.judgeName(second)}`,
        },
        count<Agreement>(this.word('turns'), (row) => row.turnCount),
        share<Agreement>(this.word('kappa'), (row) => row.kappa),
        { ...share<Agreement>(this.word('f1'), (row) => row.f1), spare: 1 },
      ],
      agreement,
    );
  }

  /** Arrays of labels name nobody: their places do. */
  private judgeName(name: string): string {
    if (name === '') return this.word('nameless');
    return /^\d+$/.test(name) ? this.word('annotator', { name }) : visible(name);
  }

  private confusion(): void {
    const { confusion } = this.report;
    if (confusion.length === 0) return;
    this.title(this.word('confusion'));
    const name = (id: string) =>
      id === 'none' ? this.word('noRule') : id.endsWith('/other') ? this.word('anyRule') : id;
    this.grid<ConfusionCell>(
      [
        { head: this.word('should'), show: (row) => name(row.expected) },
        { head: this.word('did'), show: (row) => name(row.found) },
        count<ConfusionCell>(this.word('turns'), (row) => row.turnCount),
      ],
      confusion,
    );
  }

  private wrong(): void {
    const { wrong } = this.report;
    const shown = wrong.slice(0, this.options.maxShown);
    if (wrong.length === 0) {
      this.title(this.word('none'));
      return;
    }
    this.title(this.word('wrong', { shown: shown.length, all: wrong.length }));
    for (const one of shown) this.case(one);
  }

  private case(one: WrongCase): void {
    const { width } = this.options;
    const said = Object.entries(one.verdicts).map(([name, verdict]) =>
      name === '' ? `${verdict}` : `${this.judgeName(name)} ${verdict}`,
    );
    const missed = one.kind === 'missed';
    const facts = [
      this.word(one.kind),
      this.scope(one.scope),
      said.join(this.locale === 'zh' ? '、' : ', '),
      ...(one.expectedRules.length > 0 ? [one.expectedRules.join(' ')] : []),
      ...(one.group === null ? [] : [visible(one.group)]),
    ];
    const paint = missed ? this.style.warn : this.style.bad;
    this.sentence(`${facts.join(' · ')}  ${visible(one.source.file)}:${one.source.line}`, paint);
    const quote = (text: string, mark: string) => {
      const lines = wrap(visible(text), width === null ? null : Math.max(20, width - 4));
      this.lines.push(...lines.map((line, at) => `${at === 0 ? mark : '    '}${line}`));
    };
    if (one.before !== '') quote(one.before, '  ‹ ');
    quote(one.text, '  › ');
    for (const { ruleId, severity, quotes } of one.findings) {
      const words = quotes.map((text) => `“${text}”`).join(' ');
      quote(`${ruleId} ${SEVERITY_TERMS[severity][this.locale]} ${words}`, '    ');
    }
  }

  private scope(scope: string): string {
    return Object.hasOwn(CATEGORY_TERMS, scope)
      ? CATEGORY_TERMS[scope as keyof typeof CATEGORY_TERMS][this.locale]
      : scope;
  }
}

function count<Row>(head: string, pick: (row: Row) => number): GridColumn<Row> {
  return { head, align: 'right', show: (row) => String(pick(row)) };
}

/** `0.93 (0.88–0.97)`. */
function share<Row>(head: string, pick: (row: Row) => Estimate): GridColumn<Row> {
  return { head, show: (row) => showEstimate(pick(row), (value) => value.toFixed(2)) };
}

function perTenThousand<Row>(head: string, pick: (row: Row) => Estimate): GridColumn<Row> {
  return { head, show: (row) => showEstimate(pick(row), (value) => showNumber(Math.round(value))) };
}

function showEstimate({ value, interval }: Estimate, show: (value: number) => string): string {
  if (value === null) return MISSING;
  return interval === null ? show(value) : `${show(value)} (${show(interval[0])}–${show(interval[1])})`;
}
