import type { Locale } from '../model/catalogue.js';
import {
  type CustomerFigures,
  type CustomerRecord,
  compareText,
  type PromiseRecord,
} from '../model/index.js';
import { agentsOf, spanOf } from './customer-rows.js';
import { showShare } from './figures.js';
import {
  ACT_TERMS,
  BASIS_TERMS,
  CAUSE_TERMS,
  CUSTOMER_PHRASES,
  IDENTITY_PHRASES,
  OUTCOME_REASON_TERMS,
  OUTCOME_TERMS,
  PAPER_TERMS,
  STATUS_TERMS,
  TIE_TERMS,
} from './messages/customer-phrases.js';
import { fill } from './messages/phrase.js';
import { METRIC_REASON_TERMS, term } from './messages/terms.js';
import type { Page } from './page.js';
import { visible } from './visible.js';

/** Agents and returns that are named one by one. */
const NAMED = 6;

/** Keeps the customers who fared worst, at most `limit`. */
export class CustomerList {
  private readonly kept: CustomerRecord[] = [];

  constructor(private readonly limit: number) {}

  add(customer: CustomerRecord): void {
    const { kept, limit } = this;
    if (limit === 0) return;
    if (kept.length === limit && compareCustomers(customer, kept[limit - 1]!) >= 0) return;
    const at = kept.findIndex((one) => compareCustomers(customer, one) < 0);
    kept.splice(at < 0 ? kept.length : at, 0, customer);
    if (kept.length > limit) kept.pop();
  }

  list(): readonly CustomerRecord[] {
    return this.kept;
  }
}

/** A total order: who was promised most in vain, came back most, was asked most, came most often. */
export function compareCustomers(a: CustomerRecord, b: CustomerRecord): number {
  return (
    brokenOf(b) - brokenOf(a) ||
    b.returns.length - a.returns.length ||
    b.repeats.length - a.repeats.length ||
    b.contacts.length - a.contacts.length ||
    compareText(a.customerId, b.customerId) ||
    compareText(a.contacts[0]!.conversationId, b.contacts[0]!.conversationId)
  );
}

function brokenOf({ promises }: CustomerRecord): number {
  return promises.filter(({ status }) => status === 'broken').length;
}

/** What all customers come to, and those who fared worst in a few lines each. */
export function writeCustomerSection(
  page: Page,
  figures: CustomerFigures,
  customers: readonly CustomerRecord[],
  names: ReadonlyMap<string, string>,
): void {
  if (figures.contactCount === 0) return;
  const { locale } = page.options;
  page.title(fill(CUSTOMER_PHRASES.title, locale));
  writeCustomerFigures(page, figures);
  const worth = customers.filter(
    (customer) => customer.returns.length > 0 || customer.repeats.length > 0 || brokenOf(customer) > 0,
  );
  for (const customer of worth) writeCustomer(page, customer, names, false);
  if (worth.length > 0) page.sentence(fill(CUSTOMER_PHRASES.more, locale), page.style.faint);
}

/** What customers come to, in a few words. */
export function customersSentence(figures: CustomerFigures, locale: Locale): string {
  const { customerCount, threadCount, returningCount, returnCount, promiseCounts } = figures;
  const { kept, late, broken, unknown } = promiseCounts;
  return fill(CUSTOMER_PHRASES.inShort, locale, {
    customers: customerCount,
    unnamed: threadCount === 0 ? '' : fill(CUSTOMER_PHRASES.unnamed, locale, { count: threadCount }),
    returning: returningCount,
    returns: returnCount,
    promises: kept + late + broken + unknown,
    broken,
  });
}

/** Totals of customers, promises and resolution, each with what the log cannot tell. */
export function writeCustomerFigures(page: Page, figures: CustomerFigures): void {
  const { locale } = page.options;
  const { customerCount, maskedCount, threadCount, promiseCounts, followedShare } = figures;
  if (customerCount > 0) {
    page.sentence(
      fill(CUSTOMER_PHRASES.customers, locale, {
        customers: customerCount,
        masked: maskedCount === 0 ? '' : fill(CUSTOMER_PHRASES.masked, locale, { count: maskedCount }),
        returning: figures.returningCount,
        returns: figures.returnCount,
        repeats: figures.repeatCount,
      }),
    );
  }
  const { kept, late, broken, unknown } = promiseCounts;
  const total = kept + late + broken + unknown;
  if (total > 0)
    page.sentence(fill(CUSTOMER_PHRASES.promises, locale, { total, kept, late, broken, unknown }));
  if (customerCount > 0) page.sentence(resolutionSentence(figures, page), page.style.faint);
  if (threadCount > 0)
    page.sentence(fill(CUSTOMER_PHRASES.threads, locale, { count: threadCount }), page.style.faint);
  if (followedShare < 1) {
    page.sentence(fill(CUSTOMER_PHRASES.followed, locale, { share: showShare(followedShare) }));
  }
}

