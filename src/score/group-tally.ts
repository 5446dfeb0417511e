import type { Conversation, Metric, Profile, Wait } from '../model/index.js';
import type { AgentWork } from './agent-work.js';
import type { WaitJudge } from './counting.js';
import { hidesCustomer } from './hidden-customer.js';
import { count, type MissingReason, mean, proportion } from './metrics.js';
import { type WaitState, WaitTally } from './wait-tally.js';

/** The figures of a group: an agent, a shop, a day or an hour. Integers and exact tallies only. */
export interface GroupState {
  conversationCount: number;
  timedCount: number;
  /** Conversations in which nobody is known to be a customer, so that no wait can be seen. */
  blindCount: number;
  messageCount: number;
  characterCount: number;
  customerMessageCount: number;
  transfersIn: number;
  transfersOut: number;
  handleSeconds: number;
  handleCount: number;
  waits: WaitState;
}

/** Adds up the figures that docs/metrics.md defines. */
export class GroupTally {
  conversationCount = 0;
  messageCount = 0;
  private timedCount = 0;
  private blindCount = 0;
  private characterCount = 0;
  private customerMessageCount = 0;
  private transfersIn = 0;
  private transfersOut = 0;
  private handleSeconds = 0;
  private handleCount = 0;
  private readonly waits = new WaitTally();

  addConversation(conversation: Conversation): void {
    this.conversationCount++;
    if (conversation.startMs !== null) this.timedCount++;
    if (hidesCustomer(conversation)) this.blindCount++;
  }

  addWork(work: AgentWork): void {
    this.messageCount += work.messageCount;
    this.characterCount += work.characterCount;
    this.customerMessageCount += work.customerMessageCount;
    this.transfersIn += work.transfersIn;
    this.transfersOut += work.transfersOut;
    if (work.handleSeconds !== null) {
      this.handleSeconds += work.handleSeconds;
      this.handleCount++;
    }
  }

  /** Adds the wait that `judge` has judged last. */
  addWait(judge: WaitJudge, wait: Wait, conversation: Conversation): void {
    this.waits.add(judge, wait, conversation);
  }

  /** Profiles that waits of this group were counted under. */
  profileIds(): string[] {
    return this.waits.profileIds();
  }

  /** Why waits cannot be timed, or null where they could. */
  whyUntimed(): MissingReason | null {
    if (this.timedCount === 0) return 'no-times';
    return this.blindCount > 0 ? 'customers-unknown' : null;
  }

  metrics(profile: Profile): Record<string, Metric> {
    const of = (what: Metric['of']) => ({ of: what, profile: profile.id });
    return {
      ...this.waits.metrics(profile, this.whyUntimed() ?? 'no-waits'),
      'answer-ratio': proportion(
        this.messageCount,
        this.customerMessageCount,
        of('messages'),
        this.blindCount > 0 ? 'customers-unknown' : 'no-customer-messages',
      ),
      conversations: count(this.conversationCount, of('sessions')),
      'handle-time': mean(this.handleSeconds, this.handleCount, of('sessions'), 'no-times'),
      'transfers-in': count(this.transfersIn, of('sessions')),
      'transfers-out': count(this.transfersOut, of('sessions')),
      'agent-characters': count(this.characterCount, of('messages')),
    };
  }

  toState(): GroupState {
    return {
      conversationCount: this.conversationCount,
      timedCount: this.timedCount,
      blindCount: this.blindCount,
      messageCount: this.messageCount,
      characterCount: this.characterCount,
      customerMessageCount: this.customerMessageCount,
      transfersIn: this.transfersIn,
      transfersOut: this.transfersOut,
      handleSeconds: this.handleSeconds,
      handleCount: this.handleCount,
      waits: this.waits.toState(),
    };
  }

  absorb(state: GroupState): void {
    this.conversationCount += state.conversationCount;
    this.timedCount += state.timedCount;
    this.blindCount += state.blindCount;
    this.messageCount += state.messageCount;
    this.characterCount += state.characterCount;
    this.customerMessageCount += state.customerMessageCount;
    this.transfersIn += state.transfersIn;
    this.transfersOut += state.transfersOut;
    this.handleSeconds += state.handleSeconds;
    this.handleCount += state.handleCount;
    this.waits.absorb(state.waits);
  }
}
