import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createVectorEncoder } from '../../../services/core/scoring/encode-vector.ts';
import { isTrustworthy } from '../../../services/core/scoring/finite-guard.ts';
import { modelOutputs } from '../../../services/core/scoring/model-outputs.ts';
import { readHeads } from '../../../services/core/scoring/read-heads.ts';
import { anInput } from '../../support/a-manifest.ts';
import { runs } from '../../support/property-runs.ts';

const finiteHead = fc.oneof(
  fc.double({ min: -30, max: 30, noNaN: true }),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
);
const heads = fc.array(finiteHead, { minLength: modelOutputs.length, maxLength: modelOutputs.length });
const usualHeads = fc.array(fc.double({ min: -15, max: 15, noNaN: true }), {
  minLength: modelOutputs.length,
  maxLength: modelOutputs.length,
});
const calibration = fc.record({
  method: fc.constant('platt' as const),
  a: fc.double({ min: 0.05, max: 5, noNaN: true }),
  b: fc.double({ min: -5, max: 5, noNaN: true }),
  spendPower: fc.double({ min: 0.8, max: 1.3, noNaN: true }),
  spendFactor: fc.double({ min: 0.1, max: 10, noNaN: true }),
  countFactor: fc.double({ min: 0.1, max: 10, noNaN: true }),
  sigmaCap: fc.double({ min: 0.5, max: 3, noNaN: true }),
});
const notFinite = fc.constantFrom(NaN, Infinity, -Infinity);

describe('predictions', () => {
  it('never say that a longer silence is likelier, whatever finite heads they come from', () => {
    fc.assert(
      fc.property(heads, calibration, (row, calibrated) => {
        const { p30, p60, p90 } = readHeads(row, 0, calibrated).churn;
        expect(p30 <= 1 && p30 >= p60 && p60 >= p90 && p90 >= 0).toBe(true);
      }),
      { numRuns: runs(500) },
    );
  });

  it('are trustworthy for usual heads, with a median no larger than where half the probability lies', () => {
    fc.assert(
      fc.property(usualHeads, calibration, (row, calibrated) => {
        const prediction = readHeads(row, 0, calibrated);
        expect(isTrustworthy(prediction, row, 0)).toBe(true);
        expect(prediction.expectedSpend.median === 0).toBe(prediction.churn.p90 >= 0.5);
      }),
      { numRuns: runs(500) },
    );
  });

  it('are never trusted when any head is not finite', () => {
    fc.assert(
      fc.property(heads, calibration, fc.nat(modelOutputs.length - 1), notFinite, (row, calibrated, at, value) => {
        const broken = row.with(at, value);
        expect(isTrustworthy(readHeads(broken, 0, calibrated), broken, 0)).toBe(false);
      }),
      { numRuns: runs(300) },
    );
  });
});

describe('encoded vectors', () => {
  const features = ['a', 'b', 'c'];
  const inputs = features.flatMap((feature) => [
    anInput({ name: feature, feature, transform: 'log1p', mean: 1, sd: 2 }),
    anInput({ name: `${feature}_defined`, feature, transform: 'defined', mean: 0.5, sd: 0.5 }),
  ]);
  const value = fc.oneof(fc.double(), fc.constantFrom(NaN, Infinity, -Infinity, 0, -0, Number.MAX_VALUE));

  it('are within the clip, or refused because a feature is infinite', () => {
    const encode = createVectorEncoder({ inputs, closedForm: null }, features);
    fc.assert(
      fc.property(fc.tuple(value, value, value), (raw) => {
        const out = new Float32Array(inputs.length);
        const isAccepted = encode(Float64Array.from(raw), 0, out, 0);
        expect(isAccepted).toBe(!raw.some((each) => Math.abs(each) === Infinity));
        expect(out.every((each) => Math.abs(each) <= 6)).toBe(true);
      }),
      { numRuns: runs(500) },
    );
  });

  it('are refused for every undefined feature whose absence the model does not know', () => {
    const withoutPartners = inputs.filter(({ transform }) => transform !== 'defined');
    const encode = createVectorEncoder({ inputs: withoutPartners, closedForm: null }, features);
    fc.assert(
      fc.property(fc.nat(2), fc.constantFrom(NaN, Infinity, -Infinity), (at, bad) => {
        const raw = Float64Array.of(1, 2, 3);
        raw[at] = bad;
        expect(encode(raw, 0, new Float32Array(3), 0)).toBe(false);
      }),
      { numRuns: runs(50) },
    );
  });
});
