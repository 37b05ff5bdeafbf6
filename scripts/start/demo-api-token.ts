import { hash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { addApiToken, grantApiRoles } from '../../services/platform/runtime/change-api-tokens.ts';
import type { ApiRole } from '../../services/core/api-role.ts';
import type { Tenant } from '../../services/platform/runtime/installation.ts';
import { replaceFile } from '../../services/platform/runtime/replace-file.ts';
import { updateInstallation } from '../../services/platform/runtime/update-installation.ts';

export interface DemoTokenPlaces {
  readonly installation: string;
  /** Where the demo's own token is kept in clear. */
  readonly apiToken: string;
}

/** Who tries Tidewatch out is shown everything. */
const demoRoles: readonly ApiRole[] = ['staff-performance'];

/**
 * The token that run.json hands out. The installation keeps hashes only, so it stands in a file of its own; one that is
 * not there, or not valid any more, is replaced by a new one. A file of an older format becomes one of the present one
 * here: its token stays valid and is not in clear in it any more.
 */
export async function ensureDemoApiToken({ id, tokens }: Tenant, places: DemoTokenPlaces): Promise<string> {
  const entryOf = (token: string) => {
    const digest = hash('sha256', token, 'hex');
    return tokens.find((entry) => entry.hash === digest && entry.revokedAt === null);
  };
  const old = await clearTokensOf(places.installation, id);
  const known = [...(await readToken(places.apiToken)), ...old].find((token) => entryOf(token) !== undefined);
  if (known === undefined) {
    const { token } = await updateInstallation(places.installation, (file) => addApiToken(file, id, demoRoles));
    await writeApiToken(places.apiToken, token);
    return token;
  }
  await writeApiToken(places.apiToken, known);
  const entry = entryOf(known);
  if (entry !== undefined && !demoRoles.every((role) => entry.roles?.includes(role))) {
    await updateInstallation(places.installation, (file) => grantApiRoles(file, entry.id, demoRoles));
  } else if (old.length > 0) await updateInstallation(places.installation, (file) => ({ file, result: null }));
  return known;
}

/** Readers see the whole file or none, and only its owner may read it. */
export async function writeApiToken(path: string, token: string): Promise<void> {
  await replaceFile(path, `${JSON.stringify({ token })}\n`, 0o600);
}

async function readToken(path: string): Promise<string[]> {
  try {
    const { token } = JSON.parse(await readFile(path, 'utf8')) as { readonly token?: unknown };
    return typeof token === 'string' ? [token] : [];
  } catch {
    return [];
  }
}

/** In the first two formats of the installation file the tokens still stand in clear. */
async function clearTokensOf(path: string, tenant: string): Promise<string[]> {
  const file = JSON.parse(await readFile(path, 'utf8')) as {
    readonly tenants: readonly { readonly id: string; readonly tokens: readonly unknown[] }[];
  };
  const tokens = file.tenants.find(({ id }) => id === tenant)?.tokens ?? [];
  return tokens.filter((token) => typeof token === 'string');
}
