import { z } from 'zod';
import type { ColumnField } from '../ingest/columns.js';
import { ENCODINGS } from './options.js';
import type { ConfigKey } from './settings.js';

const severity = z.enum(['error', 'warning', 'info']);

const ruleSetting = z.union([
  z.enum(['error', 'warning', 'info', 'off']),
  z
    .object({ severity: z.enum(['error', 'warning', 'info', 'off']).optional() })
    .catchall(z.union([z.number(), z.string(), z.boolean()])),
]);

const columns = z.strictObject({
  time: z.string().optional(),
  date: z.string().optional(),
  role: z.string().optional(),
  speaker: z.string().optional(),
  speakerName: z.string().optional(),
  receiver: z.string().optional(),
  text: z.string().optional(),
  conversation: z.string().optional(),
  session: z.string().optional(),
  customer: z.string().optional(),
  agent: z.string().optional(),
  id: z.string().optional(),
  kind: z.string().optional(),
  shop: z.string().optional(),
  platform: z.string().optional(),
} satisfies Record<ColumnField, z.ZodType>);

const patterns = z.array(z.string().min(1));
const ratio = z.number().min(0).max(1);

const settings = {
  inputFormat: z.string().min(1).describe('Reader id, or auto'),
  encoding: z.enum(['auto', ...ENCODINGS]).describe('Text encoding of the inputs'),
  timezone: z.string().min(1).describe('IANA time zone of the times in the inputs'),
  profile: z.string().min(1).describe('Profile id: how waits are counted'),
  calendar: z.string().min(1).describe('Calendar of working hours, relative to this file'),
  columns: columns.describe('Which column of a table holds what'),
  agent: patterns.describe('Names that are agents; * stands for any run of characters'),
  customer: patterns.describe('Names that are customers'),
  bot: patterns.describe('Names that are robots'),
  format: z.array(z.string().min(1)).min(1).describe('Reports to write: name or name=path'),
  csvTable: z
    .enum(['agents', 'findings', 'turns', 'customers', 'promises'])
    .describe('Which table csv writes'),
  headers: z.enum(['zh', 'en']).describe('Language of csv headers'),
  bom: z.boolean().describe('Byte-order mark before csv'),
  maxShown: z.int().min(0).describe('How many places with findings table lists'),
  locale: z.enum(['zh', 'en']).describe('Language of reports and messages'),
  color: z.enum(['auto', 'always', 'never']).describe('When to use colours'),
  preset: z.string().min(1).describe('Set of rules to start from'),
  rules: z
    .record(z.string().min(1), ruleSetting)
    .describe('By rule id or category/*: a severity, off, or an object of severity and options'),
  lexicon: z.array(z.string().min(1)).describe('Lexicon files of your own, relative to this file'),
  page: z
    .array(z.string().min(1))
    .describe('Text of the product pages that customers have before them, relative to this file'),
  lexiconDisabled: z.array(z.string().min(1)).describe('Ids of lexicon entries to do without'),
  segmenter: z.enum(['auto', 'nodejieba', 'node-rs']).describe('Word segmenter'),
  failOn: z.enum([...severity.options, 'none']).describe('Exit 1 on findings of this severity or worse'),
  maxFindings: z.int().min(0).nullable().describe('Exit 1 above this many findings'),
  minScore: z.number().min(0).max(100).nullable().describe('Exit 1 when an agent scores below this'),
  maxBreachRatio: ratio.nullable().describe("Exit 1 when a larger share of an agent's turns was slow"),
  maxSkipped: ratio.describe('Exit 2 when a larger share of records was not understood'),
  baseline: z.union([z.string().min(1), z.literal(false)]).describe('Baseline file, or false for none'),
  redact: z.boolean().nullable().describe('Mask personal data in quotes; null: in formats for people only'),
} satisfies Record<ConfigKey, z.ZodType>;

/** A config file. Unknown keys are mistakes, never ignored. */
export const configSchema = z
  .strictObject({
    $schema: z.string().optional().describe('For editors'),
    extends: z
      .union([z.string().min(1), z.array(z.string().min(1))])
      .optional()
      .describe('preset:<name> or config files to start from; later ones win'),
    ...settings,
  })
  .partial();

export type ConfigFile = z.infer<typeof configSchema>;

/** JSON Schema of config files, for editors; it is published as schema/config.schema.json. */
export function configJsonSchema(): object {
  const schema = z.toJSONSchema(configSchema, { io: 'input' });
  const { $schema, ...rest } = schema;
  return { $schema, title: 'kefu-audit config', ...rest };
}
