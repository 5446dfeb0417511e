import { KefuError } from '../model/errors.js';
import { type ColumnMap, hasColumn, nearest } from './columns.js';

/**
 * The columns that the user named, held against every table of a run. A table may have headers of its own; a column that
 * no table has is a mistake in the name, and what it should have told would silently be missing.
 */
export class NamedColumns {
  private readonly unseen: Set<string>;
  /** Headers of the first table that lacked some. */
  private headers: readonly string[] | null = null;
  private tableCount = 0;

  constructor(map: ColumnMap | null) {
    this.unseen = new Set(Object.values(map ?? {}));
  }

  /** Looks at the headers of a table, or the fields of an object. */
  look(headers: readonly string[]): void {
    this.tableCount++;
    if (this.unseen.size === 0) return;
    for (const name of this.unseen) if (hasColumn(name, headers)) this.unseen.delete(name);
    if (this.unseen.size > 0) this.headers ??= headers;
  }

  /** A table was read by the columns that were named, all of them. */
  fit(): void {
    this.unseen.clear();
  }

  /** The error for columns that are nowhere, or null. */
  missing(): KefuError | null {
    if (this.headers === null || this.unseen.size === 0) return null;
    const [first] = this.unseen;
    return new KefuError('unknown-columns', {
      data: {
        unknown: [...this.unseen],
        headers: [...this.headers],
        nearest: nearest(first!, this.headers),
        tables: this.tableCount,
      },
    });
  }
}
