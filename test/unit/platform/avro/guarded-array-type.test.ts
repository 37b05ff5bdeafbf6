import avro from 'avsc';
import { describe, expect, it } from 'vitest';
import { useSafeTypes } from '../../../../services/platform/avro/safe-types.ts';

const list = avro.Type.forSchema({ type: 'array', items: 'string' }, { typeHook: useSafeTypes });
const plainList = avro.Type.forSchema({ type: 'array', items: 'string' });

describe('the guarded array type', () => {
  it.each([[[]], [['a']], [Array.from({ length: 300 }, (_, index) => `item ${index}`)]])(
    'reads and writes what avsc itself does',
    (values) => {
      expect(list.toBuffer(values)).toEqual(plainList.toBuffer(values));
      expect(list.fromBuffer(plainList.toBuffer(values))).toEqual(values);
    },
  );

  it('reads several blocks, with and without their size in bytes', () => {
    const [one, two] = [Buffer.from([2, 2, 0x61]), Buffer.from([1, 4, 2, 0x62])];
    expect(list.fromBuffer(Buffer.concat([one, two, Buffer.from([0])]))).toEqual(['a', 'b']);
  });

  it('does not believe a length beyond the bytes that are left', () => {
    const claim = Buffer.from([0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x10, 0, 0]);
    expect(() => void list.fromBuffer(claim)).toThrowError('more items than there are bytes');
  });

  it('does not believe it either in a field that it passes over', () => {
    const writer = avro.Type.forSchema(
      {
        type: 'record',
        name: 'R',
        fields: [
          { name: 'dropped', type: { type: 'array', items: 'string' } },
          { name: 'kept', type: 'int' },
        ],
      },
      { typeHook: useSafeTypes },
    );
    const reader = avro.Type.forSchema({ type: 'record', name: 'R', fields: [{ name: 'kept', type: 'int' }] });
    const resolver = reader.createResolver(writer);
    expect(reader.fromBuffer(writer.toBuffer({ dropped: ['x'], kept: 7 }), resolver)).toEqual({ kept: 7 });
    const claim = Buffer.from([0x80, 0x80, 0x80, 0x80, 0x80, 0x10, 0, 0]);
    expect(() => void reader.fromBuffer(claim, resolver)).toThrowError('more items than there are bytes');
  });
});
