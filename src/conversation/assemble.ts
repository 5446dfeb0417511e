import type { Conversation, Message, Platform, Profile, Zone } from '../model/index.js';
import { deduplicate, identity } from './deduplicate.js';
import { findHandOvers } from './hand-overs.js';
import { sortByTime, splitByGap } from './sessionize.js';
import { joinTurns } from './turns.js';
import { measureWaits, type WaitOptions } from './waits.js';

export interface AssembleOptions extends WaitOptions {
  profileFor(platform: Platform | null): Profile;
  zone: Zone;
  /** How many messages may be read after the last one of a conversation before it is taken for finished. */
  window?: number;
}

/** Messages of one key that are still open. */
interface Bucket {
  messages: Message[];
  lastSequence: number;
  lastMs: number | null;
  explicit: boolean;
  /** Conversations that it has been cut into so far. */
  pieces: number;
}

const WINDOW = 8192;
/** The window where several inputs may hold the same chat: exports of neighbouring days are this close. */
const OVERLAP_WINDOW = 500_000;
/** A key that is still open after this many windows is closed whatever its times say: memory is bounded. */
const PATIENCE = 64;
/** Silence after which a marked session is taken for finished when the window has passed as well. */
const MARKED_IDLE_MS = 3_600_000;
/**
 * A key with more messages than this is cut at its silences without waiting for its end. Where several inputs may hold the
 * same chat, it waits as long as they are looked through for it.
 */
const BUCKET_LIMIT = 20_000;

/**
 * Collects messages by key and hands on conversations when they are over.
 *
 * Inputs come grouped by conversation, ordered by time, or neither; a key is held until it has not been written to for
 * a whole window of messages and, where there are times, until the input has moved on by more than the session gap. So
 * memory depends on the window and not on the size of the input.
 */
export class Assembler {
  /** Messages that stood in more than one export or block, and were dropped. */
  duplicateCount = 0;
  private readonly options: AssembleOptions;
  private window: number;
  private limit = BUCKET_LIMIT;
  private readonly buckets = new Map<string, Bucket>();
  /** Buckets whose key is their session mark. */
  private readonly marked = new Map<string, Bucket>();
  private sequence = 0;
  private nextSweep: number;
  private currentMs: number | null = null;
  private lastKey: string | null = null;
  private lastSession: string | null = null;
  private lastBucket: Bucket | null = null;

  constructor(options: AssembleOptions) {
    this.options = options;
    this.window = options.window ?? WINDOW;
    this.nextSweep = this.window;
  }

  /** Holds conversations longer from now on, so that overlapping exports of one chat meet. */
  expectOverlaps(): void {
    if (this.window >= OVERLAP_WINDOW) return;
    this.window = OVERLAP_WINDOW;
    this.limit = OVERLAP_WINDOW;
    this.nextSweep = this.sequence + this.window;
  }

  /**
   * Takes a batch in input order and tells the conversations that ended with it. Each is put together when it is asked
   * for, so that whoever takes it finds at hand what has just been looked at; all are to be taken before the next batch.
   * Which ended when depends on the messages alone, and not on how an input was cut into batches.
   */
  *push(messages: readonly Message[]): Generator<Conversation> {
    for (const message of messages) {
      const bucket = this.bucketOf(message);
      bucket.messages.push(message);
      bucket.lastSequence = ++this.sequence;
      if (message.atMs !== null) {
        bucket.lastMs = message.atMs;
        this.currentMs = message.atMs;
      }
      if (bucket.messages.length > this.limit) yield* this.cut(bucket);
      if (this.sequence >= this.nextSweep) yield* this.sweep();
    }
  }

  private *sweep(): Generator<Conversation> {
    this.nextSweep = this.sequence + this.window / 2;
    for (const home of [this.buckets, this.marked]) {
      for (const [name, bucket] of home) {
        if (!this.isOver(bucket)) continue;
        home.delete(name);
        if (this.lastBucket === bucket) this.lastBucket = null;
        yield* this.close(bucket);
      }
    }
  }

