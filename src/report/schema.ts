/**
 * The machine-readable output, defined once: the row builders take their types from here (as types only, nothing of
 * this is loaded in a run), and `scripts/build-schemas.ts` writes `schema/*.json` from it.
 */
import { z } from 'zod';

/** Raised when a field is removed or changes its meaning; new fields do not raise it. */
const schemaVersion = z.literal(1).describe('Raised when a field is removed or changes its meaning.');
const count = z.int().min(0);
const share = z.number().min(0).max(1);
const time = z
  .string()
  .regex(/^[+-]?\d{4,6}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{3})?[+-]\d\d:\d\d$/)
  .describe('ISO 8601 with the offset of the zone of the run.');
const severity = z.enum(['error', 'warning', 'info']);
const fingerprint = z.string().min(1).describe('Stable across re-exports of the same chat.');
const counts = z.record(z.string(), count);
const severityCounts = z.object({ error: count, warning: count, info: count });

export const metric = z
  .object({
    value: z.number().nullable().describe('Null, never 0, where the data cannot support it; see reason.'),
    numerator: z.number().nullable(),
    denominator: z.number().nullable(),
    unit: z.enum(['seconds', 'ratio', 'count']),
    of: z.enum(['turns', 'sessions', 'people', 'messages', 'promises']).describe('What was counted.'),
    profile: z.string().describe('Id of the profile that says how it was counted.'),
    interval: z.tuple([z.number(), z.number()]).nullable().describe('95 % interval.'),
    reason: z.string().nullable().describe('Why value is null, as a code.'),
  })
  .meta({ id: 'Metric' });

const evidence = z
  .object({
    messageId: z.string().describe("The input's own id of the message, else its place in the conversation."),
    span: z.tuple([count, count]).describe('[start, end) in UTF-16 units of the text of the message.'),
    text: z.string().describe('The words of that span, verbatim unless masking was asked for.'),
  })
  .meta({ id: 'Evidence' });

const finding = z
  .object({
    ruleId: z.string().regex(/^[a-z-]+\/[a-z0-9-]+$/),
    severity,
    confidence: share.describe('How sure the rule is. How bad it is stands in severity.'),
    agentId: z.string(),
    conversationId: z.string(),
    turnIndex: count,
    evidence: z.array(evidence).describe('Empty for rules about something that is missing.'),
    fingerprint,
    data: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null(), z.array(z.string())])),
    weight: share.describe('What it adds to the score of the turn.'),
    experimental: z.boolean().describe('True for rules that never gate and never score.'),
    source: z.object({ file: z.string(), line: count }).describe('Where the turn starts in the input.'),
    time: time.nullable(),
    message: z.string().describe('The finding in a sentence, in the language of the run.'),
  })
  .meta({ id: 'Finding' });

const turn = z
  .object({
    conversationId: z.string(),
    turnIndex: count,
    agentId: z.string(),
    messageIds: z.array(z.string()),
    abuse: share,
    dismissive: share,
    slow: share.nullable().describe('Null where no time is known, or nobody is known to be a customer.'),
    waitMs: z
      .number()
      .nullable()
      .describe('What the customer waited for this turn; null where nobody waited.'),
    findings: z.array(fingerprint),
  })
  .meta({ id: 'Turn' });

const conversation = z
  .object({
    conversationId: z.string(),
    customerId: z.string().nullable(),
    platform: z.string().nullable(),
    shop: z.string().nullable(),
    start: time.nullable(),
    end: time.nullable(),
    messageCount: count,
    agentTurnCount: count,
    agentIds: z.array(z.string()).describe('In order of first appearance.'),
    findingCount: count,
  })
  .meta({ id: 'Conversation' });

const comparison = z
  .object({
    share: metric.describe('Conversations with a finding of this kind, of severity warning or above.'),
    team: share.nullable().describe('The share over all agents.'),
    adjusted: share.nullable().describe('The share shrunk towards the team (empirical Bayes).'),
    pValue: share.nullable().describe('Fisher’s exact test, two-sided, against all other agents.'),
    qValue: share.nullable().describe('pValue adjusted for the number of comparisons.'),
    stands: z.enum(['higher', 'lower']).nullable().describe('Set only where the difference holds.'),
    reason: z.string().nullable().describe('Why there is no test, as a code.'),
  })
  .meta({ id: 'Comparison' });

