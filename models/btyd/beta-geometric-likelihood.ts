import type { BgNbdParameters } from '../../services/core/btyd/bg-nbd.ts';
import { logRising } from './log-rising.ts';
import type { WeightedSummaries } from './weighted-summaries.ts';

/**
 * Log-likelihood of BG/NBD (Fader, Hardie and Lee 2005, equation 6) and, with a chance to drop out after the first
 * purchase too, of MBG/NBD (Batislam et al. 2007): of each customer, rates first, then the chance of having stayed, then
 * "or dropped out at the last purchase".
 */
export function betaGeometricLogLikelihood(
  { r, alpha, a, b }: BgNbdParameters,
  { x, tx, T, weight, maxX }: WeightedSummaries,
  dropsAtFirst: boolean,
): number {
  const first = dropsAtFirst ? 1 : 0;
  const rates = logRising(r, maxX);
  const stays = logRising(b, maxX + 1);
  const chances = logRising(a + b, maxX + 1);
  const scale = r * Math.log(alpha);
  let sum = 0;
  for (let i = 0; i < x.length; i++) {
    const k = x[i];
    const tosses = k + first;
    const now = Math.log(alpha + T[i]);
    const gone =
      tosses === 0
        ? 0
        : Math.log1p((a / (b + tosses - 1)) * Math.exp(Math.min(700, (r + k) * (now - Math.log(alpha + tx[i])))));
    sum += weight[i] * (rates[k] + scale - (r + k) * now + stays[tosses] - chances[tosses] + gone);
  }
  return sum;
}
