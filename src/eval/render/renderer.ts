import type { ColorSupportLevel } from 'chalk';
import type { Locale } from '../../model/catalogue.js';
import type { EvalReport } from '../report.js';

export interface RenderOptions {
  locale: Locale;
  /** Columns to fit into, or null to cut and wrap nothing. */
  width: number | null;
  colorLevel: ColorSupportLevel;
  /** How many wrong cases the table lists; the other formats have all. */
  maxShown: number;
  /** Which table csv writes. */
  evalTable: 'figures' | 'cases';
  headers: Locale;
  bom: boolean;
  /** Applied to the words of turns, or null. */
  mask: ((text: string) => string) | null;
  /** Name and version of the tool. */
  tool: { name: string; version: string };
}

/** Makes one text of an evaluation. */
export type Renderer = (report: EvalReport, options: RenderOptions) => string;

/** The formats of `kefu-audit eval`; a subset of those of the audit. */
export const EVAL_FORMATS = ['table', 'json', 'jsonl', 'csv'] as const;

export type EvalFormat = (typeof EVAL_FORMATS)[number];

/** The renderer of a format; its code is loaded when it is asked for. */
export async function loadRenderer(format: EvalFormat): Promise<Renderer> {
  switch (format) {
    case 'table':
      return (await import('./table.js')).table;
    case 'json':
      return (await import('./json.js')).json;
    case 'jsonl':
      return (await import('./json.js')).jsonl;
    case 'csv':
      return (await import('./csv.js')).csv;
  }
}
