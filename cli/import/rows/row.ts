/** One row of a file, in the file's order. */
export interface Row {
  /** Counts from 1; the header is no row. */
  readonly number: number;
  /** By column; null when the row cannot be read. */
  readonly values: Readonly<Record<string, unknown>> | null;
  /** Why the row cannot be read, without any of its content; null when it can. */
  readonly fault: string | null;
}

/** The rows of an open file, and how far it has been read. */
export interface RowSource {
  readonly rows: AsyncIterable<Row>;
  /** Share of the file that was read, 0 to 1. */
  readonly share: () => number;
}
