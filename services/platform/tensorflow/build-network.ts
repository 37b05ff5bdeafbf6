import * as tf from '@tensorflow/tfjs-core';
import { input, layers, model, type LayersModel, type SymbolicTensor } from '@tensorflow/tfjs-layers';
import type { NetworkWeights } from './network-weights.ts';

/**
 * One layers model out of several nets of equal shape: they run side by side on the same inputs and their heads are
 * averaged. Every part is named, so that equal weights make equal files.
 */
export function buildNetwork(nets: readonly NetworkWeights[]): LayersModel {
  const inputs = input({ shape: [nets[0][0].inputs], name: 'inputs' });
  const heads = nets.map((net, i) => addNet(inputs, net, i + 1));
  const outputs = heads.length === 1 ? heads[0] : (layers.average({ name: 'heads' }).apply(heads) as SymbolicTensor);
  const network = model({ inputs, outputs, name: 'retention' });
  nets.forEach((net, i) => setWeights(network, net, i + 1));
  return network;
}

function addNet(inputs: SymbolicTensor, net: NetworkWeights, number: number): SymbolicTensor {
  let last = inputs;
  for (const [i, { units }] of net.entries()) {
    const activation = i === net.length - 1 ? 'linear' : 'relu';
    last = layers.dense({ units, activation, name: layerName(number, i) }).apply(last) as SymbolicTensor;
  }
  return last;
}

function setWeights(network: LayersModel, net: NetworkWeights, number: number): void {
  for (const [i, { inputs, units, kernel, bias }] of net.entries()) {
    const tensors = [tf.tensor2d(kernel, [inputs, units]), tf.tensor1d(bias)];
    network.getLayer(layerName(number, i)).setWeights(tensors);
    tf.dispose(tensors);
  }
}

function layerName(net: number, layer: number): string {
  return `net${net}_dense${layer + 1}`;
}
