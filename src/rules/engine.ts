import type { CompiledLexicon, LexiconMatch, Reading } from '../language/lexicon.js';
import {
  CategorySet,
  type Conversation,
  type CustomerRecord,
  compareText,
  type Evidence,
  type Finding,
  isUneventful,
  KefuError,
  type Message,
  messageIdOf,
  type Platform,
  type Profile,
  type Turn,
  type Zone,
} from '../model/index.js';
import { fingerprint, identityOf, identityOfRecord } from './fingerprint.js';
import { presetNamed, RULES } from './registry.js';
import type { CustomerContext, Quote, RecordReport, Report, Rule, RuleContext, RuleOptions } from './rule.js';
import { type ActiveRule, applySettings, type RuleSettings } from './settings.js';
import { milder, SEVERITY_WEIGHT } from './severity.js';

export interface EngineOptions {
  lexicon: CompiledLexicon;
  /** The profile that a platform is judged by. */
  profile: (platform: Platform | null) => Profile;
  zone: Zone;
  /** Default `recommended`. */
  preset?: string;
  ruleSettings?: RuleSettings;
  /** The rules to choose from; default all that the tool has. */
  rules?: readonly Rule[];
  /** Milliseconds spent in each rule are added up here, by rule id; needs `now`. */
  ruleTimes?: Map<string, number> | null;
  /** A clock in milliseconds, only read for `ruleTimes`. */
  now?: (() => number) | null;
}

/** Lexicon matches in the conversation that was judged last. */
export interface EngineCues {
  /** Those of some categories that a message may hold: a quick look. */
  mayBe(messageIndex: number, categories: CategorySet): CategorySet;
  /** Of some categories, in the order of the text. */
  among(messageIndex: number, categories: CategorySet): readonly LexiconMatch[];
  /** Of one category. */
  matches(messageIndex: number, category: string): readonly LexiconMatch[];
}

export interface Engine {
  /** The rules of this run, in the order of the registry. */
  readonly rules: readonly ActiveRule[];
  /**
   * Everything that the rules found in one conversation, sorted by turn, rule and place.
   *
   * @throws KefuError `internal` when a rule fails or quotes words that are not in the input: both are bugs, and a
   * report with a wrong quote in it must not be written.
   */
  judge(conversation: Conversation): Finding[];
  /**
   * What only the whole record of a customer shows. Called when everything has been read.
   *
   * @throws KefuError `internal` when a rule fails
   */
  judgeCustomer(customer: CustomerRecord): Finding[];
  readonly cues: EngineCues;
}

/**
 * Builds the judge of a run.
 *
 * Each text message of an agent or a customer is looked over once; a rule is woken only by words that may be of a category
 * that it listens to, and they are verified only when a rule asks for them. A conversation without such words costs that
 * look and the few rules without triggers.
 *
 * @throws KefuError `config` for an unknown preset, rule or option.
 */
export function createEngine(options: EngineOptions): Engine {
  const rules = options.rules ?? RULES;
  const active = applySettings(
    rules,
    presetNamed(options.preset ?? 'recommended', rules),
    options.ruleSettings ?? {},
  );
  return new RuleEngine(active, options);
}

/** A finding quotes no more places than this: nobody reads a thousand, and a report must not outgrow its input. */
const MOST_QUOTES = 20;

/** The findings of conversations without any are all this one. */
const NO_FINDINGS = Object.freeze([]) as unknown as Finding[];
const NO_MATCHES: readonly LexiconMatch[] = [];
/** Of messages that are not judged. */
const NOTHING: Reading = { categories: CategorySet.none, matches: () => NO_MATCHES };

class RuleEngine implements Engine, RuleContext {
  readonly rules: readonly ActiveRule[];
  readonly zone: Zone;
  conversation!: Conversation;
  profile!: Profile;
  options: RuleOptions = {};

  /** Those of {@link rules} that judge the records of customers. */
  private readonly rulesOfRecords: readonly ActiveRule[];
  private readonly lexicon: CompiledLexicon;
  private readonly profileOf: (platform: Platform | null) => Profile;
  private readonly ruleTimes: Map<string, number> | null;
  private readonly now: () => number;
  /** By rule: the categories that wake it, or null where it is always awake; never woken are rules of records alone. */
  private readonly triggers: readonly (CategorySet | null)[];
  /** Categories that the conversation may hold in words of agents, and of customers. */
  private saidByAgents = CategorySet.none;
  private saidByCustomers = CategorySet.none;
  /** By message, of `conversation.messages.length` places. */
  private readonly readings: Reading[] = [];
  readonly cues: EngineCues = {
    mayBe: (messageIndex, categories) => this.readings[messageIndex]!.categories.within(categories),
    among: (messageIndex, categories) => this.matchesAmong(messageIndex, categories),
    matches: (messageIndex, category) => this.matches(messageIndex, category),
  };
  private current!: ActiveRule;
  private findings: Finding[] = NO_FINDINGS;
  private readonly ordinals = new Map<string, number>();

