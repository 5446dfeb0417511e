import type { Conversation } from '../model/index.js';
import { compareText } from './worst.js';

/** Customers whose contacts are remembered. */
export const CUSTOMERS_KEPT = 10_000;

/** What is remembered of one customer. */
export interface CustomerState {
  customer: string;
  firstMs: number;
  firstConversation: string;
  /** Agents of the first contact. */
  firstAgents: string[];
  /** Conversations by agent, the first one among them. */
  counts: [agentId: string, count: number][];
}

interface Customer extends Omit<CustomerState, 'counts'> {
  counts: Map<string, number>;
  hash: number;
}

/**
 * How many of an agent's conversations were a customer's first, and how many came later. Up to {@link CUSTOMERS_KEPT}
 * customers all are counted; beyond that a sample of so many customers, chosen by a hash of who they are, with all of
 * their contacts: so memory is bounded, and parts merge to what the whole has.
 */
export class ContactTally {
  private readonly customers = new Map<string, Customer>();
  /** Customers whose hash is above this are not in the sample. */
  private highest = Number.POSITIVE_INFINITY;

  /** A conversation without a time has no place in an order, and is not counted. */
  add(conversation: Conversation, agentIds: readonly string[]): void {
    if (conversation.startMs === null || agentIds.length === 0) return;
    const { platform, shop, customerId, key } = conversation;
    const customer = `${platform ?? ''}\u0000${shop ?? ''}\u0000${customerId ?? key}`;
    const known = this.customers.get(customer);
    if (known === undefined) {
      const hash = hashOf(customer);
      if (hash > this.highest) return;
      this.keep({
        customer,
        firstMs: conversation.startMs,
        firstConversation: conversation.id,
        firstAgents: [...agentIds].sort(compareText),
        counts: new Map(agentIds.map((agentId) => [agentId, 1])),
        hash,
      });
      return;
    }
    for (const agentId of agentIds) known.counts.set(agentId, (known.counts.get(agentId) ?? 0) + 1);
    if (isEarlier(conversation.startMs, conversation.id, known)) {
      known.firstMs = conversation.startMs;
      known.firstConversation = conversation.id;
      known.firstAgents = [...agentIds].sort(compareText);
    }
  }

  absorb(states: readonly CustomerState[]): void {
    for (const state of states) {
      const known = this.customers.get(state.customer);
      if (known !== undefined) {
        merge(known, state);
        continue;
      }
      const hash = hashOf(state.customer);
      if (hash > this.highest) continue;
      this.keep({ ...state, firstAgents: [...state.firstAgents], counts: new Map(state.counts), hash });
    }
  }

  private keep(customer: Customer): void {
    this.customers.set(customer.customer, customer);
    if (this.customers.size > 2 * CUSTOMERS_KEPT) this.prune();
  }

  /** By agent: conversations of customers who had been there before, out of all. */
  byAgent(): Map<string, { later: number; all: number }> {
    const found = new Map<string, { later: number; all: number }>();
    for (const { firstAgents, counts } of this.toState()) {
      for (const [agentId, count] of counts) {
        const own = found.get(agentId) ?? { later: 0, all: 0 };
        own.all += count;
        own.later += count - (firstAgents.includes(agentId) ? 1 : 0);
        found.set(agentId, own);
      }
    }
    return found;
  }

  toState(): CustomerState[] {
    this.prune();
    return [...this.customers.values()]
      .map(({ hash: _, ...state }) => ({
        ...state,
        counts: [...state.counts].sort((a, b) => compareText(a[0], b[0])),
      }))
      .sort((a, b) => compareText(a.customer, b.customer));
  }

  /** Keeps those with the lowest hashes. Whoever is among them in the whole is so in every part. */
  private prune(): void {
    if (this.customers.size <= CUSTOMERS_KEPT) return;
    const order = [...this.customers.values()].sort(
      (a, b) => a.hash - b.hash || compareText(a.customer, b.customer),
    );
    for (const { customer } of order.slice(CUSTOMERS_KEPT)) this.customers.delete(customer);
    this.highest = order[CUSTOMERS_KEPT - 1]!.hash;
  }
}

function merge(known: Customer, more: CustomerState): void {
  for (const [agentId, count] of more.counts) {
    known.counts.set(agentId, (known.counts.get(agentId) ?? 0) + count);
  }
  if (!isEarlier(more.firstMs, more.firstConversation, known)) return;
  known.firstMs = more.firstMs;
  known.firstConversation = more.firstConversation;
  known.firstAgents = [...more.firstAgents];
}

function isEarlier(startMs: number, conversation: string, known: Customer): boolean {
  if (startMs !== known.firstMs) return startMs < known.firstMs;
  return compareText(conversation, known.firstConversation) < 0;
}

/** FNV-1a twice, as one number of 53 bits: the same on every machine. */
function hashOf(text: string): number {
  let low = 0x811c9dc5;
  let high = 0x050c5d1f;
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    low = Math.imul(low ^ unit, 0x01000193);
    high = Math.imul(high ^ (unit + 0x9e37), 0x01000193);
  }
  // The last bits of FNV are its weakest; let all others reach them.
  low ^= low >>> 15;
  high ^= high >>> 13;
  return (low >>> 0) * 0x200000 + (high >>> 11);
}
