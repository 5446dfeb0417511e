import { formatDuration, type Locale } from '../model/catalogue.js';
import type { Metric } from '../model/report.js';

/** Stands for a figure that the data cannot support. */
export const MISSING = '–';

/** A figure for people: `8.3%`, `3分20秒`, `12`, or {@link MISSING}. */
export function showMetric(metric: Metric | undefined, locale: Locale): string {
  if (metric === undefined || metric.value === null) return MISSING;
  if (metric.unit === 'ratio') return showShare(metric.value);
  if (metric.unit === 'seconds') return formatDuration(metric.value * 1000, locale);
  return showNumber(metric.value);
}

/** `8.3%`. A share that is not quite none or all is never shown as `0%` or `100%`. */
export function showShare(share: number): string {
  if (share > 0 && share < 0.0005) return '<0.1%';
  if (share < 1 && share >= 0.9995) return '>99.9%';
  return `${showNumber(share * 100)}%`;
}

/** At most one decimal. */
export function showNumber(value: number): string {
  return String(Math.round(value * 10) / 10);
}

/** A score always with its decimal, so that columns line up. */
export function showScore(value: number | null): string {
  return value === null ? MISSING : value.toFixed(1);
}

export function showInterval(interval: readonly [number, number] | null): string {
  return interval === null ? MISSING : `${interval[0].toFixed(1)}–${interval[1].toFixed(1)}`;
}
