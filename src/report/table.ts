import type { AgentReport, AuditReport, Metric } from '../model/report.js';
import type { Skip } from '../model/skip.js';
import { agentLabel, agentNames } from './agent-label.js';
import { agentTable, someRanked, someUnanswered } from './agent-table.js';
import {
  coverageSentence,
  filtersSentence,
  kindsSentence,
  methodSentence,
  rolesSentence,
  totalsSentence,
  unknownRolesSentence,
} from './coverage.js';
import { CustomerList, writeCustomerSection } from './customer-section.js';
import { exposureOf } from './exposure.js';
import { showMetric, showShare } from './figures.js';
import { cut } from './layout.js';
import { noticeText } from './messages/notices.js';
import { fill } from './messages/phrase.js';
import { PHRASES } from './messages/phrases.js';
import { CATEGORY_TERMS, GOOD_WORK_TERMS, METRIC_REASON_TERMS, SKIP_TERMS, term } from './messages/terms.js';
import { Page, same } from './page.js';
import { placeBlock } from './place-block.js';
import { Places } from './places.js';
import type { Reporter, ReportOptions, ReportWriter } from './reporter.js';
import { styleOf } from './style.js';
import { GOOD_SYMBOL, SEVERITY_SYMBOL } from './symbols.js';
import { visible } from './visible.js';

/** Skipped records whose places are told. */
const SKIPS_SHOWN = 3;
/** Customers who are told one by one; `kefu-audit customers` tells of all. */
const CUSTOMERS_SHOWN = 3;

/**
 * For people at a terminal: totals, one row an agent, the worst findings with their words, and what was read. Fits
 * `options.width`; with null nothing is cut or wrapped.
 */
export const table: Reporter = {
  create(options): ReportWriter {
    const style = styleOf(options.colorLevel);
    const places = new Places(options.maxShown, options.mask);
    const customers = new CustomerList(CUSTOMERS_SHOWN);
    let findingCount = 0;
    let inPart = false;
    const skips: Skip[] = [];
    return {
      header: () => '',
      conversation({ conversation, findings }) {
        inPart ||= conversation.waits.some(({ uncharged }) => uncharged !== null);
        if (findings.length === 0) return '';
        const ofAgents = findings.filter(({ category }) => category !== 'customer-abuse');
        findingCount += ofAgents.length;
        places.add(ofAgents, conversation);
        return '';
      },
      skip(skip) {
        if (skips.length < SKIPS_SHOWN) skips.push(skip);
        return '';
      },
      customer({ customer, findings }) {
        customers.add(customer);
        findingCount += findings.length;
        places.add(findings, null);
        return '';
      },
      end(report) {
        const page = new Page(options, style);
        writeTotals(page, report);
        writeAgents(page, report, inPart);
        writeComparison(page, report);
        writeExposure(page, report.agents);
        writeCustomerSection(page, report.customers, customers.list(), agentNames(report.agents));
        places.addUnseen(report.worst);
        writeFindings(page, report, places, findingCount);
        writeBest(page, report);
        writeCoverage(page, report, skips);
        return [page.toString()];
      },
    };
  },
};

function writeTotals(page: Page, report: AuditReport): void {
  const { locale, zone } = page.options;
  const { run, inputs } = report;
  page.lead(
    `${visible(`${run.tool.name} ${run.tool.version}`)} · ${totalsSentence(report, locale)}`,
    page.style.strong,
  );
  const from = least(inputs.map((input) => input.fromMs));
  const to = least(inputs.map((input) => (input.toMs === null ? null : -input.toMs)));
  page.lead(
    from === null || to === null
      ? fill(PHRASES.noTimes, locale)
      : fill(PHRASES.period, locale, {
          from: zone.local(from),
          to: zone.local(-to),
          zone: visible(run.timezone),
        }),
    page.style.faint,
  );
}

