/**
 * What `kefu-audit explain` writes for machines, defined once: the writers take their types from here, and
 * `scripts/build-schemas.ts` writes `schema/explanation.schema.json` from it.
 */
import { z } from 'zod';
import { metric } from './schema.js';

const time = z.string().nullable().describe('ISO 8601 with the offset of the zone of the run.');
const amount = z.number().describe('What this adds; 0 where it is left out.');

export const explanationRowSchema = z
  .object({
    agentId: z.string(),
    agentName: z.string().describe('What the agent was called in this conversation.'),
    conversationId: z.string(),
    customerId: z.string().nullable(),
    part: z
      .enum(['numerator', 'denominator', 'left-out'])
      .describe('numerator: in both; denominator: only there; left-out: in neither.'),
    reason: z.string().nullable().describe('Why it is left out, as a code.'),
    turnIndex: z
      .int()
      .describe('The customer’s turn; the agent’s first where the conversation counts as a whole.'),
    replyTurnIndex: z.int().nullable(),
    asked: time,
    answered: time,
    waitSeconds: z.number().nullable().describe('All that the customer waited.'),
    chargedSeconds: z
      .number()
      .nullable()
      .describe('What the agent is answerable for; findings and scores go by it.'),
    uncharged: z
      .object({
        botSeconds: z.number(),
        queueSeconds: z.number(),
        handOverSeconds: z.number(),
        closedSeconds: z.number(),
        abuseSeconds: z.number(),
      })
      .nullable()
      .describe('Where the rest of the wait went; null where all of it is charged.'),
    countedSeconds: z
      .number()
      .nullable()
      .describe('As the figure counts it, by its clock and up to its cap.'),
    numerator: amount,
    denominator: amount,
    person: z.string().nullable().describe('Who is counted, where the figure counts people.'),
    source: z.object({ file: z.string(), line: z.int() }).describe('Where the turn stands in the input.'),
    question: z.string(),
    reply: z.string().nullable(),
  })
  .meta({ id: 'ExplanationRow' });

export const explainedFigureSchema = metric
  .extend({
    agentId: z.string(),
    agentName: z.string(),
    counted: z.string().describe('How it is counted, in words.'),
  })
  .meta({ id: 'ExplainedFigure' });

/** `kefu-audit explain -f json`. */
export const explanationSchema = z.object({
  schemaVersion: z.literal(1),
  tool: z.object({ name: z.string(), version: z.string() }),
  metric: z.string(),
  rows: z.array(explanationRowSchema),
  figures: z.array(explainedFigureSchema).describe('By agent; the same figures as in a report.'),
});

export type ExplanationRow = z.infer<typeof explanationRowSchema>;
export type ExplainedFigure = z.infer<typeof explainedFigureSchema>;
