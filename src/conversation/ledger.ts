import type {
  Contact,
  ContactClaim,
  CustomerWord,
  MadePromise,
  PromisedAct,
  PromiseRecord,
  Word,
} from '../model/index.js';

const ALL: readonly PromisedAct[] = ['reply', 'call', 'contact', 'refund', 'ship', 'visit', 'handle'];

/** Which promises a customer's complaint says were not kept. */
const DENIES: Partial<Record<Word, readonly PromisedAct[]>> = {
  'no-call': ['call', 'contact', 'reply'],
  'no-refund': ['refund'],
  'no-shipping': ['ship'],
  'no-answer': ['reply', 'call', 'contact', 'handle'],
  'no-progress': ALL,
  'time-over': ALL,
};

/** Which promises a customer's word says were kept. */
const CONFIRMS: Partial<Record<Word, readonly PromisedAct[]>> = {
  'got-call': ['call', 'contact', 'reply'],
  'got-refund': ['refund'],
  'got-goods': ['ship'],
  solved: ['handle', 'visit', 'reply', 'contact', 'call'],
};

/** Complaints that name what did not come. */
const NAMING: readonly Word[] = ['no-call', 'no-refund', 'no-shipping'];

/** Complaints, the most telling first. */
const PLAINNESS: readonly Word[] = [
  'no-call',
  'no-refund',
  'no-shipping',
  'time-over',
  'no-answer',
  'no-progress',
];

const CALLS: ReadonlySet<PromisedAct> = new Set<PromisedAct>(['call', 'contact', 'reply']);
/** Silence proves something only where the log goes on for as long as this after the time was up. */
const OBSERVED_MS = 86_400_000;

/** True when a customer's word says that a promise of this kind was not kept. */
export function denies(word: Word, act: PromisedAct): boolean {
  return DENIES[word]?.includes(act) ?? false;
}

/** True when a customer's word says that a promise of this kind was kept. */
export function confirms(word: Word, act: PromisedAct): boolean {
  return CONFIRMS[word]?.includes(act) ?? false;
}

/**
 * What the record shows of a promise. A log of chats sees little: that an agent came back in the chat, and what the
 * customer and the shop say later. Whatever it cannot see is `unknown`, with the reason.
 *
 * @param at place in `contacts` of the contact in which it was made
 * @param contacts of one customer, in order of time
 * @param sameIssue whether the contact in this place is about the same matter
 * @param logEndMs last moment of the log, or null without times
 */
export function judgePromise(
  promise: MadePromise,
  at: number,
  contacts: readonly Contact[],
  sameIssue: (place: number) => boolean,
  logEndMs: number | null,
): PromiseRecord {
  const record: PromiseRecord = {
    promise,
    contact: at,
    status: 'unknown',
    basis: 'no-times',
    keptMs: null,
    proof: null,
    proofContact: null,
    claim: null,
  };
  const { dueMs, atMs, act } = promise;
  if (dueMs === null || atMs === null) return record;
  record.claim = claimAfter(promise, at, contacts, sameIssue);
  if (act === 'reply') {
    const backMs = promise.answeredMs ?? backInChat(at, contacts, sameIssue);
    if (backMs !== null && (promise.hold || backMs <= dueMs || promise.answeredMs === null)) {
      return { ...record, status: backMs <= dueMs ? 'kept' : 'late', basis: 'came-back', keptMs: backMs };
    }
  }
  const said = decisiveWords(promise, at, contacts, sameIssue);
  if (said !== null) return { ...record, ...said };
  const newsMs = newsAfter(at, contacts, sameIssue);
  if (newsMs !== null) {
    return { ...record, status: newsMs <= dueMs ? 'kept' : 'late', basis: 'shop-says', keptMs: newsMs };
  }
  if (act === 'reply') {
    const later = contacts.findIndex(
      (contact, place) => place > at && sameIssue(place) && startsAfter(contact, dueMs),
    );
    if (later >= 0) return { ...record, status: 'broken', basis: 'silence', proofContact: later };
    if (promise.hold && logEndMs !== null && logEndMs >= dueMs + OBSERVED_MS) {
      return { ...record, status: 'broken', basis: 'silence' };
    }
  }
  const observedMs = promise.hold ? dueMs + OBSERVED_MS : dueMs;
  return { ...record, basis: logEndMs === null || logEndMs < observedMs ? 'log-ends' : 'not-in-log' };
}

/** The customer's own account: the first complaint after the time was up, or a confirmation. */
function decisiveWords(
  promise: MadePromise,
  at: number,
  contacts: readonly Contact[],
  sameIssue: (place: number) => boolean,
): Pick<PromiseRecord, 'status' | 'basis' | 'proof' | 'proofContact'> | null {
  let complaint: { word: CustomerWord; place: number } | null = null;
  for (let place = at; place < contacts.length; place++) {
    if (place > at && !sameIssue(place)) continue;
    const { words } = contacts[place]!;
    const named = words.filter(({ word }) => NAMING.includes(word));
    // 等了三天了还没发货 is about the parcel, whatever else was promised.
    const isAboutElse = named.length > 0 && !named.some(({ word }) => denies(word, promise.act));
    for (const word of words) {
      if (place === at && word.turnIndex <= promise.turnIndex) continue;
      if (confirms(word.word, promise.act)) {
        const status = complaint === null ? 'kept' : 'late';
        // A later complaint was about a later promise; this one was settled.
        return { status, basis: 'customer-confirms', proof: word, proofContact: place };
      }
      if (isAboutElse || !denies(word.word, promise.act) || (word.atMs ?? 0) <= promise.dueMs!) continue;
      // Of what is said in one contact, what names the thing says most.
      const plainer =
        complaint?.place === place && PLAINNESS.indexOf(word.word) < PLAINNESS.indexOf(complaint.word.word);
      if (complaint === null || plainer) complaint = { word, place };
    }
    // What a customer confirms weeks after a complaint is something else that was done in the end.
    if (complaint !== null && place > complaint.place) break;
  }
  if (complaint === null) return null;
  return {
    status: 'broken',
    basis: 'customer-complains',
    proof: complaint.word,
    proofContact: complaint.place,
  };
}

/** When the shop next wrote to the customer of its own accord. */
function backInChat(
  at: number,
  contacts: readonly Contact[],
  sameIssue: (place: number) => boolean,
): number | null {
  const next = contacts.findIndex((_, place) => place > at && sameIssue(place));
  if (next < 0) return null;
  const contact = contacts[next]!;
  return contact.openedBy === 'agent' ? contact.firstAgentMs : null;
}

/** When the shop, of its own accord, told the customer that something was done. */
function newsAfter(
  at: number,
  contacts: readonly Contact[],
  sameIssue: (place: number) => boolean,
): number | null {
  const contact = contacts.find(({ news }, place) => place > at && sameIssue(place) && news !== null);
  return contact?.news?.atMs ?? null;
}

function claimAfter(
  promise: MadePromise,
  at: number,
  contacts: readonly Contact[],
  sameIssue: (place: number) => boolean,
): ContactClaim | null {
  if (!CALLS.has(promise.act)) return null;
  for (let place = at; place < contacts.length; place++) {
    if (place > at && !sameIssue(place)) continue;
    const claim = contacts[place]!.claims.find((one) => place > at || one.turnIndex > promise.turnIndex);
    if (claim !== undefined) return claim;
  }
  return null;
}

function startsAfter(contact: Contact, ms: number): boolean {
  return contact.startMs !== null && contact.startMs > ms;
}
