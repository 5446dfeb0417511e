import { formatDuration, type Locale } from '../model/catalogue.js';
import type { AgentReport, Exposure } from '../model/report.js';
import { agentLabel } from './agent-label.js';
import { fill } from './messages/phrase.js';
import { PHRASES } from './messages/phrases.js';
import type { ReportOptions } from './reporter.js';
import { visible } from './visible.js';

/** Agents who are told of one by one. */
const SHOWN = 5;
/** From these on the report suggests relief. */
const RELIEF_MS = 15 * 60_000;
const RELIEF_TURNS = 10;
/** A shorter stretch without a break needs no words of its own. */
const SHORTEST_STRETCH_MS = 5 * 60_000;

/** What agents had to bear from customers, in sentences, and whom the report would give a break. */
export function exposureOf(
  agents: readonly AgentReport[],
  options: Pick<ReportOptions, 'locale' | 'mask'>,
): { sentences: string[]; relief: string | null } {
  const { locale } = options;
  const abused = agents
    .filter(({ exposure }) => exposure.turnCount > 0)
    .sort((a, b) => b.exposure.turnCount - a.exposure.turnCount);
  const idle = agents.filter(({ exposure }) => exposure.noBusiness.conversationCount > 0);
  const worn = abused.filter(({ exposure }) => needsRelief(exposure)).slice(0, SHOWN);
  return {
    sentences: [
      ...firstOf(abused, locale, (agent) => abuseEndured(agent, options)),
      ...firstOf(idle, locale, (agent) => chatsWithoutBusiness(agent, locale)),
    ],
    relief: worn.length === 0 ? null : fill(PHRASES.exposureRelief, locale, { agents: worn.map(agentLabel) }),
  };
}

/** Whoever was abused for so long on end, or, where no time is known, so often, should not go straight to the next chat. */
function needsRelief({ longestMs, turnCount }: Exposure): boolean {
  return longestMs === null ? turnCount >= RELIEF_TURNS : longestMs >= RELIEF_MS;
}

function firstOf(
  agents: readonly AgentReport[],
  locale: Locale,
  tell: (agent: AgentReport) => string,
): string[] {
  const told = agents.slice(0, SHOWN).map(tell);
  const more = agents.length - told.length;
  return more === 0 ? told : [...told, fill(PHRASES.exposureMore, locale, { count: more })];
}

function abuseEndured(agent: AgentReport, { locale, mask }: Pick<ReportOptions, 'locale' | 'mask'>): string {
  const { turnCount, conversationCount, durationMs, longestMs, worst } = agent.exposure;
  const counted = fill(PHRASES.exposure, locale, {
    agent: agentLabel(agent),
    turns: turnCount,
    conversations: conversationCount,
  });
  const quote = worst?.evidence[0]?.text;
  const words =
    quote === undefined
      ? ''
      : fill(PHRASES.exposureWorst, locale, { quote: visible(mask === null ? quote : mask(quote)) });
  return counted + lasting(durationMs, locale) + unbroken(longestMs, durationMs, locale) + words;
}

function chatsWithoutBusiness(agent: AgentReport, locale: Locale): string {
  const { conversationCount, durationMs } = agent.exposure.noBusiness;
  const counted = fill(PHRASES.exposureIdle, locale, {
    agent: agentLabel(agent),
    conversations: conversationCount,
  });
  return counted + lasting(durationMs, locale);
}

function lasting(durationMs: number | null, locale: Locale): string {
  if (durationMs === null) return fill(PHRASES.exposureUntimed, locale);
  if (durationMs === 0) return '';
  return fill(PHRASES.exposureLasting, locale, { duration: formatDuration(durationMs, locale) });
}

function unbroken(longestMs: number | null, durationMs: number | null, locale: Locale): string {
  if (longestMs === null || longestMs < SHORTEST_STRETCH_MS) return '';
  if (longestMs === durationMs) return fill(PHRASES.exposureUnbroken, locale);
  return fill(PHRASES.exposureLongest, locale, { duration: formatDuration(longestMs, locale) });
}
