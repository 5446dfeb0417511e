import type {
  AgentReport,
  AuditReport,
  CaseMix,
  Contact,
  Conversation,
  Coverage,
  CustomerRecord,
  Finding,
  GoodTurn,
  InputReport,
  Message,
  MessageKind,
  Notice,
  Profile,
  Role,
  RunInfo,
  Severity,
  Skip,
  SkipReason,
  Summary,
  TroubleKind,
  TurnScore,
  Zone,
} from '../model/index.js';
import { type AgentState, AgentTally, compareGoodTurns } from './agent-tally.js';
import { workOf } from './agent-work.js';
import { type BreakdownState, BreakdownTally } from './breakdowns.js';
import { CareTally } from './care-tally.js';
import { caseMix } from './case-mix.js';
import { type ContactState, ContactStore } from './contact-store.js';
import { ContactTally, type CustomerState } from './contacts.js';
import { isCharged, WaitJudge } from './counting.js';
import { compare, rank } from './fair.js';
import { compareText, WorstFindings } from './worst.js';

/** Everything an audit adds up, in plain JSON. Partial audits of disjoint conversations merge to the whole. */
export interface AuditState {
  inputs: InputReport[];
  coverage: Coverage;
  summary: Omit<Summary, 'agentCount' | 'acceptedCount'>;
  agents: AgentState[];
  worst: Finding[];
  notices: Notice[];
  breakdowns: BreakdownState;
  contacts: CustomerState[];
  records: ContactState;
  /** Whole, so that parts need nothing else to be merged. */
  profiles: Profile[];
  acceptedCount: number;
}

/** Adds up an audit. `absorb` takes the state of another part; the report does not depend on how parts were cut. */
export class AuditTally {
  private readonly agents = new Map<string, AgentTally>();
  /** The agent who was asked for last: in most conversations there is but one. */
  private lastAgent: AgentTally | null = null;
  private readonly worst = new WorstFindings();
  private readonly inputs: InputReport[] = [];
  private readonly notices: Notice[] = [];
  private readonly noticeKeys = new Set<string>();
  private readonly profiles = new Map<string, Profile>();
  private readonly judges = new Map<string, WaitJudge>();
  private readonly breakdowns: BreakdownTally;
  private readonly contacts = new ContactTally();
  /** Contacts of customers; {@link addCustomer} is told what they come to when all are in. */
  readonly records = new ContactStore();
  private readonly care = new CareTally();
  private readonly findingCounts: Record<Severity, number> = { error: 0, warning: 0, info: 0 };
  private readonly roles = new Map<Role, Map<string, number>>();
  private readonly kinds = new Map<string, number>();
  private readonly skips = new Map<SkipReason, number>();
  private skipCount = 0;
  private duplicateCount = 0;
  private acceptedCount = 0;
  private untimedCount = 0;
  private conversationCount = 0;
  private agentTurnCount = 0;

  /** @param zone of the local days and hours that figures are broken down by */
  constructor(private readonly zone: Zone) {
    this.breakdowns = new BreakdownTally(zone);
  }

  /** Counts roles and kinds of what was read, before duplicates are dropped. */
  addMessages(messages: readonly Message[]): void {
    const counts: SenderCount[] = [];
    let last: SenderCount | null = null;
    for (const { role, roleReason, kind, atMs } of messages) {
      if (last === null || last.role !== role || last.roleReason !== roleReason || last.kind !== kind) {
        last = senderCount(counts, role, roleReason, kind);
        if (counts.length > MANY_SENDERS) {
          this.addCounts(counts);
          counts.length = 0;
          last = senderCount(counts, role, roleReason, kind);
        }
      }
      last.count++;
      if (atMs === null) this.untimedCount++;
    }
    this.addCounts(counts);
  }

  private addCounts(counts: readonly SenderCount[]): void {
    for (const { role, roleReason, kind, count } of counts) {
      let reasons = this.roles.get(role);
      if (reasons === undefined) {
        reasons = new Map();
        this.roles.set(role, reasons);
      }
      reasons.set(roleReason, (reasons.get(roleReason) ?? 0) + count);
      this.kinds.set(kind, (this.kinds.get(kind) ?? 0) + count);
    }
  }

