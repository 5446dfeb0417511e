import {
  type Asked,
  CategorySet,
  CharacterSet,
  type Contact,
  type ContactClaim,
  type Conversation,
  type CustomerWord,
  type Departure,
  detached,
  Glance,
  type LastHandOver,
  type MadePromise,
  type Message,
  messageIdOf,
  type Paper,
  type Said,
  type Turn,
  type Word,
  type Zone,
} from '../model/index.js';
import {
  dueAt,
  isSameDay,
  parseNumeral,
  promisesIn,
  timeTerms,
  type WorkingTime,
} from '../promises/index.js';
import { isAcknowledgement } from './acknowledgements.js';
import { glanceAtCustomer, MAY_HOLD_DATES, MAY_HOLD_NUMBERS, MAY_HOLD_PAPERS } from './customer-glance.js';
import { identify } from './identity.js';
import { asksForHuman } from './notices.js';
import {
  ASKING_CHARACTERS,
  mayAskForPapers,
  orderNumbersIn,
  papersAskedIn,
  papersGivenIn,
  productNumbersIn,
} from './papers.js';
import { datesIn, Pieces, TermCollector } from './terms.js';

/** A cue that was found in a message: of the lexicon, whoever looks it up. */
export interface Cue {
  category: string;
  /** `[start, end)` in UTF-16 units of the raw text. */
  span: readonly [number, number];
  confidence: number;
}

/** Looks cues up in the conversation at hand. */
export interface Cues {
  /** Cues of some categories in one message, in the order of the text. */
  among(messageIndex: number, categories: CategorySet): readonly Cue[];
  /** Cues of any one category in one message. */
  matches(messageIndex: number, category: string): readonly Cue[];
}

const WORDS: Readonly<Record<string, Word>> = {
  'record/no-call': 'no-call',
  'record/no-refund': 'no-refund',
  'record/no-shipping': 'no-shipping',
  'record/no-answer': 'no-answer',
  'record/no-progress': 'no-progress',
  'record/time-over': 'time-over',
  'record/got-call': 'got-call',
  'record/got-refund': 'got-refund',
  'record/got-goods': 'got-goods',
  'record/solved': 'solved',
};

/** Cues that are looked for in every message of its sender. */
const CUES_OF_AGENTS = CategorySet.of(['cue/hold', 'cue/transfer', 'cue/ask-problem', 'record/says-called']);
const CUES_OF_CUSTOMERS = CategorySet.of([...Object.keys(WORDS), 'record/gives-up']);

/** What 稍等 promises where no time is named. */
const HOLD_MS = 300_000;
/** With no more than this besides, a message only puts the customer off. */
const BARE_LENGTH = 8;
/** Left waiting: the customer wrote again after this. */
const WAITED_MS = 180_000;
/** An answer as late as this may have come to nobody. */
const LATE_ANSWER_MS = 600_000;
/** A contact keeps no more words of one kind than this. */
const LIMIT = 16;
const QUOTE_LIMIT = 60;
/** A promise to be back within this time is kept by whatever comes next. */
const SHORT_MS = 30 * 60_000;
/** One with more time is kept by what comes after a silence: the talk that was going on anyway is no coming back. */
const SILENCE_MS = 10 * 60_000;

const NOTHING: never[] = Object.freeze([]) as unknown as never[];
/** 不急，你慢慢问: such a customer was not driven off by the wait. */
const AGREES_TO_WAIT = ['cue/agrees-to-wait', 'cue/lets-wait'];
const ENGAGING = ['cue/question', 'cue/reason', 'cue/answer', 'cue/next-step', 'cue/referral'];
const COUNT = /([0-9]{1,2}|[一二两三四五六七八九十])\s*(?:次|遍|通|个电话|回)/;
/** What a shop that writes first says it has done. */
const DONE =
  /(?:单号|运单)[^，。]{0,4}[A-Za-z0-9*]{4}|(?:已经?|都|刚刚?)[^，。]{0,6}(?:发出|发货|寄出|出库|退款|退回|退了|打款|转账|到账|处理|解决|修好|恢复|开好|审核|办好|安排)|(?:发出|寄出|退|打款|处理好|修好|恢复|办好)了/;
