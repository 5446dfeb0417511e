import type { ColumnMap } from '../ingest/columns.js';
import type { Severity } from '../model/finding.js';
import type { RuleSettings, SegmenterName } from './options.js';

/** What the command line and the config file can set, with one name for both: the flag's name in camel case. */
export interface Settings {
  inputFormat: string;
  encoding: string;
  timezone: string;
  /** '' for the profile of each input's platform. */
  profile: string;
  /** A path, or '' for none. */
  calendar: string;
  columns: ColumnMap;
  agent: string[];
  /** Patterns of the agents that `explain` is about; all without any. */
  ofAgent: string[];
  /** Patterns of the agents that an audit reports; all without any. */
  onlyAgent: string[];
  customer: string[];
  bot: string[];
  since: string | null;
  until: string | null;
  stdinFilename: string;
  /** `name` or `name=path`. */
  format: string[];
  outputFile: string | null;
  csvTable: 'agents' | 'findings' | 'turns' | 'customers' | 'promises';
  headers: 'zh' | 'en';
  bom: boolean;
  maxShown: number;
  locale: 'zh' | 'en';
  color: 'auto' | 'always' | 'never';
  quiet: boolean;
  progress: boolean;
  preset: string;
  rules: RuleSettings;
  lexicon: string[];
  lexiconDisabled: string[];
  /** Paths of product pages. */
  page: string[];
  segmenter: SegmenterName;
  failOn: Severity | 'none';
  maxFindings: number | null;
  minScore: number | null;
  maxBreachRatio: number | null;
  maxSkipped: number;
  /** Of `eval`: gates on precision, recall and false alarms per 10,000 turns. */
  minPrecision: number | null;
  minRecall: number | null;
  maxFalseAlarms: number | null;
  /** Of `eval`: the mean verdict from which a turn is positive, the severity from which a finding counts. */
  positiveAt: '0.5' | '1' | '1.5' | '2';
  minSeverity: Severity;
  evalTable: 'figures' | 'cases';
  /** Of `sheet`: how many conversations to draw; null for all. */
  sample: number | null;
  /** A path; '' to look for {@link BASELINE_NAME}; false to use none. */
  baseline: string | false;
  /** null: in reports for people, not in those for machines. */
  redact: boolean | null;
  timing: boolean;
  debug: boolean;
}

export const BASELINE_NAME = 'kefu-audit.baseline.json';

export const DEFAULTS: Readonly<Settings> = {
  inputFormat: 'auto',
  encoding: 'auto',
  timezone: 'Asia/Shanghai',
  profile: '',
  calendar: '',
  columns: {},
  agent: [],
  ofAgent: [],
  onlyAgent: [],
  customer: [],
  bot: [],
  since: null,
  until: null,
  stdinFilename: '-',
  format: ['table'],
  outputFile: null,
  csvTable: 'agents',
  headers: 'en',
  bom: false,
  maxShown: 10,
  locale: 'zh',
  color: 'auto',
  quiet: false,
  progress: true,
  preset: 'recommended',
  rules: {},
  lexicon: [],
  lexiconDisabled: [],
  page: [],
  segmenter: 'auto',
  failOn: 'error',
  maxFindings: null,
  minScore: null,
  maxBreachRatio: null,
  maxSkipped: 0.05,
  minPrecision: null,
  minRecall: null,
  maxFalseAlarms: null,
  positiveAt: '1',
  minSeverity: 'info',
  evalTable: 'figures',
  sample: null,
  baseline: '',
  redact: null,
  timing: false,
  debug: false,
};

/** Settings of one run only: a config file may not have them. */
export const RUN_ONLY = [
  'ofAgent',
  'onlyAgent',
  'since',
  'until',
  'stdinFilename',
  'outputFile',
  'quiet',
  'progress',
  'minPrecision',
  'minRecall',
  'maxFalseAlarms',
  'positiveAt',
  'minSeverity',
  'evalTable',
  'sample',
  'timing',
  'debug',
] as const satisfies readonly (keyof Settings)[];

export type ConfigKey = Exclude<keyof Settings, (typeof RUN_ONLY)[number]>;