function resolutionSentence({ firstContactResolution: metric }: CustomerFigures, page: Page): string {
  const { locale } = page.options;
  if (metric.value === null || metric.interval === null) {
    return fill(CUSTOMER_PHRASES.noResolution, locale, {
      reason: term(METRIC_REASON_TERMS, metric.reason ?? '', locale),
    });
  }
  return fill(CUSTOMER_PHRASES.resolution, locale, {
    share: showShare(metric.value),
    numerator: metric.numerator ?? 0,
    denominator: metric.denominator ?? 0,
    low: showShare(metric.interval[0]),
    high: showShare(metric.interval[1]),
  });
}

/**
 * One customer: who, how often, how it ended, what was asked again; with `ledger` every promise and claim as well.
 *
 * @param names of agents, by id
 */
export function writeCustomer(
  page: Page,
  customer: CustomerRecord,
  names: ReadonlyMap<string, string>,
  ledger: boolean,
): void {
  const nameOf: NameOf = (agentId) => visible(shortName(names, agentId, customer));
  const { locale, mask } = page.options;
  const hide = (text: string): string => visible(mask === null ? text : mask(text));
  page.add('');
  page.lead(headOf(customer, page, hide), page.style.strong);
  page.sentence(contactsOf(customer, page, nameOf, ledger));
  customer.issues.forEach((issue, at) => {
    // In short only what is not over, or what took more than one chat.
    if (!ledger && issue.contacts.length === 1) return;
    page.sentence(issueSentence(customer, at, page, hide));
  });
  const repeats = repeatItems(customer, page);
  if (repeats.length > 0) page.sentence(fill(CUSTOMER_PHRASES.repeats, locale, { items: repeats }));
  const shown = ledger
    ? customer.promises
    : customer.promises.filter(({ status }) => status === 'broken').slice(0, 2);
  for (const record of shown) page.sentence(promiseSentence(record, page, nameOf, hide));
  if (!ledger) return;
  for (const { agents } of customer.handOvers)
    page.sentence(
      fill(CUSTOMER_PHRASES.handOver, locale, {
        path: agents.map(nameOf).join(' → '),
      }),
    );
  if (customer.returns.length > 0) page.sentence(returnsSentence(customer, page, nameOf));
  for (const { claim, loggedCount, denial } of customer.claims) {
    page.sentence(
      fill(CUSTOMER_PHRASES.claim, locale, {
        agent: nameOf(claim.agentId),
        quote: hide(claim.evidence.text),
        logged: loggedCount,
        denial:
          denial === null ? '' : fill(CUSTOMER_PHRASES.denial, locale, { quote: hide(denial.evidence.text) }),
      }),
    );
  }
}

function headOf(customer: CustomerRecord, page: Page, hide: (text: string) => string): string {
  const { locale } = page.options;
  const { customerId, customerName, namesakeCount, shop } = customer;
  const namesakes =
    namesakeCount === 0 ? '' : fill(CUSTOMER_PHRASES.namesakes, locale, { count: namesakeCount });
  const id = customerId.includes(customerName)
    ? hide(customerId)
    : `${hide(customerName)} (${hide(customerId)})`;
  return `${id}${identityOf(customer, locale)}${namesakes}${shop === null ? '' : ` ${visible(shop)}`}`;
}

/** By what the contacts were taken for one customer's. */
function identityOf({ identity, contacts, ties }: CustomerRecord, locale: Locale): string {
  const once = contacts.length === 1;
  if (identity === 'exact' && once) return '';
  if (identity !== 'masked' || once) return fill(IDENTITY_PHRASES[identity], locale);
  if (ties === null) return fill(IDENTITY_PHRASES.maskedTelling, locale);
  return fill(IDENTITY_PHRASES.maskedTied, locale, { ties: ties.map((reason) => TIE_TERMS[reason][locale]) });
}

