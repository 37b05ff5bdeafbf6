import { existsSync } from 'node:fs';
import { readInstallation, type Tenant } from '../../services/platform/runtime/installation.ts';
import { newInstallation } from '../../services/platform/runtime/new-installation.ts';
import { writeInstallation } from '../../services/platform/runtime/write-installation.ts';
import { ensureDemoApiToken, writeApiToken, type DemoTokenPlaces } from './demo-api-token.ts';
import { ensureDemoWriteKeys, writeKeysFile, type DemoKeyPlaces, type DemoWriteKeys } from './demo-write-keys.ts';

/** Source whose write key a replay of real orders uses. */
export const importSource = 'import';

const declared = {
  purpose: 'Showing Tidewatch with simulated or replayed customers',
  legalBasis: 'legitimate-interests',
} as const;

const demoInstallation = {
  tenant: 'demo',
  timezone: 'Europe/London',
  currency: 'GBP',
  sources: [
    { source: 'web', channel: 'web', ...declared },
    { source: 'app', channel: 'app', ...declared },
    { source: 'pos', channel: 'pos', ...declared },
    { source: 'call', channel: 'call', ...declared },
    { source: 'survey', channel: 'survey', ...declared },
    { source: importSource, channel: 'server', ...declared },
  ],
} as const;

/** The tenant of a run, and the keys its events are sent with. */
export interface DemoInstallation {
  readonly tenant: Tenant;
  readonly writeKeys: DemoWriteKeys;
  readonly apiToken: string;
}

/** The installation's tenants and keys; made once, then kept, because every pseudonym depends on them. */
export async function ensureInstallation(places: DemoKeyPlaces & DemoTokenPlaces): Promise<DemoInstallation> {
  if (!existsSync(places.installation)) {
    const { file, writeKeys, token } = newInstallation(demoInstallation);
    await writeInstallation(places.installation, file);
    await writeKeysFile(places.writeKeys, writeKeys);
    await writeApiToken(places.apiToken, token);
  }
  const [tenant] = (await readInstallation(places.installation)).tenants;
  // The keys first: where the file is of an old format, the token rewrites it.
  const writeKeys = await ensureDemoWriteKeys(tenant, demoInstallation.sources, places);
  return { tenant, writeKeys, apiToken: await ensureDemoApiToken(tenant, places) };
}
