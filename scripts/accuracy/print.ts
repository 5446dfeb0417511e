import type { Figure } from './figures.js';

/** Whether a figure keeps its bound; those without one always do. */
export function passes({ estimate: { value }, bound }: Figure): boolean {
  if (bound === null || value === null) return true;
  return 'atLeast' in bound ? value >= bound.atLeast : value <= bound.atMost;
}

/** The figures as a table of docs/accuracy.md. */
export function markdownTable(figures: readonly Figure[]): string {
  return [
    '| | figure | value (95 %) | from | asked |',
    '|---|---|---|---|---|',
    ...figures.map((figure) => {
      const interval = intervalText(figure);
      const mark = figure.bound === null ? '' : passes(figure) ? '✓' : '✗';
      const value = `${valueText(figure)}${interval === '' ? '' : ` (${interval})`}`;
      return `| ${mark} | ${figure.name.trim()} | ${value} | ${figure.from} | ${boundText(figure)} |`;
    }),
  ].join('\n');
}

/** Prints figures in one column each, and with `wrong` the cases behind them. */
export function printFigures(figures: readonly Figure[], wrong: boolean): void {
  const width = Math.max(0, ...figures.map(({ name }) => name.length));
  for (const figure of figures) {
    const mark = figure.bound === null ? ' ' : passes(figure) ? '✓' : '✗';
    console.log(
      [
        mark,
        figure.name.padEnd(width),
        valueText(figure).padStart(6),
        intervalText(figure).padEnd(15),
        boundText(figure).padEnd(7),
        figure.from,
      ].join('  '),
    );
  }
  if (!wrong) return;
  for (const { name, wrong: cases } of figures) {
    if (cases.length === 0) continue;
    console.log(`\n${name}: ${cases.length}`);
    for (const { kind, text, asked, found, label } of cases) {
      console.log(`  ${kind} [${label}]${asked === '' ? '' : ` 「${cut(asked)}」→`} ${cut(text, 200)}`);
      for (const one of found) console.log(`      ${one}`);
    }
  }
}

export function valueText({ estimate: { value, interval } }: Figure): string {
  if (value === null) return '–';
  return interval === null && Number.isInteger(value) ? String(value) : value.toFixed(interval ? 3 : 1);
}

export function intervalText({ estimate: { interval } }: Figure): string {
  return interval === null ? '' : `${interval[0].toFixed(3)}–${interval[1].toFixed(3)}`;
}

export function boundText({ bound }: Figure): string {
  if (bound === null) return '';
  return 'atLeast' in bound ? `≥ ${bound.atLeast}` : `≤ ${bound.atMost}`;
}

function cut(text: string, length = 60): string {
  const line = text.replaceAll(/\s+/g, ' ');
  return line.length > length ? `${line.slice(0, length)}…` : line;
}
