import type { Message } from '../../model/message.js';
import type { RoleDecision } from '../roles.js';
import { keyOfFile } from '../row-mapper.js';
import { detached } from '../units.js';
import type { Speaker, Thread, Transcript } from './transcript.js';

/** A sender as QQ writes it: `【title】name(number)`, `name<mail>` or the bare nickname. */
export interface QqSender {
  /** QQ number or mail address, or null where only the nickname stands. */
  id: string | null;
  name: string;
  /** Group level or title, without its brackets, or null. */
  title: string | null;
}

/** Anchored at the end: nicknames hold parentheses themselves. QQ numbers have 5 to 12 digits. */
const NUMBER = /^(.*)\((\d{5,12})\)$/s;
const MAIL = /^(.*)<([^<>\s]+@[^<>\s]+)>$/s;
const TITLES = /^(?:【[^】]*】)+/;

/** Takes a sender apart. */
export function parseSender(text: string): QqSender {
  const match = NUMBER.exec(text) ?? MAIL.exec(text);
  const id = match?.[2] ?? null;
  let name = match === null ? text : match[1]!;
  let title: string | null = null;
  const titles = TITLES.exec(name)?.[0];
  // A nickname that is all brackets is a nickname, not a title.
  if (titles !== undefined && titles.length < name.length) {
    title = titles.slice(1, -1).replaceAll('】【', ' ');
    name = name.slice(titles.length);
  }
  name = name.trim();
  return { id, name: name === '' && id !== null ? id : name, title };
}

/** Numbers that QQ itself speaks under: 10000 in private chats, 1000000 in groups. */
const SYSTEM_NUMBERS = new Set(['10000', '1000000']);
const SYSTEM_NAME = '系统消息';
const SYSTEM: RoleDecision = { role: 'system', reason: 'system-name' };

/** True for the sender of QQ's own notices. */
export function isSystemSender(sender: QqSender): boolean {
  return sender.id === null ? sender.name === SYSTEM_NAME : SYSTEM_NUMBERS.has(sender.id);
}

/** 消息分组 that the client itself makes for groups. */
const GROUP_CATEGORY =
  /^(?:我的(?:群聊|QQ群|群|讨论组|多人聊天)|(?:我)?(?:加入|创建|管理)的(?:群聊|QQ群|群)|(?:置顶|未分组的?|已退出的)(?:群聊|QQ群|群|讨论组|多人聊天)|群聊|QQ群|讨论组|多人聊天)$/i;
/**
 * 消息分组 that do not say whether their peers are friends: the one that repeats peers of all the others, and those of a
 * name that the user chose and that speaks of groups (客户群 may be customers, too).
 */
const UNCERTAIN_CATEGORY = /^最近联系人$|群|讨论组|多人聊天/;

/**
 * The thread of one 消息对象 and who speaks in it. The key is the peer's name alone, because 最近联系人 repeats peers of
 * the other groups: each occurrence is a block of its own, and equal messages of blocks are collapsed later.
 *
 * In a private chat everybody but the peer is the exporter. The peer may stand in 消息对象 under a remark that no message
 * bears, so this is believed only once the peer has spoken under that name; until then the exporter's messages wait.
 */
export class QqThread implements Thread {
  key: string;
  readonly session = null;
  customerId: string | null = null;
  readonly shop = null;
  block = 0;
  private category: string | null = null;
  private peer: QqSender | null = null;
  private peerHasSpoken = false;
  private waiting: { message: Message; speaker: Speaker }[] = [];
  private speakers = new Map<string, Speaker>();
  /** Peers that a category of friends has named: where 最近联系人 repeats them, they are friends still. */
  private readonly friends = new Set<string>();

  constructor(private readonly transcript: Transcript) {
    this.key = keyOfFile(transcript.context.file);
  }

  /** A 消息分组 line. */
  enterCategory(name: string): void {
    this.category = name.trim();
  }

  /** A 消息对象 line: a new block begins. */
  enterPeer(name: string): void {
    this.settle();
    this.block++;
    this.key = detached(name.trim());
    this.peer = parseSender(this.key);
    if (this.category !== null && !UNCERTAIN_CATEGORY.test(this.category)) this.friends.add(this.key);
    this.peerHasSpoken = false;
    this.speakers = new Map();
    this.customerId = null;
  }

  /** True when this sender, as written, has spoken in this block. */
  knows(sender: string): boolean {
    return this.speakers.has(sender);
  }

  /** Opens a message by a sender as written. */
  open(sender: string, line: number): Message {
    const speaker = this.speakers.get(sender) ?? this.meet(sender);
    const message = this.transcript.start(speaker, this, null, line);
    if (speaker.role.role === 'unknown' && !this.peerHasSpoken && this.isPrivate(speaker)) {
      this.waiting.push({ message, speaker });
      this.transcript.hold('peer', () => this.settle());
    }
    return message;
  }

  private meet(text: string): Speaker {
    const sender = parseSender(text);
    const speaker: Speaker = {
      id: detached(sender.id ?? sender.name),
      name: detached(sender.name),
      role: { role: 'unknown', reason: 'none' },
      shop: null,
      extra: sender.title === null ? null : { title: sender.title },
    };
    const stated = isSystemSender(sender) ? SYSTEM : null;
    const privately = stated === null && this.isPrivate(speaker);
    const isPeer = privately && this.isPeer(sender);
    speaker.role = this.transcript.context.roles.resolve({
      id: speaker.id,
      name: speaker.name,
      stated,
      peer: isPeer || (privately && this.peerHasSpoken) ? this.peer!.name : null,
      twoParty: privately,
    });
    this.speakers.set(detached(text), speaker);
    if (privately && this.peerHasSpoken) this.noteCustomer(speaker);
    if (isPeer) {
      this.noteCustomer(speaker);
      this.peerSpeaks();
    }
    return speaker;
  }

  /** The peer's name is confirmed: everybody else so far was the exporter. */
  private peerSpeaks(): void {
    this.peerHasSpoken = true;
    for (const speaker of this.speakers.values()) {
      if (speaker.role.role !== 'unknown') continue;
      speaker.role = this.transcript.context.roles.resolve({
        id: speaker.id,
        name: speaker.name,
        peer: this.peer!.name,
        twoParty: true,
      });
      this.noteCustomer(speaker);
    }
    this.settle();
  }

  /** The customer of a private chat: the peer, or the exporter where the peer is the shop. */
  private noteCustomer(speaker: Speaker): void {
    if (speaker.role.role === 'customer') this.customerId ??= speaker.id;
  }

  /** Gives the messages that waited for the peer what is known now. */
  private settle(): void {
    for (const { message, speaker } of this.waiting) {
      message.customerId = this.customerId;
      // A notice or auto reply has been recognised by its text meanwhile.
      if (message.role !== 'unknown') continue;
      message.role = speaker.role.role;
      message.roleReason = speaker.role.reason;
    }
    this.waiting = [];
    this.transcript.release('peer');
  }

  /**
   * Private chats: a category of friends, or an uncertain one where the peer is known as a friend or senders carry no
   * number, which they do in groups.
   */
  private isPrivate(speaker: Speaker): boolean {
    if (this.peer === null || this.category === null || GROUP_CATEGORY.test(this.category)) return false;
    return (
      !UNCERTAIN_CATEGORY.test(this.category) || this.friends.has(this.key) || speaker.id === speaker.name
    );
  }

  private isPeer(sender: QqSender): boolean {
    const peer = this.peer!;
    return sender.name === peer.name || (sender.id !== null && sender.id === peer.id);
  }
}
