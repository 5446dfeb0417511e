import { type ChatSetting, conversationFrom } from '../../src/eval/chat.js';
import { Evaluation } from '../../src/eval/evaluation.js';
import { findingsAbout, type Judge } from '../../src/eval/judge.js';
import type { LabelledTurn } from '../../src/eval/label-lines.js';
import type { WrongCase } from '../../src/eval/report.js';
import {
  bootstrap,
  type Confusion,
  type Estimate,
  f1,
  kendallTauB,
  precision,
  recall,
  share,
  spearman,
} from '../../src/eval/statistics.js';
import type { Category, Finding } from '../../src/model/index.js';
import { scoreTurns } from '../../src/score/turn-score.js';
import { type Dialogue, inContext, type LabelledLine, sumOf } from './corpora.js';

/** One figure of the table. */
export interface Figure {
  name: string;
  /** The group of turns it is about, where it is a part of another figure. */
  group?: string;
  /** A count where `interval` means nothing, else a share or an F1. */
  estimate: Estimate;
  /** What the figure was made from: `43 of 48`. */
  from: string;
  /** What is asked of it, or null where it is only to be known. */
  bound: { atLeast: number } | { atMost: number } | null;
  wrong: Wrong[];
}

/** A case that was judged otherwise than it is labelled. */
export interface Wrong {
  kind: 'missed' | 'false alarm';
  text: string;
  /** The customer turn before it, if any. */
  asked: string;
  /** Rules that reported it, with their severity. */
  found: string[];
  label: string;
}

type Counts = (finding: Finding) => boolean;

const inCategory =
  (category: Category): Counts =>
  (finding) =>
    finding.category === category;

const notInfo =
  (counts: Counts): Counts =>
  (finding) =>
    counts(finding) && finding.severity !== 'info';

export class Measure {
  private readonly cache = new Map<string, Finding[]>();

  constructor(
    private readonly judge: Judge,
    private readonly setting: ChatSetting,
  ) {}

  private found(line: LabelledLine, counts: Counts): Finding[] {
    const key = JSON.stringify([line.lines, line.target]);
    let findings = this.cache.get(key);
    if (findings === undefined) {
      const conversation = conversationFrom('case', line.lines, this.setting);
      findings = findingsAbout(this.judge.judge(conversation), conversation, [line.target]);
      this.cache.set(key, findings);
    }
    return findings.filter(counts);
  }

  private wrong(kind: Wrong['kind'], line: LabelledLine, found: readonly Finding[], label: string): Wrong {
    return {
      kind,
      text: line.lines[line.target]!.text,
      asked: line.target === 0 ? '' : line.lines[line.target - 1]!.text,
      found: found.map(({ ruleId, severity, evidence }) =>
        [ruleId, severity, ...evidence.map(({ text }) => `“${text}”`)].join(' '),
      ),
      label,
    };
  }

  /** How many of these are found. */
  recallOf(
    name: string,
    lines: readonly LabelledLine[],
    counts: Counts,
    bound: number | null,
    label: (line: LabelledLine) => string,
  ): Figure {
    const missed = lines.filter((line) => this.found(line, counts).length === 0);
    const hits = lines.length - missed.length;
    return {
      name,
      estimate: share(hits, lines.length),
      from: `${hits} of ${lines.length}`,
      bound: bound === null ? null : { atLeast: bound },
      wrong: missed.map((line) => this.wrong('missed', line, [], label(line))),
    };
  }

  /** How many of these, which are all innocent, are reported. */
  alarmsOn(
    name: string,
    lines: readonly LabelledLine[],
    counts: Counts,
    bound: { count: number } | { share: number } | null,
    label: (line: LabelledLine) => string,
  ): Figure {
    const alarms = lines.filter((line) => this.found(line, counts).length > 0);
    const asCount = bound !== null && 'count' in bound;
    return {
      name,
      estimate: asCount ? { value: alarms.length, interval: null } : share(alarms.length, lines.length),
      from: `${alarms.length} of ${lines.length}`,
      bound: bound === null ? null : { atMost: 'count' in bound ? bound.count : bound.share },
      wrong: alarms.map((line) => this.wrong('false alarm', line, this.found(line, counts), label(line))),
    };
  }