  /** Ends all that is open. */
  *flush(): Generator<Conversation> {
    for (const home of [this.buckets, this.marked]) {
      for (const bucket of home.values()) yield* this.close(bucket);
      home.clear();
    }
    this.lastBucket = null;
  }

  private bucketOf(message: Message): Bucket {
    if (
      this.lastBucket !== null &&
      this.lastKey === message.conversationKey &&
      this.lastSession === message.session
    ) {
      return this.lastBucket;
    }
    const { conversationKey, session } = message;
    // Joining two strings for every message is dear; most inputs name the thread by its session or mark none.
    const home = session === conversationKey ? this.marked : this.buckets;
    const name =
      session === null || session === conversationKey
        ? conversationKey
        : `${conversationKey}\u0000${session}`;
    let bucket = home.get(name);
    if (bucket === undefined) {
      bucket = { messages: [], lastSequence: 0, lastMs: null, explicit: session !== null, pieces: 0 };
      home.set(name, bucket);
    }
    this.lastKey = conversationKey;
    this.lastSession = session;
    this.lastBucket = bucket;
    return bucket;
  }

  /** Whether nothing is to be expected any more. */
  private isOver(bucket: Bucket): boolean {
    const age = this.sequence - bucket.lastSequence;
    if (age < this.window) return false;
    if (bucket.lastMs === null || this.currentMs === null || age >= this.window * PATIENCE) return true;
    const idleMs = bucket.explicit ? MARKED_IDLE_MS : this.gapMs(bucket.messages[0]!);
    return Math.abs(this.currentMs - bucket.lastMs) > idleMs;
  }

  private gapMs(message: Message): number {
    return this.options.profileFor(message.platform).sessionGapMinutes.value * 60_000;
  }

  /** Hands on all conversations of an overlong bucket but the one that is being written to. */
  private *cut(bucket: Bucket): Generator<Conversation> {
    const latest = bucket.messages[bucket.messages.length - 1]!;
    const parts = bucket.explicit ? [bucket.messages] : this.conversationsIn(bucket.messages);
    bucket.messages = [];
    for (const part of parts) {
      const open = parts.length > 1 && part.includes(latest);
      if (open) bucket.messages = part;
      else yield this.build(part, bucket.pieces++);
    }
  }

  private *close(bucket: Bucket): Generator<Conversation> {
    if (bucket.messages.length === 0) return;
    const parts = bucket.explicit
      ? this.separateInputs(bucket.messages).map((group) => this.unique(group))
      : this.conversationsIn(bucket.messages);
    for (const part of parts) yield this.build(part, bucket.pieces++);
  }

  /** The conversations of a thread without session marks: one for each shop, cut at its silences. */
  private conversationsIn(messages: Message[]): Message[][] {
    return separateShops(messages).flatMap((own) => splitByGap(this.unique(own), this.gapMs(own[0]!)));
  }

  /** Without what overlapping exports repeat, in order of time. */
  private unique(messages: Message[]): Message[] {
    const { kept, dropped } = deduplicate(messages);
    this.duplicateCount += dropped;
    return sortByTime(kept);
  }

