import { getBackend } from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { EngineError } from '../../core/errors.ts';
import type { ExplainableModel } from '../../core/ports/explainable-model.ts';
import type { ModelManifest } from '../../core/scoring/model-manifest.ts';
import type { BackendName } from './backend.ts';
import { inputGradients } from './input-gradients.ts';
import { predictSlices } from './predict-slices.ts';
import { readNets } from './read-nets.ts';

/** A loaded model behind the scorer's port. */
export function createTfModelScorer(
  model: LayersModel,
  manifest: ModelManifest,
  backend: BackendName,
): ExplainableModel {
  const width = manifest.inputs.length;
  const refuseUnusable = (rows: number, inputs: Float32Array): void => {
    if (getBackend() !== backend) throw backendChanged(backend, getBackend());
    if (inputs.length < rows * width) throw tooFewInputs(rows, width);
  };
  return {
    manifest,
    backend,
    nets: readNets(model),
    predict(rows, inputs) {
      refuseUnusable(rows, inputs);
      return predictSlices(model, rows, inputs);
    },
    gradients(rows, inputs, headWeights) {
      refuseUnusable(rows, inputs);
      return inputGradients(model, inputs.subarray(0, rows * width), headWeights);
    },
    dispose: () => void model.dispose(),
  };
}

function backendChanged(backend: BackendName, now: string): EngineError {
  return new EngineError(
    'ERR_MODEL_MISMATCH',
    `The model was loaded on the backend ${backend}, but this process now computes on ${now}, which gives other bits; use one backend per process.`,
    { retryable: false, context: { backend, now } },
  );
}

function tooFewInputs(rows: number, width: number): EngineError {
  return new EngineError('ERR_MODEL_INPUT', `The buffer holds fewer than ${rows} rows of ${width} model inputs.`, {
    retryable: false,
    context: { rows, width },
  });
}