/** @param inPart whether agents are answerable for parts of some waits only */
function writeAgents(page: Page, report: AuditReport, inPart: boolean): void {
  const { locale, width } = page.options;
  page.add('');
  if (report.agents.length === 0) {
    page.sentence(fill(PHRASES.noAgents, locale));
    return;
  }
  const { lines, hasIntervals } = agentTable(report.agents, locale, width, page.style);
  page.addAll(lines);
  page.add('');
  page.sentence(fill(PHRASES.legendSymbols, locale), page.style.faint);
  const figures = fill(PHRASES.legendFigures, locale);
  page.sentence(hasIntervals ? figures + fill(PHRASES.legendIntervals, locale) : figures, page.style.faint);
  if (someUnanswered(report.agents)) page.sentence(fill(PHRASES.legendUnanswered, locale), page.style.faint);
  if (inPart) page.sentence(fill(PHRASES.legendCharged, locale), page.style.faint);
  for (const [reason, figures] of missingFigures(report.agents, page.options)) {
    page.sentence(
      fill(PHRASES.missing, locale, {
        reason: visible(term(METRIC_REASON_TERMS, reason, locale)),
        figures: [...figures],
      }),
      page.style.faint,
    );
  }
}

/** Why figures of the table are missing: reason to the columns it empties. */
function missingFigures(agents: readonly AgentReport[], { locale }: ReportOptions): Map<string, Set<string>> {
  const reasons = new Map<string, Set<string>>();
  const note = (
    metric: Pick<Metric, 'value' | 'reason'> | undefined,
    column: { zh: string; en: string },
  ): void => {
    if (metric === undefined || metric.value !== null || metric.reason === null) return;
    const figures = reasons.get(metric.reason) ?? new Set();
    figures.add(column[locale].replace('-\n', '').replace('\n', locale === 'zh' ? '' : ' '));
    reasons.set(metric.reason, figures);
  };
  const ranked = someRanked(agents);
  for (const agent of agents) {
    note(agent.metrics['first-response-time'], PHRASES.columnFirstResponse);
    note(agent.metrics['response-time'], PHRASES.columnResponse);
    note(agent.rates.abuse, PHRASES.columnAbuse);
    note(agent.rates.dismissive, PHRASES.columnDismissive);
    note(agent.rates.slow, PHRASES.columnSlow);
    if (ranked) note(agent.rank, PHRASES.columnRank);
  }
  return reasons;
}

/** Good turns shown, the best first. */
const BEST_SHOWN = 3;
const BEST_COLUMNS = 200;

function writeBest(page: Page, { agents, best }: AuditReport): void {
  const { locale, mask } = page.options;
  if (best.length === 0) return;
  page.title(fill(PHRASES.bestTitle, locale));
  for (const good of best.slice(0, BEST_SHOWN)) {
    const agent = agents.find((one) => one.agentId === good.agentId);
    page.sentence(
      fill(PHRASES.best, locale, {
        agent: agent === undefined ? visible(good.agentId) : agentLabel(agent),
        kinds: good.kinds.map((kind) => GOOD_WORK_TERMS[kind][locale]),
      }),
    );
    const text = visible(mask === null ? good.text : mask(good.text));
    page.sentence(
      page.style.faint(`“${cut(text, BEST_COLUMNS)}” ${visible(`${good.source.file}:${good.source.line}`)}`),
    );
  }
}

/** A case mix is named where it differs from the team's by so much. */
const MIX_DIFFERS = 0.1;

/** Who differs from all others by more than chance makes, and what was different about their chats. */
function writeComparison(page: Page, { agents, caseMix }: AuditReport): void {
  const { locale } = page.options;
  const compared = agents.filter((agent) =>
    TROUBLE_KINDS.some((kind) => agent.comparison[kind].pValue !== null),
  );
  if (compared.length === 0) return;
  page.title(fill(PHRASES.comparisonTitle, locale));
  let told = false;
  for (const agent of compared) {
    for (const kind of TROUBLE_KINDS) {
      const { share, team, qValue, stands } = agent.comparison[kind];
      if (stands === null) continue;
      told = true;
      let text = fill(stands === 'higher' ? PHRASES.comparisonHigher : PHRASES.comparisonLower, locale, {
        agent: agentLabel(agent),
        kind: CATEGORY_TERMS[kind === 'slow' ? 'latency' : kind][locale],
        share: showMetric(share, locale),
        hits: share.numerator!,
        size: share.denominator!,
        team: showShare(team!),
        q: String(qValue),
      });
      for (const [name, phrase] of [
        ['late', PHRASES.mixLate],
        ['later', PHRASES.mixLater],
      ] as const) {
        const own = agent.caseMix[name];
        const all = caseMix[name];
        if (own.value === null || all.value === null || Math.abs(own.value - all.value) < MIX_DIFFERS)
          continue;
        text += fill(phrase, locale, { own: showShare(own.value), all: showShare(all.value) });
      }
      page.sentence(text);
    }
  }
  if (!told) page.sentence(fill(PHRASES.comparisonNone, locale), page.style.faint);
}

