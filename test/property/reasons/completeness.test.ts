import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ExplainableModel } from '../../../services/core/ports/explainable-model.ts';
import { completenessGap, createIntegratedGradients } from '../../../services/core/reasons/integrated-gradients.ts';
import { logValue } from '../../../services/core/reasons/log-value.ts';
import { silenceLogit } from '../../../services/core/reasons/silence-logit.ts';
import { inOneGo } from '../../../services/core/sliced.ts';
import { loadModel } from '../../../services/platform/tensorflow/load-model.ts';
import { shippedModelDir } from '../../support/model-copy.ts';
import { runs } from '../../support/property-runs.ts';
import { randomInputs } from '../../support/random-inputs.ts';

let model: ExplainableModel;
beforeAll(async () => {
  model = await loadModel(shippedModelDir);
});
afterAll(() => model.dispose());

/** How a model that is made of known nets is walked along the line, and any other model. */
const ways = [
  ['by its nets', () => model],
  ['by its gradients', () => ({ ...model, nets: null })],
] as const;

describe.each(ways)('contributions of the inputs %s', (_way, modelOf) => {
  it.each([
    ['the logit of silence', () => silenceLogit],
    ['the log value', () => logValue(model.manifest.calibration.sigmaCap)],
  ])('sum up to the difference of %s within 1 %%, for any two vectors', (_what, figureOf) => {
    const integrate = createIntegratedGradients(modelOf());
    const width = model.manifest.inputs.length;
    const vectors = randomInputs(2 * runs(50), width);
    let differences = 0;
    for (const vector of vectors) {
      const baseline = vectors.next().value as Float32Array;
      const attribution = inOneGo(integrate(figureOf(), baseline, vector));
      differences += Math.abs(attribution.to - attribution.from);
      expect(completenessGap(attribution), JSON.stringify({ steps: attribution.steps })).toBeLessThanOrEqual(1);
    }
    expect(differences).toBeGreaterThan(runs(50) * 0.1);
  });
});
