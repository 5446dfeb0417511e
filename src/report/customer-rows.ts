import type {
  CustomerFigures,
  CustomerRecord,
  CustomerWord,
  Finding,
  PromiseRecord,
  Said,
} from '../model/index.js';
import type { ReportOptions } from './reporter.js';
import { isoOrNull } from './rows.js';
import type { CustomerFiguresRow, CustomerRow, QuotedRow } from './schema.js';

const DAY_MS = 86_400_000;

type Options = Pick<ReportOptions, 'zone' | 'mask'>;

/** First and last moment of a customer's contacts, and the days between, to a tenth. */
export function spanOf({ contacts }: CustomerRecord): {
  fromMs: number | null;
  toMs: number | null;
  days: number | null;
} {
  const times = contacts.flatMap(({ startMs, endMs }) => [startMs, endMs]).filter((ms) => ms !== null);
  if (times.length === 0) return { fromMs: null, toMs: null, days: null };
  const fromMs = Math.min(...times);
  const toMs = Math.max(...times);
  return { fromMs, toMs, days: Math.round(((toMs - fromMs) / DAY_MS) * 10) / 10 };
}

/** Everybody of the shop whom a customer met, in order. */
export function agentsOf({ contacts }: CustomerRecord): string[] {
  return [...new Set(contacts.flatMap(({ agents }) => agents))];
}

/** One customer, for machines. @param findings of the record */
export function customerRow(
  customer: CustomerRecord,
  findings: readonly Finding[],
  options: Options,
): CustomerRow {
  const { zone } = options;
  const { contacts } = customer;
  const hide = (text: string): string => (options.mask === null ? text : options.mask(text));
  const idOf = (place: number): string => contacts[place]!.conversationId;
  const span = spanOf(customer);
  const issueOf = (place: number): number => customer.issues.findIndex((one) => one.contacts.includes(place));
  return {
    customerId: customer.customerId,
    customerName: customer.customerName,
    identity: customer.identity,
    namesakeCount: customer.namesakeCount,
    ties: customer.ties,
    platform: customer.platform,
    shop: customer.shop,
    from: isoOrNull(zone, span.fromMs),
    to: isoOrNull(zone, span.toMs),
    spanDays: span.days,
    agentIds: agentsOf(customer),
    contacts: contacts.map((contact, place) => ({
      conversationId: contact.conversationId,
      start: isoOrNull(zone, contact.startMs),
      end: isoOrNull(zone, contact.endMs),
      agentIds: [...contact.agents],
      openedBy: contact.openedBy,
      ending: contact.ending,
      issue: issueOf(place),
    })),
    links: customer.links.map(({ from, to, reason, shared }) => ({
      from: idOf(from),
      to: idOf(to),
      reason,
      shared: shared.map(hide),
    })),
    issues: customer.issues.map(({ contacts: places, orders, status, reason, proof }) => ({
      conversationIds: places.map(idOf),
      orders: orders.map(hide),
      status,
      reason,
      quote: proof === null ? null : hide(proof.evidence.text),
    })),
    promises: customer.promises.map((record) => promiseRow(record, customer, options)),
    repeats: customer.repeats.map(({ contact, what, givenIn, afterHandOver, ...said }) => ({
      ...quotedRow(said, idOf(contact), options),
      what: [...what],
      givenIn: idOf(givenIn),
      afterHandOver,
    })),
    returns: customer.returns.map(({ contact, previous, causedBy, because, afterMs }) => ({
      conversationId: idOf(contact),
      previous: idOf(previous),
      causedBy,
      because,
      afterMs,
    })),
    handOvers: customer.handOvers.map(({ contacts: places, agents }) => ({
      conversationIds: places.map(idOf),
      agentIds: [...agents],
    })),
    claims: customer.claims.map(({ claim, contact, loggedCount, denial }) => ({
      ...quotedRow(claim, idOf(contact), options),
      count: claim.count,
      loggedCount,
      denial: denial === null ? null : wordRow(denial, customer, options),
    })),
    findings: findings.map(({ fingerprint }) => fingerprint),
  };
}

/** One line of the promise ledger. */
export function promiseRow(
  { promise, contact, status, basis, keptMs, proof, proofContact, claim }: PromiseRecord,
  { contacts }: CustomerRecord,
  options: Options,
): CustomerRow['promises'][number] {
  const { zone, mask } = options;
  return {
    ...quotedRow(promise, contacts[contact]!.conversationId, options),
    act: promise.act,
    hold: promise.hold,
    due: isoOrNull(zone, promise.dueMs),
    status,
    basis,
    kept: isoOrNull(zone, keptMs),
    proof:
      proof === null || proofContact === null
        ? null
        : quotedRow(proof, contacts[proofContact]!.conversationId, options),
    claim: claim === null ? null : mask === null ? claim.evidence.text : mask(claim.evidence.text),
  };
}

/** What customers come to in a run. */
export function customerFiguresRow(figures: CustomerFigures): CustomerFiguresRow {
  return { ...figures };
}

function wordRow(word: CustomerWord, { contacts }: CustomerRecord, options: Options): QuotedRow {
  const contact = contacts.find(({ words }) => words.includes(word)) ?? contacts[0]!;
  return quotedRow(word, contact.conversationId, options);
}

function quotedRow(
  { evidence, agentId, turnIndex, atMs }: Said,
  conversationId: string,
  options: Options,
): QuotedRow {
  const { zone, mask } = options;
  const { messageId, span, text } = evidence;
  return {
    conversationId,
    turnIndex,
    agentId,
    time: isoOrNull(zone, atMs),
    evidence: { messageId, span: [span[0], span[1]], text: mask === null ? text : mask(text) },
  };
}
