import {
  type AgentReport,
  type AuditEvent,
  type AuditReport,
  type CaseMix,
  type Comparison,
  type Conversation,
  type CustomerFigures,
  compareFindings,
  createMessage,
  type Exposure,
  type Finding,
  type Message,
  type MessageCatalogue,
  type Metric,
  messageIdOf,
  type Skip,
  type Turn,
  type TurnScore,
  Zone,
} from '../../src/model/index.js';
import { findReporter } from '../../src/report/index.js';
import type { ReportOptions } from '../../src/report/reporter.js';
import { CareTally } from '../../src/score/care-tally.js';
import { asked, contact, promised, recordsOf, word } from './customer.js';

export type ConversationEvent = Extract<AuditEvent, { type: 'conversation' }>;
export type CustomerEvent = Extract<AuditEvent, { type: 'customer' }>;

/** What a reporter is fed, in order. */
export interface Audit {
  conversations: ConversationEvent[];
  skips: Skip[];
  customers?: CustomerEvent[];
  report: AuditReport;
}

export interface Line {
  speaker: string;
  text: string;
  at?: string;
  id?: string;
}

/** A conversation whose speakers with a colon in their name are agents; each run of one speaker is a turn. */
export function conversationOf(id: string, lines: Line[], more: Partial<Conversation> = {}): Conversation {
  const messages = lines.map(
    (line, index): Message =>
      createMessage({
        id: line.id ?? null,
        conversationKey: id,
        role: line.speaker.includes(':') ? 'agent' : 'customer',
        roleReason: 'sub-account',
        speakerId: line.speaker,
        atMs: line.at === undefined ? null : Date.parse(`${line.at}+08:00`),
        text: line.text,
        source: { file: 'exports/三月.txt', line: 10 + index * 2 },
      }),
  );
  const turns: Turn[] = [];
  messages.forEach((message, index) => {
    const last = turns.at(-1);
    const agentId = message.role === 'agent' ? message.speakerId : '';
    if (last !== undefined && last.role === message.role && last.agentId === agentId) {
      last.messageIndexes.push(index);
      last.endMs = message.atMs;
      return;
    }
    turns.push({
      index: turns.length,
      role: message.role,
      agentId,
      messageIndexes: [index],
      startMs: message.atMs,
      endMs: message.atMs,
      wait: null,
    });
  });
  for (const turn of turns) {
    const asked = turns[turn.index - 1];
    if (turn.role !== 'agent' || asked?.role !== 'customer') continue;
    turn.wait = {
      customerTurn: asked.index,
      agentTurn: turn.index,
      answeredBy: 'agent',
      agentId: turn.agentId,
      startMs: asked.startMs,
      endMs: turn.startMs,
      waitMs: asked.startMs === null || turn.startMs === null ? null : turn.startMs - asked.startMs,
      chargedMs: asked.startMs === null || turn.startMs === null ? null : turn.startMs - asked.startMs,
      uncharged: null,
      first: turn.index === 1,
      excluded: null,
    };
  }
  return {
    id,
    key: id,
    customerId: messages.find((message) => message.role === 'customer')?.speakerId ?? null,
    platform: 'tmall',
    shop: null,
    messages,
    turns,
    waits: turns.flatMap((turn) => turn.wait ?? []),
    handOvers: [],
    startMs: messages[0]?.atMs ?? null,
    endMs: messages.at(-1)?.atMs ?? null,
    ...more,
  };
}

