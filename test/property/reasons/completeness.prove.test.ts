import { expect, it } from 'vitest';
import { completenessGap, createIntegratedGradients } from '../../../services/core/reasons/integrated-gradients.ts';
import { silenceLogit } from '../../../services/core/reasons/silence-logit.ts';
import { inOneGo } from '../../../services/core/sliced.ts';
import { loadModel } from '../../../services/platform/tensorflow/load-model.ts';
import { shippedModelDir } from '../../support/model-copy.ts';
import { runs } from '../../support/property-runs.ts';
import { randomInputs } from '../../support/random-inputs.ts';

/** 10,000 where properties are tried at full counts. */
const vectors = runs(1) > 1 ? 10_000 : 1_000;

it(`explains ${vectors} random vectors completely against the baseline`, { timeout: 1_800_000 }, async () => {
  const model = await loadModel(shippedModelDir);
  try {
    const { inputs, baseline } = model.manifest;
    const from = Float32Array.from(inputs, (_, i) => baseline?.[i] ?? 0);
    const integrate = createIntegratedGradients(model);
    const gaps: number[] = [];
    for (const vector of randomInputs(vectors, inputs.length, { seed: 2 })) {
      gaps.push(completenessGap(inOneGo(integrate(silenceLogit, from, vector))));
    }
    expect(gaps).toHaveLength(vectors);
    expect(gaps.filter((gap) => !(gap <= 1))).toEqual([]);
  } finally {
    model.dispose();
  }
});
