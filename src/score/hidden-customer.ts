import type { Conversation } from '../model/index.js';

/**
 * True where nobody is known to be a customer, and somebody who may be one spoke: no wait can be seen, so nothing can be
 * said of how fast the answers were. Unlike a chat in which only the shop wrote: there nobody waited.
 */
export function hidesCustomer({ turns, messages }: Conversation): boolean {
  return (
    !turns.some(({ role }) => role === 'customer') &&
    !messages.some(({ role }) => role === 'customer') &&
    messages.some(({ role }) => role === 'unknown')
  );
}
