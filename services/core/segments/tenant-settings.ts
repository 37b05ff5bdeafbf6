import type { ValueSettings } from '../value/value-settings.ts';
import type { Primary, SegmentsDocument } from './segments-document.ts';

/** What the configuration says of one tenant, with the preset of its industry. */
export interface TenantSettings {
  readonly industry: string;
  readonly primary: Primary;
  readonly parameters: Readonly<Record<string, number>>;
  readonly value: ValueSettings;
}

/** The tenant's own word first, then its industry's, then that of the file. */
export function settingsOf(document: SegmentsDocument, tenant: string): TenantSettings {
  const own = document.tenants[tenant];
  const industry = own?.industry ?? document.industry;
  const preset = document.industries[industry];
  return {
    industry,
    primary: own?.primary ?? preset?.primary ?? document.primary,
    parameters: { ...document.parameters, ...preset?.parameters },
    value: {
      margin: own?.value?.margin ?? preset?.value?.margin ?? document.value.margin,
      discountRate: own?.value?.discount_rate ?? preset?.value?.discount_rate ?? document.value.discount_rate,
      horizonDays: own?.value?.horizon_days ?? preset?.value?.horizon_days ?? document.value.horizon_days,
      coverage: own?.value?.coverage ?? preset?.value?.coverage ?? document.value.coverage,
      drift: own?.value?.drift ?? preset?.value?.drift ?? document.value.drift,
    },
  };
}
