import type { Message, Profile, Turn, Wait, Zone } from '../model/index.js';
import { needsAnswer } from './acknowledgements.js';

/**
 * Measures how long customers waited, and hangs each wait on the agent turn that ended it.
 *
 * A wait runs from the first customer message after the last human reply to the first human reply (the clock of the
 * platforms: several questions in a row are one wait, from the first of them). Robots do not answer. A customer message
 * that asks for nothing (好的谢谢) starts no wait. A wait that nobody ended stays open and is charged to the agent who
 * spoke last, or to nobody when no agent ever spoke.
 *
 * @param messages in order of time
 * @param turns of these messages; `wait` is set on agent turns
 * @param profile how the platform counts (window of the day)
 */
export function measureWaits(
  messages: readonly Message[],
  turns: readonly Turn[],
  profile: Profile,
  zone: Zone,
): Wait[] {
  const waits: Wait[] = [];
  let open: Wait | null = null;
  let lastAgent = '';
  for (const turn of turns) {
    if (turn.role === 'customer') {
      if (open !== null) continue;
      const asking = turn.messageIndexes.find((index) => needsAnswer(messages[index]!));
      if (asking === undefined) continue;
      open = {
        customerTurn: turn.index,
        agentTurn: null,
        agentId: '',
        startMs: messages[asking]!.atMs,
        endMs: null,
        waitMs: null,
        first: waits.length === 0,
        excluded: null,
      };
      waits.push(open);
    } else if (turn.role === 'agent') {
      lastAgent = turn.agentId;
      if (open === null) continue;
      open.agentTurn = turn.index;
      open.agentId = turn.agentId;
      open.endMs = turn.startMs;
      open.waitMs =
        open.startMs === null || turn.startMs === null ? null : Math.max(0, turn.startMs - open.startMs);
      turn.wait = open;
      open = null;
    }
  }
  if (open !== null) open.agentId = lastAgent;
  for (const wait of waits) wait.excluded = exclusion(wait, profile, zone);
  return waits;
}

function exclusion(wait: Wait, profile: Profile, zone: Zone): string | null {
  if (wait.startMs === null) return null;
  const { startSecond, endSecond } = profile.window.value;
  if (startSecond === 0 && endSecond === 86_400) return null;
  const second = zone.secondOfDay(wait.startMs);
  return second >= startSecond && second < endSecond ? null : 'outside-window';
}
