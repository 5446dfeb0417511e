import type {
  CustomerFigures,
  CustomerRecord,
  Metric,
  PromiseRecord,
  PromiseStatus,
} from '../model/index.js';
import { type MissingReason, ratio } from './metrics.js';

/**
 * A contact counts in the rates of returning only when the log goes on for at least so long after it; otherwise nobody
 * can know whether the customer came back. A return counts whenever it came.
 */
export const OBSERVED_MS = 7 * 86_400_000;

/** What one agent's contacts led to. */
interface Care {
  /** Contacts that this agent ended, observed for the whole window; those among them that the agent caused a return of. */
  contacts: number;
  returned: number;
  /** Matters whose first contact this agent ended, likewise; those among them that were not heard of again. */
  first: number;
  solved: number;
  promises: Record<PromiseStatus, number>;
  /** Contacts whose times are not known, or after which the log ends too soon. */
  unobserved: number;
  untimed: number;
  /** Contacts with somebody whom the input does not name. */
  unnamed: number;
}

const noPromises = (): Record<PromiseStatus, number> => ({ kept: 0, late: 0, broken: 0, unknown: 0 });

/** Ids of the figures that look at customers over all their contacts. */
export const CARE_METRICS: readonly string[] = ['first-contact-resolution', 'repeat-rate', 'promises-kept'];

/** `Metric.profile` of figures that no platform defines: docs/customers.md does. */
const DEFINITION = 'customers';

/** Adds up the records of customers. Made once, at the end of a run, when all contacts are known. */
export class CareTally {
  private readonly agents = new Map<string, Care>();
  private readonly figures: Omit<CustomerFigures, 'followedShare' | 'firstContactResolution' | 'repeatRate'> =
    {
      customerCount: 0,
      maskedCount: 0,
      threadCount: 0,
      contactCount: 0,
      returningCount: 0,
      issueCounts: { resolved: 0, unresolved: 0, unknown: 0 },
      returnCount: 0,
      repeatCount: 0,
      promiseCounts: noPromises(),
    };

  add(customer: CustomerRecord): void {
    const { figures } = this;
    const { contacts, identity } = customer;
    if (identity === 'thread') figures.threadCount++;
    else figures.customerCount++;
    if (identity === 'masked') figures.maskedCount++;
    if (contacts.length > 1) figures.returningCount++;
    figures.contactCount += contacts.length;
    figures.returnCount += customer.returns.length;
    figures.repeatCount += customer.repeats.reduce((sum, { what }) => sum + what.length, 0);
    for (const { status } of customer.issues) figures.issueCounts[status]++;
    for (const record of customer.promises) this.addPromise(record);
    // Whoever has no name cannot be known to come back.
    if (identity !== 'thread') this.addReturns(customer);
    else for (const { agents } of contacts) for (const agentId of agents) this.agent(agentId).unnamed++;
  }

  private addPromise({ promise, status }: PromiseRecord): void {
    this.figures.promiseCounts[status]++;
    this.agent(promise.agentId).promises[status]++;
  }

  private addReturns(customer: CustomerRecord): void {
    const { contacts, issues, returns, handOvers, promises, logEndMs } = customer;
    const brokenIn = placesOf(promises, ({ contact, status }) => (status === 'broken' ? [contact] : []));
    const handedOn = placesOf(handOvers, (chain) => chain.contacts.slice(0, -1));
    for (const issue of issues) {
      let first = true;
      for (const place of issue.contacts) {
        // The contact goes on in the session that it was handed over to.
        if (handedOn.has(place)) continue;
        const contact = contacts[place]!;
        const agentId = contact.closedBy;
        if (agentId === null) continue;
        const care = this.agent(agentId);
        if (contact.endMs === null || logEndMs === null) care.untimed++;
        else if (logEndMs - contact.endMs < OBSERVED_MS) care.unobserved++;
        else {
          const back = returns.find(({ previous }) => previous === place);
          care.contacts++;
          if (back?.causedBy === agentId) care.returned++;
          if (first) {
            care.first++;
            if (back === undefined && !issue.contacts.some((one) => brokenIn.has(one))) care.solved++;
          }
        }
        first = false;
      }
    }
    this.chargeBrokenPromises(customer);
  }

  /** A return that the promise of an earlier contact caused is charged to who made it. */
  private chargeBrokenPromises({ contacts, returns, logEndMs }: CustomerRecord): void {
    for (const { previous, causedBy } of returns) {
      const { closedBy, endMs } = contacts[previous]!;
      const isObserved = endMs !== null && logEndMs !== null && logEndMs - endMs >= OBSERVED_MS;
      if (closedBy === causedBy || !isObserved) continue;
      const care = this.agent(causedBy);
      care.contacts++;
      care.returned++;
    }
  }

  /** Figures of one agent, by metric id. */
  metricsOf(agentId: string): Record<string, Metric> {
    const care = this.agents.get(agentId) ?? newCare();
    const sessions = { of: 'sessions', profile: DEFINITION } as const;
    const { kept, late, broken } = care.promises;
    return {
      'first-contact-resolution': ratio(care.solved, care.first, sessions, reasonOf(care)),
      'repeat-rate': ratio(care.returned, care.contacts, sessions, reasonOf(care)),
      'promises-kept': ratio(
        kept,
        kept + late + broken,
        { of: 'promises', profile: DEFINITION },
        promiseReason(care),
      ),
    };
  }

  /** @param followedShare the share of customers that was followed */
  report(followedShare: number): CustomerFigures {
    const all = newCare();
    for (const care of this.agents.values()) {
      all.contacts += care.contacts;
      all.returned += care.returned;
      all.first += care.first;
      all.solved += care.solved;
      all.unobserved += care.unobserved;
      all.untimed += care.untimed;
      all.unnamed += care.unnamed;
    }
    const sessions = { of: 'sessions', profile: DEFINITION } as const;
    return {
      ...this.figures,
      followedShare,
      firstContactResolution: ratio(all.solved, all.first, sessions, reasonOf(all)),
      repeatRate: ratio(all.returned, all.contacts, sessions, reasonOf(all)),
    };
  }

  private agent(agentId: string): Care {
    let care = this.agents.get(agentId);
    if (care === undefined) {
      care = newCare();
      this.agents.set(agentId, care);
    }
    return care;
  }
}

const NOWHERE: ReadonlySet<number> = new Set();

/** Places of contacts that some part of a record names; most records have none. */
function placesOf<T>(parts: readonly T[], places: (part: T) => readonly number[]): ReadonlySet<number> {
  return parts.length === 0 ? NOWHERE : new Set(parts.flatMap(places));
}

function newCare(): Care {
  return {
    contacts: 0,
    returned: 0,
    first: 0,
    solved: 0,
    promises: noPromises(),
    unobserved: 0,
    untimed: 0,
    unnamed: 0,
  };
}

function reasonOf({ untimed, unobserved, unnamed }: Care): MissingReason {
  if (unobserved > 0) return 'log-too-short';
  if (untimed > 0) return 'no-times';
  return unnamed > 0 ? 'no-customer-ids' : 'no-contacts';
}

function promiseReason({ promises }: Care): MissingReason {
  return promises.unknown > 0 ? 'not-in-log' : 'no-promises';
}
