import type { CategorySet, Conversation, Message, Turn } from '../model/index.js';
import { turnsWith } from './context/turns-with.js';
import { isNothingButAbuse, ONLY_ABUSE_CATEGORIES, ONLY_ABUSE_LENGTH } from './only-abuse.js';
import type { Report, Rule, RuleContext } from './rule.js';

/**
 * The rule, shown conversations without the customers' messages that are abuse and nothing else. An answer that was
 * fair stays fair when it is sworn at: a customer's abuse never lowers an agent's score. What is asked or told besides
 * swearing stands, in its own message or next to the abuse.
 */
export function withoutAbuse(rule: Rule): Rule {
  const { check } = rule;
  if (check === undefined) return rule;
  return { ...rule, check: (context) => check(calm(context)) };
}

/** Rules are shown a conversation one after the other; what it is without abuse is told once. */
let last: { whole: Conversation; calm: Conversation } | null = null;

function calm(context: RuleContext): RuleContext {
  const { conversation } = context;
  if (last?.whole !== conversation) last = { whole: conversation, calm: calmed(context) };
  return last.calm === conversation ? context : new CalmContext(context, last.calm);
}

/** The conversation without the messages that are only abuse; itself where there are none. */
function calmed(context: RuleContext): Conversation {
  const { conversation } = context;
  const leftOut = new Set<number>();
  for (const { messageIndexes } of turnsWith(context, 'customer', ONLY_ABUSE_CATEGORIES))
    for (const index of messageIndexes) if (isOnlyAbuse(context, index)) leftOut.add(index);
  return leftOut.size === 0 ? conversation : withoutMessages(conversation, leftOut);
}

function isOnlyAbuse(context: RuleContext, index: number): boolean {
  const { text, kind } = context.conversation.messages[index]!;
  if (kind !== 'text' || text.length > ONLY_ABUSE_LENGTH) return false;
  if (!context.mayHold(index, ONLY_ABUSE_CATEGORIES)) return false;
  const found = ONLY_ABUSE_CATEGORIES.names.flatMap((category) => context.matches(index, category));
  return found.length > 0 && isNothingButAbuse(text, found);
}

/**
 * A conversation without some of its customers' messages. Turns keep their places, so that findings about them are
 * findings about the turns of the whole: where nothing is left of a turn stands one that nobody spoke, and what an agent
 * went on to say after it belongs to their turn before.
 */
function withoutMessages(conversation: Conversation, leftOut: ReadonlySet<number>): Conversation {
  const turns = conversation.turns.map((turn): Turn => {
    if (turn.role !== 'customer') return turn;
    const messageIndexes = turn.messageIndexes.filter((index) => !leftOut.has(index));
    if (messageIndexes.length === turn.messageIndexes.length) return turn;
    return { ...turn, messageIndexes, role: messageIndexes.length === 0 ? 'system' : 'customer' };
  });
  return { ...conversation, turns: joined(turns) };
}

/** Turns of one agent with nothing but silence between them are one turn. */
function joined(turns: readonly Turn[]): Turn[] {
  const result: Turn[] = [];
  let last = -1;
  for (const turn of turns) {
    const before = result[last];
    if (turn.role === 'agent' && before?.role === 'agent' && before.agentId === turn.agentId) {
      result[last] = { ...before, messageIndexes: before.messageIndexes.concat(turn.messageIndexes) };
      result.push({ ...turn, role: 'system', agentId: '', messageIndexes: [] });
    } else {
      result.push(turn);
      if (turn.role !== 'system') last = turn.index;
    }
  }
  return result;
}

/** Hands everything on but the conversation. */
class CalmContext implements RuleContext {
  constructor(
    private readonly whole: RuleContext,
    readonly conversation: Conversation,
  ) {}

  get profile() {
    return this.whole.profile;
  }

  get zone() {
    return this.whole.zone;
  }

  get options() {
    return this.whole.options;
  }

  mayHold(index: number, categories: CategorySet) {
    return this.whole.mayHold(index, categories);
  }

  mayBeSaid(role: 'agent' | 'customer', categories: CategorySet) {
    return this.whole.mayBeSaid(role, categories);
  }

  matches(index: number, category: string) {
    return this.whole.matches(index, category);
  }

  textOf(turn: Turn): readonly { index: number; message: Message }[] {
    return this.whole.textOf(turn);
  }

  report(report: Report): void {
    this.whole.report(report);
  }
}
