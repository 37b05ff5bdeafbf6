import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { hash } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ensureInstallation } from '../../../scripts/start/ensure-installation.ts';
import { revokeWriteKey } from '../../../services/platform/runtime/change-write-keys.ts';
import { createInstallation, readInstallation } from '../../../services/platform/runtime/installation.ts';
import { updateInstallation } from '../../../services/platform/runtime/update-installation.ts';

let directory: string;
let places: { installation: string; writeKeys: string };

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'tidewatch-ensure-'));
  places = { installation: join(directory, 'installation.json'), writeKeys: join(directory, 'run', 'write-keys.json') };
});

afterEach(() => rm(directory, { recursive: true }));

/** Every key sends for its own source. */
async function expectValid(writeKeys: Readonly<Record<string, string>>): Promise<void> {
  const entries = (await readInstallation(places.installation)).tenants[0].writeKeys;
  for (const source of ['web', 'app', 'pos', 'call', 'survey', 'import']) {
    const entry = entries.find((each) => each.hash === hash('sha256', writeKeys[source], 'hex'));
    expect(entry).toMatchObject({ source, revokedAt: null, expiresAt: null });
  }
}

describe('the installation of a run', () => {
  it('is made with keys that the next run finds again, for the owner alone', async () => {
    const { writeKeys } = await ensureInstallation(places);
    await expectValid(writeKeys);
    expect((await stat(places.writeKeys)).mode & 0o777).toBe(0o600);
    const before = await readFile(places.installation, 'utf8');
    expect((await ensureInstallation(places)).writeKeys).toEqual(writeKeys);
    expect(await readFile(places.installation, 'utf8')).toBe(before);
  });

  it('of the first format keeps its file and its keys', async () => {
    await createInstallation(places.installation);
    const json = JSON.parse(await readFile(places.installation, 'utf8')) as { tenants: object[] };
    const clear = ['web', 'app', 'pos', 'call', 'survey', 'import'].map((source) => ({
      key: `wk_clear_key_of_${source}`,
      source,
      channel: 'web',
    }));
    const old = JSON.stringify({ ...json, format: 1, tenants: [{ ...json.tenants[0], writeKeys: clear }] });
    await writeFile(places.installation, old);
    const { writeKeys } = await ensureInstallation(places);
    expect(writeKeys).toEqual(Object.fromEntries(clear.map(({ source, key }) => [source, key])));
    expect(await readFile(places.installation, 'utf8')).toBe(old);
  });

  it('whose keys are not known gets new ones, and only where they are needed', async () => {
    await createInstallation(places.installation, { tenant: 'acme' });
    const { writeKeys, tenant } = await ensureInstallation(places);
    expect(tenant.id).toBe('acme');
    await expectValid(writeKeys);
    const web = hash('sha256', writeKeys['web'], 'hex');
    const id = (await readInstallation(places.installation)).tenants[0].writeKeys.find((each) => each.hash === web)?.id;
    await updateInstallation(places.installation, (file) => revokeWriteKey(file, id ?? ''));
    const again = (await ensureInstallation(places)).writeKeys;
    await expectValid(again);
    expect(again).toEqual({ ...writeKeys, web: again['web'] });
    expect(again['web']).not.toBe(writeKeys['web']);
  });
});
