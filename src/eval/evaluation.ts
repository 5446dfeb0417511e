import {
  type Category,
  type Conversation,
  compareText,
  type Finding,
  messageIdOf,
  NO_BUSINESS_RULE,
  SEVERITIES,
  type Severity,
} from '../model/index.js';
import { findingsAbout, type Judge } from './judge.js';
import type { LabelledTurn } from './label-lines.js';
import type { Labels, Scope } from './labels.js';
import type {
  Agreement,
  CaseFinding,
  ConfusionCell,
  EvalReport,
  Figures,
  GroupFigures,
  RuleFigures,
  WrongCase,
} from './report.js';
import {
  bootstrap,
  type Confusion,
  cohenKappa,
  type Estimate,
  f1,
  NO_ESTIMATE,
  precision,
  recall,
  share,
} from './statistics.js';
import { type Truth, truthOf, type Verdict } from './verdict.js';

export interface EvaluationOptions {
  judge: Judge;
  /** The rules that judge, in the order they are to be told. */
  ruleIds: readonly string[];
  /** A turn is positive where the mean of its verdicts is at least this. */
  positiveAt: number;
  /** Milder findings do not count. */
  minSeverity: Severity;
}

/** A labelled turn after it was judged: what figures and lists are made from. */
interface Case {
  id: string;
  text: string;
  before: string;
  role: WrongCase['role'];
  source: WrongCase['source'];
  labels: Labels;
  findings: CaseFinding[];
}

const CATEGORY_ORDER: readonly Category[] = ['abuse', 'dismissive', 'latency', 'process', 'customer-abuse'];
const PER = 10_000;

/**
 * Holds the rules against labelled turns. Turns are added one by one, conversations are not kept; `report` adds up.
 */
export class Evaluation {
  private readonly cases: Case[] = [];
  private readonly annotators = new Set<string>();
  private judged: { conversation: Conversation; findings: readonly Finding[] } | null = null;

  constructor(private readonly options: EvaluationOptions) {}

  /** Judges a turn. Turns of one conversation that come one after another are judged at once. */
  add({ conversation, targets, labels }: LabelledTurn): void {
    if (this.judged?.conversation !== conversation) {
      this.judged = { conversation, findings: this.options.judge.judge(conversation) };
    }
    const found = findingsAbout(this.judged.findings, conversation, targets).filter(
      ({ severity }) => SEVERITIES.indexOf(severity) <= SEVERITIES.indexOf(this.options.minSeverity),
    );
    const first = conversation.messages[targets[0]!]!;
    const turn = conversation.turns.find(({ messageIndexes }) => messageIndexes.includes(targets[0]!));
    const textOf = (indexes: readonly number[]) =>
      indexes.map((index) => conversation.messages[index]!.text).join('\n');
    for (const said of labels.verdicts.values()) for (const name of said.keys()) this.annotators.add(name);
    this.cases.push({
      id: messageIdOf(conversation, targets[0]!),
      text: textOf(targets),
      before: textOf(conversation.turns[(turn?.index ?? 0) - 1]?.messageIndexes ?? []),
      role: first.role,
      source: first.source,
      labels,
      findings: found.map(({ ruleId, severity, confidence, evidence }) => ({
        ruleId,
        severity,
        confidence,
        quotes: evidence.map(({ text }) => text),
      })),
    });
  }

  report(): EvalReport {
    const scopes = this.scopes();
    const categories = scopes.filter((scope) => !scope.includes('/'));
    return {
      turnCount: this.cases.length,
      annotators: [...this.annotators],
      positiveAt: this.options.positiveAt,
      minSeverity: this.options.minSeverity,
      categories: categories.map((scope) => this.figures(scope, this.cases)),
      rules: this.options.ruleIds.flatMap((id) => this.ruleFigures(id) ?? []),
      groups: this.groups(categories),
      agreement: scopes.flatMap((scope) => this.agreement(scope)),
      confusion: this.confusion(),
      wrong: scopes.flatMap((scope) => this.wrong(scope)),
    };
  }

