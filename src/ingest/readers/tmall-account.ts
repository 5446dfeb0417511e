import type { RoleResolver } from '../roles.js';
import { detached } from '../units.js';
import type { Speaker } from './transcript.js';

const SITE_PREFIX = 'cntaobao';
const SHOP = /(?:旗舰|专卖|专营|企业|官方|工厂)店$/;

/** A Taobao account without the site prefix that some exports keep. */
export function accountName(text: string): string {
  const name = text.trim();
  return detached(name.startsWith(SITE_PREFIX) ? name.slice(SITE_PREFIX.length) : name);
}

/** The shop of a sub-account `店铺:子账号`, or of a main account that is named like a shop; otherwise null. */
export function shopOfAccount(account: string): string | null {
  const colon = account.search(/[:：]/);
  if (colon > 0 && colon < account.length - 1) return account.slice(0, colon);
  return SHOP.test(account) ? account : null;
}

/** The speaker behind a Taobao account. `peer` is the customer of the thread where the format names one. */
export function tmallSpeaker(account: string, roles: RoleResolver, peer: string | null): Speaker {
  const role = roles.resolve({ id: account, name: account, peer, twoParty: peer !== null });
  const isPerson = role.role === 'agent' || role.role === 'bot';
  return { id: account, name: account, role, shop: isPerson ? shopOfAccount(account) : null, extra: null };
}
