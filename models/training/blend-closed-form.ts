import { modelOutputs, type ModelOutput } from '../../services/core/scoring/model-outputs.ts';
import { sigmoid } from '../../services/core/scoring/sigmoid.ts';
import type { ModelInput } from '../../services/core/scoring/model-manifest.ts';
import type { DenseWeights, NetworkWeights } from '../../services/platform/tensorflow/network-weights.ts';
import { predictNetworks } from '../../services/platform/tensorflow/predict-networks.ts';
import type { TrainingSet } from '../../services/platform/tensorflow/training-set.ts';
import type { InputCoding } from './input-coding.ts';
import { toHinges, type Hinges } from './hinges.ts';

/** Shares of the closed form in the blended heads, chosen over rehearsals: docs/decisions/0020. */
const churnShare = 0.25;
const spendShare = 0.5;
const churnHeads = ['churn30', 'churn60', 'churn90'] as const satisfies readonly ModelOutput[];
/** Logits of P(active) between which its logit is drawn as a line. */
const knots = Array.from({ length: 21 }, (_, i) => i / 2 - 5);

/**
 * Adds a net whose weights are not learnt but set: it hands on what the buy-till-you-die model says, the logit of
 * P(active) to the heads of churn, moved so that these keep their means over the training rows, and the logarithm of
 * expected spend to the head of spend. The others are scaled, so that the mean of all nets is the blend. The closed form
 * ranks the customers of a shop that has grown older than all training cuts better than nets alone. Without a closed form
 * the nets stay as they are.
 * @param set rows the nets were trained on
 */
export function blendClosedForm(
  nets: readonly NetworkWeights[],
  { inputs }: InputCoding,
  set: TrainingSet,
): readonly NetworkWeights[] {
  const columnOf = (name: string): number =>
    inputs.findIndex(({ feature, transform }) => feature === name && transform === 'log1p');
  const active = columnOf('btyd_active');
  const spend = columnOf('btyd_expected_spend');
  if (active < 0 || spend < 0) return nets;
  const logit = hingesOfLogit(inputs[active]);
  const heads = meanHeads(nets, set);
  const level = meanOf(set, (row) => logit.valueAt(set.inputs[row * inputs.length + active]));
  const said = [
    ...churnHeads.map((head) => ({
      head,
      share: churnShare,
      column: active,
      hinges: logit,
      add: heads[modelOutputs.indexOf(head)] - level,
    })),
    { head: 'logSpend', share: spendShare, column: spend, hinges: hingesOfLogSpend(inputs[spend]), add: 0 } as const,
  ];
  const shares = modelOutputs.map((output) => said.find(({ head }) => head === output)?.share ?? 0);
  const scaled = nets.map((net) => scaleHeads(net, (head) => ((1 - shares[head]) * (nets.length + 1)) / nets.length));
  return [...scaled, scaleHeads(handOn(nets[0], said), (head) => shares[head] * (nets.length + 1))];
}

interface Said {
  readonly head: ModelOutput;
  readonly column: number;
  readonly hinges: Hinges;
  /** Added to what the hinges give. */
  readonly add: number;
}

/** A net of the same shape in which each hinge is a unit of the first layer that the second one repeats. */
function handOn(like: NetworkWeights, said: readonly Said[]): NetworkWeights {
  const [first, second, last] = like.map(({ inputs, units }) => emptyLayer(inputs, units));
  let unit = 0;
  for (const hinges of new Set(said.map((each) => each.hinges))) {
    const readers = said.filter((each) => each.hinges === hinges);
    for (const { head, add } of readers) last.bias[modelOutputs.indexOf(head)] = hinges.lowest + add;
    for (const { from, change } of hinges.bends) {
      first.kernel[readers[0].column * first.units + unit] = 1;
      first.bias[unit] = -from;
      second.kernel[unit * second.units + unit] = 1;
      for (const { head } of readers) last.kernel[unit * last.units + modelOutputs.indexOf(head)] = change;
      unit += 1;
    }
  }
  return [first, second, last];
}

function emptyLayer(inputs: number, units: number): DenseWeights {
  return { inputs, units, kernel: new Float32Array(inputs * units), bias: new Float32Array(units) };
}

function scaleHeads(net: NetworkWeights, factorOf: (head: number) => number): NetworkWeights {
  const { inputs, units, kernel, bias } = net[net.length - 1];
  const scaled = {
    inputs,
    units,
    kernel: kernel.map((value, i) => value * factorOf(i % units)),
    bias: bias.map((value, head) => value * factorOf(head)),
  };
  return [...net.slice(0, -1), scaled];
}

/** Logit of no purchase day within the horizon, from the encoded P(active). */
function hingesOfLogit({ mean, sd }: ModelInput): Hinges {
  return toHinges(knots.map((logit) => ({ x: (Math.log1p(sigmoid(logit)) - mean) / sd, y: -logit })));
}

/** The decoded input itself, the logarithm of expected spend plus one. */
function hingesOfLogSpend({ mean, sd, clip }: ModelInput): Hinges {
  return toHinges([-clip, clip].map((x) => ({ x, y: mean + sd * x })));
}

function meanHeads(nets: readonly NetworkWeights[], set: TrainingSet): number[] {
  const raw = predictNetworks(nets, set.rows, set.inputs);
  return modelOutputs.map((_, head) => meanOf(set, (row) => raw[row * modelOutputs.length + head]));
}

function meanOf({ rows }: TrainingSet, of: (row: number) => number): number {
  let sum = 0;
  for (let row = 0; row < rows; row++) sum += of(row);
  return sum / rows;
}
