import { mkdtemp, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { hash } from 'node:crypto';
import { inspect } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  createInstallation,
  publicView,
  readInstallation,
} from '../../../../services/platform/runtime/installation.ts';

import { bearerTokens } from '../../../../services/platform/runtime/bearer-tokens.ts';
import { revokeApiToken } from '../../../../services/platform/runtime/change-api-tokens.ts';
import { updateInstallation } from '../../../../services/platform/runtime/update-installation.ts';

let directory: string;
let path: string;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'tidewatch-installation-'));
  path = join(directory, 'deep', 'installation.json');
});

afterEach(() => rm(directory, { recursive: true }));

async function readJson(): Promise<{ tenants: Record<string, unknown>[] } & Record<string, unknown>> {
  return JSON.parse(await readFile(path, 'utf8')) as { tenants: Record<string, unknown>[] };
}

describe('createInstallation', () => {
  it('writes one tenant "demo" that reads back as it was made', async () => {
    const made = await createInstallation(path);
    const { writeKeys: _clear, token: _token, ...kept } = made;
    expect(await readInstallation(path)).toEqual(kept);
    expect(made.tenants).toHaveLength(1);
    expect(made.tenants[0]).toMatchObject({ id: 'demo', timezone: 'Europe/London', currency: 'GBP' });
    expect(made.tenants[0]?.pseudonymKey).toHaveLength(32);
    expect(made.installationKey.reveal()).toHaveLength(32);
  });

  it('lets only the owner read the file and leaves no other file behind', async () => {
    await createInstallation(path);
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect(await readdir(join(directory, 'deep'))).toEqual(['installation.json']);
  });

  it('makes other keys each time, and no key twice', async () => {
    const [first, second] = [await createInstallation(path), await createInstallation(join(directory, 'other.json'))];
    const keys = [first, second].flatMap((made) => {
      const tenant = made.tenants[0];
      return [
        made.installationKey.reveal().toString('hex'),
        tenant?.pseudonymKey.toString('hex'),
        tenant?.contentKey.toString('hex'),
        tenant?.envelopeKey.key.toString('hex'),
        made.token,
        ...(tenant?.tokens.flatMap(({ id, hash }) => [id, hash]) ?? []),
        ...Object.values(made.writeKeys),
        ...(tenant?.writeKeys.flatMap(({ id, hash }) => [id, hash]) ?? []),
      ];
    });
    expect(new Set(keys).size).toBe(keys.length);
  });

  it('takes tenant, time zone, currency and sources', async () => {
    const sources = [{ source: 'shop', channel: 'web' }];
    const made = await createInstallation(path, {
      tenant: 'acme',
      timezone: 'Asia/Shanghai',
      currency: 'CNY',
      sources,
    });
    expect(made.tenants[0]).toMatchObject({ id: 'acme', timezone: 'Asia/Shanghai', currency: 'CNY' });
    expect(made.tenants[0]?.writeKeys).toEqual([expect.objectContaining(sources[0])]);
    expect(Object.keys(made.writeKeys)).toEqual(['shop']);
  });

  it.each([
    ['time zone', { timezone: 'Mars/Olympus' }, /timezone must be a time zone/],
    ['currency', { currency: 'GBX' }, /currency must be a currency/],
    ['channel', { sources: [{ source: 'shop', channel: 'pigeon' }] }, /channel/],
    ['tenant', { tenant: 'A{b}' }, /id must be a lower-case word/],
  ])('refuses an impossible %s and writes nothing', async (_what, options, message) => {
    await expect(createInstallation(path, options)).rejects.toMatchObject({
      code: 'ERR_CONFIG_INVALID',
      message: expect.stringMatching(message) as string,
    });
    await expect(stat(path)).rejects.toMatchObject({ code: 'ENOENT' });
  });

  it('never replaces a file, also when several create it at once', async () => {
    const attempts = await Promise.allSettled(Array.from({ length: 5 }, () => createInstallation(path)));
    const made = attempts.filter((attempt) => attempt.status === 'fulfilled');
    expect(made).toHaveLength(1);
    const { writeKeys: _clear, token: _token, ...kept } = made[0].value;
    expect(await readInstallation(path)).toEqual(kept);
    for (const attempt of attempts.filter((each) => each.status === 'rejected')) {
      expect(attempt.reason).toMatchObject({ code: 'ERR_CONFIG_INVALID' });
    }
  });
});

