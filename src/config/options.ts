import type { ColumnMap } from '../ingest/columns.js';
import type { RolePatterns } from '../ingest/roles.js';
import type { KefuError } from '../model/errors.js';
import type { Severity } from '../model/finding.js';

/** Word cutters that can stand behind the segmentation port; `auto` takes the first that loads. */
export type SegmenterName = 'auto' | 'nodejieba' | 'node-rs';

/** Encodings that `encoding` may name; null (the default) decides by BOM and content. */
export const ENCODINGS = ['utf-8', 'gb18030', 'gbk', 'big5', 'utf-16le', 'utf-16be'] as const;
export type EncodingName = (typeof ENCODINGS)[number];

/** What a run says about one rule: both parts optional, what is left out stays as the preset has it. */
export interface RuleSetting {
  severity?: Severity | 'off';
  /** Overrides of the rule's own options by name. */
  options?: Record<string, number | string | boolean>;
}

/** By rule id, or by category with a star: `latency/*`. The exact id wins. */
export type RuleSettings = Record<string, RuleSetting>;

/** Lexicon data besides what the tool ships. */
export interface LexiconOptions {
  /** YAML or CSV files of the user, read after the shipped ones. */
  files: readonly string[];
  /** Ids of entries that are not used in this run. */
  disabled: readonly string[];
}

/** How far a run has come; for people who wait, never part of a report. */
export interface AuditProgress {
  /** The input being read, or null when all are read. */
  file: string | null;
  /** Inputs begun so far. */
  fileCount: number;
  lineCount: number;
  messageCount: number;
}

/** Findings that somebody looked at and accepted, by fingerprint. */
export interface AcceptedFindings {
  /** Asked exactly once for each finding, so that an implementation can tell which entries were never met. */
  has(fingerprint: string): boolean;
}

/** Everything an audit can be told. Only `paths` is needed; each default is the command line's. */
export interface AuditOptions {
  /** Files, folders and globs, as the user wrote them; `-` is `stdin`. */
  paths: readonly string[];
  /** Reader id (`qq-txt`), or null to decide by content. Default null. */
  inputFormat?: string | null;
  /** Default null: decide by content. */
  encoding?: EncodingName | null;
  /** IANA zone of the times in the inputs. Default `Asia/Shanghai`, never the machine's. */
  timezone?: string;
  /** Profile id for all inputs, or null for that of each input's platform. Default null. */
  profile?: string | null;
  /** Path of a calendar of working hours (docs/metrics.md), or null for always at work. Default null. */
  calendar?: string | null;
  /** Which column holds what, for CSV, XLSX and JSON arrays; null to know them by name. Default null. */
  columns?: ColumnMap | null;
  /** Patterns of who is who, before any other rule of role. Default none. */
  roles?: RolePatterns;
  /**
   * First and last moment of conversations to audit (by their first message), each a local date `2026-03-01`, a local
   * time `2026-03-01 09:00[:00]` or an ISO time with offset. `since` is inclusive; `until` is exclusive, but a plain
   * date stands for the whole day. Default null: all. With either, conversations without a time are left out.
   */
  since?: string | null;
  until?: string | null;
  /** Default `auto`. */
  segmenter?: SegmenterName;
  /** Named set of rules to start from. Default `recommended`. */
  preset?: string;
  /** Changes to the preset. Default none. */
  ruleSettings?: RuleSettings;
  lexicon?: LexiconOptions;
  /**
   * Text or HTML files of the product pages that customers have before them: an answer that only repeats a page is then
   * told from one that answers. Default none.
   */
  pages?: readonly string[];
  /** Findings to leave out before anything is scored or counted. A notice says how many. Default null. */
  accepted?: AcceptedFindings | null;
  /** What `-` reads. Default null: `-` is an error. */
  stdin?: AsyncIterable<Uint8Array> | null;
  /** Name that stands for stdin in the report. Default `-`. */
  stdinFilename?: string;
  /**
   * Paths of files that the run is going to write. An audit that comes to read one of them throws instead: a report must
   * not take the place of the chats that it is about. Default none.
   */
  writes?: readonly string[];
  /**
   * Told of each input that could not be read; the others are audited all the same. Without it the first such input
   * ends the audit by a throw.
   */
  onInputError?: ((error: KefuError) => void) | null;
  onProgress?: ((progress: AuditProgress) => void) | null;
  /** Milliseconds spent in each rule are added up here, by rule id. Default null: not measured. */
  ruleTimes?: Map<string, number> | null;
  /** When aborted, the audit stops at the next batch and throws the signal's reason. */
  signal?: AbortSignal | null;
}

/** {@link AuditOptions} with every default filled in. */
export type ResolvedAuditOptions = { [K in keyof AuditOptions]-?: Exclude<AuditOptions[K], undefined> };

/** Fills in the defaults. Pure; checks nothing (zone, dates and ids are checked where they are used). */
export function resolveAuditOptions(options: AuditOptions): ResolvedAuditOptions {
  return {
    paths: options.paths,
    inputFormat: options.inputFormat ?? null,
    encoding: options.encoding ?? null,
    timezone: options.timezone ?? 'Asia/Shanghai',
    profile: options.profile ?? null,
    calendar: options.calendar ?? null,
    columns: options.columns ?? null,
    roles: options.roles ?? { agent: [], customer: [], bot: [] },
    since: options.since ?? null,
    until: options.until ?? null,
    segmenter: options.segmenter ?? 'auto',
    preset: options.preset ?? 'recommended',
    ruleSettings: options.ruleSettings ?? {},
    lexicon: options.lexicon ?? { files: [], disabled: [] },
    pages: options.pages ?? [],
    accepted: options.accepted ?? null,
    stdin: options.stdin ?? null,
    stdinFilename: options.stdinFilename ?? '-',
    writes: options.writes ?? [],
    onInputError: options.onInputError ?? null,
    onProgress: options.onProgress ?? null,
    ruleTimes: options.ruleTimes ?? null,
    signal: options.signal ?? null,
  };
}