/** A finding that quotes `quotes` where they first stand in the messages of a turn. */
export function findingIn(
  conversation: Conversation,
  turnIndex: number,
  ruleId: string,
  quotes: string[],
  more: Partial<Finding> = {},
): Finding {
  const turn = conversation.turns[turnIndex]!;
  const first = conversation.messages[turn.messageIndexes[0]!]!;
  return {
    ruleId,
    category: ruleId.split('/')[0] as Finding['category'],
    severity: 'error',
    confidence: 0.9,
    weight: 0.9,
    agentId: turn.agentId,
    conversationId: conversation.id,
    turnIndex,
    evidence: quotes.map((text) => {
      const index = turn.messageIndexes.find((at) => conversation.messages[at]!.text.includes(text));
      if (index === undefined) throw new Error(`no message of turn ${turnIndex} says ${text}`);
      const start = conversation.messages[index]!.text.indexOf(text);
      return { messageId: messageIdOf(conversation, index), span: [start, start + text.length], text };
    }),
    messageId: 'found',
    data: {},
    fingerprint: `${ruleId}:${conversation.id}:${turnIndex}`,
    source: first.source,
    atMs: turn.startMs,
    experimental: false,
    ...more,
  };
}

/** The event of a conversation: every agent turn is scored by the weights of its findings. */
export function eventOf(conversation: Conversation, findings: Finding[]): ConversationEvent {
  const turnScores = conversation.turns
    .filter((turn) => turn.role === 'agent')
    .map((turn): TurnScore => {
      const own = findings.flatMap((finding, index) => (finding.turnIndex === turn.index ? [index] : []));
      const most = (category: string): number =>
        Math.max(
          0,
          ...own.map((index) => (findings[index]!.category === category ? findings[index]!.weight : 0)),
        );
      return {
        turnIndex: turn.index,
        abuse: most('abuse'),
        dismissive: most('dismissive'),
        slow: turn.startMs === null ? null : most('latency'),
        findings: own,
      };
    });
  return { type: 'conversation', conversation, findings, turnScores };
}

export function metricOf(value: number | null, unit: Metric['unit'], more: Partial<Metric> = {}): Metric {
  return {
    value,
    numerator: value === null ? null : value * 20,
    denominator: value === null ? null : 20,
    unit,
    of: 'turns',
    profile: 'tmall-2023',
    interval: null,
    reason: value === null ? 'no-times' : null,
    ...more,
  };
}

const NOT_COMPARED: Comparison = {
  share: metricOf(0, 'ratio', { of: 'sessions' }),
  team: 0,
  adjusted: 0,
  pValue: null,
  qValue: null,
  stands: null,
  reason: 'too-few-turns',
};

const CASE_MIX: CaseMix = {
  byHour: { '10:00': 3 },
  late: metricOf(0, 'ratio', { of: 'sessions' }),
  later: metricOf(0, 'ratio', { of: 'sessions' }),
};

export function exposureOf(more: Partial<Exposure>): Exposure {
  return {
    turnCount: 0,
    conversationCount: 0,
    durationMs: 0,
    longestMs: 0,
    worst: null,
    noBusiness: { conversationCount: 0, durationMs: 0 },
    reason: null,
    ...more,
  };
}

export function agentOf(agentId: string, more: Partial<AgentReport> = {}): AgentReport {
  return {
    agentId,
    agentName: agentId,
    shop: null,
    conversationCount: 3,
    turnCount: 20,
    messageCount: 31,
    score: { value: 100, interval: [83.9, 100], sampleSize: 20 },
    rates: { abuse: metricOf(0, 'ratio'), dismissive: metricOf(0, 'ratio'), slow: metricOf(0, 'ratio') },
    metrics: { 'first-response-time': metricOf(18, 'seconds'), 'response-time': metricOf(42, 'seconds') },
    rank: { value: null, of: 0, reason: 'too-few-turns' },
    comparison: { abuse: NOT_COMPARED, dismissive: NOT_COMPARED, slow: NOT_COMPARED },
    caseMix: CASE_MIX,
    findingCounts: { error: 0, warning: 0, info: 0 },
    ruleCounts: {},
    exposure: exposureOf({}),
    ...more,
  };
}

