import { setImmediate } from 'node:timers/promises';
import * as tf from '@tensorflow/tfjs-core';
import { EngineError } from '../../core/errors.ts';
import { dropoutMask } from './dropout-mask.ts';
import { forwardPass } from './forward-pass.ts';
import { initialWeights } from './initial-weights.ts';
import type { NetworkWeights } from './network-weights.ts';
import type { RandomBits } from './random-bits.ts';
import { retentionLoss } from './retention-loss.ts';
import { ScheduledAdam } from './scheduled-adam.ts';
import type { TrainingSet } from './training-set.ts';
import { createNetworkVariables, type NetworkVariables } from './network-variables.ts';

export interface TrainNetworkOptions {
  /** Units of the hidden layers and the share of each that is dropped while training. */
  readonly hidden: readonly { readonly units: number; readonly dropout: number }[];
  /** Start values of the heads' biases; their number is the number of heads. */
  readonly headBias: readonly number[];
  /** Weights to begin with, of the shape that the other options give; default: random ones. */
  readonly initial?: NetworkWeights;
  readonly batchSize: number;
  /** Epochs the learning rate is planned for. */
  readonly epochs: number;
  /** Epochs after which training stops, at most `epochs`. */
  readonly stopAfter: number;
  readonly learningRate: number;
  /** Weight of the sum of squared kernel entries in the loss. */
  readonly l2: number;
  readonly maxGradientNorm: number;
  /** Mean loss of heads against targets; default `retentionLoss`. */
  readonly loss?: (heads: tf.Tensor2D, targets: tf.Tensor2D) => tf.Scalar;
  readonly bits: RandomBits;
  /** Called after each epoch with the loss on `validation` (NaN without one). */
  readonly onEpoch: (epoch: number, validationLoss: number) => void;
}

export interface TrainedNetwork {
  /** Weights after the best epoch on `validation`; after the last one without it. */
  readonly weights: NetworkWeights;
  readonly bestEpoch: number;
}

/** Trains one net on the current backend; the same data, options and bits give the same weights, bit for bit. */
export async function trainNetwork(
  train: TrainingSet,
  validation: TrainingSet | null,
  options: TrainNetworkOptions,
): Promise<TrainedNetwork> {
  const widths = [
    train.inputs.length / train.rows,
    ...options.hidden.map((layer) => layer.units),
    options.headBias.length,
  ];
  const variables = createNetworkVariables(options.initial ?? initialWeights(widths, options.headBias, options.bits));
  const optimizer = new ScheduledAdam(options.learningRate);
  let best: TrainedNetwork = { weights: [], bestEpoch: 0 };
  let lowest = Infinity;
  try {
    for (let epoch = 1; epoch <= options.stopAfter; epoch++) {
      runEpoch({ train, variables, optimizer, options, epoch });
      const loss = validation === null ? NaN : evaluateLoss(validation, variables, options.loss ?? retentionLoss);
      if (validation === null ? epoch === options.stopAfter : loss < lowest) {
        lowest = loss;
        best = { weights: variables.read(), bestEpoch: epoch };
      }
      options.onEpoch(epoch, loss);
      await setImmediate(); // signals and progress get their turn between epochs
    }
  } finally {
    optimizer.dispose();
    variables.dispose();
  }
  const isFinite = best.weights.every(
    ({ kernel, bias }) => kernel.every(Number.isFinite) && bias.every(Number.isFinite),
  );
  if (best.weights.length === 0 || !isFinite) throw diverged();
  return best;
}

function diverged(): EngineError {
  const message =
    'The training diverged: the loss is no longer a number. Remove rows with absurd amounts and try again.';
  return new EngineError('ERR_DATA_FILE', message, { retryable: false });
}

/** As the optimizer takes its gradients. */
type NamedTensor = { name: string; tensor: tf.Tensor };

interface EpochRun {
  readonly train: TrainingSet;
  readonly variables: NetworkVariables;
  readonly optimizer: ScheduledAdam;
  readonly options: TrainNetworkOptions;
  readonly epoch: number;
}

function runEpoch({ train, variables, optimizer, options, epoch }: EpochRun): void {
  const order = shuffledIndex(train.rows, options.bits);
  const batches = Math.ceil(train.rows / options.batchSize);
  for (let batch = 0; batch < batches; batch++) {
    optimizer.schedule((epoch - 1 + batch / batches) / options.epochs);
    const rows = order.subarray(batch * options.batchSize, (batch + 1) * options.batchSize);
    tf.tidy(() => {
      const { inputs, targets } = takeRows(train, rows);
      const dropped = options.hidden.some(({ dropout }) => dropout > 0) ? options.hidden : [];
      const masks = dropped.map(({ units, dropout }) =>
        tf.tensor2d(dropoutMask(rows.length * units, dropout, options.bits), [rows.length, units]),
      );
      const { grads } = tf.variableGrads(() => {
        const loss = (options.loss ?? retentionLoss)(forwardPass(variables.layers, inputs, masks), targets);
        const squares = tf.addN(variables.layers.map(({ kernel }) => tf.sum(tf.square(kernel))));
        return tf.add<tf.Scalar>(loss, tf.mul(options.l2, squares));
      }, variables.all);
      optimizer.applyGradients(clipByNorm(grads, options.maxGradientNorm));
    });
  }
}

function evaluateLoss(
  set: TrainingSet,
  variables: NetworkVariables,
  loss: NonNullable<TrainNetworkOptions['loss']>,
): number {
  return tf.tidy(() => {
    const width = set.inputs.length / set.rows;
    const inputs = tf.tensor2d(set.inputs, [set.rows, width]);
    const targets = tf.tensor2d(set.targets, [set.rows, set.targets.length / set.rows]);
    return loss(forwardPass(variables.layers, inputs, []), targets).dataSync()[0];
  });
}

function takeRows(set: TrainingSet, rows: Int32Array): { inputs: tf.Tensor2D; targets: tf.Tensor2D } {
  const take = (from: Float32Array, width: number): tf.Tensor2D => {
    const taken = new Float32Array(rows.length * width);
    rows.forEach((row, i) => taken.set(from.subarray(row * width, (row + 1) * width), i * width));
    return tf.tensor2d(taken, [rows.length, width]);
  };
  return {
    inputs: take(set.inputs, set.inputs.length / set.rows),
    targets: take(set.targets, set.targets.length / set.rows),
  };
}

/** Shrinks all gradients together so that their common norm is at most `maxNorm`. */
function clipByNorm(grads: tf.NamedTensorMap, maxNorm: number): NamedTensor[] {
  const squares = Object.values(grads).map((grad) => tf.sum(tf.square(grad)));
  const scale = tf.minimum(1, tf.div(maxNorm, tf.add(tf.sqrt(tf.addN(squares)), 1e-12)));
  return Object.entries(grads).map(([name, grad]) => ({ name, tensor: tf.mul(grad, scale) }));
}

/** Fisher-Yates. The remainder's bias is far below anything training could notice. */
function shuffledIndex(length: number, bits: RandomBits): Int32Array {
  const order = Int32Array.from({ length }, (_, i) => i);
  for (let i = length - 1; i > 0; i--) {
    const j = (bits() >>> 0) % (i + 1);
    const kept = order[i];
    order[i] = order[j];
    order[j] = kept;
  }
  return order;
}
