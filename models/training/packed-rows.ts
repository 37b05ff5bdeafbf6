/** A single value while all rows have it, then the narrowest array that holds every value exactly. */
type Column = number | Float32Array | Float64Array;

/**
 * Rows of doubles, kept by column: at the cuts of a shop most features are the same in all rows (nobody has used a
 * channel the orders do not tell of), and most others are counts and days, which single precision holds exactly. What is
 * read is bit for bit what was added.
 */
export class PackedRows {
  /** Rows there is room for. */
  readonly capacity: number;
  readonly width: number;
  private readonly columns: Column[];
  private filled = 0;

  constructor(capacity: number, width: number) {
    this.capacity = capacity;
    this.width = width;
    this.columns = new Array<Column>(width).fill(0);
  }

  /** Rows that were added. */
  get length(): number {
    return this.filled;
  }

  /** Adds the row that begins at `from[at]`; there must be room for it. */
  add(from: Float64Array, at = 0): void {
    const row = this.filled++;
    if (row === this.capacity) throw new RangeError(`there is room for ${this.capacity} rows only`);
    for (let i = 0; i < this.width; i++) this.columns[i] = this.widen(this.columns[i], row, from[at + i]);
  }

  /** Writes a row to `out[at…]`. */
  read(row: number, out: Float64Array, at = 0): void {
    for (let i = 0; i < this.width; i++) {
      const column = this.columns[i];
      out[at + i] = typeof column === 'number' ? column : column[row];
    }
  }

  /** One column of all rows. */
  column(index: number): Float64Array {
    const column = this.columns[index];
    if (typeof column === 'number') return new Float64Array(this.filled).fill(column);
    return Float64Array.from(column.subarray(0, this.filled));
  }

  /** All rows, one after the other. Large: do not keep it longer than needed. */
  unpack(): Float64Array {
    const all = new Float64Array(this.filled * this.width);
    for (let row = 0; row < this.filled; row++) this.read(row, all, row * this.width);
    return all;
  }

  /** The column with one more value. */
  private widen(column: Column, row: number, value: number): Column {
    if (typeof column === 'number') {
      if (row === 0 || Object.is(column, value)) return value;
      const isSingle = isExactInSingle(column) && isExactInSingle(value);
      return put((isSingle ? new Float32Array(this.capacity) : new Float64Array(this.capacity)).fill(column, 0, row), row, value); // prettier-ignore
    }
    const isWideEnough = column instanceof Float64Array || isExactInSingle(value);
    return put(isWideEnough ? column : Float64Array.from(column), row, value);
  }
}

function put(column: Float32Array | Float64Array, row: number, value: number): Column {
  column[row] = value;
  return column;
}

function isExactInSingle(value: number): boolean {
  return Object.is(Math.fround(value), value);
}