export function reportOf(
  conversations: ConversationEvent[],
  agents: AgentReport[],
  more: Partial<AuditReport> = {},
): AuditReport {
  const findings = conversations.flatMap((event) => event.findings);
  const tally = (severity: string): number => findings.filter((one) => one.severity === severity).length;
  return {
    run: {
      tool: { name: 'kefu-audit', version: '9.9.9' },
      timezone: 'Asia/Shanghai',
      segmenter: { name: 'jieba-rs', version: '2.0.3' },
      lexicon: { entryCount: 1234, hash: 'c0ffee' },
      profiles: ['tmall-2023'],
      calendar: null,
      preset: 'recommended',
      filters: { agent: [], customer: [], bot: [], since: null, until: null },
    },
    inputs: [
      {
        file: 'exports/三月.txt',
        readerId: 'wangwang-txt',
        encoding: 'gb18030',
        chosenBy: 'content',
        lineCount: 1204,
        recordCount: 1190,
        messageCount: 1184,
        skipCount: 6,
        unknownCount: 4,
        brokenByteCount: 2,
        fromMs: Date.parse('2026-03-01T09:00:00+08:00'),
        toMs: Date.parse('2026-03-07T21:30:05+08:00'),
      },
    ],
    coverage: {
      fileCount: 1,
      lineCount: 1204,
      recordCount: 1190,
      messageCount: 1184,
      skipCount: 6,
      duplicateCount: 24,
      brokenByteCount: 2,
      untimedCount: 0,
      skips: { 'bad-time': 2, 'orphan-line': 4 },
      roles: {
        agent: { 'sub-account': 598, 'name-says-service': 12 },
        customer: { peer: 540 },
        bot: { 'robot-name': 30 },
        system: {},
        unknown: { none: 4 },
      },
      kinds: { text: 1150, image: 30, card: 4 },
    },
    summary: {
      conversationCount: conversations.length,
      agentCount: agents.length,
      agentTurnCount: conversations.reduce((sum, event) => sum + event.turnScores.length, 0),
      findingCounts: { error: tally('error'), warning: tally('warning'), info: tally('info') },
      acceptedCount: 0,
    },
    agents,
    caseMix: CASE_MIX,
    breakdowns: { shop: {}, day: {}, hour: {} },
    customers: figuresOf(),
    worst: findings.filter((one) => one.category !== 'customer-abuse').sort(compareFindings),
    best: [],
    notices: [],
    ...more,
  };
}

/** What customers come to; by default nobody wrote. */
export function figuresOf(more: Partial<CustomerFigures> = {}): CustomerFigures {
  return {
    customerCount: 0,
    maskedCount: 0,
    threadCount: 0,
    contactCount: 0,
    returningCount: 0,
    issueCounts: { resolved: 0, unresolved: 0, unknown: 0 },
    returnCount: 0,
    repeatCount: 0,
    promiseCounts: { kept: 0, late: 0, broken: 0, unknown: 0 },
    followedShare: 1,
    firstContactResolution: metricOf(null, 'ratio', { of: 'sessions', reason: 'log-too-short' }),
    repeatRate: metricOf(null, 'ratio', { of: 'sessions', reason: 'log-too-short' }),
    ...more,
  };
}

/** Words for the rules that the tests use. */
export const CATALOGUE: MessageCatalogue = {
  rules: new Map(
    Object.entries({
      'abuse/mockery': {
        zh: '讽刺挖苦{manner}',
        en: 'mocks the customer{manner}',
      },
      'abuse/insult': { zh: '辱骂顾客“{quote}”', en: 'insults the customer: “{quote}”' },
      'dismissive/dont-know': { zh: '说不知道就没了下文', en: 'says they do not know and stops there' },
      'latency/slow-first-response': {
        zh: '首次响应用了 {waitMs}，标准是 {limitMs}',
        en: 'first reply after {waitMs}, the limit is {limitMs}',
      },
      'process/broken-promise': { zh: '承诺落空“{quote}”', en: 'broke a promise: “{quote}”' },
      'customer-abuse/insult': { zh: '顾客辱骂客服', en: 'the customer insults the agent' },
    }).map(([id, found]) => [
      id,
      {
        category: id.split('/')[0] as Finding['category'],
        severity: 'error' as const,
        stability: 'stable' as const,
        docs: { what: found, why: found, remedy: found },
        messages: { found },
      },
    ]),
  ),
  terms: {},
};

