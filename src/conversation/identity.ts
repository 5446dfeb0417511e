import type { Conversation, Identity, LinkReason } from '../model/index.js';

/** What exports write for every customer alike: a role, not a name. */
const ROLE_NAMES =
  /^(?:顾客|客户|买家|用户|访客|游客|消费者|会员|客人|对方|匿名(?:用户|买家)?|未知|customer|user|buyer|client|guest|visitor|consumer|unknown|anonymous|c|u)[\s_-]?\d{0,2}$/i;
/** Names of roles are no longer than this. */
const LONGEST_ROLE = 12;
/** Characters that stand for hidden ones. */
const HIDDEN = /[*\uff0a●•]/;
/** With so many characters shown two customers of one shop hardly share a masked nick. */
const TELLING = 7;
/** With fewer shown (`t***7`) dozens of a large shop's customers share one. */
const HINTING = 3;
/** What hardly two customers of one shop have in common. */
const PROOF: ReadonlySet<LinkReason> = new Set<LinkReason>(['order', 'hand-over']);

/**
 * By what a conversation's customer is known, and the id to know them by.
 *
 * @param customerId as the input names the customer, or null
 * @param key the thread of the conversation: what is left where nobody is named
 */
export function identify(customerId: string | null, key: string): { id: string; identity: Identity } {
  const id = customerId?.trim() ?? '';
  if (id === '' || (id.length <= LONGEST_ROLE && ROLE_NAMES.test(id))) return { id: key, identity: 'thread' };
  return { id, identity: HIDDEN.test(id) ? 'masked' : 'exact' };
}

/** The id by which the customer of a conversation is known; see {@link identify}. */
export function customerIdOf({ customerId, key }: Pick<Conversation, 'customerId' | 'key'>): string {
  return identify(customerId, key).id;
}

/** True where a masked nick hides so much that several customers may go by it. */
export function isAmbiguous(id: string): boolean {
  return shownIn(id) < TELLING;
}

/** True where a tie between two contacts shows that one and the same customer stands behind a masked nick. */
export function tiesPersons(id: string, reason: LinkReason): boolean {
  return PROOF.has(reason) || shownIn(id) >= HINTING;
}

function shownIn(id: string): number {
  return [...id].filter((character) => !HIDDEN.test(character)).length;
}
