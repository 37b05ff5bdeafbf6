import { describe, expect, it } from 'vitest';
import { logValue } from '../../../../services/core/reasons/log-value.ts';
import { silenceLogit } from '../../../../services/core/reasons/silence-logit.ts';
import { readHeads } from '../../../../services/core/scoring/read-heads.ts';
import { modelOutputs } from '../../../../services/core/scoring/model-outputs.ts';
import { randomInputs } from '../../../support/random-inputs.ts';

const sigmaCap = 1.5;
const rows = [...randomInputs(200, modelOutputs.length, { size: 8 })].map((row) => Float64Array.from(row));
const identity = { method: 'identity', a: 1, b: 0, spendPower: 1, spendFactor: 1, countFactor: 1, sigmaCap } as const;

describe.each([
  ['the logit of silence', silenceLogit],
  ['the log value', logValue(sigmaCap)],
])('%s', (_what, figure) => {
  it('has the derivatives that differences show', () => {
    const tiny = 1e-5;
    for (const row of rows) {
      const derived = new Float32Array(modelOutputs.length);
      figure.derive(row, derived, 0);
      for (let head = 0; head < modelOutputs.length; head++) {
        const up = figure.value(row.with(head, row[head] + tiny), 0);
        const down = figure.value(row.with(head, row[head] - tiny), 0);
        expect(derived[head]).toBeCloseTo((up - down) / (2 * tiny), 4);
      }
    }
  });

  it('stays finite at the limits of heads', () => {
    for (const limit of [-100, 100]) {
      const heads = new Float64Array(modelOutputs.length).fill(limit);
      const derived = new Float32Array(modelOutputs.length);
      figure.derive(heads, derived, 0);
      expect(Number.isFinite(figure.value(heads, 0))).toBe(true);
      expect(derived.every(Number.isFinite)).toBe(true);
    }
  });
});

describe('figures of a prediction without calibration', () => {
  it('are the explained ones', () => {
    for (const row of rows) {
      const { churn, expectedSpend } = readHeads(row, 0, identity);
      expect(1 / (1 + Math.exp(-silenceLogit.value(row, 0)))).toBeCloseTo(churn.p90, 10);
      expect(logValue(sigmaCap).value(row, 0)).toBeCloseTo(Math.log(expectedSpend.mean), 6);
    }
  });
});
