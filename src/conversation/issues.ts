import type {
  Contact,
  ContactLink,
  Issue,
  OutcomeReason,
  PromiseRecord,
  Return,
  Said,
  Word,
} from '../model/index.js';
import { isHandOver } from './links.js';

/** A customer who has not come back for so long has been helped, or has given up; the log cannot tell which. */
export const QUIET_MS = 7 * 86_400_000;
/** Who comes back later than this without a complaint comes with something new. */
const RETURN_MS = 30 * 86_400_000;

const GOOD: ReadonlySet<Word> = new Set<Word>(['got-call', 'got-refund', 'got-goods', 'solved']);

/** Joins linked contacts to matters, in order of their first contact. */
export function groupIssues(contacts: readonly Contact[], links: readonly ContactLink[]): number[][] {
  const home = contacts.map((_, place) => place);
  const find = (place: number): number => {
    let at = place;
    while (home[at] !== at) at = home[at]!;
    return at;
  };
  for (const { from, to } of links) {
    const [a, b] = [find(from), find(to)];
    if (a !== b) home[Math.max(a, b)] = Math.min(a, b);
  }
  const groups = new Map<number, number[]>();
  contacts.forEach((_, place) => {
    const first = find(place);
    const group = groups.get(first);
    if (group === undefined) groups.set(first, [place]);
    else group.push(place);
  });
  return [...groups.values()];
}

/**
 * How a matter ended, and how we know. Only what the customer says shows that it is solved, and only an open question or
 * a promise that nobody kept that it is not: who does not come back may have been helped or have given up.
 */
export function outcomeOf(
  places: readonly number[],
  contacts: readonly Contact[],
  promises: readonly PromiseRecord[],
  logEndMs: number | null,
): Issue {
  const end = places[places.length - 1]!;
  const last = contacts[end]!;
  const orders =
    places.length === 1
      ? [...last.orders]
      : [...new Set(places.flatMap((place) => contacts[place]!.orders))].sort();
  const issue = (status: Issue['status'], reason: OutcomeReason, proof: Said | null = null): Issue => ({
    contacts: [...places],
    orders,
    status,
    reason,
    proof,
  });
  const made = promises.filter(({ contact }) => places.includes(contact));
  const word = last.words[last.words.length - 1];
  if (word !== undefined && settles(word.word, made)) return issue('resolved', 'customer-confirmed', word);
  if (last.ending === 'waiting') return issue('unresolved', 'left-waiting', last.departure);
  const lastMade = made.filter(({ contact }) => contact === end);
  const broken = lastMade.find(({ status }) => status === 'broken');
  if (broken !== undefined) return issue('unresolved', 'promise-broken', broken.promise);
  if (word !== undefined && !GOOD.has(word.word) && last.ending === 'customer')
    return issue('unresolved', 'customer-complained', word);
  const open = lastMade.find(({ status }) => status === 'unknown');
  if (open !== undefined) return issue('unknown', 'promise-open', open.promise);
  if (last.ending === 'thanks') return issue('resolved', 'customer-thanked');
  if (last.endMs === null || logEndMs === null) return issue('unknown', 'no-times');
  return issue('unknown', logEndMs - last.endMs >= QUIET_MS ? 'no-return' : 'log-ends');
}

/** 钱到了 settles a matter; 收到了 only where something was to be sent, and a call that came may have solved nothing. */
function settles(word: Word, made: readonly PromiseRecord[]): boolean {
  if (word === 'got-goods') return made.some(({ promise }) => promise.act === 'ship');
  return word === 'solved' || word === 'got-refund';
}

/** False for a contact that begins with that it came (钱到了), or says nothing: no need brought that customer back. */
function asksMore({ told, words }: Contact): boolean {
  const [first] = words;
  const glad = first !== undefined && first.turnIndex <= 1 && words.every(({ word }) => GOOD.has(word));
  return told && !glad;
}

/**
 * True when a customer comes back with what was settled before, as far as anybody could see: the contact ended with
 * thanks or that it came, or lies long back. That somebody asks something new about the same order is nobody's fault.
 */
function wasSettled(a: Contact, b: Contact, afterMs: number | null): boolean {
  if (b.words.some(({ word }) => !GOOD.has(word))) return false;
  if (afterMs !== null && afterMs > RETURN_MS) return true;
  const word = a.words[a.words.length - 1];
  return a.ending === 'thanks' || (word !== undefined && GOOD.has(word.word));
}

/**
 * Who caused each return of a matter: the agent whose promise fell due between the two contacts and was not kept; else
 * the agent who closed the contact before and left it unsolved. Never the one whom the customer met on coming back. A
 * session that a hand-over led to is no return, and neither is a new question after a matter that was settled.
 */
export function returnsOf(
  places: readonly number[],
  contacts: readonly Contact[],
  promises: readonly PromiseRecord[],
): Return[] {
  const returns: Return[] = [];
  for (let at = 1; at < places.length; at++) {
    const previous = places[at - 1]!;
    const place = places[at]!;
    const [a, b] = [contacts[previous]!, contacts[place]!];
    if (isHandOver(a, b) || b.openedBy === 'agent' || !asksMore(b)) continue;
    const afterMs = a.endMs === null || b.startMs === null ? null : b.startMs - a.endMs;
    const broken = promises.filter(
      ({ promise, contact, status }) =>
        (status === 'broken' || status === 'late') &&
        contact <= previous &&
        places.includes(contact) &&
        promise.dueMs !== null &&
        promise.dueMs <= (b.startMs ?? 0) &&
        (contact === previous || promise.dueMs >= (a.endMs ?? 0)),
    );
    const promiser = broken[broken.length - 1]?.promise.agentId;
    if (promiser === undefined && wasSettled(a, b, afterMs)) continue;
    const causedBy = promiser ?? a.closedBy;
    if (causedBy === null) continue;
    const because = promiser === undefined ? 'unsolved' : 'broken-promise';
    returns.push({ contact: place, previous, causedBy, because, afterMs });
  }
  return returns;
}
