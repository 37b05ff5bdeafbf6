import { modelOutputs } from '../../../services/core/scoring/model-outputs.ts';
import type { NetworkWeights } from '../../../services/platform/tensorflow/network-weights.ts';

/** Factors on what the money heads say; they go into the biases, since both heads are logarithms. */
export interface MoneyFactors {
  readonly spendMu: number;
  readonly logSpend: number;
}

/** A net whose heads speak of money in another unit. */
export function moveMoney(net: NetworkWeights, factors: MoneyFactors): NetworkWeights {
  const heads = net.at(-1);
  if (heads === undefined) return net;
  const bias = heads.bias.slice();
  for (const head of ['spendMu', 'logSpend'] as const) bias[modelOutputs.indexOf(head)] += Math.log(factors[head]);
  return [...net.slice(0, -1), { ...heads, bias }];
}