  constructor(rules: ActiveRule[], options: EngineOptions) {
    this.rules = rules;
    this.rulesOfRecords = rules.filter(({ rule }) => rule.checkCustomer);
    this.lexicon = options.lexicon;
    this.profileOf = options.profile;
    this.zone = options.zone;
    this.ruleTimes = options.now ? (options.ruleTimes ?? null) : null;
    this.now = options.now ?? (() => 0);
    this.triggers = rules.map(({ rule: { triggers, check } }) =>
      check === undefined ? CategorySet.none : triggers === undefined ? null : CategorySet.of(triggers),
    );
  }

  judge(conversation: Conversation): Finding[] {
    this.conversation = conversation;
    this.findings = NO_FINDINGS;
    this.profile = this.profileOf(conversation.platform);
    this.look(conversation.messages);
    for (let at = 0; at < this.rules.length; at++) if (this.isAwake(at)) this.run(this.rules[at]!);
    if (this.findings.length > 1) this.findings.sort(byPlace);
    if (this.ordinals.size > 0) this.ordinals.clear();
    return this.findings;
  }

  judgeCustomer(customer: CustomerRecord): Finding[] {
    if (customer.contacts.length === 1 && isUneventful(customer.contacts[0]!)) return NO_FINDINGS;
    const findings: Finding[] = [];
    for (const active of this.rulesOfRecords) {
      const context: CustomerContext = {
        customer,
        zone: this.zone,
        options: active.options,
        profileOf: this.profileOf,
        report: (report) => findings.push(this.recordFinding(active, customer, report)),
      };
      this.timed(active, customer.customerId, () => active.rule.checkCustomer!(context));
    }
    if (this.ordinals.size > 0) this.ordinals.clear();
    return findings.length > 1 ? findings.sort(byTime) : findings;
  }

  private recordFinding(active: ActiveRule, customer: CustomerRecord, report: RecordReport): Finding {
    const { meta } = active.rule;
    const contact = customer.contacts[report.contact]!;
    const severity = milder(active.severity, report.severity ?? active.severity);
    const evidence = [...(report.evidence ?? [])];
    const { turnIndex, atMs, source } = report.at;
    const identity = identityOfRecord(
      meta.id,
      report.messageId,
      report.agentId,
      atMs === null ? contact.conversationId : String(atMs),
      evidence.map((one) => one.text),
    );
    const ordinal = this.ordinals.get(identity) ?? 0;
    this.ordinals.set(identity, ordinal + 1);
    return {
      ruleId: meta.id,
      category: meta.category,
      severity,
      confidence: round(report.confidence),
      weight: 0,
      agentId: report.agentId,
      conversationId: contact.conversationId,
      turnIndex,
      evidence,
      messageId: report.messageId,
      data: report.data ?? {},
      fingerprint: fingerprint(identity, ordinal),
      source: { ...source },
      atMs,
      experimental: meta.stability === 'experimental',
    };
  }

  private isAwake(at: number): boolean {
    const triggers = this.triggers[at]!;
    if (triggers === null) return true;
    const { listensTo } = this.rules[at]!.rule;
    return this.mayBeSaid(listensTo ?? 'agent', triggers);
  }

  /** Looks each judged message over once. */
  private look(messages: readonly Message[]): void {
    let byAgents = CategorySet.none;
    let byCustomers = CategorySet.none;
    for (let index = 0; index < messages.length; index++) {
      const { role, kind, text } = messages[index]!;
      const isAgent = role === 'agent';
      if (kind !== 'text' || !(isAgent || role === 'customer')) {
        this.readings[index] = NOTHING;
        continue;
      }
      const reading = this.lexicon.read(text);
      this.readings[index] = reading;
      if (isAgent) byAgents = byAgents.with(reading.categories);
      else byCustomers = byCustomers.with(reading.categories);
    }
    this.saidByAgents = byAgents;
    this.saidByCustomers = byCustomers;
  }

  private run(active: ActiveRule): void {
    this.current = active;
    this.options = active.options;
    this.timed(active, this.conversation.id, () => active.rule.check?.(this));
  }

  private timed(active: ActiveRule, judged: string, check: () => void): void {
    const start = this.ruleTimes ? this.now() : 0;
    try {
      check();
    } catch (cause) {
      if (cause instanceof KefuError && cause.code === 'internal') throw cause;
      throw new KefuError('internal', {
        data: { problem: 'rule-failed', rule: active.rule.meta.id, conversation: judged },
        cause,
      });
    }
    if (this.ruleTimes) {
      const { id } = active.rule.meta;
      this.ruleTimes.set(id, (this.ruleTimes.get(id) ?? 0) + this.now() - start);
    }
  }

