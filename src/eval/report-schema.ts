/**
 * The machine-readable output of `eval`, for schema/eval.schema.json. Nothing of this is loaded in a run; a test holds
 * the output against it.
 */
import { z } from 'zod';

const count = z.int().min(0);
const severity = z.enum(['error', 'warning', 'info']);

const estimate = z
  .object({
    value: z.number().nullable().describe('Null, never 0, where the labels cannot support it.'),
    interval: z.tuple([z.number(), z.number()]).nullable().describe('95 % interval.'),
  })
  .meta({ id: 'Estimate' });

const figures = {
  scope: z.string().describe('A category, or the id of a rule that was labelled.'),
  tp: count.describe('Positive and reported.'),
  fp: count.describe('Negative and reported: false alarms.'),
  fn: count.describe('Positive and not reported: missed.'),
  tn: count.describe('Negative and not reported.'),
  unsure: count.describe('Neither positive nor negative; in none of the other counts.'),
  precision: estimate,
  recall: estimate,
  f1: estimate,
  falseAlarms: estimate.describe('Per 10,000 negative turns.'),
};

const rule = z.object({
  ruleId: z.string(),
  reportedCount: count,
  trueCount: count,
  falseCount: count,
  precision: estimate,
  falseAlarms: estimate,
  expectedCount: count.describe('Turns that somebody said this rule should report.'),
  foundCount: count.describe('How many of them it did.'),
  recall: estimate,
});

const agreement = z.object({
  scope: z.string(),
  first: z.string().describe('An annotator; "" has no name.'),
  second: z.string().nullable().describe('Another annotator, or null for the tool.'),
  turnCount: count.describe('Turns that both judged.'),
  kappa: estimate,
  f1: estimate,
});

const wrong = z.object({
  kind: z.enum(['missed', 'false-alarm']),
  scope: z.string(),
  id: z.string(),
  source: z.object({ file: z.string(), line: count }),
  role: z.enum(['agent', 'customer', 'bot', 'system', 'unknown']),
  text: z.string().describe('The words of the turn, verbatim unless masking was asked for.'),
  before: z.string().describe('The words of the turn before it; "" where it is the first.'),
  group: z.string().nullable(),
  verdicts: z.record(z.string(), count).describe('By annotator: 0, 1 or 2.'),
  expectedRules: z.array(z.string()),
  findings: z.array(
    z.object({
      ruleId: z.string(),
      severity,
      confidence: z.number().min(0).max(1),
      quotes: z.array(z.string()),
    }),
  ),
});

export const evalSchema = z.object({
  schemaVersion: z.literal(1).describe('Raised when a field is removed or changes its meaning.'),
  tool: z.object({ name: z.string(), version: z.string() }),
  turnCount: count.describe('Labelled turns.'),
  annotators: z.array(z.string()),
  positiveAt: z.number(),
  minSeverity: severity,
  categories: z.array(z.object(figures)),
  rules: z.array(rule),
  groups: z.array(z.object({ group: z.string(), ...figures })),
  agreement: z.array(agreement),
  confusion: z.array(
    z.object({
      expected: z.string().describe('A rule; category/other where none was named; none for a negative turn.'),
      found: z.string().describe('A rule, or none.'),
      turnCount: count,
    }),
  ),
  wrong: z.array(wrong),
});
