import type { Conversation, Metric, MetricRule, Profile, Wait, Zone } from '../model/index.js';
import { countingOf, OPEN, OUT, type Population, personOf, type WaitJudge } from './counting.js';
import { type MissingReason, mean, missing, quantile, ratio } from './metrics.js';
import { SecondsTally } from './tally.js';

/** The waits of one population. */
export interface PopulationState {
  answered: [number, number][];
  openCount: number;
  /** By person: 1 where somebody was missed, else 0. */
  people: [string, 0 | 1][];
}

class PopulationTally {
  readonly answered = new SecondsTally();
  openCount = 0;
  readonly people = new Map<string, 0 | 1>();

  /** @param seconds of an answered wait, or {@link OPEN} */
  add(seconds: number, wait: Wait, conversation: Conversation, population: Population, zone: Zone): void {
    const { people } = population;
    if (people !== null) {
      const missed = seconds === OPEN || seconds > people.withinSeconds;
      this.addPerson(personOf(wait, conversation, people.perDay, zone), missed ? 1 : 0);
    } else if (seconds === OPEN) this.openCount++;
    else this.answered.add(seconds);
  }

  addPerson(person: string, missed: 0 | 1): void {
    if (missed === 1 || !this.people.has(person)) this.people.set(person, missed);
  }

  metric(rule: MetricRule, profile: Profile, reason: MissingReason): Metric {
    const { answered, openCount } = this;
    const base = { of: rule.unit === 'people-per-day' ? 'people' : rule.unit, profile: profile.id } as const;
    const all = answered.count + openCount;
    // Nobody waited, or everybody waited in vain: a mean needs to know which.
    const unmeasured = all > 0 ? 'no-replies' : reason;
    switch (rule.figure) {
      case 'share-within':
        return this.people.size > 0
          ? ratio(this.peopleAnswered(), this.people.size, base, reason)
          : ratio(answered.atMost(rule.withinSeconds!), all, base, reason);
      case 'share-unanswered':
        return ratio(openCount, all, base, reason);
      case 'mean':
        return mean(answered.sum(rule.capSeconds), answered.count, base, unmeasured);
      default:
        return quantile(answered.quantile(QUANTILES[rule.figure]), answered.count, base, unmeasured);
    }
  }

  private peopleAnswered(): number {
    let found = 0;
    for (const missed of this.people.values()) if (missed === 0) found++;
    return found;
  }

  toState(): PopulationState {
    return {
      answered: this.answered.toJSON(),
      openCount: this.openCount,
      people: [...this.people].sort((a, b) => (a[0] < b[0] ? -1 : 1)),
    };
  }

  absorb(state: PopulationState): void {
    this.answered.absorb(state.answered);
    this.openCount += state.openCount;
    for (const [person, missed] of state.people) this.addPerson(person, missed);
  }
}

const QUANTILES = { median: 0.5, p90: 0.9, p95: 0.95 } as const;

/** Waits by profile id: what was counted under one profile is never added to what another counts. */
export type WaitState = Record<string, PopulationState[]>;

/** The waits of an agent, a shop, a day or an hour. */
export class WaitTally {
  private readonly byProfile = new Map<string, PopulationTally[]>();
  /** The profile that a wait was counted under last, and its tallies: hardly any run has a second one. */
  private lastProfile: string | null = null;
  private lastTallies: PopulationTally[] = [];

  /** Adds the wait that `judge` has judged last. */
  add(judge: WaitJudge, wait: Wait, conversation: Conversation): void {
    const { populations, verdicts, profile, zone } = judge;
    let tallies: PopulationTally[] | null = null;
    for (let at = 0; at < verdicts.length; at++) {
      const verdict = verdicts[at]!;
      if (verdict === OUT) continue;
      tallies ??= this.talliesOf(profile.id, populations.length);
      tallies[at]!.add(verdict, wait, conversation, populations[at]!, zone);
    }
  }

  /** Ids of the profiles that anything was counted under. */
  profileIds(): string[] {
    return [...this.byProfile.keys()];
  }

  /**
   * The figures of a profile, by metric id.
   *
   * @param reason why a figure of no waits is missing
   */
  metrics(profile: Profile, reason: MissingReason): Record<string, Metric> {
    const { populationOf, populations } = countingOf(profile);
    const tallies = this.byProfile.get(profile.id) ?? populations.map(() => new PopulationTally());
    const mixed = this.byProfile.size > 1;
    return Object.fromEntries(
      profile.metrics.map((rule, at) => {
        const metric = tallies[populationOf[at]!]!.metric(rule, profile, reason);
        return [rule.id, mixed ? missing(metric.unit, metric, 'mixed-profiles') : metric];
      }),
    );
  }

  toState(): WaitState {
    const ids = [...this.byProfile.keys()].sort();
    return Object.fromEntries(ids.map((id) => [id, this.byProfile.get(id)!.map((one) => one.toState())]));
  }

  absorb(state: WaitState): void {
    for (const [id, populations] of Object.entries(state)) {
      const own = this.talliesOf(id, populations.length);
      populations.forEach((population, at) => {
        own[at]!.absorb(population);
      });
    }
  }

  private talliesOf(profileId: string, count: number): PopulationTally[] {
    if (profileId === this.lastProfile) return this.lastTallies;
    let tallies = this.byProfile.get(profileId);
    if (tallies === undefined) {
      tallies = Array.from({ length: count }, () => new PopulationTally());
      this.byProfile.set(profileId, tallies);
    }
    this.lastProfile = profileId;
    this.lastTallies = tallies;
    return tallies;
  }
}
