import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { endStack } from '../../../scripts/stack/local/end-stack.ts';
import { identifyProcess, isSameProcess } from '../../../scripts/stack/local/process-identity.ts';
import { readRecord, writeRecord, type RecordedProcess } from '../../../scripts/stack/local/stack-record.ts';
import { eventually } from '../../support/eventually.ts';

let folder = '';
let home = '';
let record = '';
let parent: ChildProcess;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tidewatch-guardian-'));
  home = join(folder, 'home');
  record = join(folder, 'record.json');
  await mkdir(home);
});

afterEach(async () => {
  parent.kill('SIGKILL');
  await endStack(record);
  await rm(folder, { recursive: true, force: true });
});

async function startParent(belongs: 'owned' | 'warm'): Promise<{ processes: RecordedProcess[]; guardian: number }> {
  const script = join(import.meta.dirname, 'guardian-parent.ts');
  parent = spawn(process.execPath, [script, record, home, belongs], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [line] = (await once(parent.stdout!, 'data')) as [Buffer];
  return JSON.parse(line.toString()) as { processes: RecordedProcess[]; guardian: number };
}

const alive = (processes: readonly RecordedProcess[]) => Promise.all(processes.map(isSameProcess));

describe('the guardian of a stack', () => {
  it('leaves no process, record or temporary data behind when the owner is killed outright', async () => {
    const { processes, guardian } = await startParent('owned');
    expect(await alive(processes)).toEqual([true, true]);
    parent.kill('SIGKILL');
    await eventually(async () => {
      expect(await alive(processes)).toEqual([false, false]);
      expect(await identifyProcess(guardian)).toBeNull();
    });
    expect(existsSync(record)).toBe(false);
    expect(existsSync(home)).toBe(false);
  });

  it('leaves a stack that belongs to nobody running', async () => {
    const { processes, guardian } = await startParent('warm');
    parent.kill('SIGKILL');
    await eventually(async () => expect(await identifyProcess(guardian)).toBeNull());
    expect(await alive(processes)).toEqual([true, true]);
  });

  it('is not misled by a Ctrl-C that reaches it', async () => {
    const { processes, guardian } = await startParent('owned');
    process.kill(guardian, 'SIGINT');
    process.kill(guardian, 'SIGTERM');
    parent.kill('SIGKILL');
    await eventually(async () => expect(await alive(processes)).toEqual([false, false]));
  });
});

describe('ending a stack by its record', () => {
  it('spares a process that has got the pid of one of its own', async () => {
    const { processes } = await startParent('warm');
    const written = (await readRecord(record))!;
    const [first, second] = written.processes;
    await writeRecord(record, { ...written, processes: [{ ...first, startedAt: 'another boot:1' }, second] });
    await endStack(record);
    expect(await alive(processes)).toEqual([true, false]);
    await writeRecord(record, written);
  });

  it('is harmless without a record, and twice', async () => {
    await startParent('warm');
    await endStack(record);
    await endStack(record);
    expect(existsSync(record)).toBe(false);
    expect(existsSync(home)).toBe(true);
  });
});
