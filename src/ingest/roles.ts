import type { Role } from '../model/message.js';

export interface RoleDecision {
  role: Role;
  /** Short stable code of the rule that decided, one of {@link ROLE_REASONS} or a reader's; appears in reports. */
  reason: string;
}

/** What a reader knows about a sender. All but the name are optional. */
export interface SpeakerFacts {
  id: string;
  name: string;
  /** The role that the format itself states for this sender, with its reason. */
  stated?: RoleDecision | null;
  /**
   * The side that a flag of the format states (waiter_send, IsSender, act). Unlike `stated` it does not tell people
   * from robots: an agent's side may still be a robot by its name.
   */
  side?: RoleDecision | null;
  /**
   * The other party of a two-party export (消息对象, dash line), when the format names it. Name it only where that
   * party is known to speak under this name: otherwise both parties would be taken for agents.
   */
  peer?: string | null;
  /** True when the input says that this is a two-party conversation. */
  twoParty?: boolean;
}

/** Patterns of the user, as glob-like strings (`*` any run, otherwise literal), matched on id and name. */
export interface RolePatterns {
  agent: string[];
  customer: string[];
  bot: string[];
}

/**
 * Decides who a sender is, first rule that applies: the user's patterns; what the format states; a robot's or system's
 * name; the side that the format states; a sub-account `店铺:子账号`; a name that says customer service or customer; the
 * named peer of a two-party export. Otherwise unknown: never guessed silently.
 *
 * Of several patterns of the user the most specific wins (most literal characters; then bot, agent, customer). A pattern
 * with `*` that makes people of everybody (`--agent '优品旗舰店:*'`) leaves stated and recognised robots and system
 * senders what they are; a pattern without `*` overrides even those.
 */
export interface RoleResolver {
  resolve(facts: SpeakerFacts): RoleDecision;
}

/**
 * Codes of the rules that decide here. Readers state further ones of their own format; the report has words for all.
 */
export const ROLE_REASONS = [
  'user-pattern',
  'robot-name',
  'system-name',
  'sub-account',
  'name-says-service',
  'name-says-customer',
  'peer',
  'not-peer',
  'none',
] as const;

/** Builds the resolver of one run. */
export function createRoleResolver(patterns: RolePatterns): RoleResolver {
  return new Resolver(compile(patterns));
}

interface Pattern {
  role: 'agent' | 'customer' | 'bot';
  /** What stands between the `*`. */
  pieces: readonly string[];
  literal: boolean;
  weight: number;
}

interface Entry {
  name: string;
  peer: string | null;
  twoParty: boolean;
  pattern: Pattern | null;
  /** Robot or system by name. */
  machine: RoleDecision | null;
  /** Decided by name and peer alone, when nothing is stated. */
  named: RoleDecision;
}

/** Speakers whose decision is remembered; beyond that all are forgotten and decided anew, with the same result. */
const CACHE_LIMIT = 20_000;

class Resolver implements RoleResolver {
  private readonly entries = new Map<string, Entry>();

  constructor(private readonly patterns: readonly Pattern[]) {}

  resolve(facts: SpeakerFacts): RoleDecision {
    const stated = facts.stated ?? null;
    if (this.patterns.length === 0) {
      if (stated !== null) return stated;
      // No name makes a robot of a customer.
      if (facts.side?.role === 'customer') return facts.side;
    }
    const entry = this.entryOf(facts);
    const machine = isMachine(stated) ? stated : stated === null ? entry.machine : null;
    if (
      entry.pattern !== null &&
      (machine === null || entry.pattern.literal || entry.pattern.role === 'bot')
    ) {
      return USER_DECISIONS[entry.pattern.role];
    }
    if (stated !== null) return stated;
    if (entry.machine !== null && facts.side?.role !== 'customer') return entry.machine;
    return facts.side ?? entry.named;
  }

