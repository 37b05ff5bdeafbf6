import { randomBytes, randomInt } from 'node:crypto';
import { mkdir, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { endStack } from '../../../scripts/stack/local/end-stack.ts';
import { launchProcess, type LaunchedProcess } from '../../../scripts/stack/local/launch-process.ts';
import { createLayout, type LocalLayout } from '../../../scripts/stack/local/local-layout.ts';
import { fetchArtefacts } from '../../../scripts/stack/local/fetch-artefacts.ts';
import { findPrerequisites } from '../../../scripts/stack/local/find-prerequisites.ts';
import { findRedisServer } from '../../../scripts/stack/local/find-redis-server.ts';
import { pickPorts } from '../../../scripts/stack/local/pick-ports.ts';
import { identifyProcess } from '../../../scripts/stack/local/process-identity.ts';
import type { ProcessSpec } from '../../../scripts/stack/local/process-spec.ts';
import { startGuardian } from '../../../scripts/stack/local/start-guardian.ts';
import { stackPaths } from '../../../scripts/stack/local/stack-paths.ts';
import { writeRecord, type StackRecord } from '../../../scripts/stack/local/stack-record.ts';
import { rootDir } from '../root-dir.ts';

/** A folder and ports for servers that a test may kill: nobody else uses them, and nothing of them is left behind. */
export interface ServerHome {
  /** `ports.redis` and `ports.registry` are for two Redis servers; the registry is shared. */
  readonly layout: LocalLayout;
  launch(spec: ProcessSpec): Promise<LaunchedProcess>;
  /** Ends what still runs and removes the folder. */
  close(): Promise<void>;
}

/** Ends with the test process too, however that ends. */
export async function openServerHome(): Promise<ServerHome> {
  const context = { root: rootDir, env: process.env, data: 'temporary', log: () => undefined } as const;
  const paths = stackPaths(rootDir);
  const prerequisites = await findPrerequisites(process.env);
  if (typeof prerequisites === 'string') throw new Error(prerequisites);
  await fetchArtefacts(context, paths);
  const redisServer = await findRedisServer(process.env, join(paths.artefacts, 'redis'));
  const home = await mkdtemp(join(tmpdir(), 'tidewatch-servers-'));
  // No usual ports: several test files open a home at the same moment.
  const any = () => randomInt(20_000, 30_000);
  const ports = await pickPorts({ kafka: any(), controller: any(), registry: any(), redis: any() });
  const layout = createLayout({ java: prerequisites.java, redisServer, artefacts: paths.artefacts, home, ports });
  for (const folder of [layout.kafkaData, layout.scratch]) await mkdir(folder, { recursive: true });

  const owner = await identifyProcess(process.pid);
  const reason = 'servers that a test may kill';
  let record: StackRecord = { owner, processes: [], home, ports, temporary: true, addresses: null, reason };
  const recordPath = join(paths.running, `servers-${process.pid}-${randomBytes(3).toString('hex')}.json`);
  let written = writeRecord(recordPath, record);
  await written;
  const guardian = await startGuardian(recordPath);
  return {
    layout,
    async launch(spec) {
      const launched = await launchProcess(spec, layout.logs);
      launched.letGo();
      // Servers start side by side, but two writes at a time would take each other's draft away.
      const next = { ...record, processes: [...record.processes, launched.recorded] };
      record = next;
      written = written.then(() => writeRecord(recordPath, next));
      await written;
      return launched;
    },
    async close() {
      await written;
      await endStack(recordPath);
      await guardian.release();
    },
  };
}
