import { KefuError, type Severity } from '../model/index.js';
import type { Rule, RuleOptions } from './rule.js';

/** What a run says about one rule. A bare severity (or `off`) is short for `{ severity }`. */
export type RuleSetting =
  | Severity
  | 'off'
  | { severity?: Severity | 'off'; options?: Record<string, number | string | boolean> };

/** By rule id, or by category with a star: `latency/*`. The exact id wins. */
export type RuleSettings = Readonly<Record<string, RuleSetting>>;

/** A rule as this run wants it. */
export interface ActiveRule {
  rule: Rule;
  severity: Severity;
  options: RuleOptions;
}

/**
 * Applies the settings of a run to the rules of a preset, in the order of `rules`.
 *
 * @param preset severity of each rule that the preset switches on; a setting switches others on as well.
 * @throws KefuError `config` for a rule, category or option that does not exist, with the nearest names.
 */
export function applySettings(
  rules: readonly Rule[],
  preset: ReadonlyMap<string, Severity>,
  settings: RuleSettings,
): ActiveRule[] {
  checkNames(rules, settings);
  const active: ActiveRule[] = [];
  for (const rule of rules) {
    const { id, category } = rule.meta;
    const wide = expand(settings[`${category}/*`]);
    const exact = expand(settings[id]);
    const severity =
      exact.severity ?? wide.severity ?? preset.get(id) ?? (settings[id] ? rule.meta.severity : 'off');
    if (severity === 'off') continue;
    active.push({ rule, severity, options: optionsOf(rule, wide.options, exact.options) });
  }
  return active;
}

function expand(setting: RuleSetting | undefined): Exclude<RuleSetting, string> {
  return typeof setting === 'string' ? { severity: setting } : (setting ?? {});
}

/** Options given for a whole category reach the rules that have them; an exact id must know each one. */
function optionsOf(
  rule: Rule,
  wide: Record<string, number | string | boolean> = {},
  exact: Record<string, number | string | boolean> = {},
): RuleOptions {
  const known = rule.meta.options ?? {};
  const options = { ...known };
  for (const [name, value] of Object.entries(wide)) {
    if (Object.hasOwn(known, name)) options[name] = checkType(rule, name, value, known[name]!);
  }
  for (const [name, value] of Object.entries(exact)) {
    if (!Object.hasOwn(known, name)) {
      throw new KefuError('config', {
        data: {
          problem: 'unknown-rule-option',
          rule: rule.meta.id,
          name,
          suggestions: nearest(name, Object.keys(known)),
        },
      });
    }
    options[name] = checkType(rule, name, value, known[name]!);
  }
  return options;
}

function checkType<T extends number | string | boolean>(
  rule: Rule,
  name: string,
  value: T,
  known: unknown,
): T {
  const fits = typeof value === typeof known && (typeof value !== 'number' || Number.isFinite(value));
  if (fits) return value;
  throw new KefuError('config', {
    data: {
      problem: 'bad-rule-option',
      rule: rule.meta.id,
      name,
      value: String(value),
      expected: typeof known,
    },
  });
}

function checkNames(rules: readonly Rule[], settings: RuleSettings): void {
  const names = new Set<string>();
  for (const { meta } of rules) names.add(meta.id).add(`${meta.category}/*`);
  for (const name of Object.keys(settings)) {
    if (names.has(name)) continue;
    throw new KefuError('config', {
      data: { problem: 'unknown-rule', rule: name, suggestions: nearest(name, [...names]) },
    });
  }
}

/** At most three names that somebody who wrote `name` may have meant, nearest first. */
export function nearest(name: string, names: readonly string[]): string[] {
  const tail = (one: string) => one.slice(one.indexOf('/') + 1);
  return names
    .map((one) => ({
      one,
      // Somebody who forgets the category, or takes a wrong one, has the rest right.
      distance: Math.min(editDistance(name, one), editDistance(tail(name), tail(one)) + 1),
    }))
    .filter(({ one, distance }) => distance <= Math.max(2, Math.floor(one.length / 3)))
    .sort((a, b) => a.distance - b.distance || (a.one < b.one ? -1 : 1))
    .slice(0, 3)
    .map(({ one }) => one);
}

/** Levenshtein distance. */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      next[j] = Math.min(row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1));
    }
    row = next;
  }
  return row[b.length]!;
}
