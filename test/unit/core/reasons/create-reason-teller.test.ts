import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { featureNames } from '../../../../services/core/features/feature-catalogue.ts';
import type { ExplainableModel } from '../../../../services/core/ports/explainable-model.ts';
import { createExplainer } from '../../../../services/core/reasons/create-explainer.ts';
import { createReasonTeller } from '../../../../services/core/reasons/create-reason-teller.ts';
import { createVectorEncoder } from '../../../../services/core/scoring/encode-vector.ts';
import { loadModel } from '../../../../services/platform/tensorflow/load-model.ts';
import { explainedCustomers } from '../../../support/explained-customers.ts';
import { shippedModelDir } from '../../../support/model-copy.ts';

const width = featureNames.length;
const customers = explainedCustomers(60);
let model: ExplainableModel;
beforeAll(async () => {
  model = await loadModel(shippedModelDir);
});
afterAll(() => model.dispose());

describe('the reasons of a score', () => {
  it('are those of the explanation, wherever the customer stands among others', () => {
    const explain = createExplainer(model, featureNames);
    const tell = createReasonTeller(model, featureNames);
    const encode = createVectorEncoder(model.manifest, featureNames);
    const chunk = new Float64Array(customers.length * width);
    customers.forEach((raw, i) => chunk.set(raw, i * width));
    let same = 0;
    customers.forEach((raw, i) => {
      const vector = new Float32Array(model.manifest.inputs.length);
      encode(chunk, i * width, vector, 0);
      const told = tell({ raw: chunk, at: i * width, vector, currency: 'GBP' });
      const explanation = explain(raw, 'GBP');
      expect(told.length).toBeLessThanOrEqual(4);
      if ((explanation?.risk.steps ?? Infinity) > 64) return;
      same++;
      expect(told).toEqual(
        explanation?.reasons.map(({ code, contribution, text }) => ({ code, contribution, ...text })),
      );
    });
    expect(same).toBeGreaterThan(customers.length * 0.8);
  });
});
