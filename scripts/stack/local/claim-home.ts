import { randomBytes } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import process from 'node:process';
import { withLock } from '../../bootstrap/lock-directory.mjs';
import type { StackContext } from '../stack-provider.ts';
import { endStack } from './end-stack.ts';
import { identifyProcess, isSameProcess } from './process-identity.ts';
import { usualPorts } from './local-layout.ts';
import { pickPorts } from './pick-ports.ts';
import type { StackPaths } from './stack-paths.ts';
import { readRecord, writeRecord, type StackRecord } from './stack-record.ts';

export interface ClaimedHome {
  readonly recordPath: string;
  readonly record: StackRecord;
}

/**
 * Takes ports and the kept home, or a temporary one when that was asked for or somebody else uses the kept one, and ends what
 * crashed runs have left behind. `recordPath` is chosen here unless given.
 */
export async function claimHome(
  context: StackContext,
  paths: StackPaths,
  reason: string,
  recordPath?: string,
): Promise<ClaimedHome> {
  return await withLock(paths.lock, async () => {
    const living = await endLeftovers(paths);
    const holder = living.find((record) => record.home === paths.home);
    const temporary = context.data === 'temporary' || holder !== undefined;
    if (context.data === 'kept' && holder !== undefined) {
      const who = holder.owner === null ? 'the stack of stack:up' : `process ${holder.owner.pid}`;
      context.log(`The kept data is in use by ${who}: this stack starts with temporary data.`);
    }
    const id = `${process.pid}-${randomBytes(3).toString('hex')}`;
    const home = temporary ? join(paths.temporary, id) : paths.home;
    const promised = living.flatMap((record) => Object.values(record.ports));
    const ports = await pickPorts(usualPorts, promised);
    const owner = await identifyProcess(process.pid);
    const record: StackRecord = { owner, processes: [], home, ports, temporary, addresses: null, reason };
    const path = recordPath ?? join(paths.running, `${id}.json`);
    await writeRecord(path, record);
    return { recordPath: path, record };
  });
}

/** Ends the stacks whose owner is gone; returns the records of the others. */
async function endLeftovers(paths: StackPaths): Promise<StackRecord[]> {
  const names = await readdir(paths.running).catch(() => []);
  const files = names.filter((name) => name.endsWith('.json')).map((name) => join(paths.running, name));
  const living: StackRecord[] = [];
  for (const file of [paths.warm, ...files]) {
    const record = await readRecord(file);
    if (record === null) continue;
    if (await isLiving(record)) living.push(record);
    else await endStack(file);
  }
  return living;
}

async function isLiving(record: StackRecord): Promise<boolean> {
  if (record.owner !== null) return await isSameProcess(record.owner);
  const alive = await Promise.all(record.processes.map(isSameProcess));
  return !alive.includes(false);
}
