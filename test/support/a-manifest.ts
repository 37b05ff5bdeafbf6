import { hashInputs } from '../../services/core/scoring/inputs-hash.ts';
import type { ModelInput, ModelManifest } from '../../services/core/scoring/model-manifest.ts';
import { modelOutputs } from '../../services/core/scoring/model-outputs.ts';
import { nodeDigest } from '../../services/platform/crypto/node-digest.ts';

/** A model input that passes its feature through, up to a clip of 6. */
export function anInput(overrides: Partial<ModelInput> = {}): ModelInput {
  return { name: 'spend', feature: 'spend', transform: 'identity', mean: 0, sd: 1, clip: 6, ...overrides };
}

/** A manifest that can be served where the feature `spend` is known; hash of the inputs included. */
export function aManifest(overrides: Partial<ModelManifest> = {}): ModelManifest {
  const inputs = overrides.inputs ?? [anInput()];
  const closedForm = overrides.closedForm ?? null;
  return {
    format: 2,
    name: 'retention',
    version: '1',
    createdAt: '2026-01-01T00:00:00.000Z',
    horizonsDays: [30, 60, 90],
    inputs,
    closedForm,
    outputs: modelOutputs,
    calibration: { method: 'identity', a: 1, b: 0, spendPower: 1, spendFactor: 1, countFactor: 1, sigmaCap: 1.5 },
    levelCutoffs: [
      { level: 'watch', enter: 0.3, exit: 0.25 },
      { level: 'high', enter: 0.5, exit: 0.45 },
      { level: 'critical', enter: 0.7, exit: 0.65 },
    ],
    currency: 'GBP',
    trainedOn: {},
    metrics: {},
    hashes: {
      inputs: hashInputs({ inputs, closedForm }, nodeDigest),
      model: '',
      weights: '',
      golden: '',
      calibration: '',
    },
    ...overrides,
  };
}
