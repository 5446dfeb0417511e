import type { LexiconMatch } from '../language/lexicon.js';
import { type Bilingual, CategorySet, type Severity, type Turn } from '../model/index.js';
import { answeredTurn, asks, textOfTurn } from './context/customer-turn.js';
import { type Mitigation, mitigates, mitigationsAfter } from './context/mitigation.js';
import { isNegated } from './context/negated.js';
import { isQuotedFromCustomer } from './context/quoted.js';
import { isReported } from './context/reported.js';
import { type Scope, scopeOf } from './context/scope.js';
import { remainderLength } from './context/substance.js';
import { mayBeIn, turnsWith } from './context/turns-with.js';
import { distinctQuotes } from './quotes.js';
import type { Quote, Rule, RuleContext, RuleExample, RuleMeta } from './rule.js';
import { milder } from './severity.js';

type Span = readonly [number, number];

/** One cue of a dismissive answer, with its surroundings. */
export interface Cue {
  turn: Turn;
  /** Index into `conversation.messages`. */
  index: number;
  match: LexiconMatch;
  scope: Scope;
}

/** What a cue list says about a turn, and what would make up for it. */
export interface CueJudgement {
  /** Lexicon category of the cue. Its entries of severity `error` are rude in themselves: nothing makes up for those. */
  cue: string;
  /** Any of these in the same turn makes the answer a fair one; so does a reason together with an apology. */
  madeUpBy: readonly Mitigation[];
  /** These make it a little better. */
  softenedBy?: readonly Mitigation[];
  /** More characters besides the cue and courtesy explain something: the turn says more than the cue. */
  bareUpTo: number;
  /** What the cue is about says nothing either: 没办法[查您的订单]. */
  objectIsEmpty?: boolean;
  /** A question before the cue is what it is about, and says nothing: [什么时候到我们]不清楚. */
  frontIsEmpty?: boolean;
  /** The same where the customer asked nothing that the cue could be the answer to; default {@link bareUpTo}. */
  unaskedUpTo?: number;
  /** Whether an answer of this kind would be dismissive there at all; asked before its words are looked for. */
  applies?: (context: RuleContext, turn: Turn) => boolean;
  /** Whether a cue counts here at all; by default it does. */
  counts?: (context: RuleContext, cue: Cue) => boolean;
}

export interface DismissiveRuleInit extends CueJudgement {
  id: string;
  docs: RuleMeta['docs'];
  /** Says what was found; `{quote}`, and `{missing}` for what would have made up for it. */
  message: Bilingual;
  /** Says the same of words that nothing makes up for; `{quote}`. */
  rude?: Bilingual;
  examples: RuleExample[];
  severity?: Severity;
  /** Further cue lists under the same rule and messages. */
  also?: readonly CueJudgement[];
}

/** Messages of a rule that calls {@link judgeCues}. */
export function cueMessages(message: Bilingual, rude: Bilingual = message): Record<string, Bilingual> {
  return { bare: message, late: lateMessage(message), rude };
}

/**
 * A rule about a dismissive answer. Its cue is where to look; what makes the finding is that nothing in the turn makes
 * up for it. The more is missing the surer the rule is, and what comes in the next turns mends part of it.
 */
export function dismissiveRule(init: DismissiveRuleInit): Rule {
  const judgements = [init, ...(init.also ?? [])];
  return {
    meta: {
      id: init.id,
      category: 'dismissive',
      severity: init.severity ?? 'error',
      stability: 'stable',
      docs: init.docs,
      messages: cueMessages(init.message, init.rude),
      options: { reach: 3 },
      examples: init.examples,
    },
    triggers: judgements.map(({ cue }) => cue),
    check: cueJudge(judgements),
  };
}

/**
 * Reports the turns whose cues nothing makes up for, each by the first judgement that does. Needs the option `reach` and
 * the messages of {@link cueMessages}.
 */
