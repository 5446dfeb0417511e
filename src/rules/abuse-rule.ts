import { type Bilingual, CategorySet, type Severity, type Turn } from '../model/index.js';
import { type AbuseCategory, type AbusiveWords, abuseIn } from './context/abuse.js';
import type { Addressee } from './context/directed.js';
import { DISGUISE_PART, disguiseData } from './context/disguise.js';
import { provokedBy } from './context/provoked.js';
import { turnsWith } from './context/turns-with.js';
import { distinctQuotes } from './quotes.js';
import type { Rule, RuleContext, RuleMeta } from './rule.js';
import { graver, milder } from './severity.js';

export interface AbuseRuleInit {
  /** `abuse/insult`; the lexicon category of the same name holds its words. */
  id: AbuseCategory;
  /** What the words are called in a sentence: 辱骂, insult. */
  noun: Bilingual;
  docs: RuleMeta['docs'];
  examples: RuleMeta['examples'];
  severity?: Severity;
  /**
   * Gravest severity of words aimed at nobody in particular; null drops them, `aimed` takes them as said to the customer
   * (a dare or a threat has nobody else to be for). Default `warning`.
   */
  undirected?: Severity | 'aimed' | null;
  /** Gravest severity of words about a third person, a courier for one; null drops them. Default `info`. */
  thirdParty?: Severity | null;
  /** Lexicon categories besides its own that wake the rule. */
  triggers?: readonly string[];
  /** Findings besides those of the words alone. */
  also?: (context: RuleContext, turn: Turn, index: number) => readonly AbusiveWords[];
}

/** Words whose aim cannot be told are believed this much. */
const UNSURE_OF_AIM = 0.8;

/** A rule about abusive words: its lexicon category, judged in context, marked as provoked where the customer began. */
export function abuseRule(init: AbuseRuleInit): Rule {
  const ceiling: Record<Exclude<Addressee, 'self'>, Severity | null> = {
    partner: 'error',
    unknown: init.undirected === 'aimed' || init.undirected === undefined ? 'warning' : init.undirected,
    'third-party': init.thirdParty === undefined ? 'info' : init.thirdParty,
  };
  const triggers = CategorySet.of([init.id, ...(init.triggers ?? [])]);
  return {
    meta: {
      id: init.id,
      category: 'abuse',
      severity: init.severity ?? 'error',
      stability: 'stable',
      docs: init.docs,
      messages: abuseMessages(init.noun),
      examples: init.examples,
    },
    triggers: triggers.names,
    check(context) {
      for (const turn of turnsWith(context, 'agent', triggers)) {
        for (const index of turn.messageIndexes) {
          if (!context.mayHold(index, triggers)) continue;
          let words = abuseIn(context, index, init.id);
          if (init.also !== undefined) words = [...words, ...init.also(context, turn, index)];
          if (words.length === 0) continue;
          if (init.undirected === 'aimed') takeAsAimed(words);
          const counted = words.filter(
            ({ addressee }) => addressee !== 'self' && ceiling[addressee] !== null,
          );
          if (counted.length > 0) reportWords(context, turn, index, counted, (to) => ceiling[to]!);
        }
      }
    },
  };
}

function takeAsAimed(words: readonly AbusiveWords[]): void {
  for (const one of words) if (one.addressee === 'unknown') one.addressee = 'partner';
}

function reportWords(
  context: RuleContext,
  turn: Turn,
  index: number,
  words: readonly AbusiveWords[],
  ceilingOf: (addressee: Exclude<Addressee, 'self'>) => Severity,
): void {
  let severity: Severity = 'info';
  let confidence = 0;
  let worst: AbusiveWords = words[0]!;
  for (const one of words) {
    const own = milder(one.match.severity, ceilingOf(one.addressee as Exclude<Addressee, 'self'>));
    if (graver(own, severity) === own && (own !== severity || one.match.confidence > worst.match.confidence))
      worst = one;
    severity = graver(severity, own);
    confidence = Math.max(
      confidence,
      one.match.confidence * (one.addressee === 'partner' ? 1 : UNSURE_OF_AIM),
    );
  }
  const provocation = provokedBy(context, turn);
  context.report({
    turn,
    messageId: messageIdFor(worst.addressee, provocation.provoked),
    confidence,
    severity,
    evidence: distinctQuotes(
      words.map(({ match }) => ({ message: index, span: match.span, text: match.text })),
    ),
    data: {
      entries: [...new Set(words.map(({ match }) => match.entryId))],
      addressee: worst.addressee,
      provoked: provocation.provoked,
      provokedTurnsBefore: provocation.provoked ? provocation.turnsBefore : null,
      firstBy: provocation.firstBy,
      escalatedBy: provocation.escalatedBy,
      ...disguiseData(words.map(({ match }) => match)),
    },
  });
}

function messageIdFor(addressee: Addressee, provoked: boolean): string {
  if (addressee === 'third-party') return 'third-party';
  if (addressee === 'unknown') return 'undirected';
  return provoked ? 'provoked' : 'directed';
}

function abuseMessages(noun: Bilingual): Record<string, Bilingual> {
  return {
    directed: {
      zh: `对顾客${noun.zh}：“{quote}”${DISGUISE_PART.zh}`,
      en: `${capital(noun.en)} aimed at the customer: “{quote}”${DISGUISE_PART.en}`,
    },
    provoked: {
      zh: `顾客先出言不逊，客服在{provokedTurnsBefore}轮后对顾客${noun.zh}：“{quote}”${DISGUISE_PART.zh}`,
      en: `The customer was abusive first; {provokedTurnsBefore} {provokedTurnsBefore|turn|turns} later the agent answered with ${noun.en}: “{quote}”${DISGUISE_PART.en}`,
    },
    undirected: {
      zh: `对话中出现${noun.zh}（未指明对谁）：“{quote}”${DISGUISE_PART.zh}`,
      en: `${capital(noun.en)} aimed at nobody in particular: “{quote}”${DISGUISE_PART.en}`,
    },
    'third-party': {
      zh: `当着顾客的面对第三方${noun.zh}：“{quote}”${DISGUISE_PART.zh}`,
      en: `${capital(noun.en)} about a third person, in front of the customer: “{quote}”${DISGUISE_PART.en}`,
    },
  };
}

function capital(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}
