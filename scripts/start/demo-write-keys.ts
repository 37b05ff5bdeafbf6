import { hash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { addWriteKey } from '../../services/platform/runtime/change-write-keys.ts';
import type { Tenant } from '../../services/platform/runtime/installation.ts';
import type { WriteKeyChoice } from '../../services/platform/runtime/mint-write-key.ts';
import { replaceFile } from '../../services/platform/runtime/replace-file.ts';
import { updateInstallation } from '../../services/platform/runtime/update-installation.ts';

/** Source → write key in clear. */
export type DemoWriteKeys = Readonly<Record<string, string>>;

export interface DemoKeyPlaces {
  readonly installation: string;
  /** Where the demo's own keys are kept in clear; `--write-keys` of the simulator reads the same form. */
  readonly writeKeys: string;
}

/**
 * The keys that the demo sends with. The installation keeps hashes only, so they stand in a file of their own; a source
 * whose key is not there, or not valid any more, gets a new one.
 */
export async function ensureDemoWriteKeys(
  { id, writeKeys }: Tenant,
  sources: readonly WriteKeyChoice[],
  places: DemoKeyPlaces,
): Promise<DemoWriteKeys> {
  const known = { ...(await clearKeysOfFormat1(places.installation, id)), ...(await readKeys(places.writeKeys)) };
  const active = writeKeys.filter(({ expiresAt, revokedAt }) => expiresAt === null && revokedAt === null);
  const isValid = (source: string): boolean => {
    const key = known[source];
    if (typeof key !== 'string') return false;
    const digest = hash('sha256', key, 'hex');
    return active.some((entry) => entry.source === source && entry.hash === digest);
  };
  for (const choice of sources.filter(({ source }) => !isValid(source))) {
    const { key } = await updateInstallation(places.installation, (file) => addWriteKey(file, id, choice));
    known[choice.source] = key ?? '';
  }
  await writeKeysFile(places.writeKeys, known);
  return known;
}

/** Readers see the whole file or none, and only its owner may read it. */
export async function writeKeysFile(path: string, keys: DemoWriteKeys): Promise<void> {
  await replaceFile(path, `${JSON.stringify(keys, null, 2)}\n`, 0o600);
}

async function readKeys(path: string): Promise<Record<string, string>> {
  try {
    return JSON.parse(await readFile(path, 'utf8')) as Record<string, string>;
  } catch {
    return {};
  }
}

/** In the first format of the installation file the keys still stand in clear. */
async function clearKeysOfFormat1(path: string, tenant: string): Promise<Record<string, string>> {
  const file = JSON.parse(await readFile(path, 'utf8')) as {
    readonly format: number;
    readonly tenants: readonly { id: string; writeKeys: readonly { source: string; key: string }[] }[];
  };
  if (file.format !== 1) return {};
  const entries = file.tenants.find((each) => each.id === tenant)?.writeKeys ?? [];
  return Object.fromEntries(entries.map(({ source, key }) => [source, key]));
}