export function cueJudge(judgements: readonly CueJudgement[]): (context: RuleContext) => void {
  const categories = CategorySet.of([...new Set(judgements.map(({ cue }) => cue))]);
  const each = judgements.map((judgement) => ({ judgement, category: CategorySet.of([judgement.cue]) }));
  return (context) => {
    for (const turn of turnsWith(context, 'agent', categories)) {
      for (const { judgement, category } of each) {
        if (!mayBeIn(context, turn, category) || judgement.applies?.(context, turn) === false) continue;
        const cues = cuesIn(context, turn, judgement);
        if (cues.length > 0 && judge(context, turn, cues, judgement)) break;
      }
    }
  };
}

const NO_CUES: readonly Cue[] = [];

function cuesIn(context: RuleContext, turn: Turn, { cue: category, counts }: CueJudgement): readonly Cue[] {
  let cues: Cue[] | null = null;
  for (const index of turn.messageIndexes) {
    for (const match of context.matches(index, category)) {
      const scope = scopeOf(context.conversation.messages[index]!.text, match.span);
      const cue = { turn, index, match, scope };
      if (counts?.(context, cue) === false || CONDITION.test(scope.before)) continue;
      if (isQuotedFromCustomer(scope, NEVER_SAID) || isReported(scope)) continue;
      if (match.severity === 'error' && isNegated(scope)) continue;
      if (cues === null) cues = [cue];
      else cues.push(cue);
    }
  }
  return cues ?? NO_CUES;
}

/** Whether the customer used the words of a cue does not matter: everybody says 不知道. */
const NEVER_SAID = () => false;

/** 如果不清楚…, 要是没办法… speak of a case that may come. */
const CONDITION = /(?:如果|要是|若|假如|万一)[^，。！？,!?]{0,6}$/;

function judge(context: RuleContext, turn: Turn, cues: readonly Cue[], judgement: CueJudgement): boolean {
  if (cues.some(isRude)) {
    reportRude(context, turn, cues.filter(isRude));
    return true;
  }
  const { madeUpBy, softenedBy = [], bareUpTo, unaskedUpTo } = judgement;
  let rest = 0;
  let accused = 0;
  for (let from = 0, to = 0; from < cues.length; from = to) {
    const { index } = cues[from]!;
    const accusing = accusedIn(context, index);
    for (; cues[to]?.index === index; to++) {
      const empty = emptyIn(cues[to]!, judgement);
      if (!accusing.includes(empty)) accusing.push(empty);
    }
    const spans = distinct(accusing);
    accused += spans.length;
    rest += remainderLength(context.conversation.messages[index]!.text, spans);
  }
  const allowed = unaskedUpTo === undefined || asksOrUnknown(context, turn) ? bareUpTo : unaskedUpTo;
  if (rest > allowed + (accused - 1) * LINKING) return false;
  const objects = objectsOf(cues);
  const has = (...kinds: readonly Mitigation[]) => mitigates(context, turn, kinds, objects);
  if (has(...madeUpBy) || (has('reason') && has('apology'))) return false;
  const later = mitigationsAfter(context, turn, Number(context.options.reach));
  const followedUp = madeUpBy.some((kind) => later.has(kind));
  const softened = softenedBy.filter((kind) => has(kind));
  const worst = worstOf(cues);
  context.report({
    turn,
    messageId: followedUp ? 'late' : 'bare',
    confidence: worst.confidence * (softened.length > 0 ? 0.8 : 1) * (followedUp ? 0.7 : 1),
    severity: worst.severity,
    evidence: distinctQuotes(cues.map(quoteOf)),
    data: {
      entries: entriesOf(cues),
      missing: madeUpBy.filter((kind) => !later.has(kind)),
      softenedBy: softened,
      followedUp,
      otherCharacters: rest,
    },
  });
  return true;
}

/** Cue lists that accuse. What one of them is dressed with may be another: 没办法的，你去问快递. */
const ACCUSING = CategorySet.of([
  'cue/dont-know',
  'cue/refusal',
  'cue/no-way',
  'cue/deflection',
  'cue/cites-rule',
  'cue/system-says',
  'cue/subject-to',
  'cue/self-service',
  'cue/blame',
  'cue/excuse',
  'cue/curt',
  'cue/push-out',
]);

