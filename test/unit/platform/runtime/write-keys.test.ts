import { hash } from 'node:crypto';
import { mkdtemp, readFile, readdir, rename, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  addWriteKey,
  revokeWriteKey,
  rotateWriteKey,
} from '../../../../services/platform/runtime/change-write-keys.ts';
import { readAndFollow } from '../../../../services/platform/runtime/follow-installation.ts';
import { createInstallation, readInstallation } from '../../../../services/platform/runtime/installation.ts';
import type { Installation } from '../../../../services/platform/runtime/installation.ts';
import { updateInstallation } from '../../../../services/platform/runtime/update-installation.ts';
import { eventually } from '../../../support/eventually.ts';

let directory: string;
let path: string;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'tidewatch-keys-'));
  path = join(directory, 'installation.json');
});

afterEach(() => rm(directory, { recursive: true }));

const declared = { purpose: 'Tests', legalBasis: 'contract' } as const;
const add = (source: string) => updateInstallation(path, (file) => addWriteKey(file, undefined, { source, channel: 'web', ...declared })); // prettier-ignore
const entries = async () => (await readInstallation(path)).tenants[0].writeKeys;

describe('the installation file', () => {
  it('holds no write key, only hashes of them', async () => {
    const { writeKeys } = await createInstallation(path);
    const added = await add('shop');
    const text = await readFile(path, 'utf8');
    for (const key of [...Object.values(writeKeys), added.key ?? '']) {
      expect(key).toMatch(/^wk_[\w-]{32}$/);
      expect(text).not.toContain(key);
      expect(text).toContain(hash('sha256', key, 'hex'));
    }
  });

  it('is still read where it is of the first format, each time with the same ids', async () => {
    await createInstallation(path);
    const json = JSON.parse(await readFile(path, 'utf8')) as { tenants: object[] };
    const writeKeys = [{ key: 'wk_clear-and-long-enough', source: 'web', channel: 'web' }];
    await writeFile(
      path,
      JSON.stringify({ ...json, format: 1, tenants: [{ ...json.tenants[0], tokens: [], writeKeys }] }),
    );
    const [entry] = await entries();
    expect(entry).toMatchObject({ source: 'web', channel: 'web', createdAt: null, expiresAt: null, revokedAt: null });
    expect(entry.hash).toBe(hash('sha256', writeKeys[0].key, 'hex'));
    expect(await entries()).toEqual([entry]);
    await add('shop');
    expect((await entries()).map(({ id, source }) => [id === entry.id, source])).toEqual([[true, 'web'], [false, 'shop']]); // prettier-ignore
    expect(await readFile(path, 'utf8')).not.toContain(writeKeys[0].key);
  });

  it('takes no key of a source that has no purpose, and reads no half of one', async () => {
    await createInstallation(path, { sources: [] });
    const undeclared = updateInstallation(path, (file) =>
      addWriteKey(file, undefined, { source: 's', channel: 'web' }),
    );
    await expect(undeclared).rejects.toMatchObject({ code: 'ERR_USAGE' });
    expect(await entries()).toEqual([]);
    await add('shop');
    const text = await readFile(path, 'utf8');
    await writeFile(path, text.replace('"legalBasis": "contract"', '"legalBasis": null'));
    await expect(entries()).rejects.toThrow(/needs both purpose and legalBasis/);
  });

  it('loses none of many changes at once, and stays private', async () => {
    await createInstallation(path, { sources: [] });
    const sources = Array.from({ length: 20 }, (_, index) => `s${index}`);
    await Promise.all(sources.map(add));
    expect((await entries()).map(({ source }) => source).sort()).toEqual(sources.sort());
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect(await readdir(directory)).toEqual(['installation.json']);
  });

  it('is changed where a link leads', async () => {
    await createInstallation(path, { sources: [] });
    const link = join(directory, 'link.json');
    await symlink(path, link);
    await updateInstallation(link, (file) => addWriteKey(file, 'demo', { source: 's', channel: 'web', ...declared }));
    expect(await entries()).toHaveLength(1);
  });

  it('says what to do about a lock that stays', async () => {
    await createInstallation(path);
    await writeFile(`${path}.lock`, '');
    const change = updateInstallation(path, (file) => ({ file, result: null }), 30);
    await expect(change).rejects.toThrow(/if none runs, remove .*installation\.json\.lock/);
  });

  it('stays as it is when the change does not fit, or fails', async () => {
    await createInstallation(path);
    const before = await readFile(path, 'utf8');
    const bad = updateInstallation(path, (file) =>
      addWriteKey(file, 'demo', { source: 'Not A Word', channel: 'web', ...declared }),
    );
    await expect(bad).rejects.toMatchObject({ code: 'ERR_CONFIG_INVALID' });
    const unknown = updateInstallation(path, (file) => revokeWriteKey(file, 'nobody'));
    await expect(unknown).rejects.toMatchObject({ code: 'ERR_USAGE' });
    const stranger = updateInstallation(path, (file) =>
      addWriteKey(file, 'x', { source: 's', channel: 'web', ...declared }),
    );
    await expect(stranger).rejects.toThrow(/no tenant "x"; known are demo/);
    expect(await readFile(path, 'utf8')).toBe(before);
    expect(await readdir(directory)).toEqual(['installation.json']);
  });
});

