import { type Conversation, LastOf, type Message, type Turn } from '../../model/index.js';

/** Shorter texts are said again by everybody. */
export const LONG_TEXT = 12;

const known = new LastOf((conversation: Conversation) => new History(conversation));

/** The history of a conversation; it is put together when first asked for. */
export function historyOf(conversation: Conversation): History {
  return known.of(conversation);
}

/**
 * Who spoke before and after a turn, told in one step: chats of tens of thousands of turns are judged as quickly as as
 * many short ones.
 */
export class History {
  private readonly conversation: Conversation;
  /** All by the place of the turn. */
  private readonly customer: (Turn | null)[];
  private readonly own: (Turn | null)[];
  private readonly next: (Turn | null)[];
  /** By the place of the message. */
  private same: readonly (Turn | null)[] | null = null;

  constructor(conversation: Conversation) {
    const { turns } = conversation;
    this.conversation = conversation;
    this.customer = new Array(turns.length);
    this.own = new Array(turns.length);
    this.next = new Array(turns.length).fill(null);
    let customer: Turn | null = null;
    let agent: Turn | null = null;
    /** The last turns of all agents but the one who spoke last. */
    let colleagues: Map<string, Turn> | null = null;
    let since = 0;
    for (let at = 0; at < turns.length; at++) {
      const turn = turns[at]!;
      const { role, agentId } = turn;
      this.customer[at] = customer;
      this.own[at] = null;
      if (role === 'agent') {
        if (agent === null || agent.agentId === agentId) this.own[at] = agent;
        else {
          colleagues ??= new Map();
          colleagues.set(agent.agentId, agent);
          this.own[at] = colleagues.get(agentId) ?? null;
        }
        agent = turn;
      } else if (role === 'customer') customer = turn;
      else continue;
      for (; since < at; since++) this.next[since] = turn;
    }
  }

  /** The last customer turn before a turn, or null. */
  customerBefore({ index }: Turn): Turn | null {
    return this.customer[index]!;
  }

  /** The last turn of the same agent before a turn of theirs, or null. */
  ownBefore({ index }: Turn): Turn | null {
    return this.own[index]!;
  }

  /** The next turn of the customer or of any agent, or null. */
  nextAfter({ index }: Turn): Turn | null {
    return this.next[index]!;
  }

  /**
   * The last turn before that of an agent's message in which the same agent sent the very same text, or null. Only texts
   * of at least {@link LONG_TEXT} characters are remembered.
   */
  sameTextBefore(message: number): Turn | null {
    this.same ??= textsSentAgain(this.conversation);
    return this.same[message] ?? null;
  }
}

/** Tells which of some texts may be the same: those that share a place. */
class Likeness {
  /** The last round in which a text came to the place, twice over, and one more where a second one did. */
  private readonly places = new Int32Array(1 << 12);
  private round = 0;

  /** Begins with the texts of another conversation. */
  begin(): void {
    this.round++;
  }

  /** True when a text of the round has come to the place before. */
  add(text: string): boolean {
    const place = this.placeOf(text);
    const isNew = this.places[place]! >> 1 !== this.round;
    this.places[place] = isNew ? this.round << 1 : (this.round << 1) | 1;
    return !isNew;
  }

  /** True when several texts of the round came to the place of this one. */
  isShared(text: string): boolean {
    return this.places[this.placeOf(text)] === ((this.round << 1) | 1);
  }

  private placeOf(text: string): number {
    return (text.length * 31 + text.charCodeAt(text.length >> 1)) & (this.places.length - 1);
  }
}

const likeness = new Likeness();
const NOTHING_SAME: readonly (Turn | null)[] = [];

/** A glance at whether any two of the long texts of agents may be the same: false is certain. */
function mayRepeat(messages: readonly Message[]): boolean {
  let found = false;
  likeness.begin();
  for (const { role, kind, text } of messages)
    if (role === 'agent' && kind === 'text' && text.length >= LONG_TEXT && likeness.add(text)) found = true;
  return found;
}

/** For each message, the last turn before its own in which its agent sent the same long text. */
function textsSentAgain({ turns, messages }: Conversation): readonly (Turn | null)[] {
  if (!mayRepeat(messages)) return NOTHING_SAME;
  const same: (Turn | null)[] = new Array(messages.length).fill(null);
  const sent = new Map<string, Map<string, { turn: Turn; message: number }>>();
  for (const turn of turns) {
    if (turn.role !== 'agent') continue;
    for (const message of turn.messageIndexes) {
      const { text, kind } = messages[message]!;
      if (kind !== 'text' || text.length < LONG_TEXT || !likeness.isShared(text)) continue;
      let own = sent.get(turn.agentId);
      if (own === undefined) {
        own = new Map();
        sent.set(turn.agentId, own);
      }
      const last = own.get(text);
      if (last !== undefined) same[message] = last.turn === turn ? same[last.message]! : last.turn;
      own.set(text, { turn, message });
    }
  }
  return same;
}