  /** F1 and precision of telling the true from the innocent. */
  separation(
    name: string,
    positives: readonly LabelledLine[],
    negatives: readonly LabelledLine[],
    counts: Counts,
    bounds: { f1: number | null; precision: number | null },
    label: (line: LabelledLine) => string,
  ): Figure[] {
    const missed = positives.filter((line) => this.found(line, counts).length === 0);
    const alarms = negatives.filter((line) => this.found(line, counts).length > 0);
    const confusion: Confusion = {
      tp: positives.length - missed.length,
      fn: missed.length,
      fp: alarms.length,
      tn: negatives.length - alarms.length,
    };
    const from = `tp ${confusion.tp} fp ${confusion.fp} fn ${confusion.fn} tn ${confusion.tn}`;
    const atLeast = (bound: number | null) => (bound === null ? null : { atLeast: bound });
    return [
      {
        name: `${name}: F1`,
        estimate: f1(confusion),
        from,
        bound: atLeast(bounds.f1),
        wrong: [
          ...missed.map((line) => this.wrong('missed', line, [], label(line))),
          ...alarms.map((line) => this.wrong('false alarm', line, this.found(line, counts), label(line))),
        ],
      },
      {
        name: `${name}: precision`,
        estimate: precision(confusion),
        from,
        bound: atLeast(bounds.precision),
        wrong: [],
      },
      { name: `${name}: recall`, estimate: recall(confusion), from, bound: null, wrong: [] },
    ];
  }

  /** Everything that abuse rules say of whole conversations in which nobody swears. */
  dialogueAlarms(dialogues: readonly Dialogue[]): Figure[] {
    let messages = 0;
    const grave: Wrong[] = [];
    const hints: Wrong[] = [];
    const flagged = new Set<string>();
    for (const { id, turns } of dialogues) {
      const conversation = conversationFrom(id, turns, this.setting);
      messages += turns.filter(({ role }) => role === 'agent').length;
      for (const finding of this.judge.judge(conversation)) {
        if (finding.category !== 'abuse') continue;
        const turn = conversation.turns[finding.turnIndex]!;
        const before = conversation.turns[finding.turnIndex - 1];
        const textOf = (indexes: readonly number[]) => indexes.map((at) => turns[at]!.text).join(' ／ ');
        flagged.add(`${id}#${finding.turnIndex}`);
        const wrong: Wrong = {
          kind: 'false alarm',
          text: textOf(turn.messageIndexes),
          asked: before === undefined ? '' : textOf(before.messageIndexes),
          found: [
            [
              finding.ruleId,
              finding.severity,
              finding.confidence,
              ...finding.evidence.map(({ text }) => `“${text}”`),
            ].join(' '),
          ],
          label: id,
        };
        (finding.severity === 'info' ? hints : grave).push(wrong);
      }
    }
    const figure = (name: string, wrong: Wrong[], bound: Figure['bound']): Figure => ({
      name,
      estimate: { value: wrong.length, interval: null },
      from: `${wrong.length} on ${messages} agent messages`,
      bound,
      wrong,
    });
    return [
      figure('dialogues: abuse findings, error or warning', grave, { atMost: 2 }),
      figure('dialogues: abuse findings, info', hints, null),
      {
        name: 'dialogues: flagged turns per 10,000',
        estimate: { value: messages === 0 ? null : (flagged.size / messages) * 10_000, interval: null },
        from: `${flagged.size} of ${messages}`,
        bound: null,
        wrong: [],
      },
    ];
  }

  /** How often dismissive rules speak in ordinary chats, by rule. */
  dismissiveRates(dialogues: readonly Dialogue[]): Figure[] {
    let messages = 0;
    const byRule = new Map<string, { grave: number; hints: number }>();
    for (const { id, turns } of dialogues) {
      messages += turns.filter(({ role }) => role === 'agent').length;
      for (const { category, ruleId, severity } of this.judge.judge(
        conversationFrom(id, turns, this.setting),
      )) {
        if (category !== 'dismissive') continue;
        const rule = byRule.get(ruleId) ?? { grave: 0, hints: 0 };
        if (severity === 'info') rule.hints++;
        else rule.grave++;
        byRule.set(ruleId, rule);
      }
    }
    return [...byRule].sort().map(([rule, { grave, hints }]) => ({
      name: `dialogues: ${rule} per 10,000`,
      estimate: { value: ((grave + hints) / messages) * 10_000, interval: null },
      from: `${grave} warnings, ${hints} hints`,
      bound: null,
      wrong: [],
    }));
  }

