import { nearest } from '../config/nearest.js';
import type { RuleSettings } from '../config/options.js';
import { COLUMN_FIELDS } from '../ingest/columns.js';
import { KefuError } from '../model/errors.js';
import type { Flags } from './context.js';
import { OPTIONS, type OptionId, type OptionSpec } from './options.js';

/** `--input-format` of `-i, --input-format <id>`. */
export function longFlag(flags: string): string {
  return /--[\w-]+/.exec(flags)![0];
}

/** The name under which commander keeps an option: `--rule` → `rule`, `--no-progress` → `progress`. */
export function attributeOf(flags: string): string {
  return longFlag(flags)
    .replace(/^--(no-)?/, '')
    .replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
}

/**
 * Turns what commander gathered (texts, lists of texts, booleans) into settings.
 *
 * @throws KefuError `usage` for a value that an option cannot take
 */
export function readFlags(raw: Readonly<Record<string, unknown>>, ids: readonly OptionId[]): Flags {
  const flags: Record<string, unknown> = {};
  for (const id of ids) {
    const spec = OPTIONS[id];
    const given = raw[attributeOf(spec.flags)];
    if (given !== undefined) flags[id] = read(spec, given, id);
  }
  return flags as Flags;
}

function read(spec: OptionSpec, given: unknown, id: OptionId): unknown {
  if (typeof given === 'boolean') {
    // `--no-color` is a way to say `--color never`; the other switches mean what they are.
    return id === 'color' ? 'never' : given;
  }
  const texts = Array.isArray(given) ? (given as string[]) : [String(given)];
  if (spec.kind === 'list') return texts;
  if (spec.kind === 'formats') return texts.map((text) => formatOf(spec, text));
  if (spec.kind === 'columns') return Object.assign({}, ...texts.map((text) => columnsOf(spec, text)));
  if (spec.kind === 'rules') return Object.assign({}, ...texts.map((text) => ruleOf(spec, text)));
  const text = texts.at(-1)!;
  switch (spec.kind) {
    case 'choice':
      if (spec.choices!.includes(text)) return text;
      throw badValue(spec, text, 'one-of', spec.choices!);
    case 'count':
      return numberIn(spec, text, 0, Number.MAX_SAFE_INTEGER, 'count', true);
    case 'score':
      return numberIn(spec, text, 0, 100, 'score', false);
    case 'ratio':
      return ratioOf(spec, text);
    default:
      if (text === '') throw badValue(spec, text, 'something');
      return text;
  }
}

function numberIn(
  spec: OptionSpec,
  text: string,
  low: number,
  high: number,
  expected: string,
  whole: boolean,
): number {
  const value = /^\d+(\.\d+)?$/.test(text) ? Number(text) : Number.NaN;
  if (value >= low && value <= high && (!whole || Number.isSafeInteger(value))) return value;
  throw badValue(spec, text, expected);
}

/** `0.05` or `5%`. */
function ratioOf(spec: OptionSpec, text: string): number {
  const [, digits, percent] = /^(\d+(?:\.\d+)?)(%?)$/.exec(text) ?? [];
  const value = digits === undefined ? Number.NaN : Number(digits) / (percent ? 100 : 1);
  if (value >= 0 && value <= 1) return value;
  throw badValue(spec, text, 'ratio');
}

function formatOf(spec: OptionSpec, text: string): string {
  const [name = '', ...path] = text.split('=');
  if (!spec.choices!.includes(name)) throw badValue(spec, name, 'one-of', spec.choices!);
  if (path.length > 0 && path.join('=') === '') throw badValue(spec, text, 'path');
  return text;
}

/** `time=发送时间,role=角色`; a header may hold `=`, and a comma where no field name follows it. */
function columnsOf(spec: OptionSpec, text: string): Record<string, string> {
  const map: Record<string, string> = {};
  for (const part of text.split(/,(?=\s*[A-Za-z]+\s*=)/)) {
    const at = part.indexOf('=');
    const field = part.slice(0, at).trim();
    const header = part.slice(at + 1).trim();
    if (at < 1 || header === '') throw badValue(spec, part, 'field=header');
    if (!(COLUMN_FIELDS as readonly string[]).includes(field))
      throw badValue(spec, field, 'one-of', COLUMN_FIELDS);
    map[field] = header;
  }
  return map;
}

/** `latency/first-response:off`. */
function ruleOf(spec: OptionSpec, text: string): RuleSettings {
  const at = text.lastIndexOf(':');
  const severity = text.slice(at + 1);
  if (at < 1) throw badValue(spec, text, 'id:severity');
  if (severity !== 'error' && severity !== 'warning' && severity !== 'info' && severity !== 'off') {
    throw badValue(spec, severity, 'one-of', ['error', 'warning', 'info', 'off']);
  }
  return { [text.slice(0, at)]: { severity } };
}

function badValue(
  spec: OptionSpec,
  value: string,
  expected: string,
  choices: readonly string[] = [],
): KefuError {
  return new KefuError('usage', {
    data: {
      problem: 'bad-value',
      option: longFlag(spec.flags),
      value,
      expected,
      choices: [...choices],
      suggestions: nearest(value, choices),
    },
  });
}
