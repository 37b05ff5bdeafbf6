import type { Primary, SegmentsDocument } from './segments-document.ts';

/** What the configuration says of one tenant, with the preset of its industry. */
export interface TenantSettings {
  readonly industry: string;
  readonly primary: Primary;
  readonly parameters: Readonly<Record<string, number>>;
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
  };
}
