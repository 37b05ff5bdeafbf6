import { existsSync } from 'node:fs';
import { readInstallation, type Installation, type Tenant } from '../../services/platform/runtime/installation.ts';
import { newInstallationFile } from '../../services/platform/runtime/new-installation.ts';
import { writeInstallation } from '../../services/platform/runtime/write-installation.ts';

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

/** The installation's tenants and keys; made once, then kept, because every pseudonym depends on them. */
export async function ensureInstallation(path: string): Promise<Installation> {
  if (!existsSync(path)) await writeInstallation(path, newInstallationFile(demoInstallation));
  return await readInstallation(path);
}

/** Write keys of a tenant by source. */
export function writeKeysOf(tenant: Tenant): Readonly<Record<string, string>> {
  return Object.fromEntries(tenant.writeKeys.map(({ source, key }) => [source, key]));
}
