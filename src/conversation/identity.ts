import type { Identity } from '../model/index.js';

/** What exports write for every customer alike: a role, not a name. */
const ROLE_NAMES =
  /^(?:顾客|客户|买家|用户|访客|游客|消费者|会员|客人|对方|匿名(?:用户|买家)?|未知|customer|user|buyer|client|guest|visitor|consumer|unknown|anonymous|c|u)[\s_-]?\d{0,2}$/i;
/** Characters that stand for hidden ones. */
const HIDDEN = /[*\uff0a●•]/;
/** With so many characters shown two customers of one shop hardly share a masked nick. */
const TELLING = 7;

/**
 * By what a conversation's customer is known, and the id to know them by.
 *
 * @param customerId as the input names the customer, or null
 * @param key the thread of the conversation: what is left where nobody is named
 */
export function identify(customerId: string | null, key: string): { id: string; identity: Identity } {
  const id = customerId?.trim() ?? '';
  if (id === '' || ROLE_NAMES.test(id)) return { id: key, identity: 'thread' };
  return { id, identity: HIDDEN.test(id) ? 'masked' : 'exact' };
}

/** True where a masked nick hides so much that several customers may go by it. */
export function isAmbiguous(id: string): boolean {
  return [...id].filter((character) => !HIDDEN.test(character)).length < TELLING;
}
