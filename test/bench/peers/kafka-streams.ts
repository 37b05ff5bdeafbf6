import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { createKafkaClient } from '../../../services/platform/kafka/kafka-client.ts';
import { createLogger } from '../../../services/platform/telemetry/logger.ts';
import { buildKafkaStreams } from './build-kafka-streams.ts';
import { committedRate, parseCommitted, type CommittedOutputs, type CommittedRate } from './committed-outputs.ts';

export interface KafkaStreamsOptions {
  /** `host:port` of each. */
  readonly brokers: readonly string[];
  /** Consumer group, and prefix of transactional ids and of the changelog topic: a new one for each run. */
  readonly applicationId: string;
  /** Topic of customer events keyed by surrogate; all of it is read. */
  readonly input: string;
  /** Topic of scores, with as many partitions as the input. */
  readonly output: string;
  /** Where the job keeps its RocksDB stores; deleted at the end. */
  readonly stateDir: string;
  /** Registered id of schemas/customer-event.v1.avsc, as it stands in each input record. */
  readonly inputSchemaId: number;
  /** Registered id of schemas/score.v1.avsc, written to each output record. */
  readonly outputSchemaId: number;
  /** Events in the input, control records not counted. */
  readonly records: number;
  /** Stream threads. */
  readonly threads: number;
  /** Settings of Kafka Streams to try instead of the job's own, by their full names. */
  readonly settings?: Readonly<Record<string, string>>;
  readonly say?: (line: string) => void;
}

const javaOptions = ['-Xms2g', '-Xmx2g', '-XX:+UseSerialGC', '-Dorg.slf4j.simpleLogger.defaultLogLevel=warn'];
/** Longer than a group takes to form; a job that commits nothing for so long is stuck. */
const stuckAfterMs = 60_000;
/** As PeerMain.java names it; its changelog is the job's only topic of its own. */
const storeName = 'customers';
const stopMs = 30_000;
const keptOutputChars = 4_000;

/**
 * Runs the Kafka Streams job over the whole input as a process of its own, stops it, and removes what it left: its
 * state directory, its changelog topic and its group. The topics it reads and writes are the caller's.
 * @returns how fast outputs were committed, from the first commit to the last: see README.md beside the job
 * @throws Error when the job ends by itself or commits nothing for a minute
 */
export async function runKafkaStreams(options: KafkaStreamsOptions): Promise<CommittedRate> {
  const jar = await buildKafkaStreams(options.say ?? (() => undefined));
  const job = spawn('java', [...javaOptions, '-jar', jar, ...jobArguments(options)], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  try {
    return committedRate(await readCommits(job, options.records), options.records);
  } finally {
    await stop(job);
    await rm(options.stateDir, { recursive: true, force: true });
    await removeTraces(options);
  }
}

function jobArguments(options: KafkaStreamsOptions): string[] {
  const { brokers, applicationId, input, output, stateDir, inputSchemaId, outputSchemaId, threads } = options;
  const words = { brokers: brokers.join(','), applicationId, input, output, stateDir, threads };
  const settings = Object.entries(options.settings ?? {}).map(([name, value]) => `streams.${name}=${value}`);
  return [
    ...Object.entries({ ...words, inputSchemaId, outputSchemaId }).map(([name, value]) => `${name}=${value}`),
    ...settings,
  ];
}

/** Resolves with the job's commits once they hold `records` outputs. */
function readCommits(job: ChildProcess, records: number): Promise<CommittedOutputs[]> {
  const commits: CommittedOutputs[] = [];
  let output = '';
  const keep = (text: string) => {
    output = (output + text).slice(-keptOutputChars);
  };
  return new Promise((resolve, reject) => {
    const fail = (what: string) => {
      clearTimeout(stuck);
      reject(new Error(`the Kafka Streams job ${what} after ${commits.at(-1)?.total ?? 0} outputs:\n${output}`));
    };
    const stuck = setTimeout(() => fail('committed nothing more'), stuckAfterMs);
    createInterface({ input: job.stdout! }).on('line', (line) => {
      const committed = parseCommitted(line);
      if (committed === null) {
        keep(`${line}\n`);
        return;
      }
      commits.push(committed);
      stuck.refresh();
      if (committed.total >= records) {
        clearTimeout(stuck);
        resolve(commits);
      }
    });
    job.stderr!.on('data', (chunk: Buffer) => keep(chunk.toString()));
    job.on('error', (error) => fail(`did not start (${error.message})`));
    job.on('close', (code, signal) => fail(`ended with ${code ?? signal}`));
  });
}

async function stop(job: ChildProcess): Promise<void> {
  if (job.pid === undefined || job.exitCode !== null || job.signalCode !== null) return;
  const ended = once(job, 'exit');
  job.kill('SIGTERM');
  const kill = setTimeout(() => job.kill('SIGKILL'), stopMs);
  await ended;
  clearTimeout(kill);
}

async function removeTraces({ brokers, applicationId }: KafkaStreamsOptions): Promise<void> {
  const logger = createLogger({ name: 'kafka-streams-peer', level: 'error' });
  const admin = createKafkaClient({ brokers, clientId: 'kafka-streams-peer', logger }).admin();
  await admin.connect();
  try {
    const changelog = `${applicationId}-${storeName}-changelog`;
    if ((await admin.listTopics()).includes(changelog)) await admin.deleteTopics({ topics: [changelog] });
    const { groups } = await admin.listGroups();
    if (groups.some(({ groupId }) => groupId === applicationId)) await admin.deleteGroups([applicationId]);
  } finally {
    await admin.disconnect();
  }
}