describe('rotation', () => {
  it('leaves the old key valid for the overlap, and keeps source, channel and limit', async () => {
    await createInstallation(path, { sources: [] });
    const choice = { source: 'shop', channel: 'pos', rateLimit: 5, ...declared };
    const first = await updateInstallation(path, (file) => addWriteKey(file, undefined, choice));
    const second = await updateInstallation(path, (file) => rotateWriteKey(file, first.entry.id, 60_000));
    const [old, young] = await entries();
    expect(Date.parse(old.expiresAt ?? '') - Date.now()).toBeGreaterThan(50_000);
    expect(Date.parse(old.expiresAt ?? '') - Date.now()).toBeLessThanOrEqual(60_000);
    expect(young).toMatchObject({ ...choice, id: second.entry.id, expiresAt: null });
    expect(second.key).not.toBe(first.key);
    // A second rotation never lets the old key live longer.
    await updateInstallation(path, (file) => rotateWriteKey(file, old.id, 600_000));
    expect((await entries())[0].expiresAt).toBe(old.expiresAt);
  });

  it('is refused for a key that has ended', async () => {
    await createInstallation(path);
    const [{ id }, other] = await entries();
    const revoked = await updateInstallation(path, (file) => revokeWriteKey(file, id));
    expect(await updateInstallation(path, (file) => revokeWriteKey(file, id))).toEqual(revoked);
    await updateInstallation(path, (file) => rotateWriteKey(file, other.id, 0));
    for (const ended of [id, other.id]) {
      const rotation = updateInstallation(path, (file) => rotateWriteKey(file, ended, 1000));
      await expect(rotation).rejects.toThrow(/not valid any more; make a new one/);
    }
  });
});

/** Whole, as every writer of the file does it: a reader in between must not see a part. */
async function put(text: string): Promise<void> {
  await writeFile(`${path}.new`, text);
  await rename(`${path}.new`, path);
}

describe('following the file', () => {
  it('takes changes, reports a broken file once, and goes on with the next good one', async () => {
    await createInstallation(path, { sources: [] });
    const good = await readFile(path, 'utf8');
    const seen: Installation[] = [];
    const faults: unknown[] = [];
    const { installation, follow } = await readAndFollow(path, 5);
    expect(installation.tenants[0].writeKeys).toEqual([]);
    const stop = follow({ onChange: (changed) => seen.push(changed), onFault: (error) => faults.push(error) });
    await add('one');
    await eventually(() => expect(seen.at(-1)?.tenants[0].writeKeys).toHaveLength(1));
    await rm(path);
    await eventually(() => expect(faults).toHaveLength(1));
    await put('{');
    await eventually(() => expect(faults).toHaveLength(2));
    expect(faults.at(-1)).toMatchObject({ code: 'ERR_INSTALLATION_MISSING' });
    expect(seen).toHaveLength(1);
    await put(good);
    await eventually(() => expect(seen.at(-1)?.tenants[0].writeKeys).toEqual([]));
    expect(faults).toHaveLength(2);
    await stop();
  });
});
