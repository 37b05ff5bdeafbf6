import { describe, expect, it } from 'vitest';
import { fitRidge } from '../../../../models/policy/fit-ridge.ts';

const inputs = [
  [1, 0],
  [2, 1],
  [3, 0],
  [4, 1],
  [9, 9],
];
const target = Float64Array.from(inputs, ([a, b]) => 5 + 2 * a - 3 * b);
const rows = [0, 1, 2, 3];

describe('ridge regression', () => {
  it('finds the line when hardly shrunk, looking at the given rows only', () => {
    const spoilt = target.with(4, 1e9);
    const [[model]] = fitRidge({ rows, inputs, targets: [spoilt] }, [1e-12]);
    expect(model[0]).toBeCloseTo(5, 6);
    expect(model[1]).toBeCloseTo(2, 6);
    expect(model[2]).toBeCloseTo(-3, 6);
  });

  it('shrinks the slopes to nothing and keeps the mean', () => {
    const [[model]] = fitRidge({ rows, inputs, targets: [target] }, [1e12]);
    expect(model[0]).toBeCloseTo(8.5, 6);
    expect(model[1]).toBeCloseTo(0, 6);
  });

  it('has the closed form of one input: covariance over variance plus penalty', () => {
    const one = inputs.map(([a]) => [a]);
    const simple = Float64Array.from(one, ([a]) => 7 * a);
    const [[model], [other]] = fitRidge({ rows, inputs: one, targets: [simple] }, [0.25, 1]);
    expect(model[1]).toBeCloseTo((7 * 1.25) / 1.5, 12);
    expect(other[1]).toBeCloseTo((7 * 1.25) / 2.25, 12);
  });

  it('is the mean without any input', () => {
    expect(fitRidge({ rows, inputs: inputs.map(() => []), targets: [target] }, [1])).toEqual([[[8.5]]]);
  });
});
