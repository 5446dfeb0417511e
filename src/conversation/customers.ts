import {
  type ClaimRecord,
  type Contact,
  type CustomerRecord,
  compareText,
  type HandOverChain,
  type Paper,
  type PromiseRecord,
  type Repeat,
  shopKey,
  type Zone,
} from '../model/index.js';
import { isAmbiguous, tiesPersons } from './identity.js';
import { groupIssues, outcomeOf, returnsOf } from './issues.js';
import { judgePromise } from './ledger.js';
import { isHandOver, linkContacts } from './links.js';

/** The contacts of a log, and when it ends for each shop. */
export interface ContactLog {
  contacts: readonly Contact[];
  /** The last moment of the log of a shop, by `shopKey`; null without times. */
  endOf(shop: string): number | null;
}

const NOTHING: never[] = Object.freeze([]) as unknown as never[];

/**
 * The record of every customer of a log, the one with most contacts first, then in order of names.
 *
 * Contacts belong to one customer when shop and id agree. Where the id is a nick that hides most of itself (`t***7`),
 * only contacts that something else ties together are one customer; the others of that nick are customers of their own,
 * and each says how many of them there are.
 */
export function* customersOf(log: ContactLog, zone: Zone): Generator<CustomerRecord> {
  const { returning, once } = groupByCustomer(log.contacts);
  const isRare = rarity(returning, once);
  for (const contacts of returning) {
    contacts.sort(inTime);
    const first = contacts[0]!;
    const endMs = log.endOf(shopKey(first));
    if (first.identity !== 'masked' || !isAmbiguous(first.customerId)) {
      yield recordOf(contacts, { namesakeCount: 0, ties: null }, isRare, zone, endMs);
      continue;
    }
    const ties = linkContacts(contacts, isRare, zone).filter(({ reason }) =>
      tiesPersons(first.customerId, reason),
    );
    const parts = groupIssues(contacts, ties);
    for (const part of parts) {
      const own = part.map((place) => contacts[place]!);
      const reasons = new Set(ties.flatMap(({ to, reason }) => (part.includes(to) ? reason : [])));
      const known = { namesakeCount: parts.length - 1, ties: [...reasons].sort(compareText) };
      yield recordOf(own, known, isRare, zone, endMs);
    }
  }
  for (const contact of once) yield recordOfOne(contact, log.endOf(shopKey(contact)));
}

/** Contacts of customers who came more than once, those with most first, and of all others; each in order of names. */
function groupByCustomer(contacts: readonly Contact[]): { returning: Contact[][]; once: Contact[] } {
  // Nearly every id is one customer's, and comes once: neither a key is put together nor a list made for it.
  const byId = new Map<string, Contact | Contact[]>();
  for (const contact of contacts) {
    const known = byId.get(contact.customerId);
    if (known === undefined) byId.set(contact.customerId, contact);
    else if (Array.isArray(known)) known.push(contact);
    else byId.set(contact.customerId, [known, contact]);
  }
  const returning: Contact[][] = [];
  const once: Contact[] = [];
  for (const known of byId.values()) {
    if (!Array.isArray(known)) {
      once.push(known);
      continue;
    }
    const customers = new Map<string, Contact[]>();
    for (const contact of known) {
      const key = `${contact.identity}\u0000${shopKey(contact)}`;
      const own = customers.get(key);
      if (own === undefined) customers.set(key, [contact]);
      else own.push(contact);
    }
    for (const own of customers.values()) {
      if (own.length > 1) returning.push(own);
      else once.push(own[0]!);
    }
  }
  returning.sort((a, b) => b.length - a.length || byCustomer(a[0]!, b[0]!));
  once.sort(byCustomer);
  return { returning, once };
}

function byCustomer(a: Contact, b: Contact): number {
  return (
    compareText(a.customerId, b.customerId) ||
    compareText(a.identity, b.identity) ||
    compareText(shopKey(a), shopKey(b))
  );
}

/** Untimed contacts stand last, in the order of their names: nothing tells when they were. */
function inTime(a: Contact, b: Contact): number {
  return (
    (a.startMs ?? Number.MAX_SAFE_INTEGER) - (b.startMs ?? Number.MAX_SAFE_INTEGER) ||
    compareText(a.conversationId, b.conversationId)
  );
}

/** A piece of a word is rare when so few customers use it that sharing it is no accident. */
function rarity(
  returning: readonly (readonly Contact[])[],
  once: readonly Contact[],
): (piece: string) => boolean {
  // Where no contacts share a piece, nobody asks.
  let customers: Map<string, number> | null = null;
  const limit = Math.max(1, Math.floor(Math.sqrt(returning.length + once.length) / 2));
  return (piece) => {
    customers ??= usersOfPieces(returning, once);
    return (customers.get(piece) ?? 0) <= limit;
  };
}

function usersOfPieces(
  returning: readonly (readonly Contact[])[],
  once: readonly Contact[],
): Map<string, number> {
  const users = new Map<string, number>();
  const count = (pieces: Iterable<string>): void => {
    for (const piece of pieces) users.set(piece, (users.get(piece) ?? 0) + 1);
  };
  for (const { terms } of once) count(terms);
  for (const contacts of returning) count(new Set(contacts.flatMap(({ terms }) => terms)));
  return users;
}

