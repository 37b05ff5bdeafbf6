import { afterEach, describe, expect, it } from 'vitest';
import { featureNames } from '../../services/core/features/feature-catalogue.ts';
import type { ModelScorer } from '../../services/core/ports/model-scorer.ts';
import { createVectorEncoder } from '../../services/core/scoring/encode-vector.ts';
import { isTrustworthy } from '../../services/core/scoring/finite-guard.ts';
import { readHeads } from '../../services/core/scoring/read-heads.ts';
import { availableBackends, type BackendName } from '../../services/platform/tensorflow/backend.ts';
import { loadModel } from '../../services/platform/tensorflow/load-model.ts';
import { readArtefact } from '../../services/platform/tensorflow/read-artefact.ts';
import { shippedModelDir } from '../support/model-copy.ts';

let scorer: ModelScorer | null = null;

afterEach(() => {
  scorer?.dispose();
  scorer = null;
});

async function openModel(backend: BackendName) {
  scorer = await loadModel(shippedModelDir, { backend });
  const { golden } = await readArtefact(shippedModelDir);
  const good = Float64Array.from(featureNames, (name) => golden.rows[0][golden.features.indexOf(name)] ?? 1);
  return { scorer, good };
}

/** Places of the features that the model reads; what came after it is nothing to it. */
function columnsOf({ manifest }: ModelScorer): number[] {
  const read = new Set(manifest.inputs.map(({ feature }) => feature));
  return [...featureNames.keys()].filter((column) => read.has(featureNames[column]));
}

describe.each(availableBackends())('a broken feature on the backend %s', (backend) => {
  it.each([NaN, Infinity, -Infinity])(
    'never becomes a normal score where the model was not trained on it: %s',
    async (bad) => {
      const { scorer, good } = await openModel(backend);
      // Without its `defined` partners the model knows of no absent feature.
      const ofCatalogue = scorer.manifest.inputs.filter(({ feature }) => featureNames.includes(feature));
      const inputs = ofCatalogue.filter(({ transform }) => transform !== 'defined');
      const encode = createVectorEncoder({ inputs, closedForm: null }, featureNames);
      const out = new Float32Array(inputs.length);
      expect(encode(good, 0, out, 0)).toBe(true);
      for (const column of columnsOf(scorer)) {
        expect(encode(good.with(column, bad), 0, out, 0), featureNames[column]).toBe(false);
      }
    },
  );

  it('is scored as absent where the model was trained on its absence, from finite inputs alone', async () => {
    const { scorer, good } = await openModel(backend);
    const { inputs, calibration } = scorer.manifest;
    const encode = createVectorEncoder(scorer.manifest, featureNames);
    for (const column of columnsOf(scorer)) {
      const name = featureNames[column];
      const knowsAbsence = inputs.some(({ feature, transform }) => feature === name && transform === 'defined');
      const encoded = new Float32Array(inputs.length);
      expect(encode(good.with(column, NaN), 0, encoded, 0), name).toBe(knowsAbsence);
      if (!knowsAbsence) continue;
      expect(encoded.every(Number.isFinite), name).toBe(true);
      const heads = scorer.predict(1, encoded);
      expect(isTrustworthy(readHeads(heads, 0, calibration), heads, 0), name).toBe(true);
    }
  });

  it('is not left to the backend, which may turn it into a plausible figure', async () => {
    const { scorer } = await openModel(backend);
    const width = scorer.manifest.inputs.length;
    const heads = scorer.predict(2, new Float32Array(2 * width).fill(NaN, 0, width));
    // Whatever the broken row gave: its neighbour in the batch is as if it stood alone.
    const alone = scorer.predict(1, new Float32Array(width));
    expect(heads.slice(alone.length)).toEqual(alone);
  });
});