/** 请问有什么问题可以帮您 greets whoever comes. */
const GREETS = /什么[^，,。!！]{0,4}(?:可以|能|需要)[^，,。!！]{0,3}(?:帮|为您|服务)/;
const CALLS =
  /^(?:你好|您好|在吗?|在不在|有人吗?|人工客服|客服|hi|hello|哈喽|亲|人呢|喂|[?？!！,，.。\s])*$/i;

/** Whether a text has what both asks for papers and names them. */
const ASKING = new Glance(...ASKING_CHARACTERS);
const ASKS_FOR_PAPERS = (1 << ASKING_CHARACTERS.length) - 1;

/** Makes the contacts of a run. Holds nothing of the conversations it was shown. */
export class ContactWriter {
  private readonly pieces = new Pieces();
  private readonly terms = new TermCollector(this.pieces);

  constructor(
    private readonly zone: Zone,
    private readonly work: WorkingTime,
  ) {}

  /** What the record of its customer keeps of a conversation. */
  write(conversation: Conversation, cues: Cues): Contact {
    return new Reading(conversation, cues, this.zone, this.work, this.pieces, this.terms).contact();
  }
}

/** One conversation, read once from beginning to end. */
class Reading {
  private agents: string[] = NOTHING;
  private orders: Set<string> | null = null;
  private products: Set<string> | null = null;
  private dates: string[] = NOTHING;
  private given: Paper[] = NOTHING;
  private invoiceAsked = false;
  private told = false;
  private asked: Asked[] = NOTHING;
  private askedStory: Said | null = null;
  private promises: MadePromise[] = NOTHING;
  private words: CustomerWord[] = NOTHING;
  private claims: ContactClaim[] = NOTHING;
  private news: Said | null = null;
  private gaveUp: { index: number; turn: Turn; cue: Cue } | null = null;
  private openHold: { index: number; turn: Turn; cue: Cue } | null = null;
  private transfer: { index: number; turn: Turn; cue: Cue } | null = null;
  private firstAgentMs: number | null = null;
  /** Time of the message before the one being read. */
  private lastMs: number | null = null;
  private openedBy: Contact['openedBy'] = null;
  private customerName = '';
  private lastAgentTurn: Turn | null = null;
  private lastCustomerTurn: Turn | null = null;
  private lastTurn: Turn | null = null;

  constructor(
    private readonly conversation: Conversation,
    private readonly cues: Cues,
    private readonly zone: Zone,
    private readonly work: WorkingTime,
    private readonly pieces: Pieces,
    private readonly terms: TermCollector,
  ) {}

  contact(): Contact {
    const { conversation } = this;
    for (const turn of conversation.turns) {
      if (turn.role === 'agent') this.readAgent(turn);
      else if (turn.role === 'customer') this.readCustomer(turn);
    }
    for (const { kind, text } of conversation.messages) if (kind === 'card') this.readNumbers(text);
    const { id, identity } = identify(conversation.customerId, conversation.key);
    this.keepOpenHold();
    return {
      conversationId: detached(conversation.id),
      customerId: detached(id),
      customerName: this.customerName === '' || this.customerName === id ? '' : detached(this.customerName),
      identity,
      platform: conversation.platform,
      shop: conversation.shop === null ? null : this.pieces.own(conversation.shop),
      startMs: conversation.startMs,
      endMs: conversation.endMs,
      agents: fitted(this.agents),
      closedBy: this.lastAgentTurn === null ? null : this.pieces.own(this.lastAgentTurn.agentId),
      openedBy: this.openedBy,
      firstAgentMs: this.firstAgentMs,
      orders: sorted(this.orders),
      products: sorted(this.products),
      terms: this.terms.take(),
      dates: this.dates.sort(),
      told: this.told,
      given: this.given.sort(),
      asked: this.asked,
      askedStory: this.askedStory,
      promises: fitted(this.promises),
      words: fitted(this.words),
      claims: this.claims,
      news: this.news,
      handOver: this.lastHandOver(),
      departure: this.departure(),
      ending: this.ending(),
    };
  }