function contactsOf(customer: CustomerRecord, page: Page, nameOf: NameOf, all: boolean): string {
  const { locale, zone } = page.options;
  const { fromMs, toMs, days } = spanOf(customer);
  const agents = agentsOf(customer);
  const named = all ? agents.length : NAMED;
  const names = agents.slice(0, named).map(nameOf);
  const more = agents.length > named ? '…' : '';
  const from = fromMs === null ? '' : zone.date(fromMs);
  const to = toMs === null ? '' : zone.date(toMs);
  const span =
    days === null
      ? fill(CUSTOMER_PHRASES.noTimes, locale)
      : from === to
        ? fill(CUSTOMER_PHRASES.sameDay, locale, { from })
        : fill(CUSTOMER_PHRASES.span, locale, { days: Math.max(1, Math.round(days)), from, to });
  const phrase = agents.length === 0 ? CUSTOMER_PHRASES.nobodyMet : CUSTOMER_PHRASES.contacts;
  return fill(phrase, locale, {
    count: customer.contacts.length,
    span,
    agents: agents.length,
    names: `${names.join(locale === 'zh' ? '、' : ', ')}${more}`,
  });
}

function issueSentence(
  { issues }: CustomerRecord,
  at: number,
  page: Page,
  hide: (text: string) => string,
): string {
  const { locale } = page.options;
  const { contacts, orders, status, reason, proof } = issues[at]!;
  return fill(CUSTOMER_PHRASES.issue, locale, {
    which:
      issues.length === 1
        ? fill(contacts.length === 1 ? CUSTOMER_PHRASES.issueOnly : CUSTOMER_PHRASES.issueWhole, locale)
        : fill(CUSTOMER_PHRASES.issueNth, locale, { n: at + 1, count: contacts.length }),
    order:
      orders.length === 0
        ? ''
        : fill(CUSTOMER_PHRASES.order, locale, { orders: orders.slice(0, 2).map(hide) }),
    status: OUTCOME_TERMS[status][locale],
    reason: OUTCOME_REASON_TERMS[reason][locale],
    // What was promised stands in the ledger.
    quote:
      proof === null || reason.startsWith('promise-')
        ? ''
        : fill(CUSTOMER_PHRASES.quote, locale, { text: hide(proof.evidence.text) }),
  });
}

function repeatItems({ repeats }: CustomerRecord, page: Page): string[] {
  const { locale } = page.options;
  const counts = new Map<keyof typeof PAPER_TERMS, number>();
  for (const { what } of repeats) for (const one of what) counts.set(one, (counts.get(one) ?? 0) + 1);
  return [...counts]
    .sort((a, b) => b[1] - a[1] || compareText(a[0], b[0]))
    .map(([what, count]) => fill(CUSTOMER_PHRASES.item, locale, { what: PAPER_TERMS[what][locale], count }));
}

function returnsSentence(customer: CustomerRecord, page: Page, nameOf: NameOf): string {
  const { locale } = page.options;
  const { returns } = customer;
  const causes = returns.slice(0, 2 * NAMED).map(({ causedBy, because }) => {
    const cause = CAUSE_TERMS[because][locale];
    const name = nameOf(causedBy);
    return locale === 'zh' ? `${name}（${cause}）` : `${name} (${cause})`;
  });
  if (returns.length > causes.length) causes.push('…');
  return fill(CUSTOMER_PHRASES.returns, locale, { causes });
}

function promiseSentence(
  { promise, status, basis, proof }: PromiseRecord,
  page: Page,
  nameOf: NameOf,
  hide: (text: string) => string,
): string {
  const { locale, zone } = page.options;
  const when = (ms: number | null): string =>
    ms === null ? fill(CUSTOMER_PHRASES.noTimes, locale) : zone.local(ms).slice(0, 16);
  // The end of a day is that day's, not the next one's.
  const until = (ms: number | null): string => {
    const text = when(ms);
    return ms !== null && text.endsWith(' 00:00') ? `${zone.date(ms - 1)} 24:00` : text;
  };
  const told =
    proof === null
      ? fill(CUSTOMER_PHRASES.basis, locale, { basis: BASIS_TERMS[basis][locale] })
      : fill(CUSTOMER_PHRASES.proof, locale, { time: when(proof.atMs), quote: hide(proof.evidence.text) });
  return fill(CUSTOMER_PHRASES.promise, locale, {
    status: STATUS_TERMS[status][locale],
    agent: nameOf(promise.agentId),
    time: when(promise.atMs),
    act: ACT_TERMS[promise.act][locale],
    due: until(promise.dueMs),
    quote: hide(promise.evidence.text),
    proof: told,
  });
}

/** What an agent is called beside a customer. */
type NameOf = (agentId: string) => string;

/** An agent without the shop's name before it, which stands above already. */
function shortName(names: ReadonlyMap<string, string>, agentId: string, { shop }: CustomerRecord): string {
  if (shop === null || !agentId.startsWith(shop)) return names.get(agentId) ?? agentId;
  return agentId.slice(shop.length).replace(/^[-:：]/, '') || agentId;
}
