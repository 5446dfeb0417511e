import { z } from 'zod';

/** The shape of a lexicon file (docs/lexicons.md). Strict: a misspelt key is a problem, not a silent nothing. */

const template = z.string().min(1);
const templates = z.array(template);
const severity = z.enum(['error', 'warning', 'info']);
const confidence = z.number().min(0).max(1);
const directed = z.enum(['required', 'any']);
const edges = z.enum(['word', 'prefix', 'suffix', 'anywhere', 'alone']);
const category = z.string().regex(/^[a-z][a-z-]*(\/[a-z][a-z-]*)?$/, 'like abuse/insult');
const disguise = z.array(
  z.enum(['homophone', 'pinyin', 'initials', 'split', 'emoji', 'separators', 'stretch']),
);
const contexts = z
  .object({ before: templates, after: templates, clause: templates, text: templates })
  .partial()
  .strict();

const shared = {
  category,
  severity,
  confidence,
  directed,
  edges,
  disguise,
  unless: contexts,
  only: contexts,
};

export const entrySchema = z
  .object({
    id: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'like cold-words-2'),
    ...z.object(shared).partial().shape,
    forms: z.array(template).min(1),
    allow: templates.optional(),
    hit: z.array(z.string().min(1)).optional(),
    miss: z.array(z.string().min(1)).optional(),
    note: z.string().optional(),
  })
  .strict();

export const lexiconFileSchema = z
  .object({
    /** Values for entries of this file that do not say otherwise. */
    defaults: z.object(shared).partial().strict().optional(),
    /** Word lists that templates name as `{slot}`. Shared by all files. */
    slots: z
      .record(z.string().regex(/^[a-z][a-z-]*$/, 'like body-part'), z.array(template).min(1))
      .optional(),
    /** What characters are written as in disguise. Shared by all files. */
    characters: z
      .record(
        z.string().min(1).max(2),
        z
          .object({
            pinyin: z.string().regex(/^[a-z]+$/, 'like sha'),
            homophones: z.array(z.string().min(1)),
            split: z.array(z.string().min(1)),
            emoji: z.array(z.string().min(1)),
          })
          .partial()
          .strict(),
      )
      .optional(),
    /** Harmless words: no match inside one is reported. */
    allow: templates.optional(),
    entries: z.array(entrySchema).optional(),
  })
  .strict();

export type LexiconFile = z.infer<typeof lexiconFileSchema>;
