import type { ZodError } from 'zod';

type Issue = ZodError['issues'][number];

/** One thing in a data file that its schema does not allow. */
export interface SchemaProblem {
  /** Where in the file: `['rules', 'abuse/insult', 'severity']`. */
  path: PropertyKey[];
  /**
   * What would be right, in a small language that is put into words where it is told: `one-of a|b`, `type string`,
   * `missing`, `min 0`, `above 0`, `max 1`, `not-empty`, `like 2026-03-01`, `unknown-key`, several joined by ` or `; or
   * what a check of the schema itself says.
   */
  detail: string;
}

/** Everything that a schema found wrong. */
export function schemaProblems(error: Pick<ZodError, 'issues'>): SchemaProblem[] {
  return error.issues.flatMap((issue): SchemaProblem[] =>
    issue.code === 'unrecognized_keys'
      ? issue.keys.map((key) => ({ path: [...issue.path, key], detail: 'unknown-key' }))
      : [problemOf(issue)],
  );
}

/** {@link schemaProblems} as texts that errors carry: `window.value.start: like 08:00`. */
export function schemaProblemTexts(error: Pick<ZodError, 'issues'>): string[] {
  return schemaProblems(error).map(({ path, detail }) => `${path.map(String).join('.')}: ${detail}`);
}

function problemOf(issue: Issue): SchemaProblem {
  const path = [...issue.path];
  switch (issue.code) {
    case 'invalid_value':
      return { path, detail: `one-of ${issue.values.join('|')}` };
    case 'invalid_type':
      // Zod names what it got in its message alone.
      return {
        path,
        detail: issue.message.endsWith('received undefined') ? 'missing' : `type ${issue.expected}`,
      };
    case 'too_small':
      if (issue.origin === 'string' || issue.origin === 'array') return { path, detail: 'not-empty' };
      return { path, detail: `${issue.inclusive === false ? 'above' : 'min'} ${issue.minimum}` };
    case 'too_big':
      return { path, detail: `max ${issue.maximum}` };
    case 'invalid_key': {
      const [inner] = issue.issues;
      return { path, detail: inner === undefined ? issue.message : problemOf(inner as Issue).detail };
    }
    case 'invalid_union': {
      const inner = issue.errors.flat();
      // The alternative that got further in is the one that was meant.
      const deeper = inner.find((one) => one.path.length > 0);
      if (deeper) {
        const { path: rest, detail } = problemOf(deeper as Issue);
        return { path: [...path, ...rest], detail };
      }
      return { path, detail: [...new Set(inner.map((one) => problemOf(one as Issue).detail))].join(' or ') };
    }
    default:
      return { path, detail: issue.message };
  }
}
