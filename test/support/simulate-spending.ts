import type { ClosedFormParameters } from '../../services/core/btyd/closed-form.ts';
import { drawGamma, simulateBgNbd, summarise } from './simulate-purchases.ts';

export type BgNbdWorld = Extract<ClosedFormParameters, { model: 'bg-nbd' }>;

/** The features that a closed form reads, in the order of `raw`. */
export const closedFormFeatures = ['purchase_days', 'recency_days', 'tenure_days', 'spend_per_purchase_day'] as const;

export interface SimulatedSpender {
  /** What is known after `days` of observation. */
  readonly raw: Float64Array;
  /** Day (counted from the end of the observation) and amount of each purchase that follows. */
  readonly future: readonly { readonly day: number; readonly amount: number }[];
}

/** A customer of the BG/NBD and Gamma-Gamma stories, watched for `days` and then for `horizonDays` more. */
export function simulateSpender(
  chance: () => number,
  { purchases, spend }: Pick<BgNbdWorld, 'purchases' | 'spend'>,
  { days, horizonDays }: { readonly days: number; readonly horizonDays: number },
): SimulatedSpender {
  const times = simulateBgNbd(chance, purchases, days + horizonDays);
  const { x, tx } = summarise(times, days);
  const nu = drawGamma(chance, spend.q) / spend.gamma;
  const amount = (): number => drawGamma(chance, spend.p) / nu;
  let total = amount();
  for (let i = 0; i < x; i++) total += amount();
  return {
    raw: Float64Array.of(x + 1, days - tx + 1, days + 1, total / (x + 1)),
    future: times.slice(x).map((time) => ({ day: time - days, amount: amount() })),
  };
}