const caseMix = z
  .object({
    byHour: counts.describe('Conversations by the hour in which they began.'),
    late: metric.describe('Share that began from 22:00 to 08:00.'),
    later: metric.describe('Share with customers who had been there before, within this audit.'),
  })
  .meta({ id: 'CaseMix' });

const agent = z
  .object({
    agentId: z.string(),
    agentName: z.string(),
    shop: z.string().nullable(),
    conversationCount: count,
    turnCount: count,
    messageCount: count,
    score: z.object({
      value: z.number().min(0).max(100).nullable().describe('Higher is better; null without a turn.'),
      interval: z.tuple([z.number(), z.number()]).nullable(),
      sampleSize: count,
    }),
    rates: z
      .object({ abuse: metric, dismissive: metric, slow: metric })
      .describe('Shares of turns with a finding of severity warning or above.'),
    metrics: z.record(z.string(), metric).describe('By metric id.'),
    rank: z
      .object({ value: count.nullable(), of: count, reason: z.string().nullable() })
      .describe('Place by score among agents with at least 30 turns; 1 is the highest.'),
    comparison: z.object({ abuse: comparison, dismissive: comparison, slow: comparison }),
    caseMix,
    findingCounts: severityCounts,
    ruleCounts: counts,
    exposure: z
      .object({
        turnCount: count,
        conversationCount: count,
        durationMs: z.number().nullable().describe('First to last abused turn of each conversation, summed.'),
        longestMs: z
          .number()
          .nullable()
          .describe('Longest stretch of abuse without a break of 15 minutes, in whatever conversations.'),
        worst: finding.nullable(),
        noBusiness: z
          .object({ conversationCount: count, durationMs: z.number().nullable() })
          .describe('Conversations that were no business at all.'),
        reason: z.string().nullable().describe('Why a duration is null: no-times.'),
      })
      .describe('What this agent had to bear from customers. Never part of the score.'),
  })
  .meta({ id: 'Agent' });

const breakdown = z
  .object({ conversationCount: count, metrics: z.record(z.string(), metric) })
  .meta({ id: 'Breakdown' });

const breakdowns = z
  .object({
    shop: z.record(z.string(), breakdown).describe('By shop, where the input names one.'),
    day: z.record(z.string(), breakdown).describe('By local date; the latest 400 days.'),
    hour: z.record(z.string(), breakdown).describe('By hour of the local day, 09:00.'),
  })
  .describe(
    'Figures whoever answered. Waits belong to the moment of the question, the rest to the start of the conversation.',
  )
  .meta({ id: 'Breakdowns' });

const goodTurn = z
  .object({
    agentId: z.string(),
    conversationId: z.string(),
    turnIndex: count,
    kinds: z.array(z.enum(['apology', 'reason', 'alternative', 'next-step', 'offer', 'calm'])),
    text: z.string().describe('The whole turn.'),
    evidence: z.array(evidence).describe('The words that each kind but calm was told by.'),
    source: z.object({ file: z.string(), line: count }),
    time: time.nullable(),
  })
  .describe('An answer for praise and training. No part of any score.')
  .meta({ id: 'GoodTurn' });
const quoted = z
  .object({
    conversationId: z.string(),
    turnIndex: count,
    agentId: z.string().describe("'' for the customer."),
    time: time.nullable(),
    evidence,
  })
  .describe('Words, and where they were said.')
  .meta({ id: 'Quoted' });

const contact = z
  .object({
    conversationId: z.string(),
    start: time.nullable(),
    end: time.nullable(),
    agentIds: z.array(z.string()),
    openedBy: z.enum(['customer', 'agent']).nullable(),
    ending: z.enum(['waiting', 'hold', 'thanks', 'customer', 'agent', 'nobody']),
    issue: count.describe('Place in issues.'),
  })
  .meta({ id: 'Contact' });

const promise = z
  .object({
    ...quoted.shape,
    act: z.enum(['reply', 'call', 'contact', 'refund', 'ship', 'visit', 'handle']),
    hold: z.boolean().describe('To be back in the chat on the same day.'),
    due: time.nullable(),
    status: z.enum(['kept', 'late', 'broken', 'unknown']),
    basis: z
      .enum([
        'came-back',
        'shop-says',
        'customer-confirms',
        'customer-complains',
        'silence',
        'log-ends',
        'not-in-log',
        'no-times',
      ])
      .describe('How the status is known, or why it is not.'),
    kept: time.nullable(),
    proof: quoted.nullable().describe("The customer's words that decide it."),
    claim: z.string().nullable().describe('What the shop says about having called.'),
  })
  .meta({ id: 'Promise' });

