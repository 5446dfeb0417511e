import {
  type Breakdown,
  type Breakdowns,
  type Conversation,
  dateOfDay,
  type Profile,
  type Wait,
  type Zone,
} from '../model/index.js';
import type { AgentWork } from './agent-work.js';
import type { WaitJudge } from './counting.js';
import { type GroupState, GroupTally } from './group-tally.js';
import { latestDays } from './latest-days.js';
import { compareText } from './worst.js';

const HOUR_MS = 3_600_000;
const HOURS_A_DAY = 24;

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

  /** The groups of the moment and shop that were asked for last; what follows mostly is of the same hour. */
  private chosen: GroupTally[] = [];
  private chosenHour: number | null = null;
  private chosenShop: string | null = null;

  constructor(private readonly zone: Zone) {}

  addConversation(conversation: Conversation, works: readonly AgentWork[]): void {
    for (const group of this.groupsOf(conversation.startMs, conversation.shop)) {
      group.addConversation(conversation);
      for (const work of works) group.addWork(work);
    }
  }

  /** Adds the wait that `judge` has judged last. */
  addWait(judge: WaitJudge, wait: Wait, conversation: Conversation): void {
    for (const group of this.groupsOf(wait.startMs, conversation.shop)) {
      group.addWait(judge, wait, conversation);
    }
  }

  /** The groups of a moment and a shop. */
  private groupsOf(atMs: number | null, shop: string | null): readonly GroupTally[] {
    const hour = atMs === null ? null : hourOf(atMs, this.zone);
    if (hour === this.chosenHour && shop === this.chosenShop) return this.chosen;
    this.chosen = shop === null ? [] : [groupOf(this.shops, shop)];
    if (hour !== null) {
      const day = Math.floor(hour / HOURS_A_DAY);
      this.chosen.push(this.dayGroup(day), groupOf(this.hours, hour - day * HOURS_A_DAY));
    }
    this.chosenHour = hour;
    this.chosenShop = shop;
    return this.chosen;
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

/** The local hour of an instant, as a number that grows by one an hour (1970-01-01 00:00 is 0). */
function hourOf(atMs: number, zone: Zone): number {
  return Math.floor((atMs + zone.offsetAt(atMs)) / HOUR_MS);
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
