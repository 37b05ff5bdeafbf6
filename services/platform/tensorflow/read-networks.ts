import type { io } from '@tensorflow/tfjs-core';
import type { Artefact } from './artefact.ts';
import { modelMismatch } from './model-mismatch.ts';
import type { DenseWeights, NetworkWeights } from './network-weights.ts';

/**
 * The nets of a model directory, as `saveModel` wrote them, to train on from there.
 * @throws ERR_MODEL_MISMATCH when the weights are not those of nets side by side
 */
export function readNetworks({
  dir,
  topology,
  weights,
}: Pick<Artefact, 'dir' | 'topology' | 'weights'>): NetworkWeights[] {
  const { weightsManifest } = topology as io.ModelJSON;
  const specs = weightsManifest.flatMap((group) => group.weights);
  const parts = new Map<string, Float32Array>();
  let at = 0;
  for (const { name, shape } of specs) {
    const size = shape.reduce((product, length) => product * length, 1);
    parts.set(
      name,
      Float32Array.from({ length: size }, (_, i) => weights.readFloatLE(at + 4 * i)),
    );
    at += 4 * size;
  }
  const nets: DenseWeights[][] = [];
  for (const { name, shape } of specs) {
    const [, net, layer] = /^net(\d+)_dense(\d+)\/kernel$/.exec(name) ?? [];
    const kernel = parts.get(name);
    if (net === undefined || layer === undefined || kernel === undefined) continue;
    const bias = parts.get(name.replace('/kernel', '/bias'));
    if (bias === undefined) throw modelMismatch(dir, `weights.bin has no bias of ${name}`);
    (nets[Number(net) - 1] ??= [])[Number(layer) - 1] = { inputs: shape[0], units: shape[1], kernel, bias };
  }
  if (nets.length > 0) return nets;
  throw modelMismatch(dir, 'weights.bin does not hold nets that were trained here');
}
