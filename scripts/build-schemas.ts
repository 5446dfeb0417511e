/** Writes `schema/*.json` from `src/report/schema.ts`, `src/eval/report-schema.ts` and `src/config/*-schema.ts`. Run with `npx tsx scripts/build-schemas.ts`. */
import { writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { z } from 'zod';
import { calendarJsonSchema } from '../src/config/calendar-schema.js';
import { profileJsonSchema } from '../src/config/profile-schema.js';
import { evalSchema } from '../src/eval/report-schema.js';
import { explanationSchema } from '../src/report/explanation-schema.js';
import { customersSchema, lineSchema, reportSchema } from '../src/report/schema.js';

/**
 * File name to content of every published schema.
 *
 * @param closed forbids unknown fields. The published ones allow them, so that a reader of version 1 takes what later
 *   tools add; our own tests do not.
 */
export function buildSchemas({ closed = false } = {}): Map<string, string> {
  const customers = 'What `kefu-audit customers -f json` writes.';
  const explanation = 'What `kefu-audit explain -f json` writes.';
  const json = 'What `kefu-audit -f json` writes.';
  const jsonl = 'One line of what `kefu-audit -f jsonl` writes.';
  return new Map([
    ['report.schema.json', publish(reportSchema, 'Report of kefu-audit', json, closed)],
    ['jsonl.schema.json', publish(lineSchema, 'Report line of kefu-audit', jsonl, closed)],
    ['customers.schema.json', publish(customersSchema, 'Customers of kefu-audit', customers, closed)],
    [
      'explanation.schema.json',
      publish(explanationSchema, 'Explained figure of kefu-audit', explanation, closed),
    ],
    [
      'eval.schema.json',
      publish(evalSchema, 'Evaluation of kefu-audit', 'What `kefu-audit eval -f json` writes.', closed),
    ],
    ['calendar.schema.json', `${JSON.stringify(calendarJsonSchema(), null, 2)}\n`],
    ['profile.schema.json', `${JSON.stringify(profileJsonSchema(), null, 2)}\n`],
  ]);
}

function publish(schema: z.ZodType, title: string, description: string, closed: boolean): string {
  const { $schema, ...rest } = z.toJSONSchema(schema, {
    target: 'draft-2020-12',
    override: ({ jsonSchema }) => {
      if (!closed && jsonSchema.additionalProperties === false) delete jsonSchema.additionalProperties;
    },
  });
  return `${JSON.stringify({ $schema, title, description, ...rest }, null, 2)}\n`;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  for (const [name, text] of buildSchemas())
    writeFileSync(new URL(`../schema/${name}`, import.meta.url), text);
}
