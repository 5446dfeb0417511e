import type {
  AgentReport,
  AgentScore,
  Conversation,
  Finding,
  GoodTurn,
  Profile,
  Severity,
  TroubleKind,
  TurnScore,
  Wait,
  Zone,
} from '../model/index.js';
import type { AgentWork } from './agent-work.js';
import { profileOf } from './breakdowns.js';
import { type ConcurrencyState, ConcurrencyTally } from './concurrency.js';
import type { WaitJudge } from './counting.js';
import { type ExposureState, ExposureTally } from './exposure-tally.js';
import { type Compared, TROUBLE_KINDS } from './fair.js';
import { type GroupState, GroupTally } from './group-tally.js';
import { hidesCustomer } from './hidden-customer.js';
import { wilson } from './intervals.js';
import { count, ratio } from './metrics.js';
import { compareText } from './worst.js';

/** From this on a turn counts as abusive: one finding of severity error, or two of warning. */
const ABUSIVE = 0.5;
/**
 * What an abusive turn weighs in the mean, in turns. It exceeds what its presence can mend elsewhere (it ends a wait, it
 * may fill a silence), so adding an abusive message never improves a score.
 */
const ABUSIVE_TURN_WEIGHT = 3;
/** What a wholly dismissive or wholly slow turn, or a customer who was never answered, weighs. */
const NEGLECT_WEIGHT = 0.7;
/** The red line: the score of an agent with one finding of abuse at severity error, and what each further costs. */
const RED_LINE = 59;
const RED_LINE_STEP = 10;
/** Good turns of one agent that a report shows. */
const BEST_KEPT = 3;

/** The state of one agent: integers and exact tallies only, so that states merge in any order to the same. */
export interface AgentState {
  agentId: string;
  agentName: string;
  shop: string | null;
  group: GroupState;
  concurrency: ConcurrencyState;
  turnCount: number;
  timedTurnCount: number;
  /** Turns with a finding of severity warning or above, by kind. */
  abuseTurns: number;
  dismissiveTurns: number;
  slowTurns: number;
  /** Sum over turns of what they lose, in thousandths. */
  lossMilli: number;
  redLineCount: number;
  /** Conversations with a finding of severity warning or above, by kind; those in which anything was timed. */
  troubled: Record<TroubleKind, number>;
  timedConversations: number;
  /** Conversations by the hour they began in. */
  hours: number[];
  findingCounts: Record<Severity, number>;
  ruleCounts: Record<string, number>;
  exposure: ExposureState;
  best: GoodTurn[];
}

/** Collects one agent's figures, conversation by conversation. */
export class AgentTally {
  readonly agentId: string;
  private name = '';
  private shop: string | null = null;
  private readonly group = new GroupTally();
  private readonly concurrency = new ConcurrencyTally();
  private turnCount = 0;
  private timedTurnCount = 0;
  private abuseTurns = 0;
  private dismissiveTurns = 0;
  private slowTurns = 0;
  private lossMilli = 0;
  private redLineCount = 0;
  private readonly troubled: Record<TroubleKind, number> = { abuse: 0, dismissive: 0, slow: 0 };
  private timedConversations = 0;
  private readonly hours = new Array<number>(24).fill(0);
  private readonly findingCounts: Record<Severity, number> = { error: 0, warning: 0, info: 0 };
  private readonly ruleCounts = new Map<string, number>();
  private readonly exposure = new ExposureTally();
  private best: GoodTurn[] = [];

  constructor(agentId: string) {
    this.agentId = agentId;
  }

  /** What this agent did in a conversation. */
  addWork(work: AgentWork, conversation: Conversation, zone: Zone): void {
    this.identify(work.agentName, conversation.shop);
    this.group.addConversation(conversation);
    this.group.addWork(work);
    this.concurrency.add(work.turns, zone);
    if (work.handleSeconds !== null && !hidesCustomer(conversation)) this.timedConversations++;
    const { startMs } = conversation;
    if (startMs !== null) this.hours[Math.floor(zone.secondOfDay(startMs) / 3600)]!++;
  }

