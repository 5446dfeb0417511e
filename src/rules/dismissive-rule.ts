import type { LexiconMatch } from '../language/lexicon.js';
import type { Bilingual, Severity, Turn } from '../model/index.js';
import { type Mitigation, mitigationsAfter, mitigationsIn } from './context/mitigation.js';
import { isQuotedFromCustomer } from './context/quoted.js';
import { isReported } from './context/reported.js';
import { type Scope, scopeOf } from './context/scope.js';
import { remainder } from './context/substance.js';
import { distinctQuotes } from './quotes.js';
import type { Quote, Rule, RuleContext, RuleExample, RuleMeta } from './rule.js';
import { milder } from './severity.js';

/** One cue of a dismissive answer, with its surroundings. */
export interface Cue {
  turn: Turn;
  /** Index into `conversation.messages`. */
  index: number;
  match: LexiconMatch;
  scope: Scope;
}

export interface DismissiveRuleInit {
  id: string;
  /** Lexicon category of the cue. */
  cue: string;
  docs: RuleMeta['docs'];
  message: Bilingual;
  examples: RuleExample[];
  severity?: Severity;
  /** Any of these in the same turn makes the answer a fair one. */
  madeUpBy: readonly Mitigation[];
  /** These make it a little better. */
  softenedBy?: readonly Mitigation[];
  /** So many characters besides the cue and courtesy explain something: the finding is only a hint then. */
  bareUpTo: number;
  /** Whether a cue counts here at all; by default it does. */
  counts?: (context: RuleContext, cue: Cue) => boolean;
}

/**
 * A rule about a dismissive answer. Its cue is where to look; what makes the finding is that nothing in the turn makes
 * up for it. The more is missing the surer the rule is, and what comes in the next turns mends part of it.
 */
export function dismissiveRule(init: DismissiveRuleInit): Rule {
  return {
    meta: {
      id: init.id,
      category: 'dismissive',
      severity: init.severity ?? 'warning',
      stability: 'stable',
      docs: init.docs,
      messages: { bare: init.message, late: lateMessage(init.message) },
      options: { reach: 3 },
      examples: init.examples,
    },
    triggers: [init.cue],
    check(context) {
      for (const turn of context.conversation.turns) {
        if (turn.role !== 'agent') continue;
        const cues = cuesIn(context, turn, init);
        if (cues.length > 0) judge(context, turn, cues, init);
      }
    },
  };
}

function cuesIn(context: RuleContext, turn: Turn, init: DismissiveRuleInit): Cue[] {
  const cues: Cue[] = [];
  for (const index of turn.messageIndexes) {
    for (const match of context.matches(index, init.cue)) {
      const scope = scopeOf(context.conversation.messages[index]!.text, match.span);
      if (isQuotedFromCustomer(scope, []) || isReported(scope)) continue;
      const cue = { turn, index, match, scope };
      if (CONDITION.test(scope.before) || init.counts?.(context, cue) === false) continue;
      cues.push(cue);
    }
  }
  return cues;
}

/** 如果不清楚…, 要是没办法… speak of a case that may come. */
const CONDITION = /(?:如果|要是|若|假如|万一)[^，。！？,!?]{0,6}$/;

function judge(context: RuleContext, turn: Turn, cues: readonly Cue[], init: DismissiveRuleInit): void {
  const spans = new Map<number, [number, number][]>();
  for (const { index, match } of cues) spans.set(index, [...(spans.get(index) ?? []), match.span]);
  const own = mitigationsIn(context, turn, spans);
  if (init.madeUpBy.some((kind) => own.has(kind))) return;
  const later = mitigationsAfter(context, turn, Number(context.options.reach));
  const followedUp = init.madeUpBy.some((kind) => later.has(kind));
  const softened = (init.softenedBy ?? []).filter((kind) => own.has(kind));
  const rest = [...spans]
    .map(([index, own]) => remainder(context.conversation.messages[index]!.text, own))
    .join('');
  const worst = cues.reduce((a, b) => (b.match.confidence > a.match.confidence ? b : a)).match;
  let confidence = worst.confidence;
  let severity = worst.severity;
  if (rest.length > init.bareUpTo) {
    confidence *= 0.6;
    severity = 'info';
  }
  if (softened.length > 0) {
    confidence *= 0.8;
    severity = milder(severity, 'warning');
  }
  if (followedUp) {
    confidence *= 0.7;
    severity = milder(severity, 'warning');
  }
  context.report({
    turn,
    messageId: followedUp ? 'late' : 'bare',
    confidence,
    severity,
    evidence: distinctQuotes(cues.map(quoteOf)),
    data: {
      entries: [...new Set(cues.map(({ match }) => match.entryId))],
      missing: init.madeUpBy.filter((kind) => !later.has(kind)),
      softenedBy: softened,
      followedUp,
      otherCharacters: rest.length,
    },
  });
}

/** A cue is quoted with its clause, which is how a person would quote it; a clause of a whole paragraph is not. */
function quoteOf({ index, match, scope }: Cue): Quote {
  const [start, end] = match.span;
  const before = scope.before.trimStart();
  const after = scope.after.trimEnd();
  if (before.length + after.length > CLAUSE_LENGTH)
    return { message: index, span: match.span, text: match.text };
  return {
    message: index,
    span: [start - before.length, end + after.length],
    text: before + scope.words + after,
  };
}

/** Longer surroundings are left out of a quote. */
const CLAUSE_LENGTH = 24;

function lateMessage({ zh, en }: Bilingual): Bilingual {
  return { zh: `${zh}；之后几轮才补上`, en: `${en}; made up for only some turns later` };
}
