import fc from 'fast-check';
import { expect, it } from 'vitest';
import { PackedRows } from '../../../models/training/packed-rows.ts';

/** Values of one kind in all rows, or of several, so that columns begin narrow and have to be widened. */
const value = fc.oneof(
  fc.constantFrom(0, -0, NaN, 7),
  fc.integer({ min: -1000, max: 1000 }),
  fc.constantFrom(0.1, 19.99, 16_777_217, 1e300),
  fc.double(),
);

function pack(rows: readonly number[][], width: number): PackedRows {
  const packed = new PackedRows(rows.length, width);
  for (const row of rows) packed.add(Float64Array.from(row));
  return packed;
}

it('gives back every value bit for bit, by row, by column and all at once', () => {
  const rows = fc
    .integer({ min: 1, max: 4 })
    .chain((width) => fc.array(fc.array(value, { minLength: width, maxLength: width }), { minLength: 1 }));
  fc.assert(
    fc.property(rows, (all) => {
      const width = all[0].length;
      const packed = pack(all, width);
      expect(packed).toHaveLength(all.length);
      const read = all.map((_, i) => {
        const out = new Float64Array(width + 1);
        packed.read(i, out, 1);
        return [...out.subarray(1)];
      });
      expect(read).toEqual(all);
      expect([...packed.unpack()]).toEqual(all.flat());
      for (let i = 0; i < width; i++) expect([...packed.column(i)]).toEqual(all.map((row) => row[i]));
    }),
  );
});

it('takes no more rows than it has room for', () => {
  const packed = pack([[1], [2]], 1);
  expect(() => packed.add(Float64Array.of(3))).toThrow('room for 2 rows');
});

it('reads what begins in the middle of an array', () => {
  const packed = new PackedRows(1, 2);
  packed.add(Float64Array.of(1, 2, 3, 4), 2);
  expect([...packed.unpack()]).toEqual([3, 4]);
});