  private readAgent(turn: Turn): void {
    const { messages } = this.conversation;
    this.lastTurn = turn;
    this.lastAgentTurn = turn;
    this.firstAgentMs ??= turn.startMs;
    this.openedBy ??= 'agent';
    if (!this.agents.includes(turn.agentId)) this.agents = push(this.agents, this.pieces.own(turn.agentId));
    for (const index of turn.messageIndexes) {
      const message = messages[index]!;
      if (message.kind !== 'text') {
        this.answer(message);
        this.lastMs = message.atMs ?? this.lastMs;
        continue;
      }
      const { text } = message;
      const found = this.cues.among(index, CUES_OF_AGENTS);
      let hold: Cue | null = null;
      for (const cue of found) {
        if (cue.category === 'cue/hold') hold = cue;
        else if (cue.category === 'cue/transfer') this.transfer = { index, turn, cue };
        else if (cue.category === 'cue/ask-problem') {
          if (!GREETS.test(text)) this.askedStory ??= this.said(index, turn, cue.span);
        } else if (cue.category === 'record/says-called' && this.claims.length < LIMIT) {
          const count = COUNT.exec(text)?.[1];
          this.claims = push(this.claims, {
            ...this.said(index, turn, cue.span),
            count: count === undefined ? null : parseNumeral(count),
          });
        }
      }
      if (this.openedBy === 'agent' && this.lastCustomerTurn === null && this.news === null) {
        const done = DONE.exec(text);
        if (done !== null) this.news = this.said(index, turn, [done.index, done.index + done[0].length]);
      }
      const bare = hold !== null && isBare(text, found);
      if (!bare) this.answer(message);
      if (hold !== null && endsWith(text, hold)) this.openHold = { index, turn, cue: hold };
      if (ASKING.at(text) === ASKS_FOR_PAPERS && mayAskForPapers(text)) {
        const wanted = papersAskedIn(text);
        if (wanted !== null && this.asked.length < LIMIT) {
          this.asked = push(this.asked, { ...this.said(index, turn, wanted.span), papers: wanted.papers });
          if (wanted.papers.includes('invoice')) this.invoiceAsked = true;
        }
      }
      this.readPromises(index, turn, text, message.atMs);
      this.lastMs = message.atMs ?? this.lastMs;
    }
  }

  private readPromises(index: number, turn: Turn, text: string, atMs: number | null): void {
    for (const { act, due, span } of promisesIn(text)) {
      if (this.promises.length >= LIMIT) return;
      const dueMs = atMs === null ? null : dueAt(due, atMs, this.zone, this.work);
      const hold = act === 'reply' && dueMs !== null && isSameDay(dueMs, atMs!, this.zone);
      // The promise with a time says more than the 稍等 beside it.
      if (hold && this.openHold?.index === index) this.openHold = null;
      this.promises = push(this.promises, {
        ...this.said(index, turn, span),
        act,
        dueMs,
        hold,
        answeredMs: null,
      });
    }
  }

  /** An agent says something of substance: holds and promises to be back are answered by it. */
  private answer(message: Message): void {
    this.openHold = null;
    const { atMs } = message;
    if (atMs === null) return;
    const silent = atMs - (this.lastMs ?? atMs) >= SILENCE_MS;
    for (const promise of this.promises) {
      if (promise.act !== 'reply' || promise.answeredMs !== null || (promise.atMs ?? atMs) >= atMs) continue;
      if (silent || promise.dueMs! - promise.atMs! <= SHORT_MS) promise.answeredMs = atMs;
    }
  }

