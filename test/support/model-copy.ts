import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { ModelManifest } from '../../services/core/scoring/model-manifest.ts';
import { nodeDigest } from '../../services/platform/crypto/node-digest.ts';
import { rootDir } from './root-dir.ts';

/** The model that is shipped. */
export const shippedModelDir = join(rootDir, 'models/retention/3');

/** The model for any shop that is shipped. */
export const shippedDayOneDir = join(rootDir, 'models/day-one/1');

/** A copy of the shipped model that a test may damage; gone after the test. */
export async function copyShippedModel(): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'tidewatch-model-'));
  onTestFinished(() => rm(dir, { recursive: true, force: true }));
  await cp(shippedModelDir, dir, { recursive: true });
  return dir;
}

/** Changes a JSON file of a model and, like somebody who means harm, the hash of it in the manifest as well. */
export async function changeJson<T>(dir: string, file: string, change: (json: T) => void): Promise<void> {
  const path = join(dir, file);
  const json = JSON.parse(await readFile(path, 'utf8')) as T;
  change(json);
  await writeFile(path, JSON.stringify(json));
  if (file !== 'manifest.json') await adoptHashes(dir);
}

/** Makes the manifest's hashes those of the files as they are now. */
export async function adoptHashes(dir: string): Promise<void> {
  const hashOf = async (file: string) => nodeDigest.sha256HexOfBytes(await readFile(join(dir, file)));
  const hashes = {
    model: await hashOf('model.json'),
    weights: await hashOf('weights.bin'),
    golden: await hashOf('golden.json'),
  };
  await changeJson<{ hashes: Partial<ModelManifest['hashes']> }>(dir, 'manifest.json', (manifest) => {
    Object.assign(manifest.hashes, hashes);
  });
}