  addTurn(score: TurnScore, findings: readonly Finding[]): void {
    this.turnCount++;
    if (score.slow !== null) this.timedTurnCount++;
    if (score.findings.length === 0) return;
    let abuse = false;
    let dismissive = false;
    let slow = false;
    for (const index of score.findings) {
      const finding = findings[index]!;
      if (finding.experimental || finding.severity === 'info') continue;
      if (finding.category === 'abuse') {
        abuse = true;
        if (finding.severity === 'error') this.redLineCount++;
      } else if (finding.category === 'dismissive') dismissive = true;
      else if (finding.category === 'latency') slow = true;
    }
    if (abuse) this.abuseTurns++;
    if (dismissive) this.dismissiveTurns++;
    if (slow) this.slowTurns++;
    this.lossMilli += Math.round(lossOf(score) * 1000);
  }

  /** Kinds of trouble that this agent made in one conversation. */
  addTroubles(kinds: Iterable<TroubleKind>): void {
    for (const kind of kinds) this.troubled[kind]++;
  }

  /** Adds the wait that `judge` has judged last, answered by this agent or left open and charged to them. */
  addWait(judge: WaitJudge, wait: Wait, conversation: Conversation): void {
    this.group.addWait(judge, wait, conversation);
  }

  /** Any finding about this agent, or about what this agent had to bear. */
  addFinding(finding: Finding): void {
    this.findingCounts[finding.severity]++;
    this.ruleCounts.set(finding.ruleId, (this.ruleCounts.get(finding.ruleId) ?? 0) + 1);
  }

  /** What an unanswered customer costs: as a slow turn would. */
  addUnansweredLoss(weight: number): void {
    this.lossMilli += Math.round(NEGLECT_WEIGHT * weight * 1000);
  }

  /** What this agent had to bear from the customer of one conversation. */
  addExposure(findings: readonly Finding[], conversation: Conversation, zone: Zone): void {
    this.exposure.add(findings, conversation, zone);
  }

  /** Keeps the best of this agent's good turns. */
  addGoodTurns(turns: readonly GoodTurn[]): void {
    this.best = [...this.best, ...turns].sort(compareGoodTurns).slice(0, BEST_KEPT);
  }

  /** Turns worth showing, the best first. */
  goodTurns(): readonly GoodTurn[] {
    return this.best;
  }

  toState(): AgentState {
    return {
      agentId: this.agentId,
      agentName: this.name,
      shop: this.shop,
      group: this.group.toState(),
      concurrency: this.concurrency.toState(),
      turnCount: this.turnCount,
      timedTurnCount: this.timedTurnCount,
      abuseTurns: this.abuseTurns,
      dismissiveTurns: this.dismissiveTurns,
      slowTurns: this.slowTurns,
      lossMilli: this.lossMilli,
      redLineCount: this.redLineCount,
      troubled: { ...this.troubled },
      timedConversations: this.timedConversations,
      hours: [...this.hours],
      findingCounts: { ...this.findingCounts },
      ruleCounts: sortedRecord(this.ruleCounts),
      exposure: this.exposure.toState(),
      best: [...this.best],
    };
  }

  absorb(state: AgentState): void {
    this.identify(state.agentName, state.shop);
    this.group.absorb(state.group);
    this.concurrency.absorb(state.concurrency);
    this.turnCount += state.turnCount;
    this.timedTurnCount += state.timedTurnCount;
    this.abuseTurns += state.abuseTurns;
    this.dismissiveTurns += state.dismissiveTurns;
    this.slowTurns += state.slowTurns;
    this.lossMilli += state.lossMilli;
    this.redLineCount += state.redLineCount;
    for (const kind of TROUBLE_KINDS) this.troubled[kind] += state.troubled[kind];
    this.timedConversations += state.timedConversations;
    state.hours.forEach((count, hour) => {
      this.hours[hour]! += count;
    });
    for (const severity of ['error', 'warning', 'info'] as const) {
      this.findingCounts[severity] += state.findingCounts[severity];
    }
    for (const [rule, count] of Object.entries(state.ruleCounts)) {
      this.ruleCounts.set(rule, (this.ruleCounts.get(rule) ?? 0) + count);
    }
    this.exposure.absorb(state.exposure);
    this.addGoodTurns(state.best);
  }

