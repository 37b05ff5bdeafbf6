import { existsSync } from 'node:fs';
import { readInstallation, type Tenant } from '../../services/platform/runtime/installation.ts';
import { newInstallation } from '../../services/platform/runtime/new-installation.ts';
import { writeInstallation } from '../../services/platform/runtime/write-installation.ts';
import { ensureDemoWriteKeys, writeKeysFile, type DemoKeyPlaces, type DemoWriteKeys } from './demo-write-keys.ts';

/** Source whose write key a replay of real orders uses. */
export const importSource = 'import';

const demoInstallation = {
  tenant: 'demo',
  timezone: 'Europe/London',
  currency: 'GBP',
  sources: [
    { source: 'web', channel: 'web' },
    { source: 'app', channel: 'app' },
    { source: 'pos', channel: 'pos' },
    { source: 'call', channel: 'call' },
    { source: 'survey', channel: 'survey' },
    { source: importSource, channel: 'server' },
  ],
} as const;

/** The tenant of a run, and the keys its events are sent with. */
export interface DemoInstallation {
  readonly tenant: Tenant;
  readonly writeKeys: DemoWriteKeys;
}

/** The installation's tenants and keys; made once, then kept, because every pseudonym depends on them. */
export async function ensureInstallation(places: DemoKeyPlaces): Promise<DemoInstallation> {
  if (!existsSync(places.installation)) {
    const { file, writeKeys } = newInstallation(demoInstallation);
    await writeInstallation(places.installation, file);
    await writeKeysFile(places.writeKeys, writeKeys);
  }
  const [tenant] = (await readInstallation(places.installation)).tenants;
  return { tenant, writeKeys: await ensureDemoWriteKeys(tenant, demoInstallation.sources, places) };
}