/** Runs a reporter over an audit, as the command line does. */
export async function render(id: string, audit: Audit, more: Partial<ReportOptions> = {}): Promise<string> {
  const reporter = await findReporter(id)!.load();
  const writer = reporter.create({
    locale: 'zh',
    zone: new Zone('Asia/Shanghai'),
    catalogue: CATALOGUE,
    width: null,
    colorLevel: 0,
    maxShown: 10,
    csvTable: 'agents',
    bom: false,
    csvHeaders: 'en',
    mask: null,
    ...more,
  });
  let text = writer.header(audit.report.run);
  for (const event of audit.conversations) text += writer.conversation(event);
  for (const skip of audit.skips) text += writer.skip(skip);
  for (const event of audit.customers ?? []) text += writer.customer(event);
  for (const piece of writer.end(audit.report)) text += piece;
  return text;
}

/** A small shop with a rude agent, a careless one, one without times, and one who bore a customer's abuse. */
export function sampleAudit(): Audit {
  const rude = conversationOf('tb_linxi@2026-03-01', [
    { speaker: 'tb_linxi', text: '杯子碎了，你们管不管', at: '2026-03-01T10:00:00', id: 'm1' },
    {
      speaker: '青禾家居:阿岚',
      text: '碎了就碎了呗。那我赔您一千万冥币，够不够花？手机号13912345678记得收',
      at: '2026-03-01T10:12:30',
      id: 'm2',
    },
    { speaker: '青禾家居:阿岚', text: '脑子不好使就别网购', at: '2026-03-01T10:12:41', id: 'm3' },
    { speaker: 'tb_linxi', text: '我要投诉', at: '2026-03-01T10:13:00', id: 'm4' },
    { speaker: '青禾家居:阿岚', text: '随便', at: '2026-03-01T10:13:09', id: 'm5' },
  ]);
  const careless = conversationOf('tb_wanqing@2026-03-02', [
    { speaker: 'tb_wanqing', text: '桌腿能单买吗', at: '2026-03-02T20:00:00' },
    { speaker: '青禾家居:小満', text: '这个不知道哦', at: '2026-03-02T20:00:21' },
  ]);
  const borne = conversationOf('tb_huo@2026-03-03', [
    { speaker: 'tb_huo', text: '废物客服', at: '2026-03-03T09:00:00' },
    { speaker: '青禾家居:知夏', text: '给您添麻烦了，我马上查一下物流', at: '2026-03-03T09:00:20' },
  ]);
  const untimed = conversationOf(
    'ydm-771',
    [
      { speaker: 'ydm', text: '在吗' },
      { speaker: '云朵猫宠物:可可', text: '在的，请讲' },
    ],
    { shop: '云朵猫宠物', platform: null },
  );
  const insult = findingIn(borne, 0, 'customer-abuse/insult', ['废物'], {
    agentId: '青禾家居:知夏',
    weight: 0,
  });
  const conversations = [
    eventOf(rude, [
      findingIn(rude, 1, 'abuse/mockery', ['一千万冥币'], { data: { manner: '' } }),
      findingIn(rude, 1, 'abuse/insult', ['脑子不好使'], { confidence: 0.95 }),
      findingIn(rude, 1, 'latency/slow-first-response', [], {
        severity: 'warning',
        weight: 0.45,
        data: { waitMs: 750_000, limitMs: 180_000 },
      }),
    ]),
    eventOf(careless, [
      findingIn(careless, 1, 'dismissive/dont-know', ['不知道'], {
        severity: 'warning',
        confidence: 0.8,
        weight: 0.4,
      }),
    ]),
    eventOf(borne, [insult]),
    eventOf(untimed, []),
  ];
  const agents = [
    agentOf('青禾家居:阿岚', {
      shop: '青禾家居',
      conversationCount: 112,
      turnCount: 1340,
      score: { value: 39, interval: [31.2, 47.5], sampleSize: 1340 },
      rates: {
        abuse: metricOf(0.05, 'ratio'),
        dismissive: metricOf(0.1, 'ratio'),
        slow: metricOf(0.5, 'ratio'),
      },
      metrics: {
        'first-response-time': metricOf(750, 'seconds'),
        'response-time': metricOf(379.5, 'seconds'),
      },
      findingCounts: { error: 2, warning: 1, info: 0 },
      ruleCounts: { 'abuse/insult': 1, 'abuse/mockery': 1, 'latency/slow-first-response': 1 },
    }),
    agentOf('青禾家居:小満', {
      agentName: '小満',
      shop: '青禾家居',
      score: { value: 86.4, interval: [66.1, 95.4], sampleSize: 20 },
      rates: {
        abuse: metricOf(0, 'ratio'),
        dismissive: metricOf(0.05, 'ratio'),
        slow: metricOf(0, 'ratio'),
      },
      findingCounts: { error: 0, warning: 1, info: 0 },
      ruleCounts: { 'dismissive/dont-know': 1 },
    }),
    agentOf('云朵猫宠物:可可', {
      shop: '云朵猫宠物',
      rates: {
        abuse: metricOf(0, 'ratio'),
        dismissive: metricOf(0, 'ratio'),
        slow: metricOf(null, 'ratio'),
      },
      metrics: {
        'first-response-time': metricOf(null, 'seconds'),
        'response-time': metricOf(null, 'seconds'),
      },
    }),
    agentOf('青禾家居:知夏', {
      shop: '青禾家居',
      findingCounts: { error: 1, warning: 0, info: 0 },
      ruleCounts: { 'customer-abuse/insult': 1 },
      exposure: exposureOf({
        turnCount: 7,
        conversationCount: 1,
        durationMs: 3_240_000,
        longestMs: 1_260_000,
        worst: insult,
        noBusiness: { conversationCount: 1, durationMs: 586_000 },
      }),
    }),
  ];
  const customers = sampleCustomers();
  const care = new CareTally();
  for (const { customer } of customers) care.add(customer);
  return {
    conversations,
    skips: [{ reason: 'bad-time', file: 'exports/三月.txt', line: 88, detail: '25:61:00' }],
    customers,
    report: reportOf(conversations, agents, { customers: care.report(1) }),
  };
}