function isRude({ match }: Cue): boolean {
  return match.severity === 'error';
}

/** A cue with what says nothing around it. */
function emptyIn({ match: { span }, scope }: Cue, { objectIsEmpty, frontIsEmpty }: CueJudgement): Span {
  if (objectIsEmpty) return [span[0], span[1] + asideOf(scope.after).length];
  return frontIsEmpty ? [span[0] - frontOf(scope.before).length, span[1]] : span;
}

/** Cues with what they are about, by message. */
function objectsOf(cues: readonly Cue[]): Map<number, Span[]> {
  const objects = new Map<number, Span[]>();
  for (const { index, match, scope } of cues) {
    const object: Span = [match.span[0], match.span[1] + asideOf(scope.after).length];
    const known = objects.get(index);
    if (known === undefined) objects.set(index, [object]);
    else known.push(object);
  }
  return objects;
}

/** So many characters more may lead from one empty phrase to the next. */
const LINKING = 4;

/** Spans that do not overlap, the first of each cluster. */
function distinct(spans: Span[]): readonly Span[] {
  if (spans.length === 1) return spans;
  const sorted = spans.sort((a, b) => a[0] - b[0] || b[1] - a[1]);
  const result: Span[] = [];
  let end = -1;
  for (const span of sorted) {
    if (span[0] >= end) result.push(span);
    else if (span[1] > end) result[result.length - 1] = [result.at(-1)![0], span[1]];
    end = Math.max(end, span[1]);
  }
  return result;
}

/** The spans of a message that answer nothing. */
function accusedIn(context: RuleContext, index: number): Span[] {
  const spans: Span[] = [];
  for (const cue of ACCUSING.names) for (const { span } of context.matches(index, cue)) spans.push(span);
  return spans;
}

/**
 * What the words of a cue are about, as far as it follows them: 不知道[还有没有]了. Chats are often typed without
 * punctuation; a particle ends the thought then.
 */
export function objectOf(after: string): string {
  return /^[^呢哦哈呀啦哟喔嗯咯呗亲]*/.exec(after)![0];
}

/** A question right before a cue, which the cue is about; empty where there is none. */
function frontOf(before: string): string {
  return FRONT.exec(before)?.[0] ?? '';
}

const FRONT =
  /[^，。！？,!?\s亲呢哦哈啊]{0,12}(?:什么|怎么|为何|几(?!乎)|多少|哪|谁|是否|有没有|(\p{Script=Han})不\1)[^，。！？,!?\s亲呢哦哈啊]{0,8}$/u;

/** How far the object of a cue may reach at most: what helps is none of it, 改不了[地址]只能重拍. */
function asideOf(after: string): string {
  return /^(?:(?!只能|可以|建议|[帮给][您你]|我们?会)[^呢哦哈呀啦哟喔嗯咯呗亲])*/.exec(after)![0];
}

/** False only when the customer turn before is there and asks nothing. */
function asksOrUnknown(context: RuleContext, turn: Turn): boolean {
  const question = answeredTurn(context, turn);
  return question === null || asks(textOfTurn(context, question));
}

/** Rude words stand for themselves; an apology in the same turn takes the edge off. */
function reportRude(context: RuleContext, turn: Turn, cues: readonly Cue[]): void {
  const softened = mitigates(context, turn, ['apology']);
  const worst = worstOf(cues);
  context.report({
    turn,
    messageId: 'rude',
    confidence: worst.confidence * (softened ? 0.7 : 1),
    severity: softened ? milder(worst.severity, 'warning') : worst.severity,
    evidence: distinctQuotes(cues.map(quoteOf)),
    data: { entries: entriesOf(cues), softenedBy: softened ? ['apology'] : [] },
  });
}

function worstOf(cues: readonly Cue[]): LexiconMatch {
  return cues.reduce((a, b) => (b.match.confidence > a.match.confidence ? b : a)).match;
}

function entriesOf(cues: readonly Cue[]): string[] {
  return [...new Set(cues.map(({ match }) => match.entryId))];
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
