import type { Contact, ContactLink, LinkReason, Zone } from '../model/index.js';
import { confirms, denies } from './ledger.js';
import { joinPieces } from './terms.js';

/** A session that follows a hand-over within this time is where the customer was handed to. */
export const HAND_OVER_MS = 30 * 60_000;
/** Who writes again within this time means the same thing. */
const SOON_MS = 30 * 60_000;
/** A shop that writes first within this time comes back to what it promised. */
const COMING_BACK_MS = 7 * 86_400_000;
/** Of a customer with very many contacts only the latest are compared. */
const LOOK_BACK = 40;
/** One piece of a word may be shared by chance. */
const PIECES_SHARED = 2;

/**
 * Which contacts of one customer are about the same matter, and why we think so: each contact is tied to the nearest
 * earlier one that shares an order number, follows a hand-over, answers to a promise, names its date, follows at once,
 * or shares a product or words that are rare in this log. Two that name different orders are two matters, unless the
 * first was handed over or the second complains about its promise.
 *
 * @param contacts in order of time
 * @param isRare whether a piece of a word is rare among the customers of the log
 */
export function linkContacts(
  contacts: readonly Contact[],
  isRare: (piece: string) => boolean,
  zone: Zone,
): ContactLink[] {
  const links: ContactLink[] = [];
  for (let to = 1; to < contacts.length; to++) {
    let weaker: ContactLink | null = null;
    for (let from = to - 1; from >= Math.max(0, to - LOOK_BACK); from--) {
      const link = linkBetween(contacts[from]!, contacts[to]!, isRare, zone);
      if (link === null) continue;
      if (STRONG.has(link.reason)) {
        links.push({ from, to, ...link });
        weaker = null;
        break;
      }
      weaker ??= { from, to, ...link };
    }
    if (weaker !== null) links.push(weaker);
  }
  return links;
}

const STRONG: ReadonlySet<LinkReason> = new Set<LinkReason>(['order', 'hand-over', 'promise']);

function linkBetween(
  a: Contact,
  b: Contact,
  isRare: (piece: string) => boolean,
  zone: Zone,
): { reason: LinkReason; shared: string[] } | null {
  const orders = common(a.orders, b.orders);
  if (orders.length > 0) return { reason: 'order', shared: orders };
  if (isHandOver(a, b)) return { reason: 'hand-over', shared: [] };
  const answer = b.words.find((word) =>
    a.promises.some(
      ({ act, dueMs }) =>
        confirms(word.word, act) || (dueMs !== null && denies(word.word, act) && (word.atMs ?? 0) > dueMs),
    ),
  );
  if (answer !== undefined) return { reason: 'promise', shared: [answer.evidence.text] };
  if (b.openedBy === 'agent' && a.promises.length > 0 && gapMs(a, b) <= COMING_BACK_MS) {
    return { reason: 'promise', shared: [] };
  }
  if (a.startMs !== null && b.dates.length > 0) {
    const date = zone.date(a.startMs).slice(5);
    if (b.dates.includes(date)) return { reason: 'date', shared: [date] };
  }
  if (a.orders.length > 0 && b.orders.length > 0) return null;
  if (gapMs(a, b) <= SOON_MS) return { reason: 'soon', shared: [] };
  const products = common(a.products, b.products);
  if (products.length > 0) return { reason: 'product', shared: products };
  const pieces = common(a.terms, b.terms).filter(isRare);
  // Who was promised something and comes back when the time is up need say little.
  const pending = a.promises.some(
    ({ dueMs, answeredMs }) => answeredMs === null && dueMs !== null && dueMs < (b.startMs ?? 0),
  );
  return pieces.length >= (pending ? 1 : PIECES_SHARED)
    ? { reason: 'words', shared: joinPieces(pieces) }
    : null;
}

/** True when the second contact is the session that the first was handed over to. */
export function isHandOver(a: Contact, b: Contact): boolean {
  return (
    a.handOver !== null &&
    gapMs(a, b) <= HAND_OVER_MS &&
    b.agents.length > 0 &&
    b.agents[0] !== a.handOver.agentId
  );
}

/** Time from the end of one contact to the start of the next; Infinity where it is not known. */
function gapMs(a: Contact, b: Contact): number {
  return a.endMs === null || b.startMs === null ? Number.POSITIVE_INFINITY : b.startMs - a.endMs;
}

function common(a: readonly string[], b: readonly string[]): string[] {
  if (a.length === 0 || b.length === 0) return [];
  const inB = new Set(b);
  return a.filter((one) => inB.has(one));
}
