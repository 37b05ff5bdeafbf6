import { closedFormNames } from '../../../services/core/btyd/closed-form.ts';
import type { ModelInput } from '../../../services/core/scoring/model-manifest.ts';
import type { NetworkWeights } from '../../../services/platform/tensorflow/network-weights.ts';
import type { TrainingSet } from '../../../services/platform/tensorflow/training-set.ts';
import { trainEnsemble, type EnsembleOptions } from '../train-ensemble.ts';

/** What nets that are to hold in every shop may read: the closed form, and what it is made of. */
function isNarrow({ name, feature }: ModelInput): boolean {
  const parts = ['purchase_days', 'recency_days_in_rhythms', 'tenure_days_in_rhythms'];
  return parts.includes(name) || (closedFormNames as readonly string[]).includes(feature);
}

/**
 * Trains nets that are averaged: half of them, rounded down, read all inputs and know more; the others read the closed
 * form and little else, and hold where a shop is unlike those that were seen. Inputs that a net does not read have
 * weights of 0, so that all nets are of one shape.
 */
export async function trainMixedNets(
  set: TrainingSet,
  inputs: readonly ModelInput[],
  options: EnsembleOptions,
): Promise<NetworkWeights[]> {
  const wide = Math.floor(options.seeds / 2);
  const isRead = inputs.map(isNarrow);
  const masked = { ...set, inputs: set.inputs.map((value, i) => (isRead[i % inputs.length] ? value : 0)) };
  const { epochs } = options;
  const first = await trainEnsemble(set, epochs, { ...options, seeds: wide });
  const second = await trainEnsemble(masked, epochs, {
    ...options,
    seeds: options.seeds - wide,
    seed: options.seed + wide,
  });
  return [...first.nets, ...second.nets.map((net) => withoutInputs(net, isRead))];
}

function withoutInputs([first, ...rest]: NetworkWeights, isRead: readonly boolean[]): NetworkWeights {
  const kernel = first.kernel.map((weight, i) => (isRead[Math.floor(i / first.units)] ? weight : 0));
  return [{ ...first, kernel }, ...rest];
}