  private readCustomer(turn: Turn): void {
    const { messages } = this.conversation;
    this.lastTurn = turn;
    this.lastCustomerTurn = turn;
    this.openedBy ??= 'customer';
    if (this.customerName === '') this.customerName = messages[turn.messageIndexes[0]!]!.speakerName;
    for (const index of turn.messageIndexes) {
      const message = messages[index]!;
      this.lastMs = message.atMs ?? this.lastMs;
      const { kind, text } = message;
      const seen = kind === 'text' ? glanceAtCustomer(text) : MAY_HOLD_PAPERS;
      if ((seen & MAY_HOLD_PAPERS) !== 0) this.readPapers(message);
      if (kind !== 'text') continue;
      if (!this.told) this.told = tells(message);
      this.terms.add(text);
      if ((seen & MAY_HOLD_NUMBERS) !== 0) this.readNumbers(text);
      if ((seen & MAY_HOLD_DATES) !== 0) {
        for (const date of datesIn(text)) this.dates = withOne(this.dates, date);
      }
      for (const cue of this.cues.among(index, CUES_OF_CUSTOMERS)) {
        const word = WORDS[cue.category];
        if (word !== undefined && this.words.length < LIMIT) {
          if (!this.words.some((known) => known.word === word && known.turnIndex === turn.index))
            this.words = push(this.words, { ...this.said(index, turn, cue.span), word });
        } else if (cue.category === 'record/gives-up' && this.gaveUp?.turn !== turn) {
          // The first words of the last turn: 算了 不买了 says more than the 再见 after it.
          this.gaveUp = { index, turn, cue };
        }
      }
    }
  }

  private readPapers(message: Message): void {
    for (const paper of papersGivenIn(message)) {
      this.given = withOne(this.given, paper);
      if (paper === 'photo' && this.invoiceAsked) this.given = withOne(this.given, 'invoice');
    }
  }

  private readNumbers(text: string): void {
    for (const number of orderNumbersIn(text)) {
      this.orders ??= new Set();
      this.orders.add(detached(number));
    }
    for (const number of productNumbersIn(text)) {
      this.products ??= new Set();
      this.products.add(detached(number));
    }
  }

  /** 稍等 that nobody came back from. */
  private keepOpenHold(): void {
    if (this.openHold === null) return;
    const { index, turn, cue } = this.openHold;
    const { text, atMs } = this.conversation.messages[index]!;
    const named = timeTerms(text).find((term) => term.start < cue.span[1] + 8 && term.end > cue.span[0] - 8);
    const dueMs =
      atMs === null
        ? null
        : named === undefined
          ? atMs + HOLD_MS
          : dueAt(named.due, atMs, this.zone, this.work);
    this.promises = push(this.promises, {
      ...this.said(index, turn, cue.span),
      act: 'reply',
      dueMs,
      hold: true,
      answeredMs: null,
    });
  }

  private lastHandOver(): LastHandOver | null {
    const { conversation, lastAgentTurn } = this;
    if (lastAgentTurn === null) return null;
    const end = lastAgentTurn.messageIndexes[lastAgentTurn.messageIndexes.length - 1]!;
    const noticed = conversation.handOvers.find(({ message }) => message !== null && message > end);
    const spoken = this.transfer?.turn === lastAgentTurn ? this.transfer : null;
    if (noticed === undefined && spoken === null) return null;
    const index = spoken?.index ?? noticed!.message!;
    const text = conversation.messages[index]!.text;
    const said = this.said(index, lastAgentTurn, spoken?.cue.span ?? [0, text.length]);
    return {
      ...said,
      agentId: this.pieces.own(lastAgentTurn.agentId),
      by: spoken === null ? 'notice' : 'words',
      told: this.told,
      engaged: this.agentSays(lastAgentTurn.agentId, ENGAGING, spoken),
      briefed: this.agentSays(lastAgentTurn.agentId, ['record/briefed'], null),
    };
  }