const LINK_REASONS = ['order', 'product', 'hand-over', 'soon', 'date', 'promise', 'words'] as const;

const customer = z
  .object({
    customerId: z.string(),
    customerName: z.string(),
    identity: z
      .enum(['exact', 'masked', 'thread'])
      .describe('An id, a nick with a hidden middle, or only the thread that names nobody.'),
    ties: z
      .array(z.enum(LINK_REASONS))
      .nullable()
      .describe(
        'What shows that contacts under a masked nick are one customer’s; null where the id alone does.',
      ),
    namesakeCount: count.describe('Others of the same masked nick that nothing ties to this one.'),
    platform: z.string().nullable(),
    shop: z.string().nullable(),
    from: time.nullable(),
    to: time.nullable(),
    spanDays: z.number().nullable().describe('From the first contact to the last; null without times.'),
    agentIds: z.array(z.string()),
    contacts: z.array(contact),
    links: z.array(
      z.object({
        from: z.string(),
        to: z.string(),
        reason: z.enum(LINK_REASONS),
        shared: z.array(z.string()),
      }),
    ),
    issues: z.array(
      z.object({
        conversationIds: z.array(z.string()),
        orders: z.array(z.string()),
        status: z.enum(['resolved', 'unresolved', 'unknown']),
        reason: z.string().describe('How we know, or why we do not.'),
        quote: z.string().nullable(),
      }),
    ),
    promises: z.array(promise),
    repeats: z
      .array(
        z.object({
          ...quoted.shape,
          what: z.array(z.string()),
          givenIn: z.string().describe('The conversation in which it was first given.'),
          afterHandOver: z.boolean(),
        }),
      )
      .describe('Papers and stories asked for again.'),
    returns: z.array(
      z.object({
        conversationId: z.string(),
        previous: z.string(),
        causedBy: z.string().describe('The agent who caused it, never the one who met it.'),
        because: z.enum(['broken-promise', 'unsolved']),
        afterMs: z.number().nullable(),
      }),
    ),
    handOvers: z.array(z.object({ conversationIds: z.array(z.string()), agentIds: z.array(z.string()) })),
    claims: z.array(
      z.object({
        ...quoted.shape,
        count: z.number().nullable(),
        loggedCount: count.describe(
          'Contacts that the shop opened in the log before; calls are never in it.',
        ),
        denial: quoted.nullable(),
      }),
    ),
    findings: z.array(fingerprint),
  })
  .meta({ id: 'Customer' });

const customerFigures = z
  .object({
    customerCount: count,
    maskedCount: count,
    threadCount: count.describe('Threads that name no customer.'),
    contactCount: count,
    returningCount: count,
    issueCounts: z.object({ resolved: count, unresolved: count, unknown: count }),
    returnCount: count,
    repeatCount: count,
    promiseCounts: z.object({ kept: count, late: count, broken: count, unknown: count }),
    followedShare: share.describe('1, or the share of customers followed where there were too many.'),
    firstContactResolution: metric,
    repeatRate: metric,
  })
  .meta({ id: 'CustomerFigures' });

const skip = z
  .object({
    reason: z.string(),
    file: z.string(),
    line: count.describe('0 where the whole file is meant.'),
    detail: z.string(),
  })
  .meta({ id: 'Skip' });

const tool = z.object({ name: z.string(), version: z.string() });

const settings = z
  .object({
    timezone: z.string(),
    segmenter: z.object({ name: z.string(), version: z.string() }),
    lexicon: z.object({ entryCount: count, hash: z.string() }),
    calendar: z.string().nullable().describe('Hash of the calendar of working hours.'),
    preset: z.string(),
    filters: z.object({
      agent: z.array(z.string()),
      customer: z.array(z.string()),
      bot: z.array(z.string()),
      since: z.string().nullable(),
      until: z.string().nullable(),
    }),
  })
  .describe(
    'What changes the result and is known before anything is read. No clock, no host, no absolute path.',
  )
  .meta({ id: 'Settings' });

