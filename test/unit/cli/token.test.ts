import { hash } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runCli } from '../../../cli/run-cli.ts';
import { createInstallation, readInstallation } from '../../../services/platform/runtime/installation.ts';

let directory: string;
let path: string;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'tidewatch-token-'));
  path = join(directory, 'installation.json');
  await createInstallation(path, { tenant: 'acme', sources: [] });
});

afterEach(() => rm(directory, { recursive: true }));

async function token(...args: string[]) {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  const env = { TIDEWATCH_INSTALLATION_FILE: path };
  const code = await runCli(['token', ...args], { env, stdout, stderr, isTerminal: false });
  return { code, stdout: String(stdout.read() ?? ''), stderr: String(stderr.read() ?? '') };
}

const entries = async () => (await readInstallation(path)).tenants[0].tokens;

describe('tidewatch token', () => {
  it('makes a token that only its maker sees, lists it without it, and revokes it', async () => {
    const made = JSON.parse((await token('create', '--json')).stdout) as Record<string, string>;
    expect(made).toMatchObject({ tenant: 'acme', token: expect.stringMatching(/^at_[\w-]{32}$/) as string });
    expect(await readFile(path, 'utf8')).not.toContain(made['token']);
    const digest = hash('sha256', made['token'], 'hex');
    expect((await entries()).find(({ id }) => id === made['id'])).toMatchObject({ hash: digest, revokedAt: null });
    const listed = (await token('list')).stdout;
    expect(listed).toContain(`${made['id']}  acme  valid\n`);
    for (const secret of [made['token'], digest]) expect(listed).not.toContain(secret);
    expect((await token('revoke', made['id'])).stdout).toMatch(/is revoked since \d{4}-/);
    const [revoked] = (await entries()).filter(({ id }) => id === made['id']);
    await token('revoke', made['id']);
    expect((await entries()).find(({ id }) => id === made['id'])).toEqual(revoked);
    expect((await token('list')).stdout).toContain(`${made['id']}  acme  revoked ${revoked.revokedAt}\n`);
  });

  it('shows a token in words as well, and says what it does not know', async () => {
    expect((await token('create')).stdout).toMatch(
      /^Made token-[0-9a-f]{12} for acme\.\n {2}API token {2}at_[\w-]{32}\n/,
    );
    expect(await token('create', '--tenant', 'nobody')).toMatchObject({ code: 2, stdout: '' });
    expect(await token('revoke', 'token-none')).toMatchObject({ code: 2, stdout: '' });
  });

  it('gives a token the roles that are asked for, and none that there is not', async () => {
    const made = JSON.parse((await token('create', '--role', 'staff-performance', '--json')).stdout) as Record<
      string,
      string
    >;
    expect((await entries()).find(({ id }) => id === made['id'])).toMatchObject({ roles: ['staff-performance'] });
    expect((await token('list')).stdout).toContain(`${made['id']}  acme  valid  staff-performance\n`);
    expect((await token('create', '--role', 'king')).code).toBe(2);
  });
});
