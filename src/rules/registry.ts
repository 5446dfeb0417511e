import { type Bilingual, KefuError, type MessageCatalogue, type Severity } from '../model/index.js';
import contempt from './abuse/contempt.js';
import curse from './abuse/curse.js';
import discrimination from './abuse/discrimination.js';
import harassment from './abuse/harassment.js';
import insult from './abuse/insult.js';
import mockery from './abuse/mockery.js';
import profanity from './abuse/profanity.js';
import provocation from './abuse/provocation.js';
import suspected from './abuse/suspected.js';
import threat from './abuse/threat.js';
import customerAbuse from './customer-abuse/abuse.js';
import noBusiness from './customer-abuse/no-business.js';
import rudeness from './customer-abuse/rudeness.js';
import customerSuspected from './customer-abuse/suspected.js';
import blame from './dismissive/blame.js';
import blindTransfer from './dismissive/blind-transfer.js';
import curt from './dismissive/curt.js';
import deflection from './dismissive/deflection.js';
import dontKnow from './dismissive/dont-know.js';
import earlyClose from './dismissive/early-close.js';
import nonAnswer from './dismissive/non-answer.js';
import reAsk from './dismissive/re-ask.js';
import refusal from './dismissive/refusal.js';
import selfService from './dismissive/self-service.js';
import stalling from './dismissive/stalling.js';
import abandonedAfterWait from './latency/abandoned-after-wait.js';
import holdOverrun from './latency/hold-overrun.js';
import lateWithoutApology from './latency/late-without-apology.js';
import slowFirstResponse from './latency/slow-first-response.js';
import slowResponse from './latency/slow-response.js';
import unanswered from './latency/unanswered.js';
import askedAgain from './process/asked-again.js';
import silentHandOver from './process/blind-transfer.js';
import brokenPromise from './process/broken-promise.js';
import pingPong from './process/ping-pong.js';
import reAskAfterTransfer from './process/re-ask-after-transfer.js';
import transferWithoutSummary from './process/transfer-without-summary.js';
import type { Rule } from './rule.js';
import { nearest } from './settings.js';
import { graver } from './severity.js';
import { TERMS } from './terms.js';
import { withoutAbuse } from './without-abuse.js';

/** Every rule of the tool. A new rule is one file and one line here. */
export const RULES: readonly Rule[] = [
  profanity,
  insult,
  contempt,
  curse,
  threat,
  mockery,
  provocation,
  discrimination,
  harassment,
  suspected,
  customerAbuse,
  customerSuspected,
  rudeness,
  noBusiness,
  ...[
    dontKnow,
    refusal,
    deflection,
    selfService,
    curt,
    stalling,
    nonAnswer,
    blame,
    reAsk,
    blindTransfer,
    earlyClose,
  ].map(withoutAbuse),
  slowFirstResponse,
  slowResponse,
  unanswered,
  withoutAbuse(holdOverrun),
  lateWithoutApology,
  abandonedAfterWait,
  silentHandOver,
  transferWithoutSummary,
  pingPong,
  reAskAfterTransfer,
  askedAgain,
  brokenPromise,
];

/** A named set of rules to start from. */
export interface Preset {
  title: Bilingual;
  /** Severity of a rule, or `off`. */
  severityOf(rule: Rule): Severity | 'off';
}

export const PRESETS: Readonly<Record<string, Preset>> = {
  recommended: {
    title: { zh: '推荐：稳定的规则', en: 'Recommended: the stable rules' },
    severityOf: ({ meta }) => (meta.stability === 'stable' ? meta.severity : 'off'),
  },
  all: {
    title: { zh: '全部：包括试验性规则', en: 'All: experimental rules as well' },
    severityOf: ({ meta }) => meta.severity,
  },
  strict: {
    title: { zh: '严格：全部规则，提示升为警告', en: 'Strict: all rules, and none below a warning' },
    severityOf: ({ meta }) =>
      meta.category === 'customer-abuse' ? meta.severity : graver(meta.severity, 'warning'),
  },
};

/**
 * The rules that a preset switches on, with their severities.
 *
 * @throws KefuError `config` for a preset that does not exist, with the nearest names
 */
export function presetNamed(name: string, rules: readonly Rule[] = RULES): Map<string, Severity> {
  const preset = Object.hasOwn(PRESETS, name) ? PRESETS[name]! : null;
  if (preset === null) {
    const names = Object.keys(PRESETS);
    throw new KefuError('config', {
      data: { problem: 'unknown-preset', name, suggestions: nearest(name, names), known: names },
    });
  }
  const severities = new Map<string, Severity>();
  for (const rule of rules) {
    const severity = preset.severityOf(rule);
    if (severity !== 'off') severities.set(rule.meta.id, severity);
  }
  return severities;
}

/** What reporters are handed of rules: their words. */
export function catalogueOf(rules: readonly Rule[]): MessageCatalogue {
  return { rules: new Map(rules.map(({ meta }) => [meta.id, meta])), terms: TERMS };
}

/** The words of every rule of the tool. */
export const CATALOGUE: MessageCatalogue = catalogueOf(RULES);