/** One customer who was promised a call in vain and asked for everything again. */
function sampleCustomers(): CustomerEvent[] {
  const promise = promised('call', 48, '48小时内给您回电', '2026-02-20 10:05', '青禾家居:小満');
  const complaint = word('no-call', '没人打电话，手机13912345678一直开着', '2026-03-01 10:00');
  const records = recordsOf(
    [
      contact('tb_linxi@2026-02-20', '2026-02-20 10:00', {
        agents: ['青禾家居:小満'],
        orders: ['330012345678'],
        given: ['order-number', 'photo'],
        promises: [promise],
      }),
      contact('tb_linxi@2026-03-01', '2026-03-01 10:00', {
        orders: ['330012345678'],
        words: [complaint],
        asked: [
          asked(['order-number', 'photo'], '麻烦发一下订单号和照片', '2026-03-01 10:02', '青禾家居:阿岚'),
        ],
        ending: 'waiting',
      }),
    ],
    '2026-03-20 09:00',
  );
  const finding: Finding = {
    ruleId: 'process/broken-promise',
    category: 'process',
    severity: 'warning',
    confidence: 0.85,
    weight: 0,
    agentId: promise.agentId,
    conversationId: 'tb_linxi@2026-02-20',
    turnIndex: promise.turnIndex,
    evidence: [promise.evidence, complaint.evidence],
    messageId: 'found',
    data: { act: 'call' },
    fingerprint: 'broken-promise:1',
    source: promise.source,
    atMs: promise.atMs,
    experimental: false,
  };
  return records.map((customer) => ({ type: 'customer', customer, findings: [finding] }));
}
