import { getBackend } from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { EngineError } from '../../core/errors.ts';
import type { ModelScorer } from '../../core/ports/model-scorer.ts';
import type { ModelManifest } from '../../core/scoring/model-manifest.ts';
import type { BackendName } from './backend.ts';
import { predictSlices } from './predict-slices.ts';

/** A loaded model behind the scorer's port. */
export function createTfModelScorer(model: LayersModel, manifest: ModelManifest, backend: BackendName): ModelScorer {
  const width = manifest.inputs.length;
  return {
    manifest,
    backend,
    predict(rows, inputs) {
      if (getBackend() !== backend) throw backendChanged(backend, getBackend());
      if (inputs.length < rows * width) throw tooFewInputs(rows, width);
      return predictSlices(model, rows, inputs);
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
