import { setImmediate } from 'node:timers/promises';
import { binaryLoss } from '../../services/platform/tensorflow/binary-loss.ts';
import type { NetworkWeights } from '../../services/platform/tensorflow/network-weights.ts';
import { predictNetworks } from '../../services/platform/tensorflow/predict-networks.ts';
import { trainNetwork } from '../../services/platform/tensorflow/train-network.ts';
import { seededBits } from '../training/seeded-bits.ts';
import { boost, type BoostedTrees } from './boosting/boost.ts';
import { predictTrees } from './boosting/predict-trees.ts';
import type { ColumnSpec } from './column-spec.ts';
import { members, type MemberName } from './members.ts';
import type { FittedMember } from './table-model.ts';

/** Rows of a table in both encodings, with labels and the inner fold of each. */
export interface FoldedRows {
  readonly rows: number;
  readonly columns: readonly ColumnSpec[];
  readonly bins: readonly Uint8Array[];
  /** rows x width, row-major. */
  readonly inputs: Float32Array;
  readonly labels: Uint8Array;
  readonly folds: Uint8Array;
  readonly foldCount: number;
}

export interface CrossFit {
  readonly member: FittedMember;
  /** Logit of each row by the fit that did not see its fold. */
  readonly logits: Float64Array;
}

/** Fits a member once per inner fold on the other folds. */
export async function crossFit(
  name: MemberName,
  set: FoldedRows,
  seed: number,
  fitDone: () => void,
): Promise<CrossFit> {
  const member = members[name];
  const fits: BoostedTrees[] = [];
  const nets: NetworkWeights[] = [];
  for (let fold = 0; fold < set.foldCount; fold++) {
    const bits = seededBits(seed * 1000 + fold);
    if (member.kind === 'net') nets.push(await fitNet(member, set, fold, bits));
    else fits.push(boost({ ...set, ...partFold(set, fold) }, member.rules, bits));
    fitDone();
    await setImmediate(); // signals and progress get their turn between fits
  }
  return member.kind === 'net' ? joinNets(nets, set) : joinTrees(fits, set);
}

function partFold({ folds, rows }: FoldedRows, fold: number): { train: Int32Array; watch: Int32Array } {
  const all = Int32Array.from({ length: rows }, (_, row) => row);
  return { train: all.filter((row) => folds[row] !== fold), watch: all.filter((row) => folds[row] === fold) };
}

/**
 * One number of rounds for all folds, where the loss summed over them is least: a number per fold would be chosen on
 * the very rows whose logits the blend is fitted on.
 */
function joinTrees(fits: readonly BoostedTrees[], set: FoldedRows): CrossFit {
  const longest = Math.max(...fits.map(({ losses }) => losses.length));
  const summed = Array.from({ length: longest }, (_, round) =>
    fits.reduce((sum, { losses }) => sum + (losses[round] ?? losses[losses.length - 1]), 0),
  );
  const rounds = summed.indexOf(Math.min(...summed));
  const forests = fits.map(({ base, trees }) => ({ base, trees: trees.slice(0, rounds) }));
  const own = forests.map((forest) => predictTrees(forest, set.rows, set.bins, set.columns));
  return { member: { kind: 'trees', forests }, logits: takeOwnFold(own, set) };
}

function joinNets(nets: readonly NetworkWeights[], set: FoldedRows): CrossFit {
  const own = nets.map((net) => Float64Array.from(predictNetworks([net], set.rows, set.inputs)));
  return { member: { kind: 'net', nets }, logits: takeOwnFold(own, set) };
}

function takeOwnFold(logits: readonly Float64Array[], { rows, folds }: FoldedRows): Float64Array {
  return Float64Array.from({ length: rows }, (_, row) => logits[folds[row]][row]);
}

/** Steps of the optimiser a net is given, as far as the bounds on epochs allow. */
const steps = 500;

async function fitNet(
  member: Extract<(typeof members)[MemberName], { kind: 'net' }>,
  set: FoldedRows,
  fold: number,
  bits: ReturnType<typeof seededBits>,
): Promise<NetworkWeights> {
  const { train } = partFold(set, fold);
  const width = set.inputs.length / set.rows;
  const inputs = new Float32Array(train.length * width);
  train.forEach((row, i) => inputs.set(set.inputs.subarray(row * width, (row + 1) * width), i * width));
  const targets = Float32Array.from(train, (row) => set.labels[row]);
  const hits = targets.reduce((sum, label) => sum + label, 0);
  const batchSize = train.length < 20_000 ? 64 : 512;
  const epochs = Math.min(40, Math.max(8, Math.round((steps * batchSize) / train.length)));
  const { weights } = await trainNetwork({ rows: train.length, inputs, targets }, null, {
    hidden: member.hidden,
    headBias: [Math.log((hits + 0.5) / (train.length - hits + 0.5))],
    batchSize,
    epochs,
    stopAfter: epochs,
    learningRate: member.learningRate,
    l2: member.l2,
    maxGradientNorm: 1,
    loss: binaryLoss,
    bits,
    onEpoch: () => undefined,
  });
  return weights;
}
