/** At most three of `names` that somebody who wrote `name` may have meant, nearest first. */
export function nearest(name: string, names: Iterable<string>): string[] {
  const wanted = fold(name);
  return [...names]
    .map((one) => ({ one, distance: editDistance(wanted, fold(one)) }))
    .filter(
      ({ one, distance }) => distance <= Math.max(1, Math.floor(Math.max(one.length, name.length) * 0.4)),
    )
    .sort((a, b) => a.distance - b.distance || (a.one < b.one ? -1 : 1))
    .slice(0, 3)
    .map(({ one }) => one);
}

/** `--input_format`, `inputFormat` and `input-format` are one word. */
function fold(name: string): string {
  return name.toLowerCase().replace(/[-_\s]/g, '');
}

/** Edits between two words, a swap of neighbours counting one. */
function editDistance(a: string, b: string): number {
  const rows: number[][] = [Array.from({ length: b.length + 1 }, (_, at) => at)];
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      let best = Math.min(rows[i - 1]![j]! + 1, row[j - 1]! + 1, rows[i - 1]![j - 1]! + (same ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        best = Math.min(best, rows[i - 2]![j - 2]! + 1);
      row[j] = best;
    }
    rows.push(row);
  }
  return rows[a.length]![b.length]!;
}
