import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RunFile } from '../../scripts/start/run-file.ts';
import type { Report } from '../../scripts/start/report/books.ts';
import { createKafkaClient } from '../../services/platform/kafka/kafka-client.ts';
import { deleteTopics } from '../../services/platform/provisioning/delete-topics.ts';
import { createLogger } from '../../services/platform/telemetry/logger.ts';
import { eventually } from './eventually.ts';
import { openRedis } from './open-redis.ts';
import { rootDir } from './root-dir.ts';
import { stackAddresses } from './stack-addresses.ts';
import { testPrefix } from './test-prefix.ts';

/** `npm start` as a process of its own, against the test stack, in a folder and under prefixes of its own. */
export interface StartedRun {
  readonly child: ChildProcess;
  readonly folder: string;
  output(): string;
  /** Waits for run.json. */
  running(): Promise<RunFile>;
  hasRunFile(): boolean;
  report(): Promise<Report>;
  /** Resolves with the exit code, or the signal that ended it. */
  readonly ended: Promise<number | string>;
  /** Kills what is left and deletes folder, topics and keys. */
  remove(): Promise<void>;
}

const startWithinMs = 90_000;

export async function runStartProcess(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<StartedRun> {
  const prefix = testPrefix('-');
  const folder = await mkdtemp(join(tmpdir(), 'tidewatch-e2e-'));
  const child = spawn(
    process.execPath,
    [
      '--disable-warning=ExperimentalWarning',
      'scripts/start/main.ts',
      '--stack',
      'external',
      '--directory',
      folder,
      ...args,
    ],
    { cwd: rootDir, env: { ...environment(prefix), ...env }, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const ended = once(child, 'exit').then(([code, signal]) => (code ?? signal) as number | string);
  const runFile = join(folder, 'run.json');
  return {
    child,
    folder,
    ended,
    output: () => output,
    hasRunFile: () => existsSync(runFile),
    running: () =>
      eventually(
        async () => {
          if (child.exitCode !== null) throw new Error(`it ended with ${child.exitCode}:\n${output}`);
          return JSON.parse(await readFile(runFile, 'utf8')) as RunFile;
        },
        { timeoutMs: startWithinMs },
      ),
    report: async () => JSON.parse(await readFile(join(folder, 'report.json'), 'utf8')) as Report,
    remove: async () => {
      if (child.exitCode === null && child.signalCode === null) {
        child.kill('SIGKILL');
        await ended;
      }
      await clean(prefix);
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Whether a process with this id is there. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

function environment(prefix: string): Record<string, string | undefined> {
  const inherited = Object.entries(process.env).filter(
    ([name]) => !name.startsWith('TIDEWATCH_') && name !== 'NODE_OPTIONS',
  );
  return {
    ...Object.fromEntries(inherited),
    KAFKA_BROKERS: stackAddresses.kafka,
    SCHEMA_REGISTRY_URL: stackAddresses.schemaRegistry,
    REDIS_URL: stackAddresses.redis,
    TIDEWATCH_TOPIC_PREFIX: prefix,
    TIDEWATCH_GROUP_PREFIX: prefix,
    TIDEWATCH_KEY_PREFIX: prefix,
    TIDEWATCH_PARTITIONS: '4',
  };
}

async function clean(prefix: string): Promise<void> {
  const logger = createLogger({ name: 'test', level: 'silent' });
  const client = createKafkaClient({ brokers: stackAddresses.kafka.split(','), clientId: 'test', logger });
  await deleteTopics(client, prefix);
  const { redis, remove } = await openRedis(prefix);
  await remove();
  await redis.close();
}
