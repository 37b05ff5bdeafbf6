import { describe, expect, it } from 'vitest';
import { createVectorEncoder } from '../../../../services/core/scoring/encode-vector.ts';
import { decodeInput } from '../../../../services/core/reasons/decode-input.ts';
import type { ModelInput } from '../../../../services/core/scoring/model-manifest.ts';
import { anInput } from '../../../support/a-manifest.ts';

const features = ['orders', 'recency', 'spend'];

function encode(inputs: readonly ModelInput[], raw: readonly number[]): number[] | false {
  const out = new Float32Array(inputs.length);
  return createVectorEncoder({ inputs, closedForm: null }, features)(Float64Array.from(raw), 0, out, 0) && [...out];
}

describe('encoding a feature vector', () => {
  it('finds features by name, in the order of the inputs', () => {
    const inputs = [anInput({ name: 's', feature: 'spend' }), anInput({ name: 'o', feature: 'orders' })];
    expect(encode(inputs, [1, 2, 3])).toEqual([3, 1]);
  });

  it('standardises', () => {
    expect(encode([anInput({ mean: 10, sd: 4 })], [0, 0, 16])).toEqual([1.5]);
  });

  it.each([
    [100, 6],
    [-100, -6],
  ])('cuts %d off at the clip', (value, expected) => {
    expect(encode([anInput()], [0, 0, value])).toEqual([expected]);
  });

  it.each([
    [Math.E - 1, 1],
    [-(Math.E - 1), -1],
    [0, 0],
  ])('takes a signed logarithm of %d', (value, expected) => {
    expect(encode([anInput({ transform: 'log1p' })], [0, 0, value])).toEqual([expected]);
  });

  it('counts a feature in its unit before anything else, and back', () => {
    const input = anInput({ transform: 'log1p', unit: 20, mean: 0.5, sd: 2 });
    const [encoded] = encode([input], [0, 0, 50]) as number[];
    expect(encoded).toBeCloseTo((Math.log1p(2.5) - 0.5) / 2, 6);
    expect(decodeInput(input, encoded)).toBeCloseTo(50, 4);
    expect(encode([anInput({ unit: 4 })], [0, 0, 10])).toEqual([2.5]);
  });

  it('turns an undefined feature into its mean and tells the partner', () => {
    const inputs = [
      anInput({ name: 'recency', feature: 'recency', mean: 40, sd: 10 }),
      anInput({ name: 'recency_defined', feature: 'recency', transform: 'defined', mean: 0.75, sd: 0.5 }),
    ];
    expect(encode(inputs, [0, NaN, 0])).toEqual([0, -1.5]);
    expect(encode(inputs, [0, 50, 0])).toEqual([1, 0.5]);
  });

  it('refuses an undefined feature whose absence the model was never trained on', () => {
    expect(encode([anInput()], [0, 0, NaN])).toBe(false);
  });

  it('does not mind an undefined feature that no input reads', () => {
    expect(encode([anInput()], [NaN, Infinity, 3])).toEqual([3]);
  });

  it.each([Infinity, -Infinity])('refuses %d, also where absence is known', (value) => {
    const partner = anInput({ name: 'spend_defined', transform: 'defined' });
    expect(encode([anInput(), partner], [0, 0, value])).toBe(false);
    expect(encode([partner], [0, 0, value])).toBe(false);
  });

  it('reads and writes at the places it is given', () => {
    const out = new Float32Array(3);
    createVectorEncoder({ inputs: [anInput()], closedForm: null }, features)(
      Float64Array.of(9, 9, 9, 1, 2, 3),
      3,
      out,
      1,
    );
    expect([...out]).toEqual([0, 3, 0]);
  });

  it('names the input that reads an unknown feature', () => {
    expect(() =>
      createVectorEncoder({ inputs: [anInput({ feature: 'shoe_size' })], closedForm: null }, features),
    ).toThrow(/shoe_size/);
  });
});
