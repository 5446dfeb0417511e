import { type Contact, compareText, shopKey } from '../model/index.js';

/** Contacts as they stand in the state of an audit. */
export interface ContactState {
  /** Only customers whose hash ends in so many zero bits are kept. */
  level: number;
  contacts: Contact[];
  /** The last moment of the log, by shop. */
  ends: [string, number][];
}

/** Beyond so many contacts fewer customers are followed, so that memory is bounded. */
export const CONTACT_LIMIT = 100_000;

/**
 * The contacts of a run, for the records of customers at its end.
 *
 * When there are too many, half of the customers are left out, then half of those left, chosen by a hash of their id:
 * every customer is followed wholly or not at all, and which ones are depends on the set of contacts alone, not on the
 * order in which they came or on how the input was cut. (Adaptive sampling: Flajolet, "On adaptive sampling",
 * Computing 43 (1990).)
 */
export class ContactStore {
  private level = 0;
  private contacts: Contact[] = [];
  private readonly ends = new Map<string, number>();

  constructor(private readonly limit: number = CONTACT_LIMIT) {}

  add(contact: Contact): void {
    this.passOver(contact);
    if (!this.follows(contact)) return;
    this.contacts.push(contact);
    this.shrink();
  }

  /** Takes note of a contact of a customer who is not followed: the log goes on at least to its end. */
  passOver(contact: Pick<Contact, 'platform' | 'shop' | 'endMs'>): void {
    if (contact.endMs !== null) this.extend(shopKey(contact), contact.endMs);
  }

  /** The share of customers that are followed: 1, or 1/2, 1/4, … */
  get share(): number {
    return 2 ** -this.level;
  }

  all(): readonly Contact[] {
    return this.contacts;
  }

  endOf(shop: string): number | null {
    return this.ends.get(shop) ?? null;
  }

  toState(): ContactState {
    return {
      level: this.level,
      contacts: [...this.contacts].sort(
        (a, b) => compareText(a.customerId, b.customerId) || compareText(a.conversationId, b.conversationId),
      ),
      ends: [...this.ends].sort((a, b) => compareText(a[0], b[0])),
    };
  }

  absorb(state: ContactState): void {
    this.level = Math.max(this.level, state.level);
    this.contacts = [...this.contacts, ...state.contacts].filter((contact) => this.follows(contact));
    for (const [shop, endMs] of state.ends) this.extend(shop, endMs);
    this.shrink();
  }

  private extend(shop: string, endMs: number): void {
    const known = this.ends.get(shop);
    if (known === undefined || endMs > known) this.ends.set(shop, endMs);
  }

  private shrink(): void {
    while (this.contacts.length > this.limit && this.level < 31) {
      this.level++;
      this.contacts = this.contacts.filter((contact) => this.follows(contact));
    }
  }

  /** Whether the contacts of a customer are kept. */
  follows({ customerId }: Pick<Contact, 'customerId'>): boolean {
    return this.level === 0 || (hash(customerId) & ((1 << this.level) - 1)) === 0;
  }
}

/** FNV-1a over UTF-16 units, mixed at the end: its lowest bits alone are not even enough. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) value = Math.imul(value ^ text.charCodeAt(at), 0x01000193);
  value ^= value >>> 16;
  value = Math.imul(value, 0x85ebca6b);
  value ^= value >>> 13;
  return value >>> 0;
}
