import { crossingOf } from './crossings.js';
import type { Pattern } from './pattern.js';
import { type ScannerTables, scannerTables } from './scanner.js';

/** What takes long to work out of many patterns, as numbers alone: the build keeps that of the bundled lexicons. */
export interface PatternTables extends ScannerTables {
  /** What each pattern requires of a text (see presence.ts), one after the other, and where each begins. */
  requirements: Uint16Array;
  requirementStarts: Int32Array;
  /** See {@link meetingOf}. */
  meeting: Int32Array;
}

export function patternTables(patterns: readonly Pattern[]): PatternTables {
  const starts = [0];
  for (const { requirement } of patterns) starts.push(starts.at(-1)! + requirement.length);
  const requirements = new Uint16Array(starts.at(-1)!);
  patterns.forEach(({ requirement }, index) => {
    requirements.set(requirement, starts[index]!);
  });
  return {
    ...scannerTables(patterns.map(({ anchors }) => anchors)),
    requirements,
    requirementStarts: Int32Array.from(starts),
    meeting: meetingOf(patterns),
  };
}

/**
 * Forms of which an anchor itself may go on behind a mark: for each two of its symbols between which it may, these and
 * the number of the form.
 */
export function meetingOf(patterns: readonly Pattern[]): Int32Array {
  const meeting: number[] = [];
  patterns.forEach(({ isAllow, crossings, anchors }, pattern) => {
    if (isAllow || crossings.length === 0) return;
    const own = new Set(crossings);
    const seen = new Set<number>();
    for (const anchor of anchors) {
      for (let at = 1; at < anchor.length; at++) {
        const last = anchor.charCodeAt(at - 1);
        const first = anchor.charCodeAt(at);
        const crossing = crossingOf(last, first);
        if (seen.has(crossing) || !mayCross(own, last, first)) continue;
        seen.add(crossing);
        meeting.push(last, first, pattern);
      }
    }
  });
  return Int32Array.from(meeting);
}

/** Whether a form with these crossings may go on behind a mark between two symbols. */
export function mayCross(crossings: ReadonlySet<number>, last: number, first: number): boolean {
  return (
    crossings.has(crossingOf(last, first)) ||
    crossings.has(crossingOf(last, 0)) ||
    crossings.has(crossingOf(0, first))
  );
}
