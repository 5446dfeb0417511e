import {
  type Conversation,
  type DayWindow,
  dayOf,
  type Exclusion,
  inWindow,
  type MetricRule,
  type Profile,
  type Wait,
  type WaitClock,
  type Zone,
} from '../model/index.js';
import { wholeSeconds } from './tally.js';

/**
 * Which waits a figure counts. Figures that count the same waits share one population, so that each wait is looked at
 * once for all of them.
 */
export interface Population {
  waits: 'first' | 'all';
  window: DayWindow | null;
  clock: WaitClock;
  exclude: readonly Exclusion[];
  /** For figures that count people: whether a person counts once a day, and what wait misses them. */
  people: { perDay: boolean; withinSeconds: number } | null;
}

/** The populations of a profile, and for each of its figures which one it is made of. */
export interface Counting {
  populations: readonly Population[];
  /** Index of the population of each figure, in the order of `profile.metrics`. */
  populationOf: readonly number[];
}

const known = new WeakMap<Profile, Counting>();

/** The populations that a profile needs. Made once a profile. */
export function countingOf(profile: Profile): Counting {
  const made = known.get(profile);
  if (made !== undefined) return made;
  const populations: Population[] = [];
  const names: string[] = [];
  const populationOf = profile.metrics.map((rule) => {
    const population = populationFor(rule);
    const name = JSON.stringify(population);
    let at = names.indexOf(name);
    if (at < 0) {
      at = names.push(name) - 1;
      populations.push(population);
    }
    return at;
  });
  const counting = { populations, populationOf };
  known.set(profile, counting);
  return counting;
}

function populationFor({ waits, window, clock, exclude, unit, withinSeconds }: MetricRule): Population {
  const people =
    unit === 'people' || unit === 'people-per-day'
      ? { perDay: unit === 'people-per-day', withinSeconds: withinSeconds! }
      : null;
  return { waits, window, clock, exclude: [...exclude].sort(), people };
}

/**
 * True when a wait is some agent's. An answered one always is, also that of an agent whose name nobody wrote down; an open
 * one without an agent is the shop's.
 */
export function isCharged(wait: Wait): boolean {
  return wait.agentTurn !== null || wait.agentId !== '';
}

/** Why a wait does not count in a figure; the words stand in `src/report/messages/terms.ts`. */
export type LeftOut =
  | 'no-time'
  | 'exempt-day'
  | 'clock-jump'
  | 'only-abuse'
  | 'only-answer'
  | 'not-first'
  | 'outside-window'
  | Exclusion;

/**
 * Why a wait is no part of a population, or null when it is one. Open waits belong to it unless it leaves out the
 * unanswered; means and quantiles leave them out in any case.
 */
export function leftOut(
  wait: Wait,
  conversation: Conversation,
  population: Population,
  zone: Zone,
): LeftOut | null {
  const { startMs, endMs } = wait;
  const open = wait.agentTurn === null;
  if (startMs === null || (!open && endMs === null)) return 'no-time';
  const { excluded } = wait;
  // Figures have windows of their own, and the platforms' clocks start with abuse or 对 as with any message.
  const ignored =
    excluded === 'outside-window' ||
    ((excluded === 'only-abuse' || excluded === 'only-answer') && population.clock === 'customer');
  if (excluded !== null && !ignored) return excluded;
  if (population.waits === 'first' && !wait.first) return 'not-first';
  if (
    population.window !== null &&
    !inWindow(population.window, startMs, endMs, conversation.startMs, zone)
  ) {
    return 'outside-window';
  }
  for (const exclusion of population.exclude) {
    if (applies(exclusion, wait, conversation, population, zone)) return exclusion;
  }
  return null;
}

/** Seconds of an answered wait by the clock of a population. */
export function secondsOf(wait: Wait, { clock }: Population): number {
  return wholeSeconds((clock === 'charged' ? wait.chargedMs : wait.waitMs) ?? 0);
}

/** Who waited, as figures that count people tell them apart. */
export function personOf(wait: Wait, conversation: Conversation, perDay: boolean, zone: Zone): string {
  const person = conversation.customerId ?? conversation.key;
  return perDay ? `${dayOf(wait.startMs!, zone)} ${person}` : person;
}

function applies(
  exclusion: Exclusion,
  wait: Wait,
  conversation: Conversation,
  population: Population,
  zone: Zone,
): boolean {
  const open = wait.agentTurn === null;
  switch (exclusion) {
    case 'unanswered':
      return open;
    case 'zero-seconds':
      return !open && secondsOf(wait, population) === 0;
    case 'crosses-midnight':
      return !open && dayOf(wait.startMs!, zone) !== dayOf(wait.endMs!, zone);
    case 'bot-reply':
      return wait.answeredBy === 'bot';
    case 'own-account':
      return isOwnAccount(conversation.customerId, wait.agentId);
    case 'no-human':
      return wait.agentId === '' && !conversation.turns.some((turn) => turn.role === 'agent');
  }
}

/** True when the customer is a sub-account of the agent's own shop: `店铺:小美` who writes to `店铺:小明`. */
function isOwnAccount(customerId: string | null, agentId: string): boolean {
  const colon = agentId.indexOf(':');
  return colon > 0 && customerId?.startsWith(agentId.slice(0, colon + 1)) === true;
}

/** Verdicts that are no number of seconds. */
export const OPEN = -1;
export const OUT = -2;

/**
 * Looks at waits for all populations of a profile at once, without making anything: `verdicts` holds, by population, the
 * seconds of the wait that was judged last, or {@link OPEN}, or {@link OUT}.
 */
export class WaitJudge {
  readonly populations: readonly Population[];
  readonly verdicts: number[];

  constructor(
    readonly profile: Profile,
    readonly zone: Zone,
  ) {
    this.populations = countingOf(profile).populations;
    this.verdicts = this.populations.map(() => OUT);
  }

  judge(wait: Wait, conversation: Conversation): void {
    for (let at = 0; at < this.populations.length; at++) {
      const population = this.populations[at]!;
      this.verdicts[at] =
        leftOut(wait, conversation, population, this.zone) !== null
          ? OUT
          : wait.agentTurn === null
            ? OPEN
            : secondsOf(wait, population);
    }
  }
}