const TROUBLE_KINDS = ['abuse', 'dismissive', 'slow'] as const;

function writeExposure(page: Page, agents: readonly AgentReport[]): void {
  const { sentences, relief } = exposureOf(agents, page.options);
  if (sentences.length === 0) return;
  page.title(fill(PHRASES.exposureTitle, page.options.locale));
  for (const sentence of sentences) page.sentence(sentence);
  if (relief !== null) page.sentence(relief, page.style.strong);
}

/** @param total how many findings there are; the report itself keeps the worst alone */
function writeFindings(page: Page, report: AuditReport, places: Places, total: number): void {
  const { locale } = page.options;
  const shown = places.list();
  const { acceptedCount } = report.summary;
  if (report.worst.length === 0) {
    // That nothing was found says something only where somebody was judged.
    if (report.agents.length > 0)
      page.add('', page.style.good(`${GOOD_SYMBOL} ${fill(PHRASES.noFindings, locale)}`));
  } else if (shown.length > 0) {
    const all = Math.max(total, report.worst.length);
    const told = shown.reduce((sum, { findings }) => sum + findings.length, 0);
    const first = told < all ? fill(PHRASES.findingsShown, locale, { count: shown.length, total: all }) : '';
    page.title(fill(PHRASES.findingsTitle, locale) + first);
    const names = new Map(report.agents.map((agent) => [agent.agentId, agent.agentName]));
    shown.forEach((place, index) => {
      if (index > 0) page.add('');
      const { agentId } = place.findings[0];
      page.add(...placeBlock(place, names.get(agentId) || agentId || '–', page.options, page.style));
    });
  }
  if (acceptedCount > 0) {
    page.add('');
    page.sentence(fill(PHRASES.accepted, locale, { count: acceptedCount }), page.style.faint);
  }
}

/** @param skips the first of them, to be looked up */
function writeCoverage(page: Page, report: AuditReport, skips: readonly Skip[]): void {
  const { locale } = page.options;
  const { coverage, run, notices } = report;
  page.title(fill(PHRASES.coverageTitle, locale));
  page.sentence(coverageSentence(coverage, locale));
  if (skips.length > 0) {
    const places = skips.map(
      ({ file, line, reason }) =>
        `${visible(file)}${line > 0 ? `:${line}` : ''} ${term(SKIP_TERMS, reason, locale)}`,
    );
    if (coverage.skipCount > skips.length) places.push('…');
    page.sentence(fill(PHRASES.skippedAt, locale, { places }));
  }
  page.sentence(rolesSentence(coverage, locale));
  for (const sentence of [kindsSentence(coverage, locale), filtersSentence(run, locale)])
    if (sentence !== null) page.sentence(sentence);
  page.sentence(methodSentence(run, locale), page.style.faint);
  const remarks = notices.map((notice) => noticeText(notice, locale));
  const unknown = unknownRolesSentence(report, locale);
  if (unknown !== null) remarks.unshift(unknown);
  for (const remark of remarks) page.sentence(remark, same, `${page.style.warn(SEVERITY_SYMBOL.warning)} `);
}

function least(values: readonly (number | null)[]): number | null {
  return values.reduce(
    (min, value) => (value === null || (min !== null && min <= value) ? min : value),
    null,
  );
}
