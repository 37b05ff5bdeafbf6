import type { ModelManifest } from '../scoring/model-manifest.ts';
import type { Prediction } from '../scoring/prediction.ts';
import { createValuer, type LifetimeValue, type Valuer } from './create-valuer.ts';
import type { ValueSettings } from './value-settings.ts';

/** A lifetime value with the days that it looks ahead. */
export interface HorizonValue extends LifetimeValue {
  readonly horizonDays: number;
}

/**
 * Values customers as their tenant's settings say. Null where the model has no buy-till-you-die parameters to go on
 * with, and for what would not be a finite number.
 * @param raw the customer's raw feature vector begins at `rawAt`
 */
export type TenantValuers = (
  tenant: string,
  raw: Float64Array,
  rawAt: number,
  prediction: Prediction,
) => HorizonValue | null;

/**
 * Builds what values the customers of all tenants under one model; each tenant's settings are resolved once.
 * @param settingsOf of any tenant
 */
export function createTenantValuers(
  { closedForm, calibration, horizonsDays }: Pick<ModelManifest, 'closedForm' | 'calibration' | 'horizonsDays'>,
  settingsOf: (tenant: string) => ValueSettings,
  featureNames: readonly string[],
): TenantValuers {
  if (closedForm === null) return () => null;
  const source = {
    parameters: closedForm.parameters,
    nearDays: horizonsDays[2],
    seasonFactor: Math.exp(calibration.season?.logSpend ?? 0),
  };
  const made = new Map<string, { readonly value: Valuer; readonly horizonDays: number }>();
  return (tenant, raw, rawAt, { churn, expectedSpend }) => {
    let own = made.get(tenant);
    if (own === undefined) {
      const settings = settingsOf(tenant);
      own = { value: createValuer(source, settings, featureNames), horizonDays: settings.horizonDays };
      made.set(tenant, own);
    }
    const { mean, low, high } = own.value(raw, rawAt, { silent: churn.p90, spend: expectedSpend.mean });
    return high < Infinity ? { mean, low, high, horizonDays: own.horizonDays } : null;
  };
}
