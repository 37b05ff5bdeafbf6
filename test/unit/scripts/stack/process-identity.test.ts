import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { afterEach, describe, expect, it } from 'vitest';
import { endProcess } from '../../../../scripts/stack/local/end-process.ts';
import { identifyProcess, isSameProcess, readStartTicks } from '../../../../scripts/stack/local/process-identity.ts';

const fields = Array.from({ length: 18 }, (_, index) => String(index + 4)).join(' ');
let child: ChildProcess | undefined;

afterEach(() => child?.kill('SIGKILL'));

async function aProcess(script = 'setInterval(() => undefined, 1000)'): Promise<ChildProcess & { pid: number }> {
  child = spawn(process.execPath, ['-e', `${script}; console.log('up')`], { stdio: ['ignore', 'pipe', 'ignore'] });
  await once(child.stdout!, 'data');
  return child as ChildProcess & { pid: number };
}

describe('the identity of a process', () => {
  it('is its start, counted behind a command name that may hold anything', () => {
    expect(readStartTicks(`42 (node) S ${fields} 777 0`, 'boot')).toBe('boot:777');
    expect(readStartTicks(`42 (a) b) (c) S ${fields} 777 0`, 'boot')).toBe('boot:777');
  });

  it('is nothing for the remains of a process', () => {
    expect(readStartTicks(`42 (node) Z ${fields} 777 0`, 'boot')).toBeNull();
    expect(readStartTicks('', 'boot')).toBeNull();
  });

  it('stays the same while the process lives and is gone with it', async () => {
    const { pid } = await aProcess();
    const identity = await identifyProcess(pid);
    expect(identity).not.toBeNull();
    expect(await isSameProcess(identity!)).toBe(true);
    child?.kill('SIGKILL');
    await once(child!, 'exit');
    expect(await isSameProcess(identity!)).toBe(false);
    expect(await identifyProcess(pid)).toBeNull();
  });
});

describe('ending a process', () => {
  it('leaves alone a process that has got the pid of another', async () => {
    const { pid } = await aProcess();
    await endProcess({ pid, startedAt: 'another boot:1' }, 1_000);
    expect(await identifyProcess(pid)).not.toBeNull();
  });

  it('kills one that does not end by itself in time', async () => {
    const stubborn = await aProcess("process.on('SIGTERM', () => undefined); setInterval(() => undefined, 1000)");
    const ended = once(stubborn, 'exit');
    await endProcess((await identifyProcess(stubborn.pid))!, 100);
    expect((await ended)[1]).toBe('SIGKILL');
  });

  it('waits for one that ends by itself', async () => {
    const polite = await aProcess("process.on('SIGTERM', () => process.exit(0)); setInterval(() => undefined, 1000)");
    const ended = once(polite, 'exit');
    await endProcess((await identifyProcess(polite.pid))!, 10_000);
    expect(await ended).toEqual([0, null]);
  });
});
