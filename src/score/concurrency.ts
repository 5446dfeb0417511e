import { dayOf, type Turn, type Zone } from '../model/index.js';
import { latestDays } from './latest-days.js';

const MINUTE_MS = 60_000;
const MINUTES = 1440;
/** After so long without a word of the agent a chat is no longer held; a wait holds it for at most as long. */
const HELD_MS = 30 * MINUTE_MS;

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
    let fromMs: number | null = null;
    let toMs = 0;
    for (const turn of turns) {
      if (turn.startMs === null || turn.endMs === null) continue;
      const begunMs = turn.startMs - Math.min(turn.wait?.chargedMs ?? 0, HELD_MS);
      if (fromMs !== null && begunMs - toMs > HELD_MS) {
        this.hold(fromMs, toMs, zone);
        fromMs = null;
      }
      fromMs = Math.min(fromMs ?? begunMs, begunMs);
      toMs = Math.max(toMs, turn.endMs);
    }
    if (fromMs !== null) this.hold(fromMs, toMs, zone);
  }

  private hold(fromMs: number, toMs: number, zone: Zone): void {
    let day = dayOf(fromMs, zone);
    let minute = Math.floor(zone.secondOfDay(fromMs) / 60);
    const left = Math.floor(toMs / MINUTE_MS) - Math.floor(fromMs / MINUTE_MS);
    for (let n = 0; n <= left; n++) {
      this.dayOf(day)[minute]!++;
      if (++minute === MINUTES) {
        minute = 0;
        day++;
      }
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