  /** Everything that somebody labelled: categories in their order, then rules. */
  private scopes(): Scope[] {
    const scopes = new Set(this.cases.flatMap(({ labels }) => [...labels.verdicts.keys()]));
    const rank = (scope: Scope) => {
      const category = CATEGORY_ORDER.indexOf(scope as Category);
      return category < 0 ? CATEGORY_ORDER.length : category;
    };
    return [...scopes].sort((a, b) => rank(a) - rank(b) || compareText(a, b));
  }

  private truth(one: Case, scope: Scope): Truth | null {
    const said = one.labels.verdicts.get(scope);
    return said === undefined ? null : truthOf([...said.values()], this.options.positiveAt);
  }

  private figures(scope: Scope, cases: readonly Case[]): Figures {
    const counts: Confusion = { tp: 0, fp: 0, fn: 0, tn: 0 };
    let unsure = 0;
    for (const one of cases) {
      const truth = this.truth(one, scope);
      if (truth === null) continue;
      const found = reports(one, scope);
      if (truth === 'unsure') unsure++;
      else if (truth === 'positive') counts[found ? 'tp' : 'fn']++;
      else counts[found ? 'fp' : 'tn']++;
    }
    return {
      scope,
      ...counts,
      unsure,
      precision: precision(counts),
      recall: recall(counts),
      f1: f1(counts),
      falseAlarms: perTenThousand(counts.fp, counts.fp + counts.tn),
    };
  }

  /** Null for a rule that no labelled turn concerns. */
  private ruleFigures(ruleId: string): RuleFigures | null {
    const category = categoryOf(ruleId);
    let reportedCount = 0;
    let trueCount = 0;
    let falseCount = 0;
    let innocent = 0;
    let expectedCount = 0;
    let foundCount = 0;
    let concerned = false;
    for (const one of this.cases) {
      const truth = this.truth(one, ruleId) ?? this.truth(one, category);
      if (truth === null) continue;
      const found = reports(one, ruleId);
      if (truth === 'negative') innocent++;
      if (found) {
        reportedCount++;
        if (truth === 'positive') trueCount++;
        else if (truth === 'negative') falseCount++;
      }
      const own = this.truth(one, ruleId);
      const expected =
        own === null ? one.labels.rules.includes(ruleId) && truth === 'positive' : own === 'positive';
      if (expected) {
        expectedCount++;
        if (found) foundCount++;
      }
      concerned ||= found || expected || own !== null;
    }
    if (!concerned) return null;
    return {
      ruleId,
      reportedCount,
      trueCount,
      falseCount,
      precision: share(trueCount, trueCount + falseCount),
      falseAlarms: perTenThousand(falseCount, innocent),
      expectedCount,
      foundCount,
      recall: share(foundCount, expectedCount),
    };
  }

  private groups(categories: readonly Scope[]): GroupFigures[] {
    const byGroup = new Map<string, Case[]>();
    for (const one of this.cases) {
      const { group } = one.labels;
      if (group === null) continue;
      byGroup.set(group, [...(byGroup.get(group) ?? []), one]);
    }
    return [...byGroup]
      .sort(([a], [b]) => compareText(a, b))
      .flatMap(([group, cases]) =>
        categories
          .filter((scope) => cases.some(({ labels }) => labels.verdicts.has(scope)))
          .map((scope) => ({ group, ...this.figures(scope, cases) })),
      );
  }

  /** Annotators with each other, and the tool with each. */
  private agreement(scope: Scope): Agreement[] {
    const names = [...this.annotators].filter((name) =>
      this.cases.some(({ labels }) => labels.verdicts.get(scope)?.has(name)),
    );
    const yes = (verdict: Verdict) => verdict >= this.options.positiveAt;
    const pairs: Agreement[] = [];
    names.forEach((first, at) => {
      for (const second of names.slice(at + 1)) {
        pairs.push(
          agreementOf(
            scope,
            first,
            second,
            (one) => {
              const a = one.get(first);
              const b = one.get(second);
              return a === undefined || b === undefined ? null : [yes(a), yes(b)];
            },
            this.cases,
          ),
        );
      }
    });
    for (const name of names) {
      pairs.push(
        agreementOf(
          scope,
          name,
          null,
          (said, one) => {
            const verdict = said.get(name);
            return verdict === undefined ? null : [yes(verdict), reports(one, scope)];
          },
          this.cases,
        ),
      );
    }
    return pairs.filter(({ turnCount }) => turnCount > 0);
  }

