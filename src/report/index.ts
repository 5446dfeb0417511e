import type { ReporterEntry } from './reporter.js';

/** Every output format, in the order of the help text. The code of a format is loaded when it is asked for. */
export const REPORTERS: readonly ReporterEntry[] = [
  {
    id: 'table',
    describe: {
      zh: '给人看的表格：每位客服一行，再列最严重的发现',
      en: 'a table for people: one row an agent, then the worst findings',
    },
    audience: 'people',
    tellsNotices: true,
    load: async () => (await import('./table.js')).table,
  },
  {
    id: 'summary',
    describe: { zh: '六行摘要，适合日志', en: 'six lines, for logs' },
    audience: 'people',
    tellsNotices: false,
    load: async () => (await import('./summary.js')).summary,
  },
  {
    id: 'line',
    describe: {
      zh: '每个发现一行（文件:行号: …），适合编辑器和 grep',
      en: 'one line a finding (file:line: …), for editors and grep',
    },
    audience: 'people',
    tellsNotices: false,
    load: async () => (await import('./line.js')).line,
  },
  {
    id: 'json',
    describe: {
      zh: '一个 JSON 对象，结构见 schema/report.schema.json',
      en: 'one JSON object, described by schema/report.schema.json',
    },
    audience: 'machines',
    tellsNotices: false,
    load: async () => (await import('./json.js')).json,
  },
  {
    id: 'jsonl',
    describe: {
      zh: '每行一个 JSON 对象，边读边写，结构见 schema/jsonl.schema.json',
      en: 'one JSON object a line, written as it is read, described by schema/jsonl.schema.json',
    },
    audience: 'machines',
    tellsNotices: false,
    load: async () => (await import('./jsonl.js')).jsonl,
  },
  {
    id: 'csv',
    describe: {
      zh: '电子表格用的 CSV：客服、发现、轮次、顾客或承诺（--csv-table）',
      en: 'CSV for spreadsheets: agents, findings, turns, customers or promises (--csv-table)',
    },
    audience: 'machines',
    tellsNotices: false,
    load: async () => (await import('./csv.js')).csv,
  },
];

/** The format of this name, or null when there is none. */
export function findReporter(id: string): ReporterEntry | null {
  return REPORTERS.find((entry) => entry.id === id) ?? null;
}
