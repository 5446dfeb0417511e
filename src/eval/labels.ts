import { KefuError } from '../model/errors.js';
import type { Category } from '../model/finding.js';
import type { Role } from '../model/message.js';
import { readVerdict, type Verdict } from './verdict.js';

/** What a label is about: a category, or one rule. */
export type Scope = string;

/** What people say of one turn. */
export interface Labels {
  /** Scope → annotator → verdict. */
  verdicts: Map<Scope, Map<string, Verdict>>;
  /** The rule that should report it, where somebody said; several are as good as one another. */
  rules: string[];
  /** A word to tell kinds of turns apart in the figures, or null. */
  group: string | null;
}

export type LabelProblemCode =
  | 'bad-line'
  | 'bad-target'
  | 'bad-time'
  | 'bad-verdict'
  | 'no-labels'
  | 'no-text'
  | 'unknown-rule'
  | 'unknown-scope';

/** Takes what cannot be understood: what is wrong, and the words it is about. */
export type Refuse = (problem: LabelProblemCode, value: string) => void;

/** A fault in a label file, for {@link labelsError}. */
export interface LabelProblem {
  file: string;
  line: number;
  /** What is wrong, as a code that the command line has words for. */
  problem: LabelProblemCode;
  value: string;
}

/** The error for label files with faults: all of them are told at once, so that they can be mended at once. */
export function labelsError(problems: readonly LabelProblem[]): KefuError {
  const [first] = problems;
  return new KefuError('labels', {
    ...(first ? { file: first.file, line: first.line } : {}),
    data: {
      problems: problems.map(({ file, line, problem, value }) => `${file}:${line} ${problem} ${value}`),
    },
  });
}

const CATEGORIES: readonly Category[] = ['abuse', 'dismissive', 'latency', 'process', 'customer-abuse'];

/** Names of categories and of the other columns, as people head columns with them. */
const NAMES: Readonly<Record<string, Scope>> = {
  ...Object.fromEntries(CATEGORIES.map((category) => [category, category])),
  辱骂: 'abuse',
  敷衍: 'dismissive',
  超时: 'latency',
  慢: 'latency',
  流程: 'process',
  顾客辱骂: 'customer-abuse',
  买家辱骂: 'customer-abuse',
  customer_abuse: 'customer-abuse',
};
const RULE_NAMES = new Set(['rule', '规则']);
const GROUP_NAMES = new Set(['group', '分组']);
const NOTE_NAMES = new Set(['note', '备注', 'by']);

/** Header of a label column: `标注:敷衍`, `标注:敷衍:小王`, `label_abuse`, `label:dismissive/dont-know:b`. */
const HEADER = /^(?:标注|label)[:：_\s]+([^:：]+?)(?:[:：]\s*(.+))?$/iu;
/** The same with the annotator behind an underscore, as in `label_abuse_b`. */
const WITH_UNDERSCORE = /^(.+?)_([^_]+)$/u;

/** Who is meant where a file names no annotator. */
export const ONLY_ANNOTATOR = '';

/**
 * Reads what a record says about its turn: the columns of a sheet, or the fields of a JSON line.
 *
 * @param record header or field → value
 * @param role whose turn it is: abuse by a customer is `customer-abuse`
 * @param ruleIds rules that exist
 * @param refuse takes what cannot be understood
 * @returns null where the record says nothing
 */