  matches(messageIndex: number, category: string): readonly LexiconMatch[] {
    const reading = this.readings[messageIndex]!;
    return reading.categories.has(category) ? reading.matches(category) : NO_MATCHES;
  }

  mayBeSaid(role: 'agent' | 'customer', categories: CategorySet): boolean {
    return categories.meets(role === 'customer' ? this.saidByCustomers : this.saidByAgents);
  }

  mayHold(messageIndex: number, categories: CategorySet): boolean {
    return this.readings[messageIndex]!.categories.meets(categories);
  }

  private matchesAmong(messageIndex: number, some: CategorySet): readonly LexiconMatch[] {
    const seen = this.readings[messageIndex]!.categories;
    if (!seen.meets(some)) return NO_MATCHES;
    const categories = seen.within(some).names;
    if (categories.length === 1) return this.matches(messageIndex, categories[0]!);
    return categories
      .flatMap((category) => this.matches(messageIndex, category))
      .sort((a, b) => a.span[0] - b.span[0]);
  }

  textOf(turn: Turn): readonly { index: number; message: Message }[] {
    const texts: { index: number; message: Message }[] = [];
    for (const index of turn.messageIndexes) {
      const message = this.conversation.messages[index]!;
      if (message.kind === 'text') texts.push({ index, message });
    }
    return texts;
  }

  report(report: Report): void {
    const { conversation } = this;
    const { meta } = this.current.rule;
    const { turn } = report;
    const severity = milder(this.current.severity, report.severity ?? this.current.severity);
    const quotes = report.evidence ?? [];
    const evidence = quotes.slice(0, MOST_QUOTES).map((one) => this.quote(one));
    const agentId = report.agentId ?? turn.agentId;
    const identity = identityOf(
      meta.id,
      report.messageId,
      agentId,
      conversation,
      turn,
      evidence.map((one) => one.text),
    );
    const ordinal = this.ordinals.get(identity) ?? 0;
    this.ordinals.set(identity, ordinal + 1);
    const first = conversation.messages[report.evidence?.[0]?.message ?? turn.messageIndexes[0] ?? 0];
    if (this.findings === NO_FINDINGS) this.findings = [];
    this.findings.push({
      ruleId: meta.id,
      category: meta.category,
      severity,
      confidence: round(report.confidence),
      weight: round(report.weight ?? SEVERITY_WEIGHT[severity] * report.confidence),
      agentId,
      conversationId: conversation.id,
      turnIndex: turn.index,
      evidence,
      messageId: report.messageId,
      data:
        quotes.length > evidence.length
          ? { ...report.data, moreQuotes: quotes.length - evidence.length }
          : (report.data ?? {}),
      fingerprint: fingerprint(identity, ordinal),
      source: { file: first?.source.file ?? '', line: first?.source.line ?? 0 },
      atMs: turn.startMs,
      experimental: meta.stability === 'experimental',
    });
  }

  /** Takes a quote from the raw text, and holds it against the words that the rule says it found. */
  private quote({ message: index, span: [start, end], text: claimed }: Quote): Evidence {
    const text = this.conversation.messages[index]?.text ?? '';
    const words = text.slice(start, end);
    const inside = start >= 0 && start < end && end <= text.length;
    if (!inside || (claimed !== undefined && claimed !== words)) {
      throw new KefuError('internal', {
        data: {
          problem: 'quote-not-in-input',
          rule: this.current.rule.meta.id,
          conversation: this.conversation.id,
          message: index,
        },
      });
    }
    return { messageId: messageIdOf(this.conversation, index), span: [start, end], text: words };
  }
}

/** Three digits: enough to compare, and the same on every machine. */
function round(value: number): number {
  return Math.round(Math.min(1, Math.max(0, value)) * 1000) / 1000;
}

/** A total order over the findings of one customer's record. */
function byTime(a: Finding, b: Finding): number {
  return (
    (a.atMs ?? Number.MAX_SAFE_INTEGER) - (b.atMs ?? Number.MAX_SAFE_INTEGER) ||
    compareText(a.conversationId, b.conversationId) ||
    byPlace(a, b)
  );
}

/** A total order over the findings of one conversation. */
function byPlace(a: Finding, b: Finding): number {
  if (a.turnIndex !== b.turnIndex) return a.turnIndex - b.turnIndex;
  if (a.ruleId !== b.ruleId) return a.ruleId < b.ruleId ? -1 : 1;
  const place = (a.evidence[0]?.span[0] ?? -1) - (b.evidence[0]?.span[0] ?? -1);
  if (place !== 0) return place;
  return a.fingerprint < b.fingerprint ? -1 : 1;
}
