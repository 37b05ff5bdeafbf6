import { io } from '@tensorflow/tfjs-core';
import { loadLayersModel, type LayersModel } from '@tensorflow/tfjs-layers';
import { featureNames } from '../../core/features/feature-catalogue.ts';
import { EngineError } from '../../core/errors.ts';
import type { ExplainableModel } from '../../core/ports/explainable-model.ts';
import type { ModelScorer } from '../../core/ports/model-scorer.ts';
import { isForAnyShop } from '../../core/scoring/is-for-any-shop.ts';
import { validateManifest } from '../../core/scoring/validate-manifest.ts';
import { nodeDigest } from '../crypto/node-digest.ts';
import type { Artefact } from './artefact.ts';
import { useBackend, type BackendName } from './backend.ts';
import { checkGolden } from './check-golden.ts';
import { modelMismatch } from './model-mismatch.ts';
import { readArtefact } from './read-artefact.ts';
import { maxRowsPerCall } from './predict-slices.ts';
import { createTfModelScorer } from './tf-model-scorer.ts';

export interface LoadModelOptions {
  /** Default `wasm`. */
  readonly backend?: BackendName;
  /** Features this process computes; default: the catalogue's. */
  readonly featureNames?: readonly string[];
}

/**
 * Loads `models/<name>/<version>/`. Resolves only when the model has proved itself: hashes, manifest, shapes and golden
 * vectors fit, and every batch shape has been computed once, so that the first event is as fast as the next.
 * @throws ERR_MODEL_MISSING or ERR_MODEL_MISMATCH, naming the part that does not fit
 */
export async function loadModel(dir: string, options: LoadModelOptions = {}): Promise<ExplainableModel> {
  const backend = options.backend ?? 'wasm';
  const artefact = await readArtefact(dir);
  if (isForAnyShop(artefact.manifest)) throw notOfAShop(dir);
  const checks = { featureNames: options.featureNames ?? featureNames, digest: nodeDigest };
  const problems = validateManifest(artefact.manifest, checks);
  if (problems.length > 0) throw modelMismatch(dir, problems.join('; '));
  await useBackend(backend);
  const model = await buildModel(artefact);
  try {
    checkShapes(model, artefact);
    const scorer = createTfModelScorer(model, artefact.manifest, backend);
    warmUp(scorer);
    const problem = checkGolden(scorer, artefact.golden);
    if (problem !== null) throw modelMismatch(dir, problem);
    return scorer;
  } catch (error) {
    model.dispose();
    throw error;
  }
}

function notOfAShop(dir: string): EngineError {
  return new EngineError(
    'ERR_MODEL_MISMATCH',
    `The model in ${dir} was made for no shop in particular and knows no currency; make a shop's model of it with "tidewatch train --from ${dir} --orders FILE --until DATE --out DIR".`,
    { retryable: false, context: { dir } },
  );
}

async function buildModel({ dir, topology, weights }: Artefact): Promise<LayersModel> {
  try {
    const { modelTopology, weightsManifest } = topology as io.ModelJSON;
    const weightSpecs = weightsManifest.flatMap((group) => group.weights);
    const weightData = Uint8Array.from(weights).buffer;
    return await loadLayersModel(io.fromMemory({ modelTopology, weightSpecs, weightData }));
  } catch (cause) {
    throw modelMismatch(dir, 'model.json and weights.bin do not make a layers model', cause);
  }
}

function checkShapes(model: LayersModel, { dir, manifest }: Artefact): void {
  const inputs = model.inputs[0]?.shape.at(-1);
  const outputs = model.outputs[0]?.shape.at(-1);
  if (inputs !== manifest.inputs.length || outputs !== manifest.outputs.length) {
    const found = `${inputs} inputs and ${outputs} outputs`;
    const named = `${manifest.inputs.length} and ${manifest.outputs.length}`;
    throw modelMismatch(dir, `the net has ${found}, the manifest names ${named}`);
  }
}

function warmUp(scorer: ModelScorer): void {
  for (let rows = 1; rows <= maxRowsPerCall; rows *= 2) {
    scorer.predict(rows, new Float32Array(rows * scorer.manifest.inputs.length));
  }
}