  private agentSays(
    agentId: string,
    categories: readonly string[],
    aside: { index: number; cue: Cue } | null,
  ): boolean {
    for (const turn of this.conversation.turns) {
      if (turn.role !== 'agent' || turn.agentId !== agentId) continue;
      for (const index of turn.messageIndexes) {
        for (const category of categories) {
          for (const { span } of this.cues.matches(index, category)) {
            const inside =
              aside?.index === index && span[0] < aside.cue.span[1] && aside.cue.span[0] < span[1];
            if (!inside) return true;
          }
        }
      }
    }
    return false;
  }

  private departure(): Departure | null {
    const { waits, turns, messages } = this.conversation;
    const last = waits[waits.length - 1];
    if (last === undefined || last.startMs === null || last.excluded !== null) return null;
    const reply = last.agentTurn === null ? null : turns[last.agentTurn]!;
    // Whoever wrote again after the reply has not left.
    if (reply !== null && reply !== this.lastTurn) return null;
    const question = turns[last.customerTurn]!;
    const { gaveUp } = this;
    if (
      gaveUp !== null &&
      gaveUp.turn.index >= question.index &&
      gaveUp.turn.index < (reply?.index ?? Infinity)
    ) {
      const { atMs } = messages[gaveUp.index]!;
      if (atMs === null) return null;
      const said = this.said(gaveUp.index, gaveUp.turn, gaveUp.cue.span);
      return this.left(said, 'gave-up', last.agentId, atMs - last.startMs);
    }
    if (reply !== null) {
      const index = question.messageIndexes.find((one) => messages[one]!.kind === 'text');
      if (index === undefined || last.waitMs === null || last.waitMs < LATE_ANSWER_MS) return null;
      if (question.messageIndexes.some((one) => this.agreesToWait(one))) return null;
      const said = this.said(index, question, [0, messages[index]!.text.length]);
      return this.left(said, 'late-answer', last.agentId, last.waitMs);
    }
    const end = this.lastCustomerTurn!;
    const index = end.messageIndexes[end.messageIndexes.length - 1]!;
    const { atMs, text } = messages[index]!;
    if (atMs === null || atMs - last.startMs < WAITED_MS) return null;
    return this.left(this.said(index, end, [0, text.length]), 'waiting', last.agentId, atMs - last.startMs);
  }

  private agreesToWait(index: number): boolean {
    return AGREES_TO_WAIT.some((category) => this.cues.matches(index, category).length > 0);
  }

  private left(said: Said, how: Departure['how'], waitedFor: string, waitMs: number): Departure {
    const { waits } = this.conversation;
    let totalWaitMs = waitMs;
    for (let at = 0; at < waits.length - 1; at++) totalWaitMs += waits[at]!.waitMs ?? 0;
    return { ...said, how, waitedFor: this.pieces.own(waitedFor), waitMs, totalWaitMs };
  }

  private ending(): Contact['ending'] {
    const { conversation, lastTurn, lastCustomerTurn } = this;
    if (lastTurn === null) return 'nobody';
    const last = conversation.waits[conversation.waits.length - 1];
    if (last !== undefined && last.agentTurn === null) return 'waiting';
    if (this.openHold !== null) return 'hold';
    if (lastCustomerTurn !== null) {
      const thanks = lastCustomerTurn.messageIndexes.every((index) => {
        const { kind, text } = conversation.messages[index]!;
        return kind === 'text' && isAcknowledgement(text);
      });
      const nearEnd = conversation.turns.length - lastCustomerTurn.index <= 2;
      if (thanks && nearEnd) return 'thanks';
    }
    return lastTurn.role === 'agent' ? 'agent' : 'customer';
  }

  private said(index: number, turn: Turn, span: readonly [number, number]): Said {
    const { conversation } = this;
    const { text, atMs } = conversation.messages[index]!;
    const [start, end] = aroundOf(text, span);
    return {
      evidence: {
        messageId: detached(messageIdOf(conversation, index)),
        span: [start, end],
        text: detached(text.slice(start, end)),
      },
      agentId: this.pieces.own(turn.agentId),
      turnIndex: turn.index,
      atMs,
      source: this.sourceOf(index),
    };
  }

