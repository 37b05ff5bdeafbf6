import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runCli } from '../../../cli/run-cli.ts';
import { rootDir } from '../../support/root-dir.ts';

async function check(...args: string[]) {
  const stdout = new PassThrough();
  const stderr = new PassThrough();
  const code = await runCli(['playbook', 'check', ...args], { env: {}, stdout, stderr, isTerminal: false });
  return { code, stdout: String(stdout.read() ?? ''), stderr: String(stderr.read() ?? '') };
}

let directory: string;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'tidewatch-playbook-verb-'));
});

afterEach(() => rm(directory, { recursive: true }));

describe('tidewatch playbook check', () => {
  it('names the version and every playbook of the shipped file, in both languages', async () => {
    const { code, stdout } = await check();
    expect(code).toBe(0);
    expect(stdout).toMatch(/can be used; its version is 1\+[0-9a-f]{8}/);
    expect(stdout).toContain('win-back (H10): Win back / 流失召回; on stage, for marketing');
    expect(stdout).toContain('not enabled');
  });

  it('lists every problem of a file and ends with 78', async () => {
    const shipped = await readFile(join(rootDir, 'playbooks/default.yaml'), 'utf8');
    const file = join(directory, 'playbooks.yaml');
    await writeFile(file, shipped.replace('owner: sales', 'owner: seller').replace('in: [core]', 'in: [corps]'));
    const { code, stderr } = await check(file);
    expect(code).toBe(78);
    expect(stderr).toContain('"seller" is none of the queues');
    expect(stderr).toContain('"corps" is no tier of retail5');
  });
});
