import type { NetworkWeights } from '../../services/platform/tensorflow/network-weights.ts';
import { modelOutputs } from '../../services/core/scoring/model-outputs.ts';
import { trainNetwork, type TrainedNetwork } from '../../services/platform/tensorflow/train-network.ts';
import { targetColumns, type TrainingSet } from '../../services/platform/tensorflow/training-set.ts';
import { seededBits } from './seeded-bits.ts';
import type { NetCheckpoint } from './net-checkpoint.ts';
import { netKey } from './net-key.ts';
import type { TrainingProgress } from './training-progress.ts';

const logSpendHead = modelOutputs.indexOf('logSpend');

const hidden = [
  { units: 64, dropout: 0.2 },
  { units: 32, dropout: 0.1 },
] as const;

export interface EnsembleOptions {
  readonly seeds: number;
  /** Seed of the first net; the others follow it. */
  readonly seed: number;
  readonly epochs: number;
  /** Money that one unit of the target `spendShare` stands for. */
  readonly spendUnit: number;
  readonly phase: string;
  readonly progress: TrainingProgress;
  readonly checkpoint?: NetCheckpoint | undefined;
  /** What the nets begin with in turn, instead of random weights. */
  readonly initial?: readonly NetworkWeights[];
  /** Default 1e-3. */
  readonly learningRate?: number;
  /** Whether hidden units are dropped while training, against too few rows; default true. */
  readonly dropsUnits?: boolean;
}

export interface Ensemble {
  readonly nets: NetworkWeights[];
  /** Epoch each net was taken from. */
  readonly bestEpochs: number[];
}

/**
 * Trains several nets that differ in their seed only; their heads are averaged later.
 * @param stop the rows that decide when each net is best, or the epoch all nets are to stop after
 */
export async function trainEnsemble(
  train: TrainingSet,
  stop: TrainingSet | number,
  options: EnsembleOptions,
): Promise<Ensemble> {
  const ensemble: Ensemble = { nets: [], bestEpochs: [] };
  const headBias = baseRates(train);
  for (let i = 0; i < options.seeds; i++) {
    const validation = typeof stop === 'number' ? null : stop;
    const recipe = {
      hidden: options.dropsUnits === false ? hidden.map(({ units }) => ({ units, dropout: 0 })) : hidden,
      headBias,
      initial: options.initial?.[i % options.initial.length],
      batchSize: batchSizeOf(train.rows),
      epochs: options.epochs,
      stopAfter: typeof stop === 'number' ? stop : options.epochs,
      learningRate: options.learningRate ?? 1e-3,
      l2: 1e-4,
      maxGradientNorm: 1,
    };
    const keeping = { place: `${options.phase}-${i + 1}`, key: netKey(train, validation, { ...recipe, seed: options.seed + i }) }; // prettier-ignore
    const { weights, bestEpoch } = await keepNet(options.checkpoint, keeping, () =>
      trainNetwork(train, validation, {
        ...recipe,
        bits: seededBits(options.seed + i),
        onEpoch: (epoch, loss) => options.progress.epochDone({ phase: options.phase, net: i + 1, epoch, loss }),
      }),
    );
    ensemble.nets.push(inMoney(weights, options.spendUnit));
    ensemble.bestEpochs.push(bestEpoch);
  }
  return ensemble;
}

/** The net as it was kept by a run that was killed, else made now and kept. */
async function keepNet(
  checkpoint: NetCheckpoint | undefined,
  { place, key }: { readonly place: string; readonly key: string },
  make: () => Promise<TrainedNetwork>,
): Promise<TrainedNetwork> {
  const kept = (await checkpoint?.load(place, key)) ?? null;
  if (kept !== null) return kept;
  const net = await make();
  await checkpoint?.save(place, key, net);
  return net;
}

/** Small shops get small batches, or an epoch would be a step or two and the nets stay near their random start. */
function batchSizeOf(rows: number): number {
  return Math.min(512, Math.max(32, Math.round(rows / 20)));
}

/** The net has learnt spend as a multiple of the unit; the unit goes into the bias of its head. */
function inMoney(weights: NetworkWeights, spendUnit: number): NetworkWeights {
  const heads = weights.at(-1);
  if (heads === undefined) return weights;
  const bias = heads.bias.slice();
  bias[logSpendHead] += Math.log(spendUnit);
  return [...weights.slice(0, -1), { ...heads, bias }];
}

/** Heads of a model that knows base rates only: conditional logits, mean and spread of log spend, logs of the means. */
function baseRates({ rows, targets }: TrainingSet): number[] {
  const sums = targetColumns.map((_, column) => sumColumn(targets, column));
  const [silent30 = 0, silent60 = 0, silent90 = 0, logSpend = 0, purchaseDays = 0, spendShare = 0] = sums;
  const buyers = Math.max(1, rows - silent90);
  return [
    logit(silent30, rows),
    logit(silent60, silent30),
    logit(silent90, silent60),
    logSpend / buyers,
    0.5,
    Math.log((purchaseDays + 1) / (rows + 1)),
    Math.log((spendShare + 1) / (rows + 1)),
  ];
}

function sumColumn(targets: Float32Array, column: number): number {
  let sum = 0;
  for (let at = column; at < targets.length; at += targetColumns.length) sum += targets[at];
  return sum;
}

/** Log odds of `hits` in `of`, each side counted once more so that it stays finite. */
function logit(hits: number, of: number): number {
  return Math.log((hits + 1) / (of - hits + 1));
}