  addSkip(skip: Skip): void {
    this.skipCount++;
    this.skips.set(skip.reason, (this.skips.get(skip.reason) ?? 0) + 1);
  }

  addInput(input: InputReport): void {
    this.inputs.push(input);
  }

  addDuplicates(count: number): void {
    this.duplicateCount += count;
  }

  /** Findings left out because a baseline accepts them. */
  addAccepted(count: number): void {
    this.acceptedCount += count;
  }

  /** The same notice twice is said once. */
  addNotice(notice: Notice): void {
    const key = JSON.stringify(notice);
    if (this.noticeKeys.has(key)) return;
    this.noticeKeys.add(key);
    this.notices.push(notice);
  }

  addConversation(
    conversation: Conversation,
    findings: readonly Finding[],
    turnScores: readonly TurnScore[],
    profile: Profile,
  ): void {
    this.conversationCount++;
    this.agentTurnCount += turnScores.length;
    const judge = this.judgeOf(profile);
    const works = workOf(conversation);
    for (const work of works) this.agent(work.agentId).addWork(work, conversation, this.zone);
    this.breakdowns.addConversation(conversation, works);
    this.contacts.add(
      conversation,
      works.map((work) => work.agentId),
    );
    for (const score of turnScores) {
      this.agent(conversation.turns[score.turnIndex]!.agentId).addTurn(score, findings);
    }
    for (const wait of conversation.waits) {
      judge.judge(wait, conversation);
      this.breakdowns.addWait(judge, wait, conversation);
      if (isCharged(wait)) this.agent(wait.agentId).addWait(judge, wait, conversation);
    }
    if (findings.length > 0) this.addFindings(conversation, findings);
  }

  /** Turns to learn from, wherever they were found. */
  addGoodTurns(turns: readonly GoodTurn[]): void {
    for (const turn of turns) this.agent(turn.agentId).addGoodTurns([turn]);
  }

  /** Keeps what the record of a customer needs of a conversation. */
  addContact(contact: Contact): void {
    this.records.add(contact);
  }

  /**
   * A customer's record and what rules found in it: the last step of an audit, when all parts have been merged. It is made
   * of the contacts in the state and therefore is no part of it.
   */
  addCustomer(customer: CustomerRecord, findings: readonly Finding[]): void {
    this.care.add(customer);
    for (const finding of findings) {
      this.findingCounts[finding.severity]++;
      this.worst.add(finding);
      if (finding.agentId !== '') this.agent(finding.agentId).addFinding(finding);
    }
  }

  private addFindings(conversation: Conversation, findings: readonly Finding[]): void {
    const endured = new Map<string, Finding[]>();
    const troubles = new Map<string, Set<TroubleKind>>();
    for (const finding of findings) {
      this.findingCounts[finding.severity]++;
      if (finding.category !== 'customer-abuse') this.worst.add(finding);
      if (finding.agentId === '') continue;
      const agent = this.agent(finding.agentId);
      agent.addFinding(finding);
      const trouble = troubleOf(finding);
      if (trouble !== null) {
        const own = troubles.get(finding.agentId);
        if (own === undefined) troubles.set(finding.agentId, new Set([trouble]));
        else own.add(trouble);
      }
      if (finding.category === 'customer-abuse') {
        const list = endured.get(finding.agentId);
        if (list === undefined) endured.set(finding.agentId, [finding]);
        else list.push(finding);
      } else if (finding.category === 'latency' && !finding.experimental) {
        if (conversation.turns[finding.turnIndex]?.role !== 'agent') agent.addUnansweredLoss(finding.weight);
      }
    }
    for (const [agentId, list] of endured) this.agent(agentId).addExposure(list, conversation, this.zone);
    for (const [agentId, kinds] of troubles) this.agent(agentId).addTroubles(kinds);
  }

