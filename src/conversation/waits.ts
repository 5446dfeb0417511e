import {
  type Calendar,
  inWindow,
  type Message,
  type Profile,
  type Turn,
  type Uncharged,
  type Wait,
  type Zone,
} from '../model/index.js';
import { asksCustomer, needsAnswer } from './acknowledgements.js';
import { asksForHuman, handlingOf, receiverOf } from './notices.js';

/** What is known besides the record itself. */
export interface WaitOptions {
  /** When agents are at work; null for always. */
  calendar?: Calendar | null;
  /** Tells customers' messages that are abuse and nothing else; null takes none for that. */
  onlyAbuse?: ((text: string) => boolean) | null;
}

/**
 * Measures how long customers waited, hangs each wait on the turn that ended it, and says which part of it the agent is
 * answerable for.
 *
 * A wait runs from the first customer message after the last human reply to the first human reply (the clock of the
 * platforms: several questions in a row are one wait, from the first of them). Robots do not answer, unless the profile
 * says so. A customer message that asks for nothing (好的谢谢) starts no wait.
 *
 * A wait that nobody ended stays open and is charged to the agent who spoke last; after a notice of hand-over to the one
 * it names, if that one ever speaks here, else to nobody; nor is it charged where no agent ever spoke.
 *
 * @param messages in order of time
 * @param turns of these messages; `wait` is set on the turns that answered
 * @param profile how the platform counts
 */
export function measureWaits(
  messages: readonly Message[],
  turns: readonly Turn[],
  profile: Profile,
  zone: Zone,
  { calendar = null, onlyAbuse = null }: WaitOptions = {},
): Wait[] {
  const waits: Wait[] = [];
  const botsCount = profile.botReplies.value === 'human-phase';
  let open: Wait | null = null;
  let asking = -1;
  let lastAgent = '';
  let lastAgentIndex = -1;
  for (const turn of turns) {
    if (turn.role === 'customer') {
      if (open !== null) continue;
      const index = askingIndex(turn, messages, lastAgentIndex);
      if (index < 0) continue;
      asking = index;
      open = openWait(turn, messages[index]!.atMs, waits.length === 0);
      waits.push(open);
      continue;
    }
    const byAgent = turn.role === 'agent';
    if (!byAgent && !(botsCount && turn.role === 'bot' && lastAgent !== '')) continue;
    if (open !== null) {
      open.agentId = byAgent ? turn.agentId : lastAgent;
      end(open, turn, byAgent ? 'agent' : 'bot');
      const seriousMs =
        onlyAbuse === null ? open.startMs : askedInEarnest(open, messages, asking, turn, onlyAbuse);
      charge(open, messages, turns, asking, lastAgent, seriousMs, calendar);
      open = null;
    }
    if (byAgent) {
      lastAgent = turn.agentId;
      lastAgentIndex = turn.messageIndexes[turn.messageIndexes.length - 1]!;
    }
  }
  if (open !== null && onlyAbuse !== null) askedInEarnest(open, messages, asking, null, onlyAbuse);
  if (open !== null && onlyAnswers(messages, asking)) open.excluded = 'only-answer';
  if (open !== null)
    open.agentId = lastAgent === '' ? '' : inChargeAfter(messages, lastAgent, lastAgentIndex);
  if (waits.length > 0) {
    const sessionMs = messages.find((message) => message.atMs !== null)?.atMs ?? null;
    for (const wait of waits) wait.excluded ??= exclusion(wait, sessionMs, profile, zone, calendar);
  }
  return waits;
}

/** The message of a customer's turn that somebody should answer, or -1 when it asks for nothing. */
function askingIndex(turn: Turn, messages: readonly Message[], lastAgentIndex: number): number {
  const index = firstToAnswer(turn, messages, false);
  if (index === turn.messageIndexes[0] || lastAgentIndex < 0) return index;
  return asksCustomer(messages[lastAgentIndex]!.text) ? firstToAnswer(turn, messages, true) : index;
}

function firstToAnswer({ messageIndexes }: Turn, messages: readonly Message[], answers: boolean): number {
  for (const index of messageIndexes) if (needsAnswer(messages[index]!, answers)) return index;
  return -1;
}

function openWait(turn: Turn, startMs: number | null, first: boolean): Wait {
  return {
    customerTurn: turn.index,
    agentTurn: null,
    answeredBy: null,
    agentId: '',
    startMs,
    endMs: null,
    waitMs: null,
    chargedMs: null,
    uncharged: null,
    first,
    excluded: null,
  };
}

function end(wait: Wait, turn: Turn, answeredBy: 'agent' | 'bot'): void {
  wait.agentTurn = turn.index;
  wait.answeredBy = answeredBy;
  wait.endMs = turn.startMs;
  turn.wait = wait;
  if (wait.startMs === null || wait.endMs === null) return;
  if (wait.endMs < wait.startMs) {
    // A clock that jumped back between question and answer: how long it was is not known, and unknown is not zero.
    wait.excluded = 'clock-jump';
    return;
  }
  wait.waitMs = wait.endMs - wait.startMs;
  wait.chargedMs = wait.waitMs;
}

const NOTHING: Readonly<Uncharged> = { botMs: 0, queueMs: 0, handOverMs: 0, closedMs: 0, abuseMs: 0 };

/**
 * When the customer first asked for something besides abusing the agent. Where there is nothing but abuse until the
 * reply, the wait is not judged.
 *
 * @param reply the turn that ended the wait, or null
 */
