import { featureNames } from '../../services/core/features/feature-catalogue.ts';
import { createVectorEncoder } from '../../services/core/scoring/encode-vector.ts';
import { modelOutputs } from '../../services/core/scoring/model-outputs.ts';
import type { GoldenVectors } from '../../services/platform/tensorflow/golden-vectors.ts';
import { predictNetworks } from '../../services/platform/tensorflow/predict-networks.ts';
import { pickGoldenRows } from './golden-rows.ts';
import type { TrainedModel } from './trained-model.ts';

/** Golden vectors of a new model, with the outputs it gives now. They carry no customer ids. */
export function makeGolden({ now, coding, nets }: Pick<TrainedModel, 'now' | 'coding' | 'nets'>): GoldenVectors {
  const { inputs } = coding;
  const rows = pickGoldenRows(now);
  const encode = createVectorEncoder(coding, featureNames);
  const encoded = new Float32Array(rows.length * inputs.length);
  rows.forEach((row, i) => encode(row, 0, encoded, i * inputs.length));
  const heads = predictNetworks(nets, rows.length, encoded);
  return {
    features: featureNames,
    rows: rows.map((row) => Array.from(row, (value) => (Number.isNaN(value) ? null : value))),
    outputs: rows.map((_, i) => [...heads.subarray(i * modelOutputs.length, (i + 1) * modelOutputs.length)]),
  };
}
