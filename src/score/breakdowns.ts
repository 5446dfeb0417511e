import {
  type Breakdown,
  type Breakdowns,
  type Conversation,
  dateOfDay,
  dayOf,
  type Profile,
  type Wait,
  type Zone,
} from '../model/index.js';
import type { AgentWork } from './agent-work.js';
import type { WaitJudge } from './counting.js';
import { type GroupState, GroupTally } from './group-tally.js';
import { latestDays } from './latest-days.js';
import { compareText } from './worst.js';

export interface BreakdownState {
  shop: [string, GroupState][];
  day: [number, GroupState][];
  hour: [number, GroupState][];
}

/**
 * Figures by shop, by day and by hour of the day. Waits belong to the moment of the question, everything else to the
 * moment the conversation began; what has no time is in no day and no hour. The latest days are kept.
 */
export class BreakdownTally {
  private readonly shops = new Map<string, GroupTally>();
  private readonly days = new Map<number, GroupTally>();
  private readonly hours = new Map<number, GroupTally>();

  private readonly chosen: GroupTally[] = [];

  constructor(private readonly zone: Zone) {}

  addConversation(conversation: Conversation, works: readonly AgentWork[]): void {
    const count = this.choose(conversation.startMs, conversation.shop);
    for (let at = 0; at < count; at++) {
      const group = this.chosen[at]!;
      group.addConversation(conversation);
      for (const work of works) group.addWork(work);
    }
  }

  /** Adds the wait that `judge` has judged last. */
  addWait(judge: WaitJudge, wait: Wait, conversation: Conversation): void {
    const count = this.choose(wait.startMs, conversation.shop);
    for (let at = 0; at < count; at++) this.chosen[at]!.addWait(judge, wait, conversation);
  }

  /** Finds the groups of a moment and a shop. @returns how many of {@link chosen} they are */
  private choose(atMs: number | null, shop: string | null): number {
    let count = 0;
    if (shop !== null) this.chosen[count++] = groupOf(this.shops, shop);
    if (atMs !== null) {
      this.chosen[count++] = this.dayGroup(dayOf(atMs, this.zone));
      this.chosen[count++] = groupOf(this.hours, Math.floor(this.zone.secondOfDay(atMs) / 3600));
    }
    return count;
  }

  private dayGroup(day: number): GroupTally {
    const known = this.days.get(day);
    if (known !== undefined) return known;
    const group = new GroupTally();
    this.days.set(day, group);
    // It may be the day itself that is too early to be kept: then nobody sees what is added to it.
    latestDays(this.days);
    return group;
  }

  /** @param profiles that conversations were counted under, by id */
  report(profiles: ReadonlyMap<string, Profile>): Breakdowns {
    const reported = <K>(
      groups: Map<K, GroupTally>,
      order: (a: K, b: K) => number,
      name: (key: K) => string,
    ) =>
      Object.fromEntries(
        [...groups]
          .sort((a, b) => order(a[0], b[0]))
          .map(([key, group]): [string, Breakdown] => [name(key), breakdownOf(group, profiles)]),
      );
    const rising = (a: number, b: number) => a - b;
    return {
      shop: reported(this.shops, compareText, (shop) => shop),
      day: reported(this.days, rising, dateOfDay),
      hour: reported(this.hours, rising, (hour) => `${String(hour).padStart(2, '0')}:00`),
    };
  }

  toState(): BreakdownState {
    const state = <K>(groups: Map<K, GroupTally>, order: (a: K, b: K) => number): [K, GroupState][] =>
      [...groups].sort((a, b) => order(a[0], b[0])).map(([key, group]) => [key, group.toState()]);
    const rising = (a: number, b: number) => a - b;
    return {
      shop: state(this.shops, compareText),
      day: state(this.days, rising),
      hour: state(this.hours, rising),
    };
  }

  absorb(state: BreakdownState): void {
    for (const [shop, group] of state.shop) groupOf(this.shops, shop).absorb(group);
    for (const [hour, group] of state.hour) groupOf(this.hours, hour).absorb(group);
    for (const [day, group] of state.day) {
      groupOf(this.days, day).absorb(group);
      latestDays(this.days);
    }
  }
}

function groupOf<K>(groups: Map<K, GroupTally>, key: K): GroupTally {
  let group = groups.get(key);
  if (group === undefined) {
    group = new GroupTally();
    groups.set(key, group);
  }
  return group;
}

function breakdownOf(group: GroupTally, profiles: ReadonlyMap<string, Profile>): Breakdown {
  const profile = profileOf(group, profiles);
  return { conversationCount: group.conversationCount, metrics: group.metrics(profile) };
}

/** The profile that a group was counted under; of several, and where nobody waited, the first in text order. */
export function profileOf(group: GroupTally, profiles: ReadonlyMap<string, Profile>): Profile {
  const ids = group.profileIds();
  const [id] = (ids.length > 0 ? ids : [...profiles.keys()]).sort(compareText);
  return profiles.get(id!)!;
}
