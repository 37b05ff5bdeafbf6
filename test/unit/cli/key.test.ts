import { generateKeyPairSync, hash } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runCli } from '../../../cli/run-cli.ts';
import { createInstallation, readInstallation } from '../../../services/platform/runtime/installation.ts';

let directory: string;
let path: string;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'tidewatch-key-'));
  path = join(directory, 'installation.json');
  await createInstallation(path, { tenant: 'acme', sources: [] });
});

afterEach(() => rm(directory, { recursive: true }));

async function key(...args: string[]) {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  const env = { TIDEWATCH_INSTALLATION_FILE: path };
  const code = await runCli(['key', ...args], { env, stdout, stderr, isTerminal: false });
  return { code, stdout: String(stdout.read() ?? ''), stderr: String(stderr.read() ?? '') };
}

async function keyJson<T = Record<string, string>>(...args: string[]): Promise<T> {
  const { code, stdout, stderr } = await key(...args, '--json');
  expect(stderr).toBe('');
  expect(code).toBe(0);
  return JSON.parse(stdout) as T;
}

const entries = async () => (await readInstallation(path)).tenants[0].writeKeys;
const undeclared = ['create', '--source', 'shop', '--channel', 'pos'];
const create = [...undeclared, '--purpose', 'Service at the till', '--legal-basis', 'contract'];

describe('tidewatch key', () => {
  it('makes a key that only its maker sees', async () => {
    const made = await keyJson(...create, '--rate-limit', '50');
    expect(made).toMatchObject({ tenant: 'acme', source: 'shop', channel: 'pos' });
    expect(made['webhookSecret']).toMatch(/^whsec_/);
    expect(await entries()).toMatchObject([
      { id: made['id'], hash: hash('sha256', made['key'], 'hex'), rateLimit: 50 },
    ]);
    const listed = await key('list');
    expect(listed.stdout).toContain(made['id']);
    for (const secret of [made['key'], made['webhookSecret'], hash('sha256', made['key'], 'hex')]) {
      expect(listed.stdout + (await key('list', '--json')).stdout).not.toContain(secret);
      expect(await readFile(path, 'utf8')).not.toMatch(made['key']);
    }
  });

  it('shows the key in words as well', async () => {
    const { stdout } = await key(...create);
    expect(stdout).toMatch(
      /^Made key-\w{12} for the source shop \(pos\) of acme\.\n {2}write key {7}wk_\S+\n {2}webhook/,
    );
  });

  it('rotates with an overlap and revokes at once', async () => {
    const first = await keyJson(...create);
    const second = await keyJson('rotate', first['id'], '--overlap', '12h');
    expect(second['id']).not.toBe(first['id']);
    await keyJson('revoke', second['id']);
    const listed = await keyJson<Record<string, string>[]>('list');
    expect(listed.map(({ state }) => state.replace(/ \d.*/, ''))).toEqual(['valid until', 'revoked']);
    const [old] = await entries();
    const hours = (Date.parse(old.expiresAt ?? '') - Date.now()) / 3_600_000;
    expect(hours).toBeGreaterThan(11.9);
    expect(hours).toBeLessThanOrEqual(12);
  });

  it('takes the purpose of a source for its further keys, and declares another for all of them', async () => {
    const first = await keyJson(...create);
    await keyJson(...undeclared);
    await keyJson('rotate', first['id']);
    const till = { purpose: 'Service at the till', legalBasis: 'contract' };
    expect(await entries()).toMatchObject([till, till, till]);
    const declared = { purpose: 'Accounting', legalBasis: 'legal-obligation' };
    const args = ['--purpose', declared.purpose, '--legal-basis', declared.legalBasis];
    expect(await keyJson('declare', first['id'], ...args)).toEqual({ tenant: 'acme', source: 'shop', ...declared, keys: 3 }); // prettier-ignore
    expect(await entries()).toMatchObject([declared, declared, declared]);
    const { stdout } = await key('declare', first['id'], ...args);
    expect(stdout).toBe('The source shop of acme (3 keys) is for: Accounting (legal-obligation).\n');
  });

  it('shows which valid keys of an older file have no purpose yet', async () => {
    const { id } = await keyJson(...create);
    const text = await readFile(path, 'utf8');
    const older = JSON.parse(text, (name, value: unknown) =>
      name === 'purpose' || name === 'legalBasis' ? undefined : value,
    ) as unknown;
    await writeFile(path, JSON.stringify(older));
    expect((await key('list')).stdout).toMatch(/ valid, no purpose: "tidewatch key declare"\n$/);
    await key('revoke', id);
    expect((await key('list')).stdout).not.toMatch(/no purpose/);
  });

  it('makes an OAuth client from a public key, which has no write key', async () => {
    const { publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const file = join(directory, 'client.pem');
    await writeFile(file, publicKey.export({ type: 'spki', format: 'pem' }));
    const made = await keyJson(...create, '--oauth-public-key', file);
    expect(made).toMatchObject({ key: null, webhookSecret: null });
    expect(await entries()).toMatchObject([{ id: made['id'], hash: null }]);
    expect((await key('rotate', made['id'])).stderr).toMatch(/--oauth-public-key goes with/);
    expect((await key('rotate', made['id'], '--oauth-public-key', file)).code).toBe(0);
  });

  it.each([
    [
      undeclared,
      /source "shop" is off until it has a purpose and a legal basis: say .* --purpose .* --legal-basis \(consent/,
    ],
    [[...undeclared, '--purpose', 'Service'], /--purpose needs --legal-basis: one of consent, contract/],
    [[...undeclared, '--legal-basis', 'contract'], /--purpose must say what the data of the source is used for/],
    [[...undeclared, '--purpose', ' ', '--legal-basis', 'contract'], /--purpose must say/],
    [
      [...undeclared, '--purpose', 'x', '--legal-basis', 'greed'],
      /--legal-basis "greed" is unknown; known are consent/,
    ],
    [['declare', 'key-1', '--purpose', 'x', '--legal-basis', 'contract'], /no write key with the id "key-1"/],
    [['declare', 'key-1', '--purpose', 'x'], /required option '--legal-basis <name>'/],
    [['create', '--source', 'shop'], /required option '--channel <name>'/],
    [['create', '--source', 'shop', '--channel', 'pigeon'], /--channel "pigeon" is unknown; known are web/],
    [[...create, '--tenant', 'other'], /no tenant "other"; known are acme/],
    [[...create, '--rate-limit', '0'], /--rate-limit "0"/],
    [[...create, '--oauth-public-key', '/nowhere'], /cannot be read as a key/],
    [['rotate', 'key-1', '--overlap', 'soon'], /--overlap "soon" is no length of time/],
    [['revoke', 'key-1'], /no write key with the id "key-1"; "tidewatch key list" shows them/],
    [['revoke'], /missing required argument 'id'/],
  ])('ends with 2 for %o', async (args, expected) => {
    const { code, stderr } = await key(...args);
    expect(code).toBe(2);
    expect(stderr).toMatch(expected);
    expect(await entries()).toEqual([]);
  });

  it('refuses a short or foreign public key', async () => {
    const file = join(directory, 'client.pem');
    for (const { publicKey } of [generateKeyPairSync('rsa', { modulusLength: 1024 }), generateKeyPairSync('ed25519')]) {
      await writeFile(file, publicKey.export({ type: 'spki', format: 'pem' }));
      expect((await key(...create, '--oauth-public-key', file)).stderr).toMatch(/no RSA key of at least 2048 bits/);
    }
  });
});
