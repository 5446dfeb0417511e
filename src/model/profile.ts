import type { Bilingual } from './catalogue.js';
import type { Platform } from './message.js';
import type { Zone } from './zone.js';

/** How sure a number of a profile is: the platform's own page, a repost of it, hearsay, or our own choice. */
export type Confidence = 'official' | 'repost' | 'secondary' | 'convention';

/** Where a number is from. Who writes a profile for one shop may write it in one language. */
export type SourceNote = string | Bilingual;

/** A number of a profile with where it is from; most platform numbers are reposts, so each says how sure it is. */
export interface Sourced<T> {
  value: T;
  source: SourceNote;
  confidence: Confidence;
  /** Date of the source where it is not that of the profile, `2020-06`. */
  asOf?: string | undefined;
}

/**
 * What a figure counts. `people` counts each customer once, however often they came; `people-per-day` once a day.
 */
export type CountUnit = 'turns' | 'sessions' | 'people' | 'people-per-day';

/** The part of the local day that counts, in seconds since midnight, `[startSecond, endSecond)`. */
export interface DayWindow {
  startSecond: number;
  endSecond: number;
  /**
   * What must lie in it: the question that started the wait; that question or, where it was asked outside, its answer;
   * the first message of the session.
   */
  appliesTo: 'turn-start' | 'turn-start-or-reply' | 'session-start';
}

/** Waits that a figure leaves out. `unanswered` never enters a mean or a median, said or not. */
export type Exclusion =
  | 'zero-seconds'
  | 'crosses-midnight'
  | 'bot-reply'
  | 'own-account'
  | 'no-human'
  | 'unanswered';

/** What is made of the waits that count. */
export type Figure = 'mean' | 'median' | 'p90' | 'p95' | 'share-within' | 'share-unanswered';

/**
 * Which clock a figure runs by: `customer` is all the time that the customer waited, as platforms count; `charged` is
 * the part that the agent who answered is answerable for (docs/metrics.md).
 */
export type WaitClock = 'customer' | 'charged';

/** How one figure about waits is counted. */
export interface MetricRule {
  id: string;
  /** What the platform calls it; null for a figure that the platform does not publish. */
  title: Bilingual | null;
  figure: Figure;
  /** All waits, or only the first of each session. */
  waits: 'first' | 'all';
  unit: CountUnit;
  /** Null counts the whole day. */
  window: DayWindow | null;
  clock: WaitClock;
  /** For `share-within`: the longest wait that still counts as answered. */
  withinSeconds: number | null;
  /** For `mean`: longer waits count as this long. */
  capSeconds: number | null;
  exclude: readonly Exclusion[];
  /** What the platform asks for, in its own words. */
  target: Bilingual | null;
  source: SourceNote;
  confidence: Confidence;
  asOf: string;
}

/** How one platform counts at one date. Data in `profiles/*.json`, never constants in code. */
export interface Profile {
  id: string;
  platform: Platform;
  title: Bilingual;
  /** Date of the rules that this follows, `2025-01`. */
  asOf: string;
  /** What the platform counts in its best known figure. */
  unit: CountUnit;
  /** Conflicts between sources, and what a log cannot tell. */
  notes: readonly Bilingual[];
  /** Silence after which a new conversation begins, in minutes. */
  sessionGapMinutes: Sourced<number>;
  /** Waits outside this window are not judged: no finding, no part in a score. */
  window: Sourced<DayWindow>;
  /** Whether a robot's reply ends a wait: never, or once a human has spoken in the conversation. */
  botReplies: Sourced<'never' | 'human-phase'>;
  /** First response slower than this is a finding, in seconds. */
  firstResponseSeconds: Sourced<number>;
  /** Any later response slower than this is a finding, in seconds. */
  responseSeconds: Sourced<number>;
  /** A wait of this length scores 1 on `slow`, in seconds. */
  slowestSeconds: Sourced<number>;
  /** An unanswered customer counts as unanswered after this much time to answer, in seconds. */
  unansweredSeconds: Sourced<number>;
  /** Figures about waits, in the order of reports. */
  metrics: readonly MetricRule[];
}

/**
 * Whether a wait lies in a window of the day, by what the window applies to.
 *
 * @param sessionMs first message of the conversation; null where it is not known
 */
export function inWindow(
  window: DayWindow,
  startMs: number,
  endMs: number | null,
  sessionMs: number | null,
  zone: Zone,
): boolean {
  const { startSecond, endSecond, appliesTo } = window;
  if (startSecond === 0 && endSecond === 86_400) return true;
  const holds = (atMs: number): boolean => {
    const second = zone.secondOfDay(atMs);
    return second >= startSecond && second < endSecond;
  };
  if (appliesTo === 'session-start') return holds(sessionMs ?? startMs);
  return holds(startMs) || (appliesTo === 'turn-start-or-reply' && endMs !== null && holds(endMs));
}
