import { type Conversation, detached } from '../model/index.js';
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

interface Customer extends CustomerState {
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
    const { platform, shop, customerId, key, id, startMs } = conversation;
    if (startMs === null || agentIds.length === 0) return;
    const hash = hashOf(platform ?? '', shop ?? '', customerId ?? key);
    // In a long run this is the end for most, and it puts no names together.
    if (hash > this.highest) return;
    const customer = `${platform ?? ''}\u0000${shop ?? ''}\u0000${customerId ?? key}`;
    const known = this.customers.get(customer);
    if (known === undefined) {
      this.keep({
        customer,
        firstMs: startMs,
        firstConversation: detached(id),
        firstAgents: inOrder(agentIds),
        counts: agentIds.map((agentId) => [agentId, 1]),
        hash,
      });
      return;
    }
    for (const agentId of agentIds) count(known, agentId, 1);
    if (isEarlier(startMs, id, known)) {
      known.firstMs = startMs;
      known.firstConversation = detached(id);
      known.firstAgents = inOrder(agentIds);
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
      this.keep({ ...state, firstAgents: [...state.firstAgents], counts: copied(state.counts), hash });
    }
  }

  private keep(customer: Customer): void {
    this.customers.set(customer.customer, customer);
    if (this.customers.size > 2 * CUSTOMERS_KEPT) this.prune();
  }

  /** By agent: conversations of customers who had been there before, out of all. */
  byAgent(): Map<string, { later: number; all: number }> {
    const found = new Map<string, { later: number; all: number }>();
    this.prune();
    for (const { firstAgents, counts } of this.customers.values()) {
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
        counts: copied(state.counts).sort((a, b) => compareText(a[0], b[0])),
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
  for (const [agentId, number] of more.counts) count(known, agentId, number);
  if (!isEarlier(more.firstMs, more.firstConversation, known)) return;
  known.firstMs = more.firstMs;
  known.firstConversation = more.firstConversation;
  known.firstAgents = [...more.firstAgents];
}

function count({ counts }: Customer, agentId: string, number: number): void {
  const known = counts.find(([id]) => id === agentId);
  if (known === undefined) counts.push([agentId, number]);
  else known[1] += number;
}

function copied(counts: CustomerState['counts']): CustomerState['counts'] {
  return counts.map(([agentId, number]) => [agentId, number]);
}

function inOrder(agentIds: readonly string[]): string[] {
  return agentIds.length === 1 ? [agentIds[0]!] : [...agentIds].sort(compareText);
}

function isEarlier(startMs: number, conversation: string, known: Customer): boolean {
  if (startMs !== known.firstMs) return startMs < known.firstMs;
  return compareText(conversation, known.firstConversation) < 0;
}

/** FNV-1a twice, as one number of 53 bits: the same on every machine. Of several parts, as if joined by U+0000. */
function hashOf(...parts: readonly string[]): number {
  let low = 0x811c9dc5;
  let high = 0x050c5d1f;
  for (let part = 0; part < parts.length; part++) {
    const text = parts[part]!;
    for (let at = part === 0 ? 0 : -1; at < text.length; at++) {
      const unit = at < 0 ? 0 : text.charCodeAt(at);
      low = Math.imul(low ^ unit, 0x01000193);
      high = Math.imul(high ^ (unit + 0x9e37), 0x01000193);
    }
  }
  // The last bits of FNV are its weakest; let all others reach them.
  low ^= low >>> 15;
  high ^= high >>> 13;
  return (low >>> 0) * 0x200000 + (high >>> 11);
}
