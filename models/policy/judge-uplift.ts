import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import type { ExperimentLog } from '../../services/core/actions/experiment-log.ts';
import { upliftCurve } from '../../services/core/actions/uplift-curve.ts';
import { upliftMeasures, type UpliftMeasures } from '../../services/core/actions/uplift-measures.ts';
import { upliftOrder, type UpliftArms } from '../../services/core/actions/uplift-order.ts';

/** A measure with the ends of its 95 % bootstrap interval. */
export interface Bootstrapped {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

export type JudgedUplift = Readonly<Record<keyof UpliftMeasures, Bootstrapped>>;

export interface BootstrapOptions {
  readonly resamples: number;
  readonly seed: number;
}

/** Qini, AUUC and uplift of the first 30 % with percentile intervals; customers are drawn anew, with all their rows. */
export function judgeUplift(
  log: ExperimentLog,
  arms: UpliftArms,
  score: Float64Array,
  { resamples, seed }: BootstrapOptions,
): JudgedUplift {
  const order = upliftOrder(log, arms, score);
  const found = upliftMeasures(upliftCurve(log, order));
  const random = xoroshiro128plus(seed);
  const customers = log.customer.reduce((most, customer) => Math.max(most, customer), -1) + 1;
  const drawn: UpliftMeasures[] = [];
  for (let resample = 0; resample < resamples; resample++) {
    const counts = new Uint32Array(customers);
    for (let k = 0; k < customers; k++) counts[uniformInt(random, 0, customers - 1)] += 1;
    drawn.push(upliftMeasures(upliftCurve(log, order, (row) => counts[log.customer[row]])));
  }
  const interval = (key: keyof UpliftMeasures): Bootstrapped => {
    const values = drawn.map((measures) => measures[key]).sort((a, b) => a - b);
    const at = (share: number): number => values[Math.round(share * (values.length - 1))];
    return { value: found[key], low: at(0.025), high: at(0.975) };
  };
  return {
    auuc: interval('auuc'),
    qini: interval('qini'),
    topThirty: interval('topThirty'),
    averageEffect: interval('averageEffect'),
  };
}
