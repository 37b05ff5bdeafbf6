import avro, { type Type } from 'avsc';

interface Tap {
  readonly buf: Buffer;
  pos: number;
}

interface Writable {
  _write(tap: Tap, value: unknown): void;
}

/** Index of the second branch as Avro writes it. */
const second = 2;

/**
 * A union of null and one other type, `["null", …]`. avsc looks for the branch of each value by its kind; here anything
 * but null can only be the other branch, which refuses what does not fit it. Most fields of a record are such unions.
 */
export class NullableType extends avro.types.UnwrappedUnionType {
  _write(tap: Tap, value: unknown): void {
    const isNull = value === null;
    if (tap.pos < tap.buf.length) tap.buf[tap.pos] = isNull ? 0 : second;
    tap.pos += 1;
    if (!isNull) (this.types as unknown as Writable[])[1]._write(tap, value);
  }
}

/** Whether a schema is one that this type can stand for. */
export function isNullable(schema: unknown): schema is [null: 'null', other: Type] {
  return Array.isArray(schema) && schema.length === 2 && schema[0] === 'null' && schema[1] !== 'null';
}