export function readLabels(
  record: Readonly<Record<string, unknown>>,
  role: Role,
  ruleIds: ReadonlySet<string>,
  refuse: Refuse,
): Labels | null {
  const labels: Labels = { verdicts: new Map(), rules: [], group: null };
  const take = (name: string, annotator: string, value: unknown) => {
    const scope = scopeNamed(name, role, ruleIds);
    if (scope === null) return refuse('unknown-scope', name);
    const verdict = readVerdict(value);
    if (verdict === undefined) return refuse('bad-verdict', String(value));
    if (verdict !== null) addVerdict(labels, scope, annotator, verdict);
  };
  const takeRules = (value: unknown) => {
    for (const id of listOf(value)) {
      if (ruleIds.has(id)) labels.rules.push(id);
      else refuse('unknown-rule', id);
    }
  };
  for (const [key, value] of Object.entries(record)) {
    if (key === 'labels') readObject(value, take, refuse);
    else if (key === 'rule' || key === 'rules') takeRules(value);
    else if (key === 'group') labels.group = textOrNull(value);
    else {
      const header = HEADER.exec(key.normalize('NFKC').trim());
      if (header === null) continue;
      const [name, annotator] = splitHeader(header, ruleIds);
      if (RULE_NAMES.has(name)) takeRules(value);
      else if (GROUP_NAMES.has(name)) labels.group = textOrNull(value);
      else if (!NOTE_NAMES.has(name)) take(name, annotator, value);
    }
  }
  return labels.verdicts.size === 0 ? null : labels;
}

/** `{"abuse": 2}`, `{"abuse": [2, 1]}` or `{"abuse": {"小王": 2, "小李": 1}}`. */
function readObject(
  value: unknown,
  take: (name: string, annotator: string, value: unknown) => void,
  refuse: Refuse,
): void {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    refuse('no-labels', JSON.stringify(value) ?? '');
    return;
  }
  for (const [name, said] of Object.entries(value)) {
    if (Array.isArray(said)) {
      for (const [at, one] of said.entries()) take(name, String(at + 1), one);
    } else if (typeof said === 'object' && said !== null) {
      for (const [annotator, one] of Object.entries(said)) take(name, annotator, one);
    } else take(name, ONLY_ANNOTATOR, said);
  }
}

function splitHeader(header: RegExpExecArray, ruleIds: ReadonlySet<string>): [string, string] {
  const name = header[1]!.trim();
  const annotator = header[2]?.trim() ?? ONLY_ANNOTATOR;
  if (annotator !== ONLY_ANNOTATOR || isKnown(name, ruleIds)) return [name, annotator];
  const [, before = '', after = ''] = WITH_UNDERSCORE.exec(name) ?? [];
  return isKnown(before, ruleIds) ? [before, after] : [name, annotator];
}

function isKnown(name: string, ruleIds: ReadonlySet<string>): boolean {
  return Object.hasOwn(NAMES, name) || ruleIds.has(name) || RULE_NAMES.has(name) || GROUP_NAMES.has(name);
}

function scopeNamed(name: string, role: Role, ruleIds: ReadonlySet<string>): Scope | null {
  if (ruleIds.has(name)) return name;
  const scope = Object.hasOwn(NAMES, name) ? NAMES[name]! : null;
  return scope === 'abuse' && role === 'customer' ? 'customer-abuse' : scope;
}

/** Several messages of one turn may carry labels; the gravest verdict of each annotator counts. */
export function mergeLabels(a: Labels, b: Labels): Labels {
  const merged: Labels = {
    verdicts: new Map(),
    rules: [...new Set([...a.rules, ...b.rules])],
    group: a.group ?? b.group,
  };
  for (const { verdicts } of [a, b]) {
    for (const [scope, said] of verdicts) {
      for (const [annotator, verdict] of said) addVerdict(merged, scope, annotator, verdict);
    }
  }
  return merged;
}

function addVerdict({ verdicts }: Labels, scope: Scope, annotator: string, verdict: Verdict): void {
  const said = verdicts.get(scope) ?? new Map<string, Verdict>();
  const before = said.get(annotator);
  said.set(annotator, before === undefined || verdict > before ? verdict : before);
  verdicts.set(scope, said);
}

function listOf(value: unknown): string[] {
  const list = Array.isArray(value) ? value : String(value ?? '').split(/[\s,、;]+/);
  return list.map((one) => String(one).trim()).filter((one) => one !== '');
}

function textOrNull(value: unknown): string | null {
  const text = typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '';
  return text === '' ? null : text;
}
