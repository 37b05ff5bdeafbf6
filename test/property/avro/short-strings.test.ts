import avro from 'avsc';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createAvroType } from '../../../services/platform/avro/avro-type.ts';
import type { RecordSchema } from '../../../services/platform/avro/load-schema.ts';
import { runs } from '../../support/property-runs.ts';

const schema: RecordSchema = {
  type: 'record',
  name: 'Texts',
  namespace: 'test',
  fields: [
    { name: 'texts', type: { type: 'array', items: 'string' } },
    { name: 'maybe', type: ['null', 'string'] },
    { name: 'number', type: ['null', 'long'] },
    { name: 'inner', type: ['null', { type: 'record', name: 'Inner', fields: [{ name: 'flag', type: 'boolean' }] }] },
  ],
};
const ours = createAvroType(schema);
const plain = avro.Type.forSchema(schema as never, { wrapUnions: 'never' });
const empty = { texts: [], maybe: null, number: null, inner: null };
const text = fc.oneof(
  fc.string({ maxLength: 80 }),
  fc.string({ unit: 'binary', maxLength: 80 }),
  fc.string({ unit: fc.constantFrom('a', 'é', '风', '🌊', '\ud800'), maxLength: 70 }),
);
const value = fc.record({
  texts: fc.array(text, { maxLength: 8 }),
  maybe: fc.option(text),
  number: fc.option(fc.integer()),
  inner: fc.option(fc.record({ flag: fc.boolean() })),
});

describe('short strings', () => {
  it('have the bytes that avsc gives them, whatever characters they are made of', () => {
    fc.assert(
      fc.property(value, (each) => {
        expect(ours.toBuffer(each).equals(plain.toBuffer(each))).toBe(true);
      }),
      { numRuns: runs(300) },
    );
  });

  it('say how much room is missing when the buffer is too short, and write nothing beyond it', () => {
    fc.assert(
      fc.property(value, fc.double({ min: 0, max: 1, noNaN: true }), (each, share) => {
        const whole = plain.toBuffer(each);
        const room = Math.floor(share * whole.length);
        const memory = Buffer.alloc(room + 300, 0xee);
        const end = ours.encode(each, memory.subarray(0, room), 0);
        if (room < whole.length) expect(end).toBeLessThan(0);
        else expect(memory.subarray(0, end).equals(whole)).toBe(true);
        expect(memory.subarray(room).every((byte) => byte === 0xee)).toBe(true);
      }),
      { numRuns: runs(300) },
    );
  });

  it.each([63, 64, 127, 128, 8_191, 8_192])('have them with %d characters of one or more bytes', (length) => {
    for (const sign of ['a', 'é', '\ud800']) {
      const each = {
        ...empty,
        texts: [sign.repeat(length), 'a'.repeat(length - 1) + sign],
        maybe: sign.repeat(length),
      };
      expect(ours.toBuffer(each).equals(plain.toBuffer(each))).toBe(true);
      expect(plain.fromBuffer(ours.toBuffer(each))).toEqual(plain.fromBuffer(plain.toBuffer(each)));
    }
  });

  it.each<object>([{ texts: [1] }, { maybe: 1 }, { maybe: undefined }, { number: '1' }, { number: undefined }, { inner: {} }, { inner: 1 }, { inner: undefined }, { inner: [] }])('refuse what does not fit: %j', (wrong) => {
    expect(() => ours.toBuffer({ ...empty, ...wrong })).toThrow();
  }); // prettier-ignore
});
