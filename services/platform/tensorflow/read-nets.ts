import type { LayersModel } from '@tensorflow/tfjs-layers';
import type { DenseLayer, DenseNet } from '../../core/reasons/dense-net.ts';

const denseName = /^net(\d+)_dense(\d+)$/;
const otherClasses: ReadonlySet<string> = new Set(['InputLayer', 'Average']);

/**
 * The nets inside a model that `buildNetwork` made, whatever file it came from; null for any other model.
 */
export function readNets(model: LayersModel): DenseNet[] | null {
  const nets: DenseLayer[][] = [];
  const activations: unknown[][] = [];
  for (const layer of model.layers) {
    const kind = layer.getClassName();
    if (otherClasses.has(kind)) continue;
    const [, net, place] = denseName.exec(layer.name) ?? [];
    if (kind !== 'Dense' || net === undefined) return null;
    const [kernel, bias] = layer.getWeights();
    if (bias === undefined) return null;
    const [inputs, units] = kernel.shape as [number, number];
    (nets[Number(net) - 1] ??= [])[Number(place) - 1] = {
      inputs,
      units,
      kernel: Float32Array.from(kernel.dataSync()),
      bias: Float32Array.from(bias.dataSync()),
    };
    (activations[Number(net) - 1] ??= [])[Number(place) - 1] = layer.getConfig()['activation'];
  }
  return activations.length > 0 && activations.every(isPlain) ? nets : null;
}

/** ReLU up to the heads, which are linear. */
function isPlain(activations: readonly unknown[]): boolean {
  return activations.every((name, i) => name === (i === activations.length - 1 ? 'linear' : 'relu'));
}