  private judgeOf(profile: Profile): WaitJudge {
    let judge = this.judges.get(profile.id);
    if (judge === undefined) {
      judge = new WaitJudge(profile, this.zone);
      this.judges.set(profile.id, judge);
      this.profiles.set(profile.id, profile);
    }
    return judge;
  }

  private agent(agentId: string): AgentTally {
    if (this.lastAgent?.agentId === agentId) return this.lastAgent;
    let agent = this.agents.get(agentId);
    if (agent === undefined) {
      agent = new AgentTally(agentId);
      this.agents.set(agentId, agent);
    }
    this.lastAgent = agent;
    return agent;
  }

  toState(): AuditState {
    return {
      inputs: this.inputs,
      coverage: this.coverage(),
      summary: {
        conversationCount: this.conversationCount,
        agentTurnCount: this.agentTurnCount,
        findingCounts: { ...this.findingCounts },
      },
      agents: [...this.agents.values()]
        .map((agent) => agent.toState())
        .sort((a, b) => compareText(a.agentId, b.agentId)),
      worst: this.worst.list(),
      notices: this.sortedNotices(),
      breakdowns: this.breakdowns.toState(),
      contacts: this.contacts.toState(),
      records: this.records.toState(),
      profiles: this.profileIds().map((id) => this.profiles.get(id)!),
      acceptedCount: this.acceptedCount,
    };
  }

  absorb(state: AuditState): void {
    this.inputs.push(...state.inputs);
    for (const [role, reasons] of Object.entries(state.coverage.roles) as [Role, Record<string, number>][]) {
      const own = this.roles.get(role) ?? new Map<string, number>();
      for (const [reason, count] of Object.entries(reasons)) own.set(reason, (own.get(reason) ?? 0) + count);
      if (own.size > 0) this.roles.set(role, own);
    }
    for (const [kind, count] of Object.entries(state.coverage.kinds)) {
      this.kinds.set(kind, (this.kinds.get(kind) ?? 0) + count);
    }
    for (const [reason, count] of Object.entries(state.coverage.skips) as [SkipReason, number][]) {
      this.skips.set(reason, (this.skips.get(reason) ?? 0) + count);
    }
    this.skipCount += state.coverage.skipCount;
    this.duplicateCount += state.coverage.duplicateCount;
    this.untimedCount += state.coverage.untimedCount;
    this.conversationCount += state.summary.conversationCount;
    this.agentTurnCount += state.summary.agentTurnCount;
    for (const severity of ['error', 'warning', 'info'] as const) {
      this.findingCounts[severity] += state.summary.findingCounts[severity];
    }
    for (const agent of state.agents) this.agent(agent.agentId).absorb(agent);
    for (const finding of state.worst) this.worst.add(finding);
    for (const notice of state.notices) this.addNotice(notice);
    for (const profile of state.profiles) this.profiles.set(profile.id, profile);
    this.breakdowns.absorb(state.breakdowns);
    this.contacts.absorb(state.contacts);
    this.records.absorb(state.records);
    this.acceptedCount += state.acceptedCount;
  }

  /** The figures of each agent, lowest score first. */
  agentReports(): AgentReport[] {
    const reports = [...this.agents.values()].map((agent) => ({
      agent,
      report: agent.report(this.profiles),
    }));
    const compared = reports.map(({ agent, report }) => agent.compared(report));
    const comparisons = compare(compared);
    const ranks = rank(compared);
    const contacts = this.contacts.byAgent();
    return reports
      .map(({ agent, report }): AgentReport => {
        const { agentId } = report;
        return {
          ...report,
          metrics: { ...report.metrics, ...this.care.metricsOf(agentId) },
          rank: ranks.get(agentId)!,
          comparison: comparisons.get(agentId)!,
          caseMix: caseMix(agent.byHour(), contacts.get(agentId), report.rates.abuse.profile),
        };
      })
      .sort(compareAgents);
  }