/** The record of a customer who came once. */
function recordOfOne(contact: Contact, logEndMs: number | null): CustomerRecord {
  const { customerId, customerName, identity, platform, shop, claims } = contact;
  const contacts = [contact];
  const promises =
    contact.promises.length === 0
      ? NOTHING
      : contact.promises.map((promise) => judgePromise(promise, 0, contacts, isSame, logEndMs));
  return {
    customerId,
    customerName: customerName || customerId,
    identity,
    namesakeCount: 0,
    ties: null,
    platform,
    shop,
    contacts,
    links: NOTHING,
    issues: [outcomeOf([0], contacts, promises, logEndMs)],
    promises,
    repeats: NOTHING,
    returns: NOTHING,
    handOvers: NOTHING,
    claims: claims.length === 0 ? NOTHING : claimsOf(contacts, promises),
    logEndMs,
  };
}

function isSame(): boolean {
  return true;
}

function recordOf(
  contacts: Contact[],
  known: Pick<CustomerRecord, 'namesakeCount' | 'ties'>,
  isRare: (piece: string) => boolean,
  zone: Zone,
  logEndMs: number | null,
): CustomerRecord {
  const first = contacts[0]!;
  const links = linkContacts(contacts, isRare, zone);
  const groups = groupIssues(contacts, links);
  const issueOf = new Map<number, number>();
  groups.forEach((places, issue) => {
    for (const place of places) issueOf.set(place, issue);
  });
  const promises = contacts.flatMap((contact, at) =>
    contact.promises.map((promise) =>
      judgePromise(promise, at, contacts, (place) => issueOf.get(place) === issueOf.get(at), logEndMs),
    ),
  );
  return {
    customerId: first.customerId,
    customerName: nameOf(contacts),
    identity: first.identity,
    ...known,
    platform: first.platform,
    shop: first.shop,
    contacts,
    links,
    issues: groups.map((places) => outcomeOf(places, contacts, promises, logEndMs)),
    promises,
    repeats: groups.flatMap((places) => repeatsOf(places, contacts)).sort((a, b) => a.contact - b.contact),
    returns: groups
      .flatMap((places) => returnsOf(places, contacts, promises))
      .sort((a, b) => a.contact - b.contact),
    handOvers: chainsOf(contacts),
    claims: claimsOf(contacts, promises),
    logEndMs,
  };
}

/** What the input calls a customer: of several names the last in order, so that the order of the input does not matter. */
function nameOf(contacts: readonly Contact[]): string {
  const names = contacts.flatMap(({ customerName }) => customerName || []).sort(compareText);
  return names.at(-1) ?? contacts[0]!.customerId;
}

/** What was asked for in one contact of a matter and had been given in an earlier one. */
function repeatsOf(places: readonly number[], contacts: readonly Contact[]): Repeat[] {
  const repeats: Repeat[] = [];
  const givenIn = new Map<Paper | 'story', number>();
  places.forEach((place, at) => {
    const contact = contacts[place]!;
    const before = at === 0 ? null : contacts[places[at - 1]!]!;
    const afterHandOver = before !== null && isHandOver(before, contact);
    const story = givenIn.get('story');
    if (contact.askedStory !== null && story !== undefined) {
      repeats.push({ ...contact.askedStory, contact: place, what: ['story'], givenIn: story, afterHandOver });
    }
    const seen = new Set<Paper>();
    for (const asked of contact.asked) {
      const again = asked.papers.filter((paper) => givenIn.has(paper) && !seen.has(paper));
      if (again.length === 0) continue;
      for (const paper of again) seen.add(paper);
      const { papers: _, ...said } = asked;
      const first = Math.min(...again.map((paper) => givenIn.get(paper)!));
      repeats.push({ ...said, contact: place, what: again, givenIn: first, afterHandOver });
    }
    for (const paper of contact.given) if (!givenIn.has(paper)) givenIn.set(paper, place);
    if (contact.told && !givenIn.has('story')) givenIn.set('story', place);
  });
  return repeats;
}

/** Contacts that follow each other by hand-over, as chains. */
function chainsOf(contacts: readonly Contact[]): HandOverChain[] {
  const chains: HandOverChain[] = [];
  for (let place = 1; place < contacts.length; place++) {
    if (!isHandOver(contacts[place - 1]!, contacts[place]!)) continue;
    const last = chains[chains.length - 1];
    if (last?.contacts[last.contacts.length - 1] === place - 1) {
      last.contacts.push(place);
      last.agents.push(contacts[place]!.agents[0]!);
    } else {
      chains.push({
        contacts: [place - 1, place],
        agents: [contacts[place - 1]!.handOver!.agentId, contacts[place]!.agents[0]!],
      });
    }
  }
  return chains;
}

function claimsOf(contacts: readonly Contact[], promises: readonly PromiseRecord[]): ClaimRecord[] {
  return contacts.flatMap((contact, place) =>
    contact.claims.map((claim) => {
      const denial = contacts
        .slice(place)
        .flatMap((later, ahead) =>
          later.words.filter(
            (word) => word.word === 'no-call' && (ahead > 0 || word.turnIndex > claim.turnIndex),
          ),
        )[0];
      const since = promises.filter(({ contact: made }) => made < place).at(-1)?.contact ?? 0;
      return {
        claim,
        contact: place,
        loggedCount: contacts.slice(since + 1, place).filter((one) => one.openedBy === 'agent').length,
        denial: denial ?? null,
      };
    }),
  );
}