function askedInEarnest(
  wait: Wait,
  messages: readonly Message[],
  asking: number,
  reply: Turn | null,
  onlyAbuse: (text: string) => boolean,
): number | null {
  const end = reply === null ? messages.length : reply.messageIndexes[0]!;
  for (let index = asking; index < end; index++) {
    const message = messages[index]!;
    // What opened the wait may be the answer to a question (是的), which would ask for nothing by itself.
    if (message.role !== 'customer' || (index !== asking && !needsAnswer(message))) continue;
    if (message.kind !== 'text' || !onlyAbuse(message.text)) return message.atMs;
  }
  wait.excluded = 'only-abuse';
  return null;
}

/** True when the customer's last words only answer the agent: 对, after 是黑色的那件吗. Whether more was to come nobody knows. */
function onlyAnswers(messages: readonly Message[], asking: number): boolean {
  for (let index = asking; index < messages.length; index++) {
    const message = messages[index]!;
    if (message.role === 'customer' && needsAnswer(message)) return false;
  }
  return true;
}

/** Takes out of an answered wait what the agent who answered is not answerable for. */
function charge(
  wait: Wait,
  messages: readonly Message[],
  turns: readonly Turn[],
  asking: number,
  lastAgent: string,
  seriousMs: number | null,
  calendar: Calendar | null,
): void {
  if (wait.waitMs === null) return;
  const startMs = wait.startMs!;
  const endMs = wait.endMs!;
  const reply = turns[wait.agentTurn!]!.messageIndexes[0]!;
  let fromMs = startMs;
  let uncharged: Uncharged | null = null;
  if (seriousMs !== null && seriousMs > startMs && seriousMs <= endMs) {
    fromMs = seriousMs;
    uncharged = { ...NOTHING, abuseMs: fromMs - startMs };
  }
  if (!onlyCustomers(turns[wait.customerTurn]!, reply)) {
    const began = clockOfAgent(messages, asking, reply, lastAgent);
    if (began !== null && began.atMs > fromMs && began.atMs <= endMs) {
      uncharged ??= { ...NOTHING };
      uncharged[began.before] = began.atMs - fromMs;
      fromMs = began.atMs;
    }
  }
  const closedMs = calendar === null ? 0 : calendar.closedMs(fromMs, endMs);
  if (closedMs > 0) {
    uncharged ??= { ...NOTHING };
    uncharged.closedMs = closedMs;
  }
  wait.uncharged = uncharged;
  wait.chargedMs = endMs - fromMs - closedMs;
}

/** True when nothing stands between a customer's turn and the reply to it. */
function onlyCustomers(turn: Turn, reply: number): boolean {
  const { messageIndexes } = turn;
  return reply - messageIndexes[0]! === messageIndexes.length;
}

/**
 * When the clock of the agent who answered began, if later than the customer's: at the last hand-over or assignment that
 * a notice tells of; else, before any agent has spoken, where the customer turned from the robot to a human.
 *
 * A robot has served the customer if it answered two turns or more, or if the customer then asked for a person. A single
 * welcome has not, nor has an auto reply of the agent's own account: through these the customer waits for a human.
 */
function clockOfAgent(
  messages: readonly Message[],
  asking: number,
  reply: number,
  lastAgent: string,
): { atMs: number; before: 'botMs' | 'queueMs' | 'handOverMs' } | null {
  let noticeMs: number | null = null;
  let passedOn = false;
  let requestMs: number | null = null;
  let turnedMs: number | null = null;
  let botMs: number | null = null;
  let botTurns = 0;
  let lastWasBot = false;
  for (let index = asking + 1; index < reply; index++) {
    const message = messages[index]!;
    if (message.role === 'bot') {
      if (message.roleReason === 'auto-reply') continue;
      if (!lastWasBot) {
        botTurns++;
        botMs = message.atMs;
        turnedMs = null;
      }
      lastWasBot = true;
    } else if (message.role === 'customer') {
      if (lastWasBot) turnedMs = message.atMs;
      if (botTurns > 0 && requestMs === null && asksForHuman(message)) requestMs = message.atMs;
      lastWasBot = false;
    } else {
      const handling = handlingOf(message);
      if (handling === null || handling === 'queue' || message.atMs === null) continue;
      noticeMs = message.atMs;
      passedOn = handling === 'hand-over' && lastAgent !== '';
    }
  }
  if (noticeMs !== null) {
    return { atMs: noticeMs, before: passedOn ? 'handOverMs' : botTurns > 0 ? 'botMs' : 'queueMs' };
  }
  if (lastAgent !== '') return null;
  const atMs = requestMs ?? (botTurns >= 2 ? (turnedMs ?? botMs) : null);
  return atMs === null ? null : { atMs, before: 'botMs' };
}

/** Who is in charge of a customer at the end, when the last agent to speak may have passed the customer on. */
function inChargeAfter(messages: readonly Message[], lastAgent: string, from: number): string {
  for (let index = messages.length - 1; index > from; index--) {
    const message = messages[index]!;
    if (handlingOf(message) !== 'hand-over') continue;
    const receiver = receiverOf(message);
    const known = messages.find(
      (one) =>
        one.role === 'agent' && receiver !== null && [one.speakerId, one.speakerName].includes(receiver),
    );
    return known?.speakerId ?? '';
  }
  return lastAgent;
}

function exclusion(
  wait: Wait,
  sessionMs: number | null,
  profile: Profile,
  zone: Zone,
  calendar: Calendar | null,
): Wait['excluded'] {
  if (wait.startMs === null) return null;
  if (calendar?.isExempt(wait.startMs)) return 'exempt-day';
  return inWindow(profile.window.value, wait.startMs, wait.endMs, sessionMs, zone) ? null : 'outside-window';
}
