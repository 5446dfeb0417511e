/** Text that stands further down in a report than it comes: added as the audit goes, read once at the end. */
export interface Later {
  add(text: string): void;
  read(): Iterable<string>;
}

/** Keeps such text in memory, for whoever has no better place. */
export function inMemory(): Later {
  const held: string[] = [];
  return { add: (text) => void held.push(text), read: () => held };
}

/** An array of JSON, one row a line, with its rows in a place of their own until the end. */
export class LaterRows {
  private readonly list = new RowList();

  constructor(private readonly later: Later) {}

  add(row: string): void {
    this.later.add(this.list.add(row));
  }

  *read(): Generator<string> {
    yield* this.later.read();
    yield this.list.close();
  }
}

/** The inside of a JSON array, one row a line. */
export class RowList {
  private empty = true;

  add(row: string): string {
    const before = this.empty ? '\n' : ',\n';
    this.empty = false;
    return before + row;
  }

  /** The end of the array. */
  close(): string {
    return this.empty ? ']' : '\n]';
  }
}

/** A whole array, one row a line, made as it is written. */
export function* rowsOf<Item>(items: Iterable<Item>, row: (item: Item) => string): Generator<string> {
  const list = new RowList();
  for (const item of items) yield list.add(row(item));
  yield list.close();
}
