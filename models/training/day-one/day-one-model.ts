import { featureNames } from '../../../services/core/features/feature-catalogue.ts';
import { isForAnyShop } from '../../../services/core/scoring/is-for-any-shop.ts';
import type { ModelInput } from '../../../services/core/scoring/model-manifest.ts';
import { validateManifest } from '../../../services/core/scoring/validate-manifest.ts';
import { nodeDigest } from '../../../services/platform/crypto/node-digest.ts';
import type { Artefact } from '../../../services/platform/tensorflow/artefact.ts';
import { useBackend, type BackendName } from '../../../services/platform/tensorflow/backend.ts';
import { checkGolden } from '../../../services/platform/tensorflow/check-golden.ts';
import type { NetworkWeights } from '../../../services/platform/tensorflow/network-weights.ts';
import { modelMismatch } from '../../../services/platform/tensorflow/model-mismatch.ts';
import { predictNetworks } from '../../../services/platform/tensorflow/predict-networks.ts';
import { readArtefact } from '../../../services/platform/tensorflow/read-artefact.ts';
import { readNetworks } from '../../../services/platform/tensorflow/read-networks.ts';
import type { TypicalShop } from './fit-shop.ts';

/** A model that was made for no shop in particular. */
export interface DayOneModel {
  /** `<name>/<version>`. */
  readonly name: string;
  /** Heads speak of money in median orders. */
  readonly nets: readonly NetworkWeights[];
  readonly inputs: readonly ModelInput[];
  readonly typical: TypicalShop;
}

/**
 * Reads a model directory that `train --day-one` wrote; null when the directory holds the model of one shop.
 * @throws ERR_MODEL_MISSING or ERR_MODEL_MISMATCH when it holds no whole model
 */
export async function readDayOneModel(dir: string, backend: BackendName = 'wasm'): Promise<DayOneModel | null> {
  const artefact = await readArtefact(dir);
  const { manifest } = artefact;
  if (!isForAnyShop(manifest)) return null;
  const { closedForm, trainedOn } = manifest;
  const rhythmDays = Number(trainedOn['rhythmDays']);
  if (closedForm?.parameters.model !== 'mbg-nbd' || !(rhythmDays > 0)) {
    throw modelMismatch(dir, 'the manifest lacks the closed form and the rhythm of a typical shop');
  }
  const nets = readNetworks(artefact);
  await proveItself(artefact, nets, backend);
  return {
    name: `${manifest.name}/${manifest.version}`,
    nets,
    inputs: manifest.inputs,
    typical: { rhythmDays, parameters: closedForm.parameters },
  };
}

/** The checks that `loadModel` makes of a model that is to be served. */
async function proveItself(artefact: Artefact, nets: readonly NetworkWeights[], backend: BackendName): Promise<void> {
  const { dir, manifest, golden } = artefact;
  const problems = validateManifest(manifest, { featureNames, digest: nodeDigest });
  if (nets[0][0].inputs !== manifest.inputs.length)
    problems.push('the net has another number of inputs than the manifest');
  if (problems.length > 0) throw modelMismatch(dir, problems.join('; '));
  await useBackend(backend);
  const predict = (rows: number, inputs: Float32Array): Float32Array => predictNetworks(nets, rows, inputs);
  const problem = checkGolden({ manifest, predict }, golden);
  if (problem !== null) throw modelMismatch(dir, problem);
}