  /** The case mix of all agents together; who met a customer with others counts as often as they did. */
  private teamMix(): CaseMix {
    const hours = new Array<number>(24).fill(0);
    const contacts = { later: 0, all: 0 };
    for (const agent of this.agents.values()) {
      agent.byHour().forEach((count, hour) => {
        hours[hour]! += count;
      });
    }
    for (const { later, all } of this.contacts.byAgent().values()) {
      contacts.later += later;
      contacts.all += all;
    }
    return caseMix(hours, contacts, this.profileIds().join('+'));
  }

  /** Profiles that conversations were counted under, by id. */
  profilesById(): ReadonlyMap<string, Profile> {
    return this.profiles;
  }

  /** @param run with everything but the profiles, which only the conversations tell */
  report(run: RunInfo): AuditReport {
    const agents = this.agentReports();
    return {
      run: { ...run, profiles: this.profileIds() },
      inputs: [...this.inputs],
      coverage: this.coverage(),
      summary: {
        conversationCount: this.conversationCount,
        agentCount: agents.length,
        agentTurnCount: this.agentTurnCount,
        findingCounts: { ...this.findingCounts },
        acceptedCount: this.acceptedCount,
      },
      agents,
      caseMix: this.teamMix(),
      breakdowns: this.breakdowns.report(this.profiles),
      customers: this.care.report(this.records.share),
      worst: this.worst.list(),
      best: [...this.agents.values()].flatMap((agent) => agent.goodTurns()).sort(compareGoodTurns),
      notices: this.sortedNotices(),
    };
  }

  private profileIds(): string[] {
    return [...this.profiles.keys()].sort(compareText);
  }

  private sortedNotices(): Notice[] {
    return [...this.notices].sort((a, b) => compareText(JSON.stringify(a), JSON.stringify(b)));
  }

  private coverage(): Coverage {
    const sum = (pick: (input: InputReport) => number): number =>
      this.inputs.reduce((total, input) => total + pick(input), 0);
    const roles: Coverage['roles'] = { agent: {}, customer: {}, bot: {}, system: {}, unknown: {} };
    for (const [role, reasons] of this.roles) roles[role] = sorted(reasons);
    return {
      fileCount: this.inputs.length,
      lineCount: sum((input) => input.lineCount),
      recordCount: sum((input) => input.recordCount),
      messageCount: sum((input) => input.messageCount),
      skipCount: this.skipCount,
      duplicateCount: this.duplicateCount,
      brokenByteCount: sum((input) => input.brokenByteCount),
      untimedCount: this.untimedCount,
      skips: sorted(this.skips),
      roles,
      kinds: sorted(this.kinds),
    };
  }
}

/** How many messages of a batch have one role, for one reason, and one kind. */
interface SenderCount {
  role: Role;
  roleReason: string;
  kind: MessageKind;
  count: number;
}

/** Nothing but a hostile input has so many reasons. */
const MANY_SENDERS = 64;

/** A batch has a handful of these: a list is quicker than a map of maps. */
function senderCount(counts: SenderCount[], role: Role, roleReason: string, kind: MessageKind): SenderCount {
  for (const one of counts) {
    if (one.role === role && one.roleReason === roleReason && one.kind === kind) return one;
  }
  const added = { role, roleReason, kind, count: 0 };
  counts.push(added);
  return added;
}

/** The kind of trouble that a finding is, as rates count it; null for those that inform. */
function troubleOf({ category, severity, experimental }: Finding): TroubleKind | null {
  if (experimental || severity === 'info') return null;
  if (category === 'latency') return 'slow';
  return category === 'abuse' || category === 'dismissive' ? category : null;
}

/** Lowest score first: who needs attention is read first. */
function compareAgents(a: AgentReport, b: AgentReport): number {
  return (a.score.value ?? 101) - (b.score.value ?? 101) || compareText(a.agentId, b.agentId);
}

function sorted<K extends string>(map: ReadonlyMap<K, number>): Record<K, number> {
  return Object.fromEntries([...map].sort((a, b) => compareText(a[0], b[0]))) as Record<K, number>;
}