const run = settings
  .extend({ profiles: z.array(z.string()).describe('Profiles that conversations were judged by.') })
  .describe('Everything that changes the result.')
  .meta({ id: 'Run' });

const input = z
  .object({
    file: z.string(),
    readerId: z.string(),
    encoding: z.string(),
    chosenBy: z.enum(['content', 'flag']),
    lineCount: count,
    recordCount: count,
    messageCount: count,
    skipCount: count,
    unknownCount: count.describe('Messages of which the role could not be told.'),
    brokenByteCount: count,
    from: time.nullable(),
    to: time.nullable(),
  })
  .meta({ id: 'Input' });

const coverage = z
  .object({
    fileCount: count,
    lineCount: count,
    recordCount: count.describe('messageCount + skipCount'),
    messageCount: count,
    skipCount: count,
    duplicateCount: count,
    brokenByteCount: count,
    untimedCount: count,
    skips: counts.describe('By reason.'),
    roles: z.record(z.string(), counts).describe('Messages by role, and by the rule that decided it.'),
    kinds: counts,
  })
  .meta({ id: 'Coverage' });

const totals = z
  .object({
    conversationCount: count,
    agentCount: count,
    agentTurnCount: count,
    findingCounts: severityCounts,
    acceptedCount: count.describe('Findings left out because a baseline accepts them.'),
  })
  .meta({ id: 'Summary' });

const notice = z
  .object({
    code: z.string(),
    data: z.record(z.string(), z.union([z.string(), z.number(), z.array(z.string())])),
    message: z.string(),
  })
  .meta({ id: 'Notice' });

/** `-f json`. Conversations come first because they are written while the input is still being read. */
export const reportSchema = z.object({
  schemaVersion,
  tool,
  conversations: z.array(conversation.extend({ turns: z.array(turn) }).meta({ id: 'ConversationWithTurns' })),
  findings: z.array(finding),
  skips: z.array(skip),
  run,
  inputs: z.array(input),
  coverage,
  summary: totals,
  agents: z.array(agent),
  caseMix,
  breakdowns,
  best: z.array(goodTurn).describe('The best first, at most three of an agent.'),
  customerFigures,
  customers: z.array(customer).describe('Those of whom there is more to tell than one chat.'),
  notices: z.array(notice),
});

/** One line of `-f jsonl`. */
export const customersSchema = z.object({
  schemaVersion,
  tool,
  run,
  customerFigures,
  customers: z.array(customer).describe('Those of whom there is more to tell than one chat.'),
});

export const lineSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('header'), schemaVersion, tool, run: settings }),
  z.object({ type: z.literal('conversation'), ...conversation.shape }),
  z.object({ type: z.literal('turn'), ...turn.shape }),
  z.object({ type: z.literal('finding'), ...finding.shape }),
  z.object({ type: z.literal('skip'), ...skip.shape }),
  z.object({ type: z.literal('customer'), ...customer.shape }),
  z.object({ type: z.literal('agent'), ...agent.shape }),
  z.object({
    type: z.literal('summary'),
    ...totals.shape,
    profiles: run.shape.profiles,
    inputs: z.array(input),
    coverage,
    caseMix,
    breakdowns,
    best: z.array(goodTurn),
    customerFigures,
    notices: z.array(notice),
  }),
]);

export type FindingRow = z.infer<typeof finding>;
export type TurnRow = z.infer<typeof turn>;
export type ConversationRow = z.infer<typeof conversation>;
export type CustomerRow = z.infer<typeof customer>;
export type CustomerFiguresRow = z.infer<typeof customerFigures>;
export type QuotedRow = z.infer<typeof quoted>;
export type AgentRow = z.infer<typeof agent>;
export type GoodTurnRow = z.infer<typeof goodTurn>;
export type SkipRow = z.infer<typeof skip>;
export type SettingsRow = z.infer<typeof settings>;
export type RunRow = z.infer<typeof run>;
export type InputRow = z.infer<typeof input>;
export type CoverageRow = z.infer<typeof coverage>;
export type SummaryRow = z.infer<typeof totals>;
export type NoticeRow = z.infer<typeof notice>;
export type ReportDocument = z.infer<typeof reportSchema>;
export type ReportLine = z.infer<typeof lineSchema>;
