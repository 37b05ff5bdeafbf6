import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ExplainableModel } from '../../../services/core/ports/explainable-model.ts';
import { createIntegratedGradients } from '../../../services/core/reasons/integrated-gradients.ts';
import { logValue } from '../../../services/core/reasons/log-value.ts';
import { silenceLogit } from '../../../services/core/reasons/silence-logit.ts';
import { inOneGo } from '../../../services/core/sliced.ts';
import { loadModel } from '../../../services/platform/tensorflow/load-model.ts';
import { shippedModelDir } from '../../support/model-copy.ts';
import { runs } from '../../support/property-runs.ts';
import { randomInputs } from '../../support/random-inputs.ts';

let model: ExplainableModel;
let figures: readonly (typeof silenceLogit)[];
beforeAll(async () => {
  model = await loadModel(shippedModelDir);
  figures = [silenceLogit, logValue(model.manifest.calibration.sigmaCap)];
});
afterAll(() => model.dispose());

/** TensorFlow.js differentiates the loaded model itself, and knows nothing of the nets read from it. */
describe('integrated gradients along a line through the nets of a model', () => {
  it('are those that TensorFlow.js derives point by point', () => {
    expect(model.nets).toHaveLength(4);
    const byNets = createIntegratedGradients(model);
    const byGradients = createIntegratedGradients({ ...model, nets: null });
    const vectors = randomInputs(2 * runs(10), model.manifest.inputs.length, { seed: 5 });
    for (const vector of vectors) {
      const baseline = vectors.next().value as Float32Array;
      for (const figure of figures) {
        const [ours, theirs] = [byNets, byGradients].map((integrate) =>
          inOneGo(integrate(figure, baseline, vector, 16)),
        );
        expect(ours.from).toBeCloseTo(theirs.from, 4);
        expect(ours.to).toBeCloseTo(theirs.to, 4);
        // a point where a unit turns on lies on either side of it, as its sum is rounded
        ours.contributions.forEach((share, i) => expect(share).toBeCloseTo(theirs.contributions[i], 3));
      }
    }
  });

  it('have the same bits whatever was derived before', () => {
    const vectors = [...randomInputs(20, model.manifest.inputs.length, { seed: 6 })];
    const baseline = new Float32Array(model.manifest.inputs.length);
    const walk = createIntegratedGradients(model);
    const shared = (...line: Parameters<typeof walk>) => inOneGo(walk(...line));
    const together = vectors.map((vector) => shared(silenceLogit, baseline, vector));
    vectors.toReversed().forEach((vector, i) => {
      for (const figure of figures) shared(figure, vector, baseline);
      expect(shared(silenceLogit, baseline, vector)).toEqual(together[vectors.length - 1 - i]);
      expect(inOneGo(createIntegratedGradients(model)(silenceLogit, baseline, vector))).toEqual(
        together[vectors.length - 1 - i],
      );
    });
  });
});
