import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { seededBits } from '../../../../models/training/seeded-bits.ts';
import { featureNames } from '../../../../services/core/features/feature-catalogue.ts';
import type { ExplainableModel } from '../../../../services/core/ports/explainable-model.ts';
import { createExplainer, type Explainer } from '../../../../services/core/reasons/create-explainer.ts';
import type { Explanation } from '../../../../services/core/reasons/explanation.ts';
import { createVectorEncoder } from '../../../../services/core/scoring/encode-vector.ts';
import { readHeads } from '../../../../services/core/scoring/read-heads.ts';
import { loadModel } from '../../../../services/platform/tensorflow/load-model.ts';
import { explainedCustomers } from '../../../support/explained-customers.ts';
import { shippedModelDir } from '../../../support/model-copy.ts';

/** Few enough have several reasons, against the median customer, that ranks need so many to be compared. */
const customers = explainedCustomers(200);
let model: ExplainableModel;
let explain: Explainer;
let explanations: Explanation[];

beforeAll(async () => {
  model = await loadModel(shippedModelDir);
  explain = createExplainer(model, featureNames);
  explanations = customers.map(explained);
});
afterAll(() => model.dispose());

function explained(raw: Float64Array): Explanation {
  const explanation = explain(raw, 'GBP');
  if (explanation === null) throw new Error('the vector cannot be encoded');
  return explanation;
}

function sumOf(contributions: Readonly<Record<string, number>>): number {
  return Object.values(contributions).reduce((sum, contribution) => sum + contribution, 0);
}

describe('an explanation', () => {
  it('accounts for the whole difference, of risk and of value', () => {
    for (const { risk, value } of explanations) {
      for (const { baseline, customer, contributions } of [risk, value]) {
        const difference = customer - baseline;
        const accepted = Math.max(0.01 * Math.abs(difference), 1e-4) + 1e-9;
        expect(Math.abs(sumOf(contributions) - difference)).toBeLessThanOrEqual(accepted);
      }
    }
  });

  it('tells at most four reasons that add to the risk, the strongest first', () => {
    expect(explanations.some(({ reasons }) => reasons.length > 1)).toBe(true);
    for (const { reasons, risk } of explanations) {
      expect(reasons.length).toBeLessThanOrEqual(4);
      expect(new Set(reasons.map(({ code }) => code)).size).toBe(reasons.length);
      reasons.forEach(({ code, contribution }, i) => {
        expect(contribution).toBeGreaterThan(0);
        expect(contribution).toBe(risk.contributions[code]);
        if (i > 0) expect(contribution).toBeLessThanOrEqual(reasons[i - 1].contribution);
      });
    }
  });

  it('blames no cancellation on those who never cancelled', () => {
    const cancelled = featureNames.indexOf('cancellations');
    const blamed = customers.filter((_, i) => explanations[i].reasons.some(({ code }) => code === 'experience'));
    expect(blamed.length).toBeGreaterThan(0);
    for (const raw of blamed) expect(raw[cancelled]).toBeGreaterThan(0);
  });

  it('gives the risk of the score', () => {
    const encode = createVectorEncoder(model.manifest, featureNames);
    const encoded = new Float32Array(model.manifest.inputs.length);
    customers.slice(0, 10).forEach((raw, i) => {
      encode(raw, 0, encoded, 0);
      const { churn } = readHeads(model.predict(1, encoded), 0, model.manifest.calibration);
      expect(explanations[i].churn90).toBe(churn.p90);
    });
  });

  it('keeps its first reason when every figure moves by up to 1 %, for at least 95 % of the customers', () => {
    const bits = seededBits(3);
    const moved = customers.map((raw) => explained(raw.map((value) => value * (1 + (0.01 * bits()) / 2 ** 31))));
    const same = moved.filter(({ reasons }, i) => reasons[0]?.code === explanations[i].reasons[0]?.code);
    expect(same.length).toBeGreaterThanOrEqual(0.95 * customers.length);
  });

  it('ranks reasons as leaving them out does, mostly', () => {
    const pairs = explanations.flatMap(({ reasons }) =>
      reasons.flatMap((one, i) => reasons.slice(i + 1).map((other) => [one, other] as const)),
    );
    expect(pairs.length).toBeGreaterThan(50);
    const agreeing = pairs.filter(([one, other]) => one.riskWithout < other.riskWithout);
    expect(agreeing.length).toBeGreaterThanOrEqual(0.8 * pairs.length);
  });

  it('is not made of a vector that must not be scored', () => {
    expect(explain(customers[0].with(featureNames.indexOf('spend_90'), Infinity), 'GBP')).toBeNull();
  });

  it('compares with the median customer of a model that names one', () => {
    const baseline = model.manifest.inputs.map((_, i) => (i % 2) / 2);
    const other = { ...model, manifest: { ...model.manifest, baseline } };
    const explanation = createExplainer(other, featureNames)(customers[0], 'GBP');
    expect(explanation?.comparedWith).toBe('median');
    expect(explanations[0].comparedWith).toBe(model.manifest.baseline === undefined ? 'mean' : 'median');
    expect(explanation?.risk.baseline).not.toBe(explanations[0].risk.baseline);
  });
});
