import type { Message } from '../../model/message.js';
import { keyOfFile } from '../row-mapper.js';
import { detached } from '../units.js';
import { accountName, tmallSpeaker } from './tmall-account.js';
import { NOTICE_SPEAKER, type Speaker, type Thread, type Transcript } from './transcript.js';

/**
 * The thread of a pasted Taobao chat, which names its customer nowhere: it is the party that is no account of the shop.
 * Messages wait until one such party and one account of the shop have been seen. Another party of that kind begins
 * another thread.
 */
export class TmallThread implements Thread {
  key: string;
  readonly session = null;
  customerId: string | null = null;
  readonly shop = null;
  readonly block = 0;
  private readonly speakers = new Map<string, Speaker>();
  private shopSeen = false;
  /** Messages until the first customer is certain, each with the last party that may be one. */
  private waiting: { message: Message; speaker: Speaker; party: string | null }[] = [];
  private party: string | null = null;
  private lastAtMs: number | null = null;

  constructor(private readonly transcript: Transcript) {
    this.key = keyOfFile(transcript.context.file);
  }

  /**
   * Opens a message.
   *
   * @param who Sender as written.
   * @param to Receiver as written, where the format names one.
   */
  open(who: string, to: string | null, atMs: number | null, line: number): Message {
    this.lastAtMs = atMs;
    // A shop whose name does not say so looks like a party as well: of two, the sender is the customer.
    if (to !== null) this.meet(to);
    const speaker = this.meet(who);
    if (this.party !== null && this.shopSeen) this.enter(this.party);
    return this.start(speaker, atMs, line);
  }

  /** Opens a notice that stands without sender and time: it is given the time of the message above it. */
  notice(line: number): Message {
    return this.start(NOTICE_SPEAKER, this.lastAtMs, line);
  }

  /** True when this account, as written, has been met. */
  knows(who: string): boolean {
    return this.speakers.has(accountName(who));
  }

  private start(speaker: Speaker, atMs: number | null, line: number): Message {
    const message = this.transcript.start(speaker, this, atMs, line);
    if (this.customerId === null) {
      this.waiting.push({ message, speaker, party: this.party });
      this.transcript.hold('customer', () => this.settle(null));
    }
    return message;
  }

  private meet(who: string): Speaker {
    const account = accountName(who);
    let speaker = this.speakers.get(account);
    if (speaker === undefined) {
      speaker = tmallSpeaker(account, this.transcript.context.roles, null);
      this.speakers.set(detached(account), speaker);
    }
    const { role } = speaker.role;
    if (role === 'agent' || role === 'bot') this.shopSeen = true;
    else if (role !== 'system') this.party = speaker.name;
    return speaker;
  }

  /** Makes a party the customer of what follows, and of what waited. */
  private enter(name: string): void {
    if (this.customerId === name) return;
    this.believe(name);
    if (this.customerId === null) this.settle(name);
    this.key = name;
    this.customerId = name;
  }

  /** Resolves a party as the customer of its thread. */
  private believe(name: string): void {
    const speaker = this.speakers.get(name)!;
    if (speaker.role.role !== 'unknown') return;
    speaker.role = tmallSpeaker(name, this.transcript.context.roles, name).role;
  }

  private settle(first: string | null): void {
    let customer = this.waiting.find(({ party }) => party !== null)?.party ?? first;
    for (const { message, speaker, party } of this.waiting) {
      customer = party ?? customer;
      if (first !== null && customer !== null) {
        this.believe(customer);
        message.conversationKey = customer;
        message.customerId = customer;
      }
      // A notice or auto reply has been recognised by its text meanwhile.
      if (message.role !== 'unknown') continue;
      message.role = speaker.role.role;
      message.roleReason = speaker.role.reason;
    }
    this.waiting = [];
    this.transcript.release('customer');
  }
}