  private sourceOf(index: number): Said['source'] {
    const source = this.conversation.messages[index]?.source;
    return { file: this.pieces.own(source?.file ?? ''), line: source?.line ?? 0 };
  }
}

function push<T>(list: T[], one: T): T[] {
  if (list === (NOTHING as T[])) return [one];
  list.push(one);
  return list;
}

function sorted(set: ReadonlySet<string> | null): string[] {
  return set === null ? NOTHING : [...set].sort();
}

/** The same without the room that engines give to lists that grow. */
function fitted<T>(list: T[]): T[] {
  return list.length > 1 ? list.slice() : list;
}

/** A list with one more in it, if it is not there yet. */
function withOne<T>(list: T[], one: T): T[] {
  return list.includes(one) ? list : push(list, one);
}

/** True when a customer's message says what it is about: more than a call for somebody. */
function tells(message: Message): boolean {
  const { text } = message;
  if (text.length < 4 || CALLS.test(text) || isAcknowledgement(text) || asksForHuman(message)) return false;
  return FOUR_LETTERS.test(text);
}

const FOUR_LETTERS = /(?:[\p{L}\p{N}][^\p{L}\p{N}]*){4}/u;

const COURTESY = /您好|你好|亲亲?|请|哦|哈|呢|的|好|嗯|呀|啊|噢|[\s\p{P}\p{S}]+/gu;
/** Chinese characters that courtesies are made of. */
const COURTEOUS = new CharacterSet('您你好亲请哦哈呢的嗯呀啊噢');

/** True when hardly anything stands in a text besides its holds. */
function isBare(text: string, cues: readonly Cue[]): boolean {
  let rest = '';
  let at = 0;
  const holds =
    cues.length === 1 ? cues : cues.filter(({ category }) => category === 'cue/hold').sort(byStart);
  for (const { span } of holds) {
    if (span[0] > at) rest += `${text.slice(at, span[0])} `;
    at = Math.max(at, span[1]);
  }
  return saysNoMoreThan(BARE_LENGTH, rest + text.slice(at));
}

function byStart(a: Cue, b: Cue): number {
  return a.span[0] - b.span[0];
}

/** So much may follow the hold in its message: 稍等,我帮您查一下物流信息. */
const TAIL_LENGTH = 14;

function endsWith(text: string, { span }: Cue): boolean {
  return saysNoMoreThan(TAIL_LENGTH, text.slice(span[1]));
}

/** Whether a text has so many characters at most, courtesies aside. */
function saysNoMoreThan(limit: number, text: string): boolean {
  let plain = 0;
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    // Most texts say more, and need no expression to tell.
    if (unit >= 0x4e00 && unit <= 0x9fff && !COURTEOUS.at(text, at) && ++plain > limit) return false;
  }
  return text.replace(COURTESY, '').length <= limit;
}

const CLAUSE_END = new CharacterSet('。！!？?；;\n');

/** The sentence around a span, as far as it is short enough to quote; else the span itself, cut. */
function aroundOf(text: string, [start, end]: readonly [number, number]): [number, number] {
  let from = start;
  let to = end;
  while (from > 0 && to - from < QUOTE_LIMIT && !CLAUSE_END.at(text, from - 1)) from--;
  while (to < text.length && to - from < QUOTE_LIMIT && !CLAUSE_END.at(text, to)) to++;
  while (from < start && /\s/.test(text[from]!)) from++;
  while (to > end && /\s/.test(text[to - 1]!)) to--;
  // Never half a surrogate pair.
  if (from > 0 && /[\udc00-\udfff]/.test(text[from]!)) from++;
  if (to < text.length && /[\ud800-\udbff]/.test(text[to - 1]!)) to--;
  return [from, Math.max(to, from)];
}
