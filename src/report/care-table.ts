import type { Bilingual, Locale } from '../model/catalogue.js';
import type { AgentReport } from '../model/report.js';
import { agentLabelsWithin } from './agent-label.js';
import { MISSING } from './figures.js';
import { columnsOf, pad } from './layout.js';
import { CUSTOMER_PHRASES } from './messages/customer-phrases.js';

const GAP = '  ';
const INDENT = '  ';
const NAME_LEAST = 8;
const NAME_MOST = 36;

const FIGURES: readonly (readonly [metric: string, header: Bilingual])[] = [
  ['first-contact-resolution', CUSTOMER_PHRASES.columnResolution],
  ['repeat-rate', CUSTOMER_PHRASES.columnRepeats],
  ['promises-kept', CUSTOMER_PHRASES.columnPromises],
];

/**
 * What contacts led to, by agent: counts, since with so few a percentage would say more than is known. Agents of whom
 * nothing can be known are left out.
 *
 * @returns lines with an indent, a header first; none when there is nobody to tell of
 */
export function careTable(agents: readonly AgentReport[], locale: Locale, width: number | null): string[] {
  const known = agents.filter(({ metrics }) => FIGURES.some(([id]) => metrics[id]?.value != null));
  if (known.length === 0) return [];
  const columns = FIGURES.map(([id, header]) => [
    header[locale],
    ...known.map(({ metrics }) => {
      const metric = metrics[id];
      return metric?.value == null ? MISSING : `${metric.numerator}/${metric.denominator}`;
    }),
  ]);
  const widths = columns.map((cells) => Math.max(...cells.map(columnsOf)));
  const others = INDENT.length + widths.reduce((sum, one) => sum + GAP.length + one, 0);
  const room = width === null ? NAME_MOST : Math.max(NAME_LEAST, Math.min(NAME_MOST, width - others));
  const names = [CUSTOMER_PHRASES.columnAgent[locale], ...agentLabelsWithin(known, room)];
  const nameWidth = Math.max(...names.map(columnsOf));
  return names.map((name, row) =>
    [
      INDENT + pad(name, nameWidth),
      ...columns.map((cells, at) => pad(cells[row]!, widths[at]!, 'right')),
    ].join(GAP),
  );
}
