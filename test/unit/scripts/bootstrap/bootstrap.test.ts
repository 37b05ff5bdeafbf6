import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { canBootstrap, fitsProject } from '../../../../scripts/bootstrap/find-node.mjs';
import { checkoutRoot } from '../../../../scripts/checkout-root.ts';
import { eventually } from '../../../support/eventually.ts';

let folder = '';

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tidewatch-bootstrap-'));
});

afterEach(() => rm(folder, { recursive: true, force: true }));

async function aScript(text: string): Promise<string> {
  const path = join(folder, 'script.ts');
  await writeFile(path, text);
  return path;
}

function bootstrap(...args: string[]) {
  const script = join(checkoutRoot, 'scripts', 'bootstrap.mjs');
  const child = spawn(process.execPath, [script, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  const seen = { text: '' };
  child.stdout.on('data', (chunk: Buffer) => (seen.text += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (seen.text += chunk.toString()));
  return { child, seen, ended: once(child, 'close') };
}

describe('the bootstrap', () => {
  it.each([
    ['v22.18.0', true],
    ['v22.23.3', true],
    ['v22.17.1', false],
    ['v20.20.2', false],
    ['v23.0.0', false],
    ['v24.1.0', false],
  ])('takes Node %s as fitting: %s', (version, isFit) => {
    expect(fitsProject(version)).toBe(isFit);
  });

  it('runs on Node 18 and later', () => {
    expect(canBootstrap('v18.0.0')).toBe(true);
    expect(canBootstrap('v16.20.2')).toBe(false);
  });

  it('runs a TypeScript file with its arguments and returns its exit code', async () => {
    const path = await aScript(
      'const words: string[] = process.argv.slice(2); console.log(words); process.exitCode = 7;',
    );
    const { seen, ended } = bootstrap(path, 'a', '--b=c d');
    expect(await ended).toEqual([7, null]);
    expect(seen.text).toContain("[ 'a', '--b=c d' ]");
    expect(seen.text).not.toContain('Warning');
  });

  it('puts the fitting Node first on the path of what it runs', async () => {
    const path = await aScript(
      'console.log(process.env.PATH?.split(":")[0] === process.execPath.replace(/.node$/, ""))',
    );
    const { seen, ended } = bootstrap(path);
    await ended;
    expect(seen.text.trim()).toBe('true');
  });

  it('passes a signal on and returns what the script makes of it', async () => {
    const path = await aScript(
      "process.on('SIGTERM', () => process.exit(9)); setInterval(() => undefined, 1000); console.log('up');",
    );
    const { child, seen, ended } = bootstrap(path);
    await eventually(() => expect(seen.text).toContain('up'));
    child.kill('SIGTERM');
    expect(await ended).toEqual([9, null]);
  });

  it('has the script end when it is killed outright itself', async () => {
    const path = await aScript(
      "process.on('SIGTERM', () => { console.log('ends'); process.exit(0); }); setInterval(() => undefined, 1000); console.log('up');",
    );
    const { child, seen, ended } = bootstrap(path);
    await eventually(() => expect(seen.text).toContain('up'));
    child.kill('SIGKILL');
    await ended;
    expect(seen.text).toContain('ends');
  });

  it('runs a tool by its name', async () => {
    const { seen, ended } = bootstrap('--bin', 'prettier', '--version');
    expect(await ended).toEqual([0, null]);
    expect(seen.text.trim()).toMatch(/^\d+\.\d+\.\d+$/);
  });

  it.each([
    [[], 'Usage'],
    [['--bin'], 'Usage'],
    [['scripts/no-such-script.ts'], 'There is no file'],
  ])('refuses the call %j', async (args, message) => {
    const { seen, ended } = bootstrap(...args);
    expect(await ended).toEqual([2, null]);
    expect(seen.text).toContain(message);
  });
});