  /** How the dismissive score of a conversation goes with what its customer said of it. */
  satisfaction(dialogues: readonly Dialogue[]): Figure[] {
    const pairs = dialogues.flatMap(({ id, turns, satisfaction }): [number, number][] => {
      if (satisfaction === null) return [];
      const conversation = conversationFrom(id, turns, this.setting);
      const scores = scoreTurns(conversation, this.judge.judge(conversation));
      if (scores.length === 0) return [];
      return [[scores.reduce((sum, one) => sum + one.dismissive, 0) / scores.length, satisfaction]];
    });
    const figure = (name: string, estimate: Estimate): Figure => ({
      name,
      estimate,
      from: `${pairs.length} conversations, ${pairs.filter(([score]) => score > 0).length} with a finding`,
      bound: null,
      wrong: [],
    });
    return [
      figure(
        "dismissive score and satisfaction: Spearman's rho",
        bootstrap(pairs, spearman, { resamples: 1000 }),
      ),
      figure(
        "dismissive score and satisfaction: Kendall's tau-b",
        bootstrap(pairs, kendallTauB, { resamples: 500 }),
      ),
    ];
  }

  /** Our own samples: recall and false alarms of one file, by group where it has some. */
  samples(name: string, turns: readonly LabelledTurn[]): Figure[] {
    const evaluation = new Evaluation({
      judge: this.judge,
      ruleIds: [],
      positiveAt: 1.5,
      minSeverity: 'info',
    });
    for (const turn of turns) evaluation.add(turn);
    const { categories, groups, wrong } = evaluation.report();
    const isDisguise = /^(?:evasion|disguised|look-alikes)$/.test(name);
    const bound = isDisguise ? { recall: 0.95, alarms: 0.01 } : null;
    const alarms = ({ fp, tn }: Confusion) => share(fp, fp + tn);
    const wrongOf = (kind: WrongCase['kind'], scope: string): Wrong[] =>
      wrong
        .filter((one) => one.kind === kind && one.scope === scope)
        .map(({ text, before, findings, group, expectedRules }) => ({
          kind: kind === 'missed' ? 'missed' : 'false alarm',
          text,
          asked: before,
          found: findings.map(({ ruleId, severity, quotes }) =>
            [ruleId, severity, ...quotes.map((quote) => `“${quote}”`)].join(' '),
          ),
          label: [group ?? '', ...expectedRules].filter(Boolean).join(' '),
        }));
    return [
      ...categories.flatMap((one): Figure[] => [
        {
          name: `fixtures ${name}, ${one.scope}: recall`,
          estimate: one.recall,
          from: `${one.tp} of ${one.tp + one.fn}`,
          bound: bound === null ? null : { atLeast: bound.recall },
          wrong: wrongOf('missed', one.scope),
        },
        {
          name: `fixtures ${name}, ${one.scope}: false alarms`,
          estimate: alarms(one),
          from: `${one.fp} of ${one.fp + one.tn}`,
          bound: bound === null ? null : { atMost: bound.alarms },
          wrong: wrongOf('false-alarm', one.scope),
        },
      ]),
      ...(!isDisguise
        ? []
        : groups.map(
            (one): Figure => ({
              name: `  ${name}, ${one.group} (${one.scope}): ${one.recall.value === null ? 'false alarms' : 'recall'}`,
              group: one.group,
              estimate: one.recall.value === null ? alarms(one) : one.recall,
              from: [
                ...(one.tp + one.fn > 0 ? [`${one.tp} of ${one.tp + one.fn}`] : []),
                ...(one.fp + one.tn > 0 ? [`${one.fp} false of ${one.fp + one.tn}`] : []),
              ].join(', '),
              bound: null,
              wrong: [],
            }),
          )),
    ].filter(({ estimate }) => estimate.value !== null);
  }

