import type { Comparison, Metric, Rank, TroubleKind } from '../model/index.js';
import { type MissingReason, ratio } from './metrics.js';
import { priorOf, shrunk } from './shrinkage.js';
import { benjaminiHochberg, fisherExact } from './significance.js';

/** Agents with fewer turns have no rank and are not held to differ from others. */
export const RANKED_TURNS = 30;
/** Of the differences that are flagged, at most this share is expected to be chance. */
export const FALSE_ALARMS = 0.05;

export const TROUBLE_KINDS: readonly TroubleKind[] = ['abuse', 'dismissive', 'slow'];

/** What is compared of one agent. */
export interface Compared {
  agentId: string;
  turnCount: number;
  /** The agent's score, 0–100, or null. */
  score: number | null;
  profile: string;
  /** Conversations with a finding of the kind, out of those that could have one. */
  conversations: Record<TroubleKind, { hits: number; size: number }>;
  /** Why no conversation could be slow, where none could. */
  whyUntimed: MissingReason;
}

/**
 * Compares each agent with all others, conversation by conversation.
 *
 * A difference is flagged when Fisher's exact test, adjusted for the number of comparisons, says that chance would seldom
 * make it. Where chats are dealt out at random, nobody stands out, but for one deal in twenty at the most.
 *
 * @returns by agent id
 */
export function compare(agents: readonly Compared[]): Map<string, Record<TroubleKind, Comparison>> {
  const found = new Map<string, Record<TroubleKind, Comparison>>();
  const tested: Comparison[] = [];
  const totals = new Map(
    TROUBLE_KINDS.map((kind) => [
      kind,
      agents.reduce(
        (total, { conversations }) => ({
          hits: total.hits + conversations[kind].hits,
          size: total.size + conversations[kind].size,
        }),
        { hits: 0, size: 0 },
      ),
    ]),
  );
  const priors = new Map(
    TROUBLE_KINDS.map((kind) => [kind, priorOf(agents.map(({ conversations }) => conversations[kind]))]),
  );
  for (const agent of agents) {
    const comparisons = {} as Record<TroubleKind, Comparison>;
    for (const kind of TROUBLE_KINDS) {
      const { hits, size } = agent.conversations[kind];
      const all = totals.get(kind)!;
      const prior = priors.get(kind)!;
      const missing = kind === 'slow' ? agent.whyUntimed : 'no-turns';
      const share: Metric = ratio(hits, size, { of: 'sessions', profile: agent.profile }, missing);
      const reason =
        size === 0
          ? missing
          : prior === null
            ? 'only-agent'
            : agent.turnCount < RANKED_TURNS
              ? 'too-few-turns'
              : null;
      comparisons[kind] = {
        share,
        team: prior === null ? null : round(prior.mean),
        adjusted: prior === null || size === 0 ? null : round(shrunk(hits, size, prior)),
        pValue: reason === null ? fisherExact(hits, size, all.hits, all.size) : null,
        qValue: null,
        stands: null,
        reason,
      };
      if (reason === null) tested.push(comparisons[kind]);
    }
    found.set(agent.agentId, comparisons);
  }
  const adjusted = benjaminiHochberg(tested.map((one) => one.pValue!));
  tested.forEach((one, at) => {
    const q = adjusted[at]!;
    if (q <= FALSE_ALARMS) one.stands = one.share.value! > one.team! ? 'higher' : 'lower';
    one.pValue = significant(one.pValue!);
    one.qValue = significant(q);
  });
  return found;
}

/** Places by score among agents with enough turns, by agent id. */
export function rank(
  agents: readonly Pick<Compared, 'agentId' | 'turnCount' | 'score'>[],
): Map<string, Rank> {
  const ranked = agents.filter(({ turnCount, score }) => turnCount >= RANKED_TURNS && score !== null);
  return new Map(
    agents.map(({ agentId, turnCount, score }): [string, Rank] => {
      const place = { value: null, of: ranked.length };
      if (turnCount < RANKED_TURNS || score === null) return [agentId, { ...place, reason: 'too-few-turns' }];
      if (ranked.length < 2) return [agentId, { ...place, reason: 'only-agent' }];
      const above = ranked.filter((other) => other.score! > score).length;
      return [agentId, { ...place, value: above + 1, reason: null }];
    }),
  );
}

function round(value: number): number {
  return Math.round(value * 10_000) / 10_000;
}

/** Three digits that mean something: sums of logarithms differ in the last ones from machine to machine. */
function significant(value: number): number {
  return Number(value.toPrecision(3));
}
