import type { ClosedFormParameters } from '../btyd/closed-form.ts';
import { createPurchaseOutlook, type PurchaseOutlook } from './purchase-outlook.ts';
import type { ValueSettings } from './value-settings.ts';
import { zeroInflatedGammaQuantile } from './zero-inflated-gamma.ts';

/** Discounted margin of a customer's gross spend within the horizon, major units; 0 ≤ low ≤ mean ≤ high. */
export interface LifetimeValue {
  readonly mean: number;
  readonly low: number;
  readonly high: number;
}

/** What a model says of the first days of the horizon. */
export interface NearFigures {
  /** P(no purchase). */
  readonly silent: number;
  /** Expected gross spend, major units. */
  readonly spend: number;
}

export interface ValuerSource {
  readonly parameters: ClosedFormParameters;
  /** Days that the near figures look ahead. */
  readonly nearDays: number;
  /** Spend in the season of the near figures over that of the mean season, which stands for all days after them; > 0. */
  readonly seasonFactor: number;
}

/** Values the customer of the raw feature vector at `raw[rawAt…]`. */
export type Valuer = (raw: Float64Array, rawAt: number, near: NearFigures) => LifetimeValue;

/**
 * Builds what values customers. The level is that of the near figures, how it goes on is the closed form's:
 * mean = margin * spend * (discounted near days + far days / season), and nothing at all comes with the probability
 * silent * P(still none to the end | none in the near days).
 *
 * The interval is of a zero-inflated gamma distribution with that mean, that probability, and the dispersion of the
 * closed form's spend given a purchase (number of purchases compounded with spend per purchase, what is not known of the
 * customer included), widened by `drift`. It leaves out (1 - coverage) / 2 at either end; where nothing at all is likelier
 * than that, it begins at 0 and leaves out 1 - coverage at the upper end, so that it holds `coverage` either way. It always
 * holds the mean.
 * @param settings horizonDays ≥ nearDays
 * @throws RangeError when the horizon is shorter, or a feature it reads is not in the vector
 */
export function createValuer(
  { parameters, nearDays, seasonFactor }: ValuerSource,
  { margin, discountRate, horizonDays, coverage, drift }: ValueSettings,
  featureNames: readonly string[],
): Valuer {
  if (!(horizonDays >= nearDays)) {
    throw new RangeError(`value looks ${horizonDays} days ahead, which is less than the model's ${nearDays}`);
  }
  const writeOutlook = createPurchaseOutlook(parameters, { nearDays, horizonDays, discountRate }, featureNames);
  const outlook: PurchaseOutlook = { near: 0, far: 0, staysSilent: 0, squareOverMean: 0 };
  const tail = (1 - coverage) / 2;
  const widening = Math.exp(drift);
  return (raw, rawAt, near) => {
    writeOutlook(raw, rawAt, outlook);
    const mean = margin * near.spend * (outlook.near + outlook.far / seasonFactor);
    const zero = near.silent * outlook.staysSilent;
    const dispersion = Math.max(0, outlook.squareOverMean * widening - 1);
    const value = { zero, mean: mean / (1 - zero), dispersion };
    const below = zero < tail ? tail : 0;
    return {
      mean,
      low: Math.min(mean, zeroInflatedGammaQuantile(value, below)),
      high: Math.max(mean, zeroInflatedGammaQuantile(value, below + coverage)),
    };
  };
}