  /** Rules that should have spoken against rules that did, over the turns for which somebody named a rule or none. */
  private confusion(): ConfusionCell[] {
    if (!this.cases.some(({ labels }) => labels.rules.length > 0)) return [];
    const counts = new Map<string, ConfusionCell>();
    for (const one of this.cases) {
      for (const scope of one.labels.verdicts.keys()) {
        const truth = this.truth(one, scope);
        if (scope.includes('/') || truth === 'unsure' || truth === null) continue;
        const wanted = truth === 'positive' ? one.labels.rules.filter((id) => categoryOf(id) === scope) : [];
        const said = one.findings.filter(({ ruleId }) => categoryOf(ruleId) === scope);
        // A turn that the right rule reported is right, whatever else was said of it.
        const found = said.find(({ ruleId }) => wanted.includes(ruleId)) ?? gravest(said);
        const expected =
          truth === 'negative'
            ? 'none'
            : (wanted.find((id) => id === found?.ruleId) ?? wanted[0] ?? `${scope}/other`);
        if (expected === 'none' && found === undefined) continue;
        const cell = { expected, found: found?.ruleId ?? 'none', turnCount: 0 };
        const key = `${cell.expected} ${cell.found}`;
        const known = counts.get(key) ?? cell;
        known.turnCount++;
        counts.set(key, known);
      }
    }
    return [...counts.values()].sort(
      (a, b) =>
        compareText(a.expected, b.expected) || b.turnCount - a.turnCount || compareText(a.found, b.found),
    );
  }

  private wrong(scope: Scope): WrongCase[] {
    return this.cases.flatMap((one): WrongCase[] => {
      const truth = this.truth(one, scope);
      const found = reports(one, scope);
      if (truth === null || truth === 'unsure' || (truth === 'positive') === found) return [];
      return [
        {
          kind: found ? 'false-alarm' : 'missed',
          scope,
          id: one.id,
          source: one.source,
          role: one.role,
          text: one.text,
          before: one.before,
          group: one.labels.group,
          verdicts: Object.fromEntries(one.labels.verdicts.get(scope)!),
          expectedRules: one.labels.rules.filter((id) => id === scope || categoryOf(id) === scope),
          findings: one.findings.filter((finding) => concerns(finding, scope)),
        },
      ];
    });
  }
}

function agreementOf(
  scope: Scope,
  first: string,
  second: string | null,
  pick: (said: ReadonlyMap<string, Verdict>, one: Case) => [boolean, boolean] | null,
  cases: readonly Case[],
): Agreement {
  const pairs = cases.flatMap((one) => {
    const said = one.labels.verdicts.get(scope);
    const pair = said === undefined ? null : pick(said, one);
    return pair === null ? [] : [pair];
  });
  const counts: Confusion = { tp: 0, fp: 0, fn: 0, tn: 0 };
  for (const [a, b] of pairs) counts[a ? (b ? 'tp' : 'fn') : b ? 'fp' : 'tn']++;
  return {
    scope,
    first,
    second,
    turnCount: pairs.length,
    kappa: pairs.length === 0 ? NO_ESTIMATE : bootstrap(pairs, cohenKappa, { resamples: 1000 }),
    f1: f1(counts),
  };
}

function concerns({ ruleId }: { ruleId: string }, scope: Scope): boolean {
  return ruleId === scope || categoryOf(ruleId) === scope;
}

function reports(one: Case, scope: Scope): boolean {
  return one.findings.some((finding) => concerns(finding, scope));
}

/** The category that a rule's findings are measured with. A chat without business is no abuse, and a kind of its own. */
function categoryOf(ruleId: string): string {
  return ruleId === NO_BUSINESS_RULE ? ruleId : ruleId.slice(0, ruleId.indexOf('/'));
}

function gravest(findings: readonly CaseFinding[]): CaseFinding | undefined {
  return [...findings].sort(
    (a, b) =>
      SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity) ||
      b.confidence - a.confidence ||
      compareText(a.ruleId, b.ruleId),
  )[0];
}

function perTenThousand(count: number, total: number): Estimate {
  const { value, interval } = share(count, total);
  return {
    value: value === null ? null : value * PER,
    interval: interval === null ? null : [interval[0] * PER, interval[1] * PER],
  };
}
