import { dayOf, type Turn, type Zone } from '../model/index.js';
import { latestDays } from './latest-days.js';

const MINUTE_MS = 60_000;
const MINUTES = 1440;
/** After so long without a word of the agent a chat is no longer held; a wait holds it for at most as long. */
const HELD_MS = 30 * MINUTE_MS;

/** A stretch of time, both ends within. */
export interface Span {
  fromMs: number;
  toMs: number;
}

/**
 * When an agent held a conversation: from the customer's question to the last word, apart from silences.
 *
 * @param turns of one agent in one conversation
 */
export function heldSpans(turns: readonly Turn[]): Span[] {
  const spans: Span[] = [];
  let span: Span | null = null;
  for (const { startMs, endMs, wait } of turns) {
    if (startMs === null || endMs === null) continue;
    const fromMs = startMs - Math.min(wait?.chargedMs ?? 0, HELD_MS);
    if (span === null || fromMs - span.toMs > HELD_MS) {
      span = { fromMs, toMs: endMs };
      spans.push(span);
    } else {
      span.fromMs = Math.min(span.fromMs, fromMs);
      span.toMs = Math.max(span.toMs, endMs);
    }
  }
  return spans;
}

/**
 * Of stretches of several agents, those that each agent held in the agent's busiest minute; of several as busy, the
 * first.
 */
export function busiestMinute<T extends Span & { agentId: string }>(held: readonly T[], zone: Zone): T[] {
  const tallies = new Map<string, ConcurrencyTally>();
  for (const one of held) {
    const tally = tallies.get(one.agentId) ?? new ConcurrencyTally();
    tallies.set(one.agentId, tally);
    tally.hold(one.fromMs, one.toMs, zone);
  }
  return held.filter((one) => {
    const peak = tallies.get(one.agentId)!.peakMinute()!;
    const minuteOf = (atMs: number): number =>
      dayOf(atMs, zone) * MINUTES + Math.floor(zone.secondOfDay(atMs) / 60);
    const minute = peak.day * MINUTES + peak.minute;
    return minuteOf(one.fromMs) <= minute && minute <= minuteOf(one.toMs);
  });
}

/** Minutes with the number of chats held in them, by day number. */
export type ConcurrencyState = [day: number, minutes: [minute: number, chats: number][]][];

/**
 * How many conversations an agent held at once, by the minute: conversations in which the agent was at work within the
 * same minute. Counts add up, so that parts of an input give what the whole does. The latest days are kept
 * ({@link latestDays}).
 */
export class ConcurrencyTally {
  private readonly days = new Map<number, Uint16Array>();

  /** @param turns of one agent in one conversation */
  add(turns: readonly Turn[], zone: Zone): void {
    for (const { fromMs, toMs } of heldSpans(turns)) this.hold(fromMs, toMs, zone);
  }

  /** Adds one stretch. */
  hold(fromMs: number, toMs: number, zone: Zone): void {
    let day = dayOf(fromMs, zone);
    let minute = Math.floor(zone.secondOfDay(fromMs) / 60);
    let left = Math.floor(toMs / MINUTE_MS) - Math.floor(fromMs / MINUTE_MS);
    while (left >= 0) {
      const minutes = this.dayOf(day++);
      for (; minute < MINUTES && left >= 0; minute++, left--) minutes[minute]!++;
      minute = 0;
    }
  }

  private dayOf(day: number): Uint16Array {
    let minutes = this.days.get(day);
    if (minutes === undefined) {
      minutes = new Uint16Array(MINUTES);
      this.days.set(day, minutes);
      latestDays(this.days);
    }
    return minutes;
  }

  /** The most at once, or null when no time is known. */
  peak(): number | null {
    let peak = 0;
    for (const minutes of this.days.values()) for (const chats of minutes) if (chats > peak) peak = chats;
    return peak === 0 ? null : peak;
  }

  /** The first minute with the most at once, as day number and minute of the day, or null. */
  peakMinute(): { day: number; minute: number } | null {
    const peak = this.peak();
    if (peak === null) return null;
    for (const [day, minutes] of [...this.days].sort((a, b) => a[0] - b[0])) {
      const minute = minutes.indexOf(peak);
      if (minute >= 0) return { day, minute };
    }
    return null;
  }

  toState(): ConcurrencyState {
    return [...this.days]
      .sort((a, b) => a[0] - b[0])
      .map(([day, minutes]) => [day, [...minutes.entries()].filter(([, chats]) => chats > 0)]);
  }

  absorb(state: ConcurrencyState): void {
    for (const [day, minutes] of state) {
      const own = this.dayOf(day);
      for (const [minute, chats] of minutes) own[minute]! += chats;
    }
  }
}
