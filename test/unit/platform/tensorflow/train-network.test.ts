import { memory } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { availableBackends, useBackend } from '../../../../services/platform/tensorflow/backend.ts';
import { predictNetworks } from '../../../../services/platform/tensorflow/predict-networks.ts';
import { saveModel } from '../../../../services/platform/tensorflow/save-model.ts';
import { trainNetwork, type TrainNetworkOptions } from '../../../../services/platform/tensorflow/train-network.ts';
import { targetColumns, type TrainingSet } from '../../../../services/platform/tensorflow/training-set.ts';
import { seededBits } from '../../../../models/training/seeded-bits.ts';

const rows = 256;
const width = 3;

/** Customers whose first input decides whether they buy, and whose second decides how much. */
function learnable(seed: number): TrainingSet {
  const bits = seededBits(seed);
  const inputs = Float32Array.from({ length: rows * width }, () => bits() / 2 ** 30);
  const targets = new Float32Array(rows * targetColumns.length);
  for (let row = 0; row < rows; row++) {
    const isSilent = inputs[row * width] > 0;
    const logSpend = 4 + inputs[row * width + 1];
    targets.set(
      isSilent ? [1, 1, 1, 0, 0, 0] : [0, 0, 0, logSpend, 3, Math.exp(logSpend - 4)],
      row * targetColumns.length,
    );
  }
  return { rows, inputs, targets };
}

function options(overrides: Partial<TrainNetworkOptions> = {}): TrainNetworkOptions {
  return {
    hidden: [
      { units: 16, dropout: 0.1 },
      { units: 8, dropout: 0 },
    ],
    headBias: [0, 0, 0, 4, 0.5, 0, 0],
    batchSize: 64,
    epochs: 10,
    stopAfter: 10,
    learningRate: 3e-2,
    l2: 1e-4,
    maxGradientNorm: 1,
    bits: seededBits(7),
    onEpoch: () => undefined,
    ...overrides,
  };
}

describe.each(availableBackends())('training a net on %s', (backend) => {
  beforeAll(() => useBackend(backend));

  it('learns what decides silence and spend', async () => {
    const longer = options({ epochs: 25, stopAfter: 25 });
    const { weights } = await trainNetwork(learnable(1), null, longer);
    const heads = predictNetworks([weights], 3, Float32Array.of(1.5, 0, 0, -1.5, 0, 0, -1.5, 1.5, 0));
    expect(heads[0]).toBeGreaterThan(2);
    expect(heads[7]).toBeLessThan(-2);
    expect(heads[14 + 3] - heads[7 + 3]).toBeGreaterThan(1);
    expect(heads[7 + 5]).toBeGreaterThan(heads[5]);
    expect(heads[14 + 6] - heads[7 + 6]).toBeGreaterThan(0.5);
    expect(heads[7 + 6]).toBeGreaterThan(heads[6]);
  });

  it('gives the same bits for the same seed, and others for another', async () => {
    const short = { epochs: 2, stopAfter: 2 };
    const train = async (seed: number) =>
      saveModel([(await trainNetwork(learnable(1), null, options({ ...short, bits: seededBits(seed) }))).weights]);
    const first = await train(7);
    expect(await train(7)).toEqual(first);
    expect((await train(8)).weights.equals(first.weights)).toBe(false);
  });

  it('keeps the weights of the best epoch', async () => {
    const losses: number[] = [];
    const run = options({ learningRate: 0.1, onEpoch: (_epoch, loss) => losses.push(loss) });
    const { bestEpoch } = await trainNetwork(learnable(1), learnable(2), run);
    expect(losses).toHaveLength(10);
    expect(bestEpoch).toBe(losses.indexOf(Math.min(...losses)) + 1);
  });

  it('says so when it diverges', async () => {
    const broken = learnable(1);
    broken.targets[3] = Infinity;
    const training = trainNetwork(broken, learnable(2), options({ epochs: 1, stopAfter: 1 }));
    await expect(training).rejects.toThrow(/diverged/);
  });

  it('leaves no tensor behind', async () => {
    const before = memory().numTensors;
    await trainNetwork(learnable(1), learnable(2), options({ epochs: 1, stopAfter: 1 }));
    expect(memory().numTensors).toBe(before);
  });
});

describe('several nets in one model', () => {
  it('answer with the mean of their heads', async () => {
    await useBackend('wasm');
    const train = async (seed: number) =>
      (await trainNetwork(learnable(1), null, options({ epochs: 1, stopAfter: 1, bits: seededBits(seed) }))).weights;
    const nets = [await train(1), await train(2), await train(3)];
    const inputs = learnable(4).inputs.slice(0, 5 * width);
    const single = nets.map((net) => predictNetworks([net], 5, inputs));
    predictNetworks(nets, 5, inputs).forEach((value, i) => {
      expect(value).toBeCloseTo((single[0][i] + single[1][i] + single[2][i]) / 3, 5);
    });
  });
});
