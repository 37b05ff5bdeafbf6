import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ExplainableModel } from '../../../services/core/ports/explainable-model.ts';
import { completenessGap, integrateGradients } from '../../../services/core/reasons/integrated-gradients.ts';
import { logValue } from '../../../services/core/reasons/log-value.ts';
import { silenceLogit } from '../../../services/core/reasons/silence-logit.ts';
import { loadModel } from '../../../services/platform/tensorflow/load-model.ts';
import { shippedModelDir } from '../../support/model-copy.ts';
import { runs } from '../../support/property-runs.ts';
import { randomInputs } from '../../support/random-inputs.ts';

let model: ExplainableModel;
beforeAll(async () => {
  model = await loadModel(shippedModelDir);
});
afterAll(() => model.dispose());

describe('contributions of the inputs', () => {
  it.each([
    ['the logit of silence', () => silenceLogit],
    ['the log value', () => logValue(model.manifest.calibration.sigmaCap)],
  ])('sum up to the difference of %s within 1 %%, for any two vectors', (_what, figureOf) => {
    const width = model.manifest.inputs.length;
    const vectors = randomInputs(2 * runs(100), width);
    let differences = 0;
    for (const vector of vectors) {
      const baseline = vectors.next().value as Float32Array;
      const attribution = integrateGradients(model, figureOf(), baseline, vector);
      differences += Math.abs(attribution.to - attribution.from);
      expect(completenessGap(attribution), JSON.stringify({ steps: attribution.steps })).toBeLessThanOrEqual(1);
    }
    expect(differences).toBeGreaterThan(runs(100) * 0.1);
  });
});
