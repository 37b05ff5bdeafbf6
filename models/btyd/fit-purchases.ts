import {
  purchaseModelOf,
  type PurchaseModelName,
  type PurchaseParameters,
} from '../../services/core/btyd/purchase-model-of.ts';
import type { PurchaseSummary } from '../../services/core/btyd/purchase-model.ts';
import { betaGeometricLogLikelihood } from './beta-geometric-likelihood.ts';
import type { FitOutcome, Fitted } from './fit-outcome.ts';
import { minimiseInBox, type Box, type Minimum } from './minimise-in-box.ts';
import { parametersAtBounds } from './parameters-at-bounds.ts';
import { nbdLogLikelihood } from './nbd-likelihood.ts';
import { createParetoNbdLogLikelihood } from './pareto-nbd-likelihood.ts';
import { scaleTime, weighSummaries, type WeightedSummaries } from './weighted-summaries.ts';

/** With fewer customers who came back, four parameters follow single customers. */
const minRepeatBuyers = 10;
/** Half the 95 % point of chi-squared with one degree of freedom. */
const clearGain = 1.92;
/**
 * Of (r, alpha, a, b) and (r, alpha, s, beta), time in units of the mean T. Where dropout is not seen in the data the
 * likelihood rises without end towards none (a to 0, b to infinity): the bounds hold it where every prediction is finite.
 */
const box: Box = { lower: [1e-3, 1e-3, 1e-3, 1e-3], upper: [1e3, 1e3, 1e3, 1e3] };
/** Hardly any dropout, some, and a crowd of one-time buyers beside loyal ones. */
const dropoutStarts = [
  [0.01, 10],
  [0.8, 2.5],
  [0.1, 0.1],
] as const;

/** A fit of purchases; `isDropoutSeen` is false when a model without dropout explains the data as well (5 % level). */
export interface FittedPurchases<P> extends Fitted<P> {
  readonly isDropoutSeen: boolean;
}

export type PurchaseFit<P> = FittedPurchases<P> | Extract<FitOutcome<P>, { fitted: false }>;

/**
 * Maximum likelihood of a purchase model, from several starts within bounds. The parameters are in the unit of time of
 * the summaries.
 * @throws ERR_DATA_FILE when a summary is impossible
 */
export function fitPurchases<M extends PurchaseModelName>(
  model: M,
  customers: Iterable<PurchaseSummary>,
): PurchaseFit<PurchaseParameters[M]> {
  const data = weighSummaries(customers);
  const reason = refuse(data);
  if (reason !== null) return { fitted: false, reason };
  const unit = data.T.reduce((sum, T, i) => sum + data.weight[i] * T, 0) / data.customers;
  const scaled = scaleTime(data, unit);
  const steady = fitWithoutDropout(scaled);
  const [r, alpha] = steady.at;
  const starts = dropoutStarts.map((dropout) => [r, alpha, ...dropout]);
  const found = minimiseInBox(createLoss(model, scaled), [[0.5, 0.3, 0.8, 2.5], ...starts], box);
  const { parameterNames } = purchaseModelOf(model);
  return {
    fitted: true,
    parameters: namedParameters(parameterNames, found.at, unit),
    logLikelihood: -found.value * data.customers - timeShift(data, unit),
    customers: data.customers,
    atBounds: parametersAtBounds(parameterNames, found.at, box),
    isDropoutSeen: (steady.value - found.value) * data.customers > clearGain,
  };
}

function refuse({ x, T, weight, customers }: WeightedSummaries): string | null {
  if (customers === 0) return 'There are no customers to fit; give a file with purchases.';
  const repeatBuyers = weight.reduce((sum, count, i) => (x[i] > 0 ? sum + count : sum), 0);
  if (repeatBuyers < minRepeatBuyers) {
    return (
      `Only ${repeatBuyers} of ${customers} customers bought on more than one day, ${minRepeatBuyers} are needed to ` +
      'learn how often customers come back; give a longer history or use the parameters of a similar business.'
    );
  }
  if (T.every((time) => time === 0)) return 'No time has passed since the first purchases; give a longer history.';
  return null;
}

function fitWithoutDropout(data: WeightedSummaries): Minimum {
  const free: Box = { lower: box.lower.slice(0, 2), upper: box.upper.slice(0, 2) };
  const starts = [
    [0.5, 0.5],
    [2, 2],
  ];
  return minimiseInBox(([r, alpha]) => -nbdLogLikelihood(r, alpha, data) / data.customers, starts, free);
}

function createLoss(model: PurchaseModelName, data: WeightedSummaries): (at: readonly number[]) => number {
  if (model === 'pareto-nbd') {
    const logLikelihood = createParetoNbdLogLikelihood(data);
    return ([r, alpha, s, beta]) => -logLikelihood({ r, alpha, s, beta }) / data.customers;
  }
  const dropsAtFirst = model === 'mbg-nbd';
  return ([r, alpha, a, b]) => -betaGeometricLogLikelihood({ r, alpha, a, b }, data, dropsAtFirst) / data.customers;
}

/** Density of x purchase times: each of them carries the unit of time once. */
function timeShift({ x, weight }: WeightedSummaries, unit: number): number {
  return Math.log(unit) * weight.reduce((sum, count, i) => sum + count * x[i], 0);
}

const scales: readonly string[] = ['alpha', 'beta'];

function namedParameters<P>(names: readonly (keyof P & string)[], at: readonly number[], unit: number): P {
  const entries = names.map((name, i) => [name, scales.includes(name) ? at[i] * unit : at[i]]);
  return Object.fromEntries(entries) as P;
}
