import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startStack } from '../../../scripts/stack/start-stack.ts';
import { createKafkaClient, type KafkaClient } from '../../../services/platform/kafka/kafka-client.ts';
import { deleteTopics } from '../../../services/platform/provisioning/delete-topics.ts';
import { createLogger, type Logger } from '../../../services/platform/telemetry/logger.ts';
import { benchReport, median, type BenchReport, type Figure } from '../bench-report.ts';
import { benchEvents } from '../pipeline/bench-events.ts';
import { checkPeerOutputs } from './check-peer-outputs.ts';
import { runKafkaStreams } from './kafka-streams.ts';
import { producePeerInput, type PeerInput } from './peer-input.ts';

export interface PeerBenchSize {
  readonly events: number;
  readonly customers: number;
  readonly partitions: number;
  readonly rounds: number;
}

interface Bench {
  readonly client: KafkaClient;
  readonly kafka: string;
  readonly schemaRegistry: string;
  readonly logger: Logger;
  /** Before the names of everything of this bench. */
  readonly run: string;
  readonly dir: string;
  readonly say: (line: string) => void;
}

const threadCounts = [1, 2];
const checked = { events: 3_000, customers: 500 };

/** The Kafka Streams job alone: first checked on a few events, then measured with one and with two threads in turn. */
export async function benchKafkaStreams(size: PeerBenchSize, say: (line: string) => void): Promise<BenchReport> {
  const stack = await startStack({ log: say });
  const dir = await mkdtemp(join(tmpdir(), 'tidewatch-peer-'));
  const run = `peer-${Date.now()}-`;
  const logger = createLogger({ name: 'bench', level: 'warn' });
  const client = createKafkaClient({ brokers: stack.kafka.split(','), clientId: 'bench', logger });
  const bench: Bench = { client, kafka: stack.kafka, schemaRegistry: stack.schemaRegistry, logger, run, dir, say };
  try {
    await check(bench, size.partitions);
    return benchReport('kafka-streams', await measure(bench, size), []);
  } finally {
    await deleteTopics(client, `${run}check-`);
    await deleteTopics(client, run);
    await rm(dir, { recursive: true });
    await stack.stop();
  }
}

async function check(bench: Bench, partitions: number): Promise<void> {
  const { client, logger, say } = bench;
  const topics = await producePeerInput({ ...bench, ...checked, partitions, prefix: `${bench.run}check-` });
  await runJob(bench, topics, { name: 'check', records: checked.events, threads: 2 });
  const events = benchEvents(checked.events, checked.customers);
  const problems = await checkPeerOutputs({ client, logger, ...topics, partitions, events });
  if (problems.length > 0) throw new Error(`the Kafka Streams job does other work:\n${problems.join('\n')}`);
  say(`checked: ${checked.events} events, one right score each`);
}

async function measure(bench: Bench, size: PeerBenchSize): Promise<Figure[]> {
  const topics = await producePeerInput({ ...bench, ...size, prefix: bench.run });
  const rates = new Map<number, number[]>(threadCounts.map((threads) => [threads, []]));
  const warm = new Map<number, number[]>(threadCounts.map((threads) => [threads, []]));
  for (let round = 1; round <= size.rounds; round++) {
    for (const threads of threadCounts) {
      const job = { name: `${round}-${threads}`, records: size.events, threads };
      const { rate, warmRate } = await runJob(bench, topics, job);
      rates.get(threads)?.push(rate);
      warm.get(threads)?.push(warmRate);
      bench.say(`round ${round}, ${threads} threads: ${Math.round(rate)}/s, second half ${Math.round(warmRate)}/s`);
    }
  }
  const figure = (name: string, values: readonly number[] = []): Figure => {
    return { name, value: Math.round(median(values)), unit: 'events/s' };
  };
  return threadCounts.flatMap((threads) => [
    figure(`kafka-streams-threads-${threads}`, rates.get(threads)),
    figure(`kafka-streams-threads-${threads}-second-half`, warm.get(threads)),
  ]);
}

function runJob(bench: Bench, topics: PeerInput, job: { name: string; records: number; threads: number }) {
  const { input, output, inputSchemaId, outputSchemaId } = topics;
  return runKafkaStreams({
    brokers: bench.kafka.split(','),
    applicationId: `${bench.run}${job.name}`,
    stateDir: join(bench.dir, job.name),
    input,
    output,
    inputSchemaId,
    outputSchemaId,
    records: job.records,
    threads: job.threads,
    say: bench.say,
  });
}