  private entryOf(facts: SpeakerFacts): Entry {
    const key = facts.id === '' ? facts.name : facts.id;
    const peer = facts.peer ?? null;
    const twoParty = facts.twoParty === true;
    const known = this.entries.get(key);
    if (
      known !== undefined &&
      known.name === facts.name &&
      known.peer === peer &&
      known.twoParty === twoParty
    ) {
      return known;
    }
    const id = fold(facts.id);
    const name = fold(facts.name);
    const machine = machineByName(id, name);
    const entry: Entry = {
      name: facts.name,
      peer,
      twoParty,
      pattern: this.patterns.find(({ pieces }) => matches(pieces, id) || matches(pieces, name)) ?? null,
      machine,
      named: decideByName(id, name, peer === null ? null : fold(peer), twoParty),
    };
    if (this.entries.size >= CACHE_LIMIT) this.entries.clear();
    this.entries.set(key, entry);
    return entry;
  }
}

const USER_DECISIONS = {
  agent: { role: 'agent', reason: 'user-pattern' },
  customer: { role: 'customer', reason: 'user-pattern' },
  bot: { role: 'bot', reason: 'user-pattern' },
} as const satisfies Record<string, RoleDecision>;

const ROBOT: RoleDecision = { role: 'bot', reason: 'robot-name' };
const SYSTEM: RoleDecision = { role: 'system', reason: 'system-name' };
const SUB_ACCOUNT: RoleDecision = { role: 'agent', reason: 'sub-account' };
const SERVICE: RoleDecision = { role: 'agent', reason: 'name-says-service' };
const CUSTOMER: RoleDecision = { role: 'customer', reason: 'name-says-customer' };
const PEER: RoleDecision = { role: 'customer', reason: 'peer' };
const NOT_PEER: RoleDecision = { role: 'agent', reason: 'not-peer' };
const BESIDE_SERVICE: RoleDecision = { role: 'customer', reason: 'not-peer' };
const NONE: RoleDecision = { role: 'unknown', reason: 'none' };

/** Nobody's name is longer; what is, is cut, so that no name can cost more than another. */
const MAX_NAME = 256;

/** Names are compared in one width and case, so that `店铺：小美` and `店铺:小美` are one. */
function fold(text: string): string {
  return text.slice(0, MAX_NAME).normalize('NFKC').trim().toLowerCase();
}

/** Whether a name fits a pattern, in which `*` stands for any run of characters. */
export function namePattern(glob: string): (name: string) => boolean {
  const pieces = fold(glob).split('*');
  return (name) => matches(pieces, fold(name));
}

/** Whether a name is these pieces with anything between them; each is taken where it comes first. */
function matches(pieces: readonly string[], name: string): boolean {
  const last = pieces.length - 1;
  if (last === 0) return name === pieces[0];
  const end = name.length - pieces[last]!.length;
  let at = pieces[0]!.length;
  if (!name.startsWith(pieces[0]!) || !name.endsWith(pieces[last]!)) return false;
  for (const piece of pieces.slice(1, last)) {
    const found = name.indexOf(piece, at);
    if (found < 0) return false;
    at = found + piece.length;
  }
  return at <= end;
}

function compile(patterns: RolePatterns): Pattern[] {
  const compiled: Pattern[] = [];
  for (const role of ['bot', 'agent', 'customer'] as const) {
    for (const glob of patterns[role]) {
      const pieces = fold(glob).split('*');
      compiled.push({
        role,
        pieces,
        literal: pieces.length === 1,
        weight: pieces.join('').length,
      });
    }
  }
  // Array sort is stable: equals stay in the order bot, agent, customer.
  return compiled.sort((a, b) => Number(b.literal) - Number(a.literal) || b.weight - a.weight);
}

function isMachine(decision: RoleDecision | null): boolean {
  return decision !== null && (decision.role === 'bot' || decision.role === 'system');
}

/** Robots by id: 京东 `jimi_…`, WeCom `wb` + 30 characters. */
const ROBOT_ID = /^(?:jimi_|wb[a-z0-9_-]{20,}$)/;

/**
 * Robots by name. 小蜜 and 机器人 stand at the edge of a name or beside a separator: 小蜜蜂 and 爱机器人的猫 are people.
 */
