import {
  type Conversation,
  compareFindings,
  type Exposure,
  type Finding,
  NO_BUSINESS_RULE,
  NO_EXPOSURE_RULES,
  type Zone,
} from '../model/index.js';
import { type StretchState, StretchTally } from './stretches.js';

/** What one agent had to bear from customers: integers and stretches, so that states merge in any order to the same. */
export interface ExposureState {
  turnCount: number;
  conversationCount: number;
  ms: number;
  untimedCount: number;
  stretches: StretchState;
  worst: Finding | null;
  idleCount: number;
  idleMs: number;
  idleUntimedCount: number;
}

/** Collects what customers did to one agent. No part of any score. */
export class ExposureTally {
  private turnCount = 0;
  private conversationCount = 0;
  private ms = 0;
  private untimedCount = 0;
  private readonly stretches = new StretchTally();
  private worst: Finding | null = null;
  private idleCount = 0;
  private idleMs = 0;
  private idleUntimedCount = 0;

  /** Findings about the customer of one conversation that this agent had to bear. */
  add(findings: readonly Finding[], { startMs, endMs }: Conversation, zone: Zone): void {
    const abuse = findings.filter(({ ruleId }) => !NO_EXPOSURE_RULES.has(ruleId));
    if (abuse.length > 0) this.addAbuse(abuse, zone);
    if (!findings.some(({ ruleId }) => ruleId === NO_BUSINESS_RULE)) return;
    this.idleCount++;
    if (startMs === null || endMs === null) this.idleUntimedCount++;
    else this.idleMs += endMs - startMs;
  }

  private addAbuse(findings: readonly Finding[], zone: Zone): void {
    this.turnCount += new Set(findings.map(({ turnIndex }) => turnIndex)).size;
    this.conversationCount++;
    const times = findings.flatMap(({ atMs }) => (atMs === null ? [] : [atMs]));
    if (times.length < findings.length) this.untimedCount++;
    else this.ms += Math.max(...times) - Math.min(...times);
    for (const atMs of times) this.stretches.addMoment(atMs, zone);
    for (const finding of findings) this.keepWorst(finding);
  }

  private keepWorst(finding: Finding): void {
    if (this.worst === null || compareFindings(finding, this.worst) < 0) this.worst = finding;
  }

  toState(): ExposureState {
    return {
      turnCount: this.turnCount,
      conversationCount: this.conversationCount,
      ms: this.ms,
      untimedCount: this.untimedCount,
      stretches: this.stretches.toState(),
      worst: this.worst,
      idleCount: this.idleCount,
      idleMs: this.idleMs,
      idleUntimedCount: this.idleUntimedCount,
    };
  }

  absorb(state: ExposureState): void {
    this.turnCount += state.turnCount;
    this.conversationCount += state.conversationCount;
    this.ms += state.ms;
    this.untimedCount += state.untimedCount;
    this.stretches.absorb(state.stretches);
    if (state.worst !== null) this.keepWorst(state.worst);
    this.idleCount += state.idleCount;
    this.idleMs += state.idleMs;
    this.idleUntimedCount += state.idleUntimedCount;
  }

  report(): Exposure {
    const timed = this.untimedCount === 0;
    const idleTimed = this.idleUntimedCount === 0;
    return {
      turnCount: this.turnCount,
      conversationCount: this.conversationCount,
      durationMs: timed ? this.ms : null,
      longestMs: timed ? (this.stretches.longestMs() ?? 0) : null,
      worst: this.worst,
      noBusiness: { conversationCount: this.idleCount, durationMs: idleTimed ? this.idleMs : null },
      reason: timed && idleTimed ? null : 'no-times',
    };
  }
}
