import { columnsOf, cut, pad } from '../../report/layout.js';

/** A column of a small table. */
export interface GridColumn<Row> {
  head: string;
  align?: 'left' | 'right';
  /** Of columns with a number, those with the highest are left out first when there is too little room. */
  spare?: number;
  show(row: Row): string;
}

const GAP = '  ';

/**
 * Lines of a table without rules: a head and one line a row. In `width` columns the spare columns are left out, then
 * the first is cut, at last the lines; null leaves out nothing.
 */
export function grid<Row>(
  columns: readonly GridColumn<Row>[],
  rows: readonly Row[],
  width: number | null,
): string[] {
  let shown = [...columns];
  const sizeOf = (column: GridColumn<Row>) =>
    Math.max(columnsOf(column.head), ...rows.map((row) => columnsOf(column.show(row))));
  const total = () =>
    shown.reduce((sum, column) => sum + sizeOf(column), 0) + GAP.length * (shown.length - 1);
  while (width !== null && total() > width) {
    const spare = shown.reduce((most, column) => ((column.spare ?? 0) > (most.spare ?? 0) ? column : most));
    if ((spare.spare ?? 0) === 0) break;
    shown = shown.filter((column) => column !== spare);
  }
  const sizes = shown.map(sizeOf);
  if (width !== null) sizes[0] = Math.max(8, sizes[0]! - Math.max(0, total() - width));
  const line = (cells: readonly string[]) => {
    const padded = cells.map((text, at) =>
      pad(cut(text, sizes[at]!), sizes[at]!, shown[at]!.align ?? 'left'),
    );
    return cut(padded.join(GAP).trimEnd(), width);
  };
  return [line(shown.map(({ head }) => head)), ...rows.map((row) => line(shown.map((one) => one.show(row))))];
}