const ROBOT_NAME = new RegExp(
  [
    String.raw`(?:^|:)(?:服务助手|智能助手|智能客服|自动回复|店小蜜|小蜜)\d*$`,
    String.raw`(?:店|阿里|天猫|淘|京)小蜜\d*$`,
    String.raw`(?:智能|ai|机器人)客服`,
    String.raw`机器人\d*号?$`,
    String.raw`(?:^|[:\-_· ])机器人(?:$|[:\-_· \d(])`,
    String.raw`(?:^|[:\-_· ])(?:chat|ro)?bot\d*$`,
    '^jimi(?:$|[_智 ])',
  ].join('|'),
);

const SYSTEM_NAME = /^(?:系统(?:消息|提示|通知|提醒|公告|自动消息)?|system(?: ?(?:message|notice))?)$/;

/** QQ's own senders of notices. As numbers they are too common among customer ids to count with another name. */
const SYSTEM_ID = /^10{4}(?:00)?$/;

function machineByName(id: string, name: string): RoleDecision | null {
  if (SYSTEM_NAME.test(name) || (name === '' && (SYSTEM_NAME.test(id) || SYSTEM_ID.test(id)))) return SYSTEM;
  if (ROBOT_ID.test(id) || ROBOT_ID.test(name) || ROBOT_NAME.test(name) || ROBOT_NAME.test(id)) return ROBOT;
  return null;
}

function decideByName(id: string, name: string, peer: string | null, twoParty: boolean): RoleDecision {
  if (isSubAccount(name) || isSubAccount(id)) return SUB_ACCOUNT;
  if (saysService(name) || saysService(id)) return SERVICE;
  if (SAYS_CUSTOMER.test(name) || SAYS_CUSTOMER.test(id)) return CUSTOMER;
  if (peer !== null) {
    if (name === peer || id === peer) return PEER;
    // A customer exported the chat where the other party is the shop.
    if (twoParty) return isSubAccount(peer) || saysService(peer) ? BESIDE_SERVICE : NOT_PEER;
  }
  return NONE;
}

/** `店铺:子账号`: both sides hold letters (`阿明:)` is a face), and the first is no kind of id (`uid:1001`). */
function isSubAccount(name: string): boolean {
  const match = SUB_ACCOUNT_NAME.exec(name);
  return match !== null && !ID_PREFIX.test(match[1]!) && /\p{L}/u.test(match[1]!);
}

const SUB_ACCOUNT_NAME = /^([^:]{2,}):(?!\/)[^:]*[\p{L}\p{N}][^:]*$/u;
const ID_PREFIX =
  /^(?:https?|qq|wx|wechat|weixin|u?id|user|customer|buyer|client|visitor|guest|member|用户|客户|顾客|买家|访客|会员)$/;

const SAYS_CUSTOMER =
  /^(?:客户|顾客|买家|访客|用户|消费者|会员|customer|buyer|client|visitor|user)(?:[\s:\-_#]*[\da-z]{0,12})$/;

/** A shop's name can stand anywhere: no customer is called 旗舰店. */
const SHOP = /旗舰店|专营店|专卖店|官方店|企业店|官方商城|自营(?=店|[-—_: ]|$)/;

/** Words for customer service, at the edge of a name or beside a separator, or in a compound that no nick has. */
const SERVICE_WORD = String.raw`(?:客服|售前|售后|售中|客户服务|客服部|customer ?service|cs(?=[\d\-_ ]))`;
const SERVICE_NAME = new RegExp(
  [
    String.raw`(?:在线|人工|官方|专属|金牌|高级|首席|值班|淘宝|天猫|京东|平台|店铺|商城)(?:客服|售后|售前)`,
    String.raw`^${SERVICE_WORD}(?![的地得])`,
    String.raw`(?<![爱恨骂找等讨厌投诉怼黑无坑烂])${SERVICE_WORD}(?:[\d一二三四五六七八九十]{0,4}号?|主管|经理|专员|小哥|小姐|小妹)$`,
    String.raw`[\-_—·| (\[【:]${SERVICE_WORD}(?=$|[\-_—·| )\]】:\d])`,
  ].join('|'),
);

function saysService(name: string): boolean {
  return SHOP.test(name) || SERVICE_NAME.test(name);
}
