import type { Platform } from './message.js';

/** A number of a profile with where it is from; most platform numbers are reposts, so each says how sure it is. */
export interface Sourced<T> {
  value: T;
  source: string;
  /** `official` (the platform's own page), `repost`, `secondary`, `convention` (ours). */
  confidence: 'official' | 'repost' | 'secondary' | 'convention';
}

/** How one platform counts at one date. Data in `profiles/*.json`, never constants in code. */
export interface Profile {
  id: string;
  platform: Platform;
  title: { zh: string; en: string };
  /** Date of the rules that this follows, `2025-01`. */
  asOf: string;
  /** What the platform counts: turns, sessions or people. */
  unit: 'turns' | 'sessions' | 'people';
  /** Silence after which a new conversation begins, in minutes. */
  sessionGapMinutes: Sourced<number>;
  /** Waits that start outside this window of the local day (seconds since midnight, `[start, end)`) are not judged. */
  window: Sourced<{ startSecond: number; endSecond: number }>;
  /** First response slower than this is a finding, in seconds. */
  firstResponseSeconds: Sourced<number>;
  /** Any later response slower than this is a finding, in seconds. */
  responseSeconds: Sourced<number>;
  /** A wait of this length scores 1 on `slow`, in seconds. */
  slowestSeconds: Sourced<number>;
  /** Waits count for at most this in the mean, in seconds; null for no cap. */
  capSeconds: Sourced<number | null>;
  /** An unanswered customer counts as unanswered after this much time to answer, in seconds. */
  unansweredSeconds: Sourced<number>;
}
