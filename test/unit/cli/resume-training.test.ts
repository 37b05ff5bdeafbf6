import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { appendFile, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventually } from '../../support/eventually.ts';
import { rootDir } from '../../support/root-dir.ts';
import { makeSyntheticOrders, toOrdersCsv } from '../../support/synthetic-orders.ts';

let root: string;
let undisturbed: Map<string, string>;

interface Run {
  readonly child: ChildProcess;
  readonly output: () => string;
  readonly ended: Promise<number | null>;
}

function train(out: string, ...more: string[]): Run {
  const command = ['train', '--orders', join(root, 'orders.csv'), '--until', '2025-04-25', '--out', out];
  const args = [...command, '--seeds', '2', '--epochs', '2', ...more];
  const child = spawn(process.execPath, ['cli/main.ts', ...args], { cwd: rootDir, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
  return { child, output: () => output, ended: once(child, 'close').then(() => child.exitCode) };
}

/** Kills a run as soon as a file of its checkpoint stands there. */
async function killAt(out: string, file: string): Promise<string> {
  const run = train(out);
  await until(run, out, file);
  run.child.kill('SIGKILL');
  await run.ended;
  return run.output();
}

async function until(run: Run, out: string, file: string): Promise<void> {
  const reached = eventually(() => expect(existsSync(join(`${out}.checkpoint`, file)), run.output()).toBe(true), {
    timeoutMs: 240_000,
    intervalMs: 5,
  });
  const tooEarly = run.ended.then(() => Promise.reject(new Error(`ended before ${file}: ${run.output()}`)));
  tooEarly.catch(() => undefined);
  await Promise.race([reached, tooEarly]);
}

async function finish(out: string, ...more: string[]): Promise<string> {
  const run = train(out, ...more);
  expect(await run.ended, run.output()).toBe(0);
  return run.output();
}

async function filesOf(out: string): Promise<Map<string, string>> {
  const names = (await readdir(out)).sort();
  return new Map(
    await Promise.all(names.map(async (name) => [name, await readFile(join(out, name), 'base64')] as const)),
  );
}

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'tidewatch-resume-'));
  await writeFile(join(root, 'orders.csv'), toOrdersCsv(makeSyntheticOrders({ customers: 60, days: 480, seed: 3 })));
  await finish(join(root, 'undisturbed/retention/1'));
  undisturbed = await filesOf(join(root, 'undisturbed/retention/1'));
}, 300_000);

afterAll(() => rm(root, { recursive: true, force: true }));

describe('a training run beside another one', () => {
  it('does not replace the model that the other has put into the directory meanwhile', async () => {
    const out = join(root, 'beside/retention/1');
    const run = train(out);
    await until(run, out, 'probe-1.json');
    await mkdir(out);
    await writeFile(join(out, 'manifest.json'), 'of the other run');
    expect(await run.ended, run.output()).toBe(2);
    expect(run.output()).toMatch(/ERR_USAGE: --out .* is not empty; give the next version as a new directory/);
    expect(await filesOf(out)).toEqual(
      new Map([['manifest.json', Buffer.from('of the other run').toString('base64')]]),
    );
    expect(existsSync(join(`${out}.checkpoint`, 'final-2.json'))).toBe(true);
  }, 300_000);
});

describe('a training run that is killed', () => {
  it('goes on with the same command from the last finished net, and gives the bytes of an undisturbed one', async () => {
    const out = join(root, 'killed/retention/1');
    await killAt(out, 'probe-1.json');
    const second = await killAt(out, 'rehearsal-2.json');
    expect(second).toMatch(/Took probe-1 from the checkpoint/);
    expect(second).not.toMatch(/Took rehearsal/);
    const third = await killAt(out, 'writing');
    expect(third).toMatch(/Took rehearsal-1 from [^]*Took rehearsal-2 from/);
    const last = await finish(out);
    expect(last).toMatch(/Took final-1 from [^]*Took final-2 from [^]*Model retention\/1 written/);
    expect(await filesOf(out)).toEqual(undisturbed);
    expect(existsSync(`${out}.checkpoint`)).toBe(false);
  }, 300_000);

  it('takes nothing from a checkpoint of other options, and says so', async () => {
    const out = join(root, 'other/retention/1');
    await killAt(out, 'rehearsal-1.json');
    const output = await finish(out, '--seed', '2');
    expect(output.match(/checkpoint .* is of other orders or options, so it is not used/g)).toHaveLength(1);
    expect(output).not.toMatch(/Took probe-1/);
    expect((await filesOf(out)).get('weights.bin')).not.toBe(undisturbed.get('weights.bin'));
  }, 300_000);

  it('takes nothing from a checkpoint that is broken, and nothing is lost but time', async () => {
    const out = join(root, 'broken/retention/1');
    await killAt(out, 'probe-2.json');
    await appendFile(join(`${out}.checkpoint`, 'probe-1.json'), '}');
    const output = await finish(out);
    expect(output).toMatch(/checkpoint .* cannot be read, so it is not used[^]*Took probe-2/);
    expect(await filesOf(out)).toEqual(undisturbed);
  }, 300_000);
});
