import type { UpliftCurve } from './uplift-curve.ts';

export interface UpliftMeasures {
  /** Area under the curve: reward per customer, averaged over all shares that might be treated. */
  readonly auuc: number;
  /** Area between the curve and the straight line of a random order; 0 for no order at all. */
  readonly qini: number;
  /** Effect per customer within the 30 % with the highest predictions. */
  readonly topThirty: number;
  /** Effect per customer over all. */
  readonly averageEffect: number;
}

const topShare = 0.3;

/** Measures of an uplift curve, not scaled by a perfect order (which nobody can know): units are those of the reward. */
export function upliftMeasures({ share, gain }: UpliftCurve): UpliftMeasures {
  const last = share.length - 1;
  let auuc = 0;
  let atTop = gain[last];
  for (let k = 1; k <= last; k++) {
    const width = share[k] - share[k - 1];
    auuc += (width * (gain[k] + gain[k - 1])) / 2;
    if (share[k - 1] < topShare && share[k] >= topShare)
      atTop = gain[k - 1] + ((gain[k] - gain[k - 1]) * (topShare - share[k - 1])) / width;
  }
  return { auuc, qini: auuc - gain[last] / 2, topThirty: atTop / topShare, averageEffect: gain[last] };
}
