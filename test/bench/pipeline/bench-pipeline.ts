import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startStack } from '../../../scripts/stack/start-stack.ts';
import type { CustomerRecord } from '../../../services/core/events/customer-record.ts';
import { topicsWithPrefix } from '../../../services/core/events/topics.ts';
import type { OutgoingRecord } from '../../../services/core/ports/log.ts';
import type { Score } from '../../../services/core/scoring/score.ts';
import { createSchemaRegistry } from '../../../services/platform/avro/schema-registry.ts';
import { createKafkaClient } from '../../../services/platform/kafka/kafka-client.ts';
import { createKafkaSink } from '../../../services/platform/kafka/kafka-sink.ts';
import { deleteTopics } from '../../../services/platform/provisioning/delete-topics.ts';
import { ensureProvisioned } from '../../../services/platform/provisioning/ensure-provisioned.ts';
import { newInstallationFile } from '../../../services/platform/runtime/new-installation.ts';
import { createLogger } from '../../../services/platform/telemetry/logger.ts';
import { atLeast, benchReport, median, type BenchReport } from '../bench-report.ts';
import { benchEvents } from './bench-events.ts';
import { runRawClient } from './raw-client.ts';
import { runScorer } from './run-scorer.ts';

export interface PipelineBenchSize {
  readonly events: number;
  readonly customers: number;
  readonly partitions: number;
  readonly rounds: number;
}

const slice = 5_000;
const bar = 0.25;

/**
 * The scorer end to end on real Kafka, Redis and registry, against a bare client that only decodes, encodes and
 * produces the same messages. Both read the same topic; rounds alternate, medians are reported.
 */
export async function benchPipeline(size: PipelineBenchSize, say: (line: string) => void): Promise<BenchReport> {
  const stack = await startStack({ log: say });
  const dir = await mkdtemp(join(tmpdir(), 'tidewatch-bench-'));
  const run = `bench-${Date.now()}-`;
  const prefixes = [run];
  const logger = createLogger({ name: 'bench', level: 'warn' });
  const client = createKafkaClient({ brokers: stack.kafka.split(','), clientId: 'bench', logger });
  try {
    const installationFile = join(dir, 'installation.json');
    await writeFile(installationFile, JSON.stringify(newInstallationFile({})));
    const registry = createSchemaRegistry({ url: stack.schemaRegistry, logger });
    const config = {
      KAFKA_BROKERS: stack.kafka.split(','),
      SCHEMA_REGISTRY_URL: stack.schemaRegistry,
      TIDEWATCH_TOPIC_PREFIX: run,
      TIDEWATCH_PARTITIONS: size.partitions,
      TIDEWATCH_START_TIMEOUT_MS: 60_000,
    };
    await ensureProvisioned({ config, client, registry, modelDir: 'models/retention/1', logger });
    const topics = topicsWithPrefix(run);
    const events = await registry.codec<CustomerRecord>(topics.events, 'customer-event');
    const scores = await registry.codec<Score>(topics.scores, 'score');
    say(`producing ${size.events} events of ${size.customers} customers`);
    await produceEvents(size, topics.events, { client, encode: (event) => events.encode(event) });
    const raw: number[] = [];
    const ours: number[] = [];
    for (let round = 1; round <= size.rounds; round++) {
      const twin = `${run}${round}-`;
      prefixes.push(twin);
      const seconds = await runRawClient({
        client,
        groupId: `${twin}raw`,
        input: topics.events,
        output: topics.scores,
        events,
        scores,
        records: size.events,
      });
      raw.push(size.events / seconds);
      const { rate } = await runScorer(
        {
          KAFKA_BROKERS: stack.kafka,
          SCHEMA_REGISTRY_URL: stack.schemaRegistry,
          REDIS_URL: stack.redis,
          TIDEWATCH_TOPIC_PREFIX: run,
          TIDEWATCH_OUTPUT_TOPIC_PREFIX: twin,
          TIDEWATCH_GROUP_PREFIX: twin,
          TIDEWATCH_KEY_PREFIX: twin,
          TIDEWATCH_INSTALLATION_FILE: installationFile,
          TIDEWATCH_SCORER_PORT: '0',
          TIDEWATCH_LOG_LEVEL: 'warn',
        },
        size.events,
      );
      ours.push(rate);
      say(`round ${round}: raw kafkajs ${Math.round(raw.at(-1) ?? 0)}/s, scorer ${Math.round(rate)}/s`);
    }
    const ratios = ours.map((rate, i) => rate / raw[i]);
    return benchReport(
      'pipeline',
      [
        { name: 'raw-kafkajs', value: Math.round(median(raw)), unit: 'events/s' },
        { name: 'ours', value: Math.round(median(ours)), unit: 'events/s' },
        { name: 'events', value: size.events, unit: 'events' },
        { name: 'customers', value: size.customers, unit: 'customers' },
        { name: 'partitions', value: size.partitions, unit: 'partitions' },
        { name: 'rounds', value: size.rounds, unit: 'rounds' },
      ],
      [atLeast('ours/raw-kafkajs', Math.round(median(ratios) * 1000) / 1000, bar)],
    );
  } finally {
    for (const prefix of prefixes) await deleteTopics(client, prefix);
    await rm(dir, { recursive: true });
    await stack.stop();
  }
}

async function produceEvents(
  size: PipelineBenchSize,
  topic: string,
  deps: { client: ReturnType<typeof createKafkaClient>; encode: (event: CustomerRecord) => Buffer },
): Promise<void> {
  const sink = createKafkaSink({ client: deps.client });
  let batch: OutgoingRecord[] = [];
  for (const event of benchEvents(size.events, size.customers)) {
    batch.push({ topic, key: event.surrogate, value: deps.encode(event) });
    if (batch.length === slice) {
      await sink.publish(batch);
      batch = [];
    }
  }
  if (batch.length > 0) await sink.publish(batch);
  await sink.stop();
}