  hardNegatives(lines: readonly LabelledLine[]): Figure[] {
    const label = (line: LabelledLine) => String(line.labels.category);
    const dontKnow = lines.filter((line) =>
      /^(?:benign|actionable)-dont-know$|^legit-wait$/.test(label(line)),
    );
    return [
      this.alarmsOn(
        'hard negatives in context: abuse',
        lines.map(inContext),
        inCategory('abuse'),
        { count: 1 },
        label,
      ),
      this.alarmsOn('hard negatives alone: abuse', lines, inCategory('abuse'), { count: 1 }, label),
      this.alarmsOn(
        'hard negatives in context, harmless don’t-know and wait: dismissive',
        dontKnow.map(inContext),
        inCategory('dismissive'),
        null,
        label,
      ),
    ];
  }

  agent(lines: readonly LabelledLine[]): Figure[] {
    const sum = (line: LabelledLine, name: string) => sumOf(line, name) ?? 0;
    const abusive = lines.filter((line) => sum(line, 'standalone') >= 3);
    const clean = lines.filter((line) => sum(line, 'standalone') + sum(line, 'inContext') === 0);
    const dismissive = lines.filter((line) => sum(line, 'dismissive') >= 3);
    const kinds = (line: LabelledLine) => [line.labels.abuseType].flat().join('+') || 'none';
    const category = (line: LabelledLine) => String(line.labels.category);
    return [
      this.recallOf('agent lines, abusive on their own: recall', abusive, inCategory('abuse'), 0.9, kinds),
      this.recallOf('  … at error or warning', abusive, notInfo(inCategory('abuse')), null, kinds),
      this.alarmsOn(
        'agent lines without abuse: abuse findings',
        clean,
        inCategory('abuse'),
        { share: 0.01 },
        category,
      ),
      this.recallOf('agent lines, dismissive: recall', dismissive, inCategory('dismissive'), 0.75, category),
      this.recallOf(
        '  … at error or warning (dismissive)',
        dismissive,
        notInfo(inCategory('dismissive')),
        null,
        category,
      ),
    ];
  }

  turns(lines: readonly LabelledLine[]): Figure[] {
    const positives = lines.filter((line) => (sumOf(line, 'dismissive') ?? 0) >= 2);
    const negatives = lines.filter((line) => sumOf(line, 'dismissive') === 0);
    const label = (line: LabelledLine) => [line.labels.type].flat().join('/');
    const dismissive = inCategory('dismissive');
    return [
      ...this.separation(
        'turns, dismissive',
        positives,
        negatives,
        dismissive,
        { f1: 0.8, precision: 0.8 },
        label,
      ),
      ...this.separation(
        'turns, dismissive at warning',
        positives,
        negatives,
        notInfo(dismissive),
        { f1: null, precision: null },
        label,
      )
        .slice(0, 2)
        .map((figure) => ({ ...figure, wrong: [] })),
      this.alarmsOn('turns: abuse findings', lines, inCategory('abuse'), null, label),
    ];
  }

  dontKnow(lines: readonly LabelledLine[]): Figure[] {
    const label = (line: LabelledLine) => String(line.labels.label);
    const labelled = (...names: string[]) => lines.filter((line) => names.includes(label(line)));
    const dismissive = inCategory('dismissive');
    const figures = (name: string, place: (line: LabelledLine) => LabelledLine, bound: number | null) =>
      this.separation(
        name,
        labelled('bare').map(place),
        labelled('benign-usage', 'actionable').map(place),
        dismissive,
        { f1: bound, precision: null },
        label,
      );
    return [
      ...figures('don’t-know in context, bare against harmless', inContext, 0.9),
      ...figures('don’t-know alone, bare against harmless', (line) => line, 0.9).slice(0, 1),
      this.alarmsOn(
        'don’t-know in context, explained: reported',
        labelled('explained').map(inContext),
        dismissive,
        null,
        label,
      ),
    ].map((figure) => (figure.name.includes('explained') ? { ...figure, wrong: [] } : figure));
  }

  customer(lines: readonly LabelledLine[]): Figure[] {
    const label = (line: LabelledLine) => String(line.labels.category);
    const harmless = (line: LabelledLine) => ['complaint', 'emotional-nonabusive'].includes(label(line));
    const abuse = inCategory('customer-abuse');
    return [
      this.recallOf(
        'customer lines, abusive: recall',
        lines.filter((line) => !harmless(line)),
        abuse,
        0.85,
        label,
      ),
      this.alarmsOn('customer complaints: abuse', lines.filter(harmless), abuse, { count: 0 }, label),
    ];
  }
}
