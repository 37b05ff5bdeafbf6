import { existsSync } from 'node:fs';
import { readdir, rename } from 'node:fs/promises';
import type { Stack, StackAddresses } from '../stack.ts';
import type { StackContext } from '../stack-provider.ts';
import { claimHome } from './claim-home.ts';
import { diagnoseEnding } from './diagnose-ending.ts';
import { endProcess } from './end-process.ts';
import { endStack } from './end-stack.ts';
import { fetchArtefacts } from './fetch-artefacts.ts';
import type { Prerequisites } from './find-prerequisites.ts';
import { findRedisServer } from './find-redis-server.ts';
import { launchProcess } from './launch-process.ts';
import { createLayout, usualPorts, type LocalLayout } from './local-layout.ts';
import { pickPorts } from './pick-ports.ts';
import type { ProcessSpec } from './process-spec.ts';
import { StartFault } from './start-fault.ts';
import { startGuardian } from './start-guardian.ts';
import { startParts } from './start-parts.ts';
import { stackPaths } from './stack-paths.ts';
import { writeRecord, type StackRecord } from './stack-record.ts';

export interface LocalStackOptions {
  readonly reason: string;
  readonly prerequisites: Prerequisites;
  /** Leaves the stack running without an owner, under this record, once it is ready. */
  readonly warmRecord?: string;
}

const attempts = 2;

/** Starts Kafka, the schema registry and Redis as processes of this machine. */
export async function startLocalStack(context: StackContext, options: LocalStackOptions): Promise<Stack> {
  const paths = stackPaths(context.root);
  await fetchArtefacts(context, paths);
  const redisServer = await findRedisServer(context.env, `${paths.artefacts}/redis`);
  const { recordPath, record } = await claimHome(context, paths, options.reason, options.warmRecord);
  const guardian = await startGuardian(recordPath);
  const running = createRecordKeeper(recordPath, record);
  const stop = async () => {
    await endStack(recordPath);
    await guardian.release();
  };
  try {
    const parts = { java: options.prerequisites.java, redisServer, artefacts: paths.artefacts, home: record.home };
    const addresses = await startWithRecovery(context, running, createLayout({ ...parts, ports: record.ports }));
    const isWarm = options.warmRecord !== undefined;
    await running.update({ addresses, ...(isWarm ? { owner: null } : {}) });
    if (isWarm) await guardian.release();
    return { ...addresses, mode: 'local', reason: options.reason, pids: running.pids(), owned: !isWarm, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

interface RecordKeeper {
  update(change: Partial<StackRecord>): Promise<void>;
  launch(spec: ProcessSpec, logs: string): ReturnType<typeof launchProcess>;
  endProcesses(): Promise<void>;
  pids(): Record<string, number>;
}

/** Writes every process into the record as soon as it runs; the writes stand in line, since parts start together. */
function createRecordKeeper(path: string, first: StackRecord): RecordKeeper {
  let record = first;
  let lastWrite = Promise.resolve();
  const update = (change: Partial<StackRecord>): Promise<void> => {
    record = { ...record, ...change };
    const written = record;
    lastWrite = lastWrite.then(() => writeRecord(path, written));
    return lastWrite;
  };
  return {
    update,
    async launch(spec, logs) {
      const launched = await launchProcess(spec, logs);
      launched.letGo();
      if (launched.recorded.pid !== 0) await update({ processes: [...record.processes, launched.recorded] });
      return launched;
    },
    async endProcesses() {
      for (const process of record.processes.toReversed()) await endProcess(process, process.graceMs);
      await update({ processes: [] });
    },
    pids: () => Object.fromEntries(record.processes.map(({ name, pid }) => [name, pid])),
  };
}

/** Tries again, once, with other ports when one was taken meanwhile, or with fresh data when the old are unusable. */
async function startWithRecovery(
  context: StackContext,
  running: RecordKeeper,
  first: LocalLayout,
): Promise<StackAddresses> {
  let layout = first;
  if (await isHalfMade(layout))
    await setAside(layout, context, 'Kafka has records there but lost the file that names its cluster.');
  for (let attempt = 1; ; attempt += 1) {
    const hadData = existsSync(layout.data);
    try {
      return await startParts(layout, (spec) => running.launch(spec, layout.logs));
    } catch (error) {
      if (attempt === attempts || !(error instanceof StartFault) || !error.ended) throw error;
      const ending = diagnoseEnding(error.log);
      const isRecoverable = ending === 'port-taken' || (ending === 'data-unusable' && hadData);
      if (!isRecoverable) throw error;
      await running.endProcesses();
      if (ending === 'data-unusable') {
        await setAside(layout, context, error.message);
        continue;
      }
      context.log('A port was taken meanwhile: the stack starts on others.');
      layout = { ...layout, ports: await pickPorts(usualPorts) };
      await running.update({ ports: layout.ports });
    }
  }
}

/** A new identity over old records would start, but never become ready. */
async function isHalfMade({ kafkaData }: LocalLayout): Promise<boolean> {
  const names = await readdir(kafkaData).catch((): string[] => []);
  return names.length > 0 && !names.includes('meta.properties');
}

async function setAside(layout: LocalLayout, context: StackContext, why: string): Promise<void> {
  const aside = `${layout.data}.unusable-${new Date().toISOString().replace(/[:.]/g, '-')}`;
  await rename(layout.data, aside);
  context.log(`${why}\nThe stack's data cannot be used: they are set aside as ${aside}, and it starts empty.`);
}