  /**
   * Session numbers such as 1, 2, 3 repeat from file to file and mean different chats. Messages of several files under
   * one session mark are one conversation only if the files share a message or follow each other within the gap.
   */
  private separateInputs(messages: Message[]): Message[][] {
    const last = messages[messages.length - 1]!;
    if (messages[0]!.block === last.block) return [messages];
    const groups: { messages: Message[]; fromMs: number; toMs: number }[] = [];
    const groupOf = new Map<string, (typeof groups)[number]>();
    const gapMs = this.gapMs(messages[0]!);
    for (const part of groupBy(messages, ({ block }) => block)) {
      const ids = new Set(part.map(identity));
      const { fromMs, toMs } = extentOf(part);
      let home = groups.find((group) => fromMs - group.toMs <= gapMs && group.fromMs - toMs <= gapMs);
      for (const id of ids) home ??= groupOf.get(id);
      if (home === undefined) {
        home = { messages: part, fromMs, toMs };
        groups.push(home);
      } else {
        for (const message of part) home.messages.push(message);
      }
      for (const id of ids) groupOf.set(id, home);
      home.fromMs = Math.min(home.fromMs, fromMs);
      home.toMs = Math.max(home.toMs, toMs);
    }
    return groups.map((group) => group.messages);
  }

  private build(messages: Message[], ordinal = 0): Conversation {
    const first = messages[0]!;
    const profile = this.options.profileFor(first.platform);
    const turns = joinTurns(messages);
    const waits = measureWaits(messages, turns, profile, this.options.zone, this.options);
    let startMs: number | null = null;
    let endMs: number | null = null;
    let customerId: string | null = null;
    let shop: string | null = null;
    for (const message of messages) {
      if (message.atMs !== null) {
        startMs ??= message.atMs;
        endMs = message.atMs;
      }
      if (customerId === null) {
        customerId = message.customerId ?? (message.role === 'customer' ? message.speakerId || null : null);
      }
      shop ??= message.shop;
    }
    return {
      id: this.idOf(first, startMs, ordinal),
      key: first.conversationKey,
      customerId,
      platform: first.platform,
      shop,
      messages,
      turns,
      waits,
      handOvers: findHandOvers(messages, turns),
      startMs,
      endMs,
    };
  }

  private idOf(first: Message, startMs: number | null, ordinal: number): string {
    const suffix = ordinal === 0 ? '' : `~${ordinal + 1}`;
    if (first.session !== null) return first.session + suffix;
    return startMs === null
      ? first.conversationKey + suffix
      : `${first.conversationKey}@${this.options.zone.iso(startMs)}`;
  }
}

/** First and last time of messages; NaN where they have none. */
function extentOf(messages: readonly Message[]): { fromMs: number; toMs: number } {
  let fromMs = Number.NaN;
  let toMs = Number.NaN;
  for (const { atMs } of messages) {
    if (atMs === null) continue;
    if (!(fromMs <= atMs)) fromMs = atMs;
    if (!(toMs >= atMs)) toMs = atMs;
  }
  return { fromMs, toMs };
}

/**
 * A nickname is one customer on the whole platform, who may write to two shops. What stands in one export belongs
 * together, unless each of its messages names its shop; exports of different shops are different conversations. What tells
 * of no shop goes with the first.
 */
function separateShops(messages: Message[]): Message[][] {
  let only: string | null = null;
  let several = false;
  let silent = false;
  for (const { shop } of messages) {
    silent ||= shop === null;
    if (shop === null || shop === only) continue;
    several ||= only !== null;
    only ??= shop;
  }
  if (!several) return [messages];
  if (!silent) return groupBy(messages, ({ shop }) => shop);
  const groups: { messages: Message[]; shops: Set<string> }[] = [];
  for (const part of groupBy(messages, ({ block }) => block)) {
    const shops = new Set(part.flatMap(({ shop }) => shop ?? []));
    const home = groups.find((group) => shops.size === 0 || [...shops].some((shop) => group.shops.has(shop)));
    if (home === undefined) groups.push({ messages: part, shops });
    else {
      for (const message of part) home.messages.push(message);
      for (const shop of shops) home.shops.add(shop);
    }
  }
  return groups.map((group) => group.messages);
}

function groupBy<Key>(messages: readonly Message[], keyOf: (message: Message) => Key): Message[][] {
  const groups = new Map<Key, Message[]>();
  for (const message of messages) {
    const key = keyOf(message);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [message]);
    else group.push(message);
  }
  return [...groups.values()];
}
