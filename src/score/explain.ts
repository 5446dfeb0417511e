import type { Conversation, MetricRule, Profile, Turn, Wait, Zone } from '../model/index.js';
import { type AgentWork, workOf } from './agent-work.js';
import { heldSpans, type Span } from './concurrency.js';
import {
  countingOf,
  isCharged,
  type LeftOut,
  leftOut,
  type Population,
  personOf,
  secondsOf,
} from './counting.js';

/** What one turn, or one conversation, adds to a figure, or why it adds nothing. */
export interface Contribution {
  agentId: string;
  /** The wait, for figures about waits. */
  wait: Wait | null;
  /** The customer's turn, or where a conversation as a whole counts, the agent's first. */
  turn: Turn;
  /** The turn that answered, or null. */
  reply: Turn | null;
  /** Seconds as the figure counts them: by its clock, up to its cap; null for figures of no time. */
  seconds: number | null;
  /**
   * What is added to numerator and denominator. Figures that count people are made of {@link person}s, each counted
   * once and only if none of their turns is a miss; so these add up to turns there.
   */
  numerator: number;
  denominator: number;
  /** Who is counted, for figures that count people. */
  person: string | null;
  leftOut: LeftOut | null;
}

/** Figures that are no figures of waits, by id: what a conversation adds. */
const OF_WORK: Readonly<
  Record<string, (work: AgentWork) => [numerator: number, denominator: number] | null>
> = {
  'answer-ratio': (work) => [work.messageCount, work.customerMessageCount],
  conversations: () => [1, 0],
  'handle-time': (work) => (work.handleSeconds === null ? null : [work.handleSeconds, 1]),
  'transfers-in': (work) => (work.transfersIn === 0 ? null : [work.transfersIn, 0]),
  'transfers-out': (work) => (work.transfersOut === 0 ? null : [work.transfersOut, 0]),
  'agent-characters': (work) => [work.characterCount, 0],
};

/** The figure that is no sum: the conversations of the busiest minute explain it. */
export const CONCURRENT_PEAK = 'concurrent-peak';

/** Ids of all figures that can be explained under a profile. */
export function explainableMetrics(profile: Profile): string[] {
  return [...profile.metrics.map((rule) => rule.id), ...Object.keys(OF_WORK), CONCURRENT_PEAK];
}

/**
 * The turns of a conversation that stand in a figure's numerator and denominator, and those left out, each with the
 * agent it counts for. The same judgements that the figure itself is added up from.
 *
 * @returns nothing for a figure that the profile does not have
 */
export function contributionsTo(
  metricId: string,
  conversation: Conversation,
  profile: Profile,
  zone: Zone,
): Contribution[] {
  const at = profile.metrics.findIndex((rule) => rule.id === metricId);
  if (at >= 0) {
    const { populations, populationOf } = countingOf(profile);
    const population = populations[populationOf[at]!]!;
    return conversation.waits
      .filter(isCharged)
      .map((wait) => ofWait(wait, conversation, profile.metrics[at]!, population, zone));
  }
  const amounts = OF_WORK[metricId];
  if (amounts === undefined) return [];
  return workOf(conversation).flatMap((work) => {
    const found = amounts(work);
    if (found === null) return [];
    return {
      agentId: work.agentId,
      wait: null,
      turn: work.turns[0]!,
      reply: work.turns[work.turns.length - 1]!,
      seconds: metricId === 'handle-time' ? found[0] : null,
      numerator: found[0],
      denominator: found[1],
      person: null,
      leftOut: null,
    };
  });
}

function ofWait(
  wait: Wait,
  conversation: Conversation,
  rule: MetricRule,
  population: Population,
  zone: Zone,
): Contribution {
  const open = wait.agentTurn === null;
  const timed = rule.figure !== 'share-within' && rule.figure !== 'share-unanswered';
  const reason = leftOut(wait, conversation, population, zone) ?? (timed && open ? 'unanswered' : null);
  const measured = open || wait.waitMs === null ? null : secondsOf(wait, population);
  const seconds = measured === null ? null : Math.min(measured, rule.capSeconds ?? measured);
  return {
    agentId: wait.agentId,
    wait,
    turn: conversation.turns[wait.customerTurn]!,
    reply: open ? null : conversation.turns[wait.agentTurn!]!,
    seconds,
    numerator: reason === null ? numeratorOf(rule, seconds, open) : 0,
    denominator: reason === null ? 1 : 0,
    person:
      population.people === null || wait.startMs === null
        ? null
        : personOf(wait, conversation, population.people.perDay, zone),
    leftOut: reason,
  };
}

function numeratorOf(rule: MetricRule, seconds: number | null, open: boolean): number {
  switch (rule.figure) {
    case 'share-within':
      return seconds !== null && seconds <= rule.withinSeconds! ? 1 : 0;
    case 'share-unanswered':
      return open ? 1 : 0;
    default:
      return seconds ?? 0;
  }
}

/** A stretch in which an agent held a conversation. */
export interface HeldConversation extends Span {
  agentId: string;
  conversation: Pick<Conversation, 'id' | 'customerId'>;
  turn: Turn;
}

/** When the agents of a conversation held it, for {@link CONCURRENT_PEAK}. */
export function heldBy(conversation: Conversation): HeldConversation[] {
  return workOf(conversation).flatMap((work) =>
    heldSpans(work.turns).map((span) => ({
      ...span,
      agentId: work.agentId,
      conversation: { id: conversation.id, customerId: conversation.customerId },
      turn: work.turns[0]!,
    })),
  );
}
