import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { hash } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ensureInstallation } from '../../../scripts/start/ensure-installation.ts';
import { revokeApiToken } from '../../../services/platform/runtime/change-api-tokens.ts';
import { revokeWriteKey } from '../../../services/platform/runtime/change-write-keys.ts';
import { createInstallation, readInstallation } from '../../../services/platform/runtime/installation.ts';
import { updateInstallation } from '../../../services/platform/runtime/update-installation.ts';

let directory: string;
let places: { installation: string; writeKeys: string; apiToken: string };

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'tidewatch-ensure-'));
  places = {
    installation: join(directory, 'installation.json'),
    writeKeys: join(directory, 'run', 'write-keys.json'),
    apiToken: join(directory, 'run', 'api-token.json'),
  };
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

async function expectTokenValid(token: string): Promise<void> {
  const { tokens } = (await readInstallation(places.installation)).tenants[0];
  const digest = hash('sha256', token, 'hex');
  expect(tokens.find((each) => each.hash === digest)).toMatchObject({ revokedAt: null, roles: ['staff-performance'] });
}

describe('the installation of a run', () => {
  it('is made with keys that the next run finds again, for the owner alone', async () => {
    const { writeKeys, apiToken } = await ensureInstallation(places);
    await expectValid(writeKeys);
    await expectTokenValid(apiToken);
    expect((await stat(places.apiToken)).mode & 0o777).toBe(0o600);
    expect((await stat(places.writeKeys)).mode & 0o777).toBe(0o600);
    const before = await readFile(places.installation, 'utf8');
    expect(await ensureInstallation(places)).toMatchObject({ writeKeys, apiToken });
    expect(await readFile(places.installation, 'utf8')).toBe(before);
  });

  it('of the first format keeps its keys and its token, and holds none of them in clear any more', async () => {
    await createInstallation(places.installation);
    const json = JSON.parse(await readFile(places.installation, 'utf8')) as { tenants: object[] };
    const clear = ['web', 'app', 'pos', 'call', 'survey', 'import'].map((source) => ({
      key: `wk_clear_key_of_${source}`,
      source,
      channel: 'web',
    }));
    const tokens = ['at_clear_token_of_the_tenant'];
    const old = JSON.stringify({ ...json, format: 1, tenants: [{ ...json.tenants[0], tokens, writeKeys: clear }] });
    await writeFile(places.installation, old);
    const { writeKeys, apiToken } = await ensureInstallation(places);
    expect(writeKeys).toEqual(Object.fromEntries(clear.map(({ source, key }) => [source, key])));
    expect(apiToken).toBe(tokens[0]);
    await expectValid(writeKeys);
    await expectTokenValid(apiToken);
    const now = await readFile(places.installation, 'utf8');
    for (const secret of [...tokens, ...clear.map(({ key }) => key)]) expect(now).not.toContain(secret);
    expect(await ensureInstallation(places)).toMatchObject({ writeKeys, apiToken });
    expect(await readFile(places.installation, 'utf8')).toBe(now);
  });

  it('whose token is not known, or is revoked, gets a new one', async () => {
    await createInstallation(places.installation, { tenant: 'acme' });
    const first = (await ensureInstallation(places)).apiToken;
    await expectTokenValid(first);
    const digest = hash('sha256', first, 'hex');
    const entries = (await readInstallation(places.installation)).tenants[0].tokens;
    const id = entries.find((each) => each.hash === digest)?.id ?? '';
    await updateInstallation(places.installation, (file) => revokeApiToken(file, id));
    const second = (await ensureInstallation(places)).apiToken;
    expect(second).not.toBe(first);
    await expectTokenValid(second);
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