  /** @param profiles that conversations were counted under, by id */
  report(profiles: ReadonlyMap<string, Profile>): Omit<AgentReport, 'rank' | 'comparison' | 'caseMix'> {
    const profile = profileOf(this.group, profiles);
    const turns = { of: 'turns', profile: profile.id } as const;
    const sessions = { of: 'sessions', profile: profile.id } as const;
    return {
      agentId: this.agentId,
      agentName: this.name,
      shop: this.shop,
      conversationCount: this.group.conversationCount,
      turnCount: this.turnCount,
      messageCount: this.group.messageCount,
      score: this.score(),
      rates: {
        abuse: ratio(this.abuseTurns, this.turnCount, turns, 'no-turns'),
        dismissive: ratio(this.dismissiveTurns, this.turnCount, turns, 'no-turns'),
        slow: ratio(this.slowTurns, this.timedTurnCount, turns, this.group.whyUntimed() ?? 'no-times'),
      },
      metrics: {
        ...this.group.metrics(profile),
        'concurrent-peak': count(this.concurrency.peak(), sessions),
      },
      findingCounts: { ...this.findingCounts },
      ruleCounts: sortedRecord(this.ruleCounts),
      exposure: this.exposure.report(),
    };
  }

  /** What this agent is compared by. */
  compared(report: Pick<AgentReport, 'score' | 'rates'>): Compared {
    const { conversationCount } = this.group;
    const of = (kind: TroubleKind, size: number) => ({ hits: this.troubled[kind], size });
    return {
      agentId: this.agentId,
      turnCount: this.turnCount,
      score: report.score.value,
      profile: report.rates.abuse.profile,
      conversations: {
        abuse: of('abuse', conversationCount),
        dismissive: of('dismissive', conversationCount),
        slow: of('slow', this.timedConversations),
      },
      whyUntimed: this.group.whyUntimed() ?? 'no-times',
    };
  }

  /** Conversations by the hour they began in. */
  byHour(): readonly number[] {
    return this.hours;
  }

  /**
   * 100 × (1 − mean loss), where an abusive turn loses 3, another max(abuse, 0.7 × dismissive, 0.7 × slow), and an
   * unanswered customer what a slow turn would; below the red line as soon as there is abuse of severity error. The
   * interval is Wilson's over the number of turns.
   */
  private score(): AgentScore {
    const sampleSize = this.turnCount;
    if (sampleSize === 0) return { value: null, interval: null, sampleSize };
    const loss = Math.min(1, this.lossMilli / 1000 / sampleSize);
    const ceiling =
      this.redLineCount === 0 ? 100 : Math.max(0, RED_LINE - RED_LINE_STEP * (this.redLineCount - 1));
    const interval = wilson((1 - loss) * sampleSize, sampleSize)!;
    const points = (share: number): number => Math.min(ceiling, Math.round(share * 1000) / 10);
    return { value: points(1 - loss), interval: [points(interval[0]), points(interval[1])], sampleSize };
  }

  /** Of several names or shops the first in text order stands: the same in whatever order they are met. */
  private identify(name: string, shop: string | null): void {
    if (name !== '' && (this.name === '' || name < this.name)) this.name = name;
    if (shop !== null && (this.shop === null || shop < this.shop)) this.shop = shop;
  }
}

/** The more there is to learn from a turn the earlier it stands; a total order, so that parts merge to the whole. */
export function compareGoodTurns(a: GoodTurn, b: GoodTurn): number {
  return (
    b.kinds.length - a.kinds.length ||
    (a.atMs ?? Number.MAX_SAFE_INTEGER) - (b.atMs ?? Number.MAX_SAFE_INTEGER) ||
    compareText(a.conversationId, b.conversationId) ||
    a.turnIndex - b.turnIndex
  );
}

function lossOf(score: TurnScore): number {
  if (score.abuse >= ABUSIVE) return ABUSIVE_TURN_WEIGHT;
  return Math.max(score.abuse, NEGLECT_WEIGHT * score.dismissive, NEGLECT_WEIGHT * (score.slow ?? 0));
}

function sortedRecord(map: ReadonlyMap<string, number>): Record<string, number> {
  return Object.fromEntries([...map].sort((a, b) => (a[0] < b[0] ? -1 : 1)));
}
