import type { Settings } from '../config/settings.js';
import type { EvalReport } from '../eval/report.js';
import { CATEGORY_TERMS } from '../report/messages/terms.js';
import type { Bilingual, Locale } from './options.js';

type EvalGates = Pick<Settings, 'minPrecision' | 'minRecall' | 'maxFalseAlarms'>;

/** A category that did not pass a gate. */
export interface EvalGateFailure {
  gate: '--min-precision' | '--min-recall' | '--max-false-alarms';
  scope: string;
  value: number;
  limit: number;
}

/** Every gate that was not passed, by category. A figure that the labels cannot support fails none. */
export function failedEvalGates({ categories }: EvalReport, gates: EvalGates): EvalGateFailure[] {
  const failures: EvalGateFailure[] = [];
  for (const { scope, precision, recall, falseAlarms } of categories) {
    const hold = (
      gate: EvalGateFailure['gate'],
      value: number | null,
      limit: number | null,
      sign: 1 | -1,
    ) => {
      if (value !== null && limit !== null && value * sign < limit * sign) {
        failures.push({ gate, scope, value, limit });
      }
    };
    hold('--min-precision', precision.value, gates.minPrecision, 1);
    hold('--min-recall', recall.value, gates.minRecall, 1);
    hold('--max-false-alarms', falseAlarms.value, gates.maxFalseAlarms, -1);
  }
  return failures;
}

/** Why the exit code is 1. */
export function evalGateMessage({ gate, scope, value, limit }: EvalGateFailure): Bilingual {
  const name = (locale: Locale) =>
    Object.hasOwn(CATEGORY_TERMS, scope)
      ? CATEGORY_TERMS[scope as keyof typeof CATEGORY_TERMS][locale]
      : scope;
  if (gate === '--max-false-alarms') {
    const alarms = String(Math.round(value * 10) / 10);
    return {
      zh: `未过门槛：${name('zh')}每万轮误报 ${alarms}，多于 ${limit}（${gate}）`,
      en: `gate failed: ${name('en')} has ${alarms} false alarms per 10,000 turns, more than ${limit} (${gate})`,
    };
  }
  const figure: Bilingual =
    gate === '--min-precision' ? { zh: '查准率', en: 'precision' } : { zh: '查全率', en: 'recall' };
  return {
    zh: `未过门槛：${name('zh')}的${figure.zh} ${percent(value)}，低于 ${percent(limit)}（${gate}）`,
    en: `gate failed: ${figure.en} of ${name('en')} is ${percent(value)}, below ${percent(limit)} (${gate})`,
  };
}

function percent(ratio: number): string {
  return `${Number((ratio * 100).toFixed(1))}%`;
}
