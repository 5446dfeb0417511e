import { z } from 'zod';

/**
 * Profile files, as shipped in `profiles/*.json` and as users write their own; published as
 * schema/profile.schema.json. What a file leaves out is filled in by `resolveProfile`.
 */

const confidence = z
  .enum(['official', 'repost', 'secondary', 'convention'])
  .describe("The platform's own page or code, a repost of it, hearsay, or a choice of the profile's author.");
const date = z
  .string()
  .regex(/^\d{4}(-\d{2}){0,2}$/, 'like 2025-01-31')
  .describe('2025, 2025-01 or 2025-01-31.');
const bilingual = z.strictObject({ zh: z.string().min(1), en: z.string().min(1) });
const source = z
  .union([z.string().min(1), bilingual])
  .describe('Where it is from, in one language or in both.');
const seconds = z.number().positive();
const clockTime = z
  .string()
  .regex(/^(?:[01]\d|2[0-3]):[0-5]\d$|^24:00$/, 'like 08:00')
  .describe('Local time of day, 08:00; 24:00 is the end of the day.');

const sourced = <T extends z.ZodType>(value: T) =>
  z.strictObject({ value, source, confidence, asOf: date.optional() });

const dayWindow = z
  .strictObject({
    start: clockTime,
    end: clockTime,
    appliesTo: z
      .enum(['turn-start', 'turn-start-or-reply', 'session-start'])
      .describe('What must lie in it: the question, the question or its answer, the start of the session.'),
  })
  .refine((window) => window.start < window.end, 'ends-before-start')
  .meta({ id: 'DayWindow' });

const unit = z.enum(['turns', 'sessions', 'people', 'people-per-day']).describe('What is counted.');
const clock = z
  .enum(['customer', 'charged'])
  .describe(
    'customer: all that the customer waited. charged: without robot, queue, hand-over and closed hours.',
  );

const metric = z
  .strictObject({
    title: bilingual.optional().describe('What the platform calls it.'),
    figure: z
      .enum(['mean', 'median', 'p90', 'p95', 'share-within', 'share-unanswered'])
      .optional()
      .describe('What is made of the waits. Known ids have one; a figure of your own must say.'),
    waits: z.enum(['first', 'all']).optional().describe('All waits, or the first of each session.'),
    unit: unit.optional(),
    window: dayWindow.nullable().optional().describe('Null counts the whole day; default: the profile’s.'),
    clock: clock.optional(),
    withinSeconds: seconds.optional().describe('share-within: the longest wait that counts as answered.'),
    capSeconds: seconds.nullable().optional().describe('mean: longer waits count as this long.'),
    exclude: z
      .array(
        z.enum(['zero-seconds', 'crosses-midnight', 'bot-reply', 'own-account', 'no-human', 'unanswered']),
      )
      .optional(),
    target: bilingual.optional().describe('What the platform asks for.'),
    source,
    confidence,
    asOf: date.optional(),
  })
  .meta({ id: 'Metric' });

export const profileSchema = z.strictObject({
  $schema: z.string().optional().describe('For editors.'),
  id: z.string().regex(/^[a-z0-9][a-z0-9-]*$/, 'like tmall-2025'),
  platform: z.enum(['tmall', 'jd', 'qq', 'wecom', 'wechat', 'pdd', 'douyin', 'kuaishou', 'generic']),
  title: bilingual,
  asOf: date.describe('Date of the rules that this follows.'),
  unit: unit.describe('What the platform counts in its best known figure.'),
  notes: z.array(bilingual).default([]).describe('Conflicts between sources, and what a log cannot tell.'),
  sessionGapMinutes: sourced(z.number().positive()).describe('Silence after which a new session begins.'),
  window: sourced(dayWindow).describe('Waits outside it are not judged; default of every figure.'),
  botReplies: sourced(z.enum(['never', 'human-phase'])).describe(
    'Whether a robot’s reply ends a wait: never, or once a human has spoken.',
  ),
  clock: sourced(clock).describe('The clock of every figure that does not name one.'),
  firstResponseSeconds: sourced(seconds).describe('A slower first reply is a finding.'),
  responseSeconds: sourced(seconds).describe('A slower later reply is a finding.'),
  slowestSeconds: sourced(seconds).describe('A wait this long scores 1 on slow.'),
  unansweredSeconds: sourced(seconds).describe('Time to answer before a customer counts as unanswered.'),
  metrics: z
    .record(z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'like response-time'), metric)
    .default({})
    .describe('How the platform counts its figures, by metric id.'),
});

/** A profile as it stands in its file. */
export type ProfileFile = z.input<typeof profileSchema>;

/** JSON Schema of profile files, for editors; it is published as schema/profile.schema.json. */
export function profileJsonSchema(): object {
  const { $schema, ...rest } = z.toJSONSchema(profileSchema, { io: 'input' });
  return { $schema, title: 'Profile of kefu-audit: how one platform counts', ...rest };
}