describe('readInstallation', () => {
  it('reads a file of format 2, whose tokens are in clear, as one that keeps hashes; the next change writes it so', async () => {
    await createInstallation(path);
    const json = await readJson();
    const clear = 'at_clear_token_of_the_tenant';
    await writeFile(path, JSON.stringify({ ...json, format: 2, tenants: [{ ...json.tenants[0], tokens: [clear] }] }));
    const read = await readInstallation(path);
    const digest = hash('sha256', clear, 'hex');
    const id = `token-${digest.slice(0, 12)}`;
    expect(read.tenants[0].tokens).toEqual([{ id, hash: digest, createdAt: null, revokedAt: null }]);
    expect(bearerTokens(read)).toEqual([{ hash: digest, tenant: 'demo', name: id, roles: [] }]);
    await updateInstallation(path, (file) => revokeApiToken(file, id));
    expect(await readFile(path, 'utf8')).not.toContain(clear);
    expect(bearerTokens(await readInstallation(path))).toEqual([]);
  });

  it('says of a missing file where it looked and what to do', async () => {
    await expect(readInstallation(path)).rejects.toMatchObject({
      code: 'ERR_INSTALLATION_MISSING',
      retryable: false,
      message: expect.stringMatching(/installation\.json does not exist; set TIDEWATCH_INSTALLATION_FILE/) as string,
    });
  });

  it('says of an unreadable path that it cannot be read', async () => {
    await expect(readInstallation(directory)).rejects.toThrow(/cannot be read/);
  });

  it.each([
    ['broken JSON', () => '{', /is not valid JSON/],
    ['a short key', (json: { tenants: object[] }) => JSON.stringify({ ...json, installationKey: 'ab' }), /installationKey: must be 32/],
    ['no tenant', (json: object) => JSON.stringify({ ...json, tenants: [] }), /tenants: /],
    ['an unknown field', (json: object) => JSON.stringify({ ...json, extra: 1 }), /extra/],
    ['two tenants alike', (json: { tenants: object[] }) => JSON.stringify({ ...json, tenants: [json.tenants[0], json.tenants[0]] }), /same id/],
  ])('refuses %s and names the place', async (_what, spoil, message) => {
    await createInstallation(path);
    await writeFile(path, spoil(await readJson()));
    await expect(readInstallation(path)).rejects.toMatchObject({
      code: 'ERR_INSTALLATION_MISSING',
      message: expect.stringMatching(message) as string,
    });
  }); // prettier-ignore

  it('shows no key of a file that does not fit', async () => {
    const made = await createInstallation(path);
    const json = await readJson();
    await writeFile(path, JSON.stringify({ ...json, tenants: [{ ...json.tenants[0], currency: 'XXXX' }] }));
    const key = made.tenants[0]?.pseudonymKey.toString('hex') ?? '';
    await expect(readInstallation(path)).rejects.toThrow(expect.not.stringContaining(key) as Error);
  });
});

describe('publicView', () => {
  it('shows what an installation is, and none of its secrets', async () => {
    const made = await createInstallation(path);
    const shown = inspect(publicView(made), { depth: 9 });
    expect(shown).toContain("id: 'demo'");
    const json = await readJson();
    const secrets = JSON.stringify(json).match(/[0-9a-f]{64}|(?:wk|at)_[\w-]+/g) ?? [];
    expect(secrets.length).toBeGreaterThan(5);
    for (const secret of [...secrets, made.token]) expect(shown).not.toContain(secret);
  });
});
