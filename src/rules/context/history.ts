import { type Conversation, LastOf, type Turn } from '../../model/index.js';

/**
 * Who spoke before and after a turn, told in one step: chats of tens of thousands of turns are judged as quickly as as
 * many short ones.
 */
export interface History {
  /** The last customer turn before a turn, or null. */
  customerBefore(turn: Turn): Turn | null;
  /** The last turn of the same agent before a turn of theirs, or null. */
  ownBefore(turn: Turn): Turn | null;
  /** The next turn of the customer or of any agent, or null. */
  nextAfter(turn: Turn): Turn | null;
  /** True for an agent's first turn where a colleague has spoken before. */
  tookOver(turn: Turn): boolean;
  /**
   * The last turn before `turn` in which its agent sent the very same message, or null. Only texts of at least
   * {@link LONG_TEXT} characters are remembered.
   */
  sameTextBefore(turn: Turn, text: string): Turn | null;
}

/** Shorter texts are said again by everybody. */
export const LONG_TEXT = 12;

const known = new LastOf(historyFrom);

/** The history of a conversation; it is put together when first asked for. */
export function historyOf(conversation: Conversation): History {
  return known.of(conversation);
}

function historyFrom({ turns, messages }: Conversation): History {
  const customer = new Int32Array(turns.length);
  const own = new Int32Array(turns.length);
  const next = new Int32Array(turns.length);
  const lastOf = new Map<string, number>();
  let lastCustomer = -1;
  let firstAgent = -1;
  for (let at = 0; at < turns.length; at++) {
    const { role, agentId } = turns[at]!;
    customer[at] = lastCustomer;
    own[at] = -1;
    if (role === 'customer') lastCustomer = at;
    if (role !== 'agent') continue;
    if (firstAgent < 0) firstAgent = at;
    own[at] = lastOf.get(agentId) ?? -1;
    lastOf.set(agentId, at);
  }
  let following = -1;
  for (let at = turns.length - 1; at >= 0; at--) {
    next[at] = following;
    if (turns[at]!.role === 'customer' || turns[at]!.role === 'agent') following = at;
  }
  let sent: SentTexts | null = null;

  const turnAt = (at: number): Turn | null => turns[at] ?? null;
  return {
    customerBefore: (turn) => turnAt(customer[turn.index]!),
    ownBefore: (turn) => turnAt(own[turn.index]!),
    nextAfter: (turn) => turnAt(next[turn.index]!),
    tookOver: (turn) => own[turn.index] === -1 && firstAgent >= 0 && firstAgent < turn.index,
    sameTextBefore(turn, text) {
      sent ??= textsSent({ turns, messages });
      return turnAt(lastBelow(sent.get(turn.agentId)?.get(text) ?? [], turn.index));
    },
  };
}

/** By agent and text: in which turns it was sent, in order. */
type SentTexts = Map<string, Map<string, number[]>>;

function textsSent({ turns, messages }: Pick<Conversation, 'turns' | 'messages'>): SentTexts {
  const sent: SentTexts = new Map();
  for (const turn of turns) {
    if (turn.role !== 'agent') continue;
    const own = sent.get(turn.agentId) ?? new Map<string, number[]>();
    sent.set(turn.agentId, own);
    for (const index of turn.messageIndexes) {
      const { text, kind } = messages[index]!;
      if (kind !== 'text' || text.length < LONG_TEXT) continue;
      const places = own.get(text);
      if (places === undefined) own.set(text, [turn.index]);
      else if (places.at(-1) !== turn.index) places.push(turn.index);
    }
  }
  return sent;
}

/** The last of rising numbers that is below a bound, or -1. */
function lastBelow(numbers: readonly number[], bound: number): number {
  let low = 0;
  let high = numbers.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (numbers[middle]! < bound) low = middle + 1;
    else high = middle;
  }
  return numbers[low - 1] ?? -1;
}
