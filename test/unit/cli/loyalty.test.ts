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
  const code = await runCli(['loyalty', 'check', ...args], { env: {}, stdout, stderr, isTerminal: false });
  return { code, stdout: String(stdout.read() ?? ''), stderr: String(stderr.read() ?? '') };
}

let directory: string;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'tidewatch-loyalty-verb-'));
});

afterEach(() => rm(directory, { recursive: true }));

describe('tidewatch loyalty check', () => {
  it('names the version and every level of the shipped file, in both languages', async () => {
    const { code, stdout } = await check();
    expect(code).toBe(0);
    expect(stdout).toMatch(/can be used; its version is 1\+[0-9a-f]{8}/);
    expect(stdout).toContain('gold: Gold / 金卡会员, from 500 in 365 days, kept 60 more');
  });

  it('lists every problem of a file and ends with 78', async () => {
    const shipped = await readFile(join(rootDir, 'loyalty/default.yaml'), 'utf8');
    const file = join(directory, 'loyalty.yaml');
    await writeFile(file, shipped.replace('from_spend: 0', 'from_spend: 5').replace('[points-exchange]', '[a-pony]'));
    const { code, stderr } = await check(file);
    expect(code).toBe(78);
    expect(stderr).toContain('must be 0, so that everybody has a level');
    expect(stderr).toContain('"a-pony" is none of the benefits');
  });
});
