import { toJson } from '../../report/visible.js';
import { masked } from './masked.js';
import type { Renderer, RenderOptions } from './renderer.js';

export const EVAL_SCHEMA_VERSION = 1;

/** One JSON object with everything, numbers to six digits. */
export const json: Renderer = (report, options) =>
  `${JSON.stringify(rounded({ ...head(options), ...masked(report, options.mask) }), null, 2)}\n`;

/** One object a line: `run`, then each figure, then each wrong case, told apart by `type`. */
export const jsonl: Renderer = (report, options) => {
  const { categories, rules, groups, agreement, confusion, wrong, ...run } = masked(report, options.mask);
  const rows: object[] = [{ type: 'run', ...head(options), ...run }];
  const add = (type: string, list: readonly object[]) => rows.push(...list.map((one) => ({ type, ...one })));
  add('category', categories);
  add('rule', rules);
  add('group', groups);
  add('agreement', agreement);
  add('confusion', confusion);
  add('wrong', wrong);
  return rows.map((row) => `${toJson(rounded(row))}\n`).join('');
};

function head({ tool }: RenderOptions): { schemaVersion: number; tool: RenderOptions['tool'] } {
  return { schemaVersion: EVAL_SCHEMA_VERSION, tool };
}

/** Logarithms of two machines may differ in the last digit of an interval; six digits never do. */
function rounded(value: unknown): unknown {
  if (typeof value === 'number') return Math.round(value * 1e6) / 1e6;
  if (Array.isArray(value)) return value.map(rounded);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, rounded(inner)]));
}
