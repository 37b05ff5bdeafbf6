import { deathShare } from '../../services/core/btyd/death-share.ts';
import type { ParetoNbdParameters } from '../../services/core/btyd/pareto-nbd.ts';
import { logRising } from './log-rising.ts';
import type { WeightedSummaries } from './weighted-summaries.ts';

/**
 * Builds the log-likelihood of the Pareto/NBD for these customers (Fader and Hardie 2005, "A Note on Deriving the
 * Pareto/NBD Model", equation 17). The costly part depends on x and one moment, the last purchase or the end: it is
 * computed once for the many customers who share them.
 */
export function createParetoNbdLogLikelihood(data: WeightedSummaries): (parameters: ParetoNbdParameters) => number {
  const { x, tx, T, weight, maxX } = data;
  const moments = new DistinctMoments();
  const last = Int32Array.from(x, (k, i) => moments.place(k, tx[i]));
  const end = Int32Array.from(x, (k, i) => moments.place(k, T[i]));
  const logs = new Float64Array(moments.x.length);
  const shares = new Float64Array(moments.x.length);
  return ({ r, alpha, s, beta }) => {
    const rates = logRising(r, maxX);
    const scale = r * Math.log(alpha) + s * Math.log(beta);
    for (let at = 0; at < logs.length; at++) {
      const k = r + moments.x[at];
      const scales = { rate: alpha + moments.time[at], death: beta + moments.time[at] };
      logs[at] = -k * Math.log(scales.rate) - s * Math.log(scales.death);
      shares[at] = deathShare(k, s, scales);
    }
    let sum = 0;
    for (let i = 0; i < x.length; i++) {
      const silence = Math.exp(logs[end[i]] - logs[last[i]]);
      const fate = silence * (1 - shares[end[i]]) + shares[last[i]];
      sum += weight[i] * (rates[x[i]] + scale + logs[last[i]] + Math.log(fate));
    }
    return sum;
  };
}

/** Pairs of x and a moment, each kept once. */
class DistinctMoments {
  readonly x: number[] = [];
  readonly time: number[] = [];
  readonly #places = new Map<string, number>();

  place(x: number, time: number): number {
    const key = `${x} ${time}`;
    const known = this.#places.get(key);
    if (known !== undefined) return known;
    this.#places.set(key, this.x.length);
    this.x.push(x);
    this.time.push(time);
    return this.x.length - 1;
  }
}
