import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { claimHome } from '../../../scripts/stack/local/claim-home.ts';
import { launchProcess } from '../../../scripts/stack/local/launch-process.ts';
import { isSameProcess } from '../../../scripts/stack/local/process-identity.ts';
import { stackPaths } from '../../../scripts/stack/local/stack-paths.ts';
import { endStack } from '../../../scripts/stack/local/end-stack.ts';
import { writeRecord } from '../../../scripts/stack/local/stack-record.ts';
import type { StackContext } from '../../../scripts/stack/stack-provider.ts';

let root = '';

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'tidewatch-claim-'));
});

afterEach(() => rm(root, { recursive: true, force: true }));

function aContext(data: StackContext['data'] = 'kept', log: (line: string) => void = () => undefined): StackContext {
  return { root, env: {}, data, log };
}

describe('claiming a home for a stack', () => {
  it('gives the kept one to the first and a temporary one, with other ports, to the next', async () => {
    const said: string[] = [];
    const [first, second] = await Promise.all([
      claimHome(
        aContext('kept', (line) => said.push(line)),
        stackPaths(root),
        'first',
      ),
      claimHome(
        aContext('kept', (line) => said.push(line)),
        stackPaths(root),
        'second',
      ),
    ]);
    expect([first.record.temporary, second.record.temporary].toSorted()).toEqual([false, true]);
    const ports = [first, second].flatMap(({ record }) => Object.values(record.ports));
    expect(new Set(ports).size).toBe(8);
    expect(said).toEqual([expect.stringContaining(`in use by process ${process.pid}`)]);
  });

  it('ends what a crashed owner has left behind and gives its home to the next', async () => {
    const paths = stackPaths(root);
    const crashed = await claimHome(aContext(), paths, 'crashed');
    const idle = {
      name: 'kafka',
      command: process.execPath,
      args: ['-e', 'setInterval(() => undefined, 1000)'],
      cwd: root,
      env: {},
      startedMark: /./,
      graceMs: 5_000,
    };
    const { recorded } = await launchProcess(idle, join(root, 'logs'));
    const owner = { pid: process.pid, startedAt: 'an earlier process' };
    await writeRecord(crashed.recordPath, { ...crashed.record, owner, processes: [recorded] });

    const next = await claimHome(aContext(), paths, 'next');
    expect(await isSameProcess(recorded)).toBe(false);
    expect(existsSync(crashed.recordPath)).toBe(false);
    expect(next.record).toMatchObject({ home: paths.home, temporary: false });
  });

  it('starts empty when temporary data was asked for, and leaves nothing', async () => {
    const { record, recordPath } = await claimHome(aContext('temporary'), stackPaths(root), 'test');
    expect(record.temporary).toBe(true);
    await endStack(recordPath);
    expect(existsSync(record.home)).toBe(false);
    expect(existsSync(recordPath)).toBe(false);
  });
});
