import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startStack } from '../../../scripts/stack/start-stack.ts';
import type { CustomerRecord } from '../../../services/core/events/customer-record.ts';
import { topicsWithPrefix } from '../../../services/core/events/topics.ts';
import type { Score } from '../../../services/core/scoring/score.ts';
import { createSchemaRegistry } from '../../../services/platform/avro/schema-registry.ts';
import { createKafkaClient } from '../../../services/platform/kafka/kafka-client.ts';
import { createKafkaSink } from '../../../services/platform/kafka/kafka-sink.ts';
import { deleteTopics } from '../../../services/platform/provisioning/delete-topics.ts';
import { ensureProvisioned } from '../../../services/platform/provisioning/ensure-provisioned.ts';
import { createRedis } from '../../../services/platform/redis/redis-client.ts';
import { newInstallationFile } from '../../../services/platform/runtime/new-installation.ts';
import { createLogger } from '../../../services/platform/telemetry/logger.ts';
import { startService } from '../../support/service-process.ts';
import { benchReport, median, type BenchReport } from '../bench-report.ts';
import { deleteKeys } from '../world/delete-keys.ts';
import { publishPaced } from './paced-traffic.ts';
import { followScores } from './score-latencies.ts';

export interface HotCustomerBenchSize {
  /** Events per second, in both phases of a round. */
  readonly rate: number;
  readonly secondsPerPhase: number;
  readonly customers: number;
  readonly partitions: number;
  readonly rounds: number;
}

const bar = 1.2;
const surrogate = (i: number): string => createHash('sha256').update(`customer ${i}`).digest('hex').slice(0, 32);
const hot = surrogate(-1);

/**
 * Half of the traffic from one customer against the same rate spread evenly over all: how much longer do the others
 * wait for their scores? One scorer, rounds of two phases each; the ratio is of the medians' p99, from receipt of the
 * event to its score being sent.
 */
export async function benchHotCustomer(size: HotCustomerBenchSize, say: (line: string) => void): Promise<BenchReport> {
  const stack = await startStack({ log: say });
  const dir = await mkdtemp(join(tmpdir(), 'tidewatch-bench-'));
  const run = `hot-${Date.now()}-`;
  const logger = createLogger({ name: 'bench', level: 'warn' });
  const client = createKafkaClient({ brokers: stack.kafka.split(','), clientId: 'bench', logger });
  const sink = createKafkaSink({ client });
  const redis = createRedis({ url: stack.redis, logger });
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
    const codec = await registry.codec<CustomerRecord>(topics.events, 'customer-event');
    const scores = await registry.codec<Score>(topics.scores, 'score');
    const scorer = await startService('scorer', {
      KAFKA_BROKERS: stack.kafka,
      SCHEMA_REGISTRY_URL: stack.schemaRegistry,
      REDIS_URL: stack.redis,
      TIDEWATCH_TOPIC_PREFIX: run,
      TIDEWATCH_GROUP_PREFIX: run,
      TIDEWATCH_KEY_PREFIX: run,
      TIDEWATCH_INSTALLATION_FILE: installationFile,
      TIDEWATCH_SCORER_PORT: '0',
      TIDEWATCH_LOG_LEVEL: 'warn',
    });
    const follower = await followScores({ client, groupId: `${run}follower`, topic: topics.scores, codec: scores });
    try {
      const measure = async (phase: string, isHot: boolean): Promise<Waits> => {
        const count = size.rate * size.secondsPerPhase;
        const surrogateOf = (i: number) => (isHot && i % 2 === 0 ? hot : surrogate((i * 48_271) % size.customers));
        const collected = follower.collect(count);
        await publishPaced({ sink, codec, topic: topics.events, rate: size.rate, count, phase, surrogateOf });
        return waitsOf(await collected);
      };
      await measure('warm-up', false);
      const rounds: { even: Waits; hot: Waits }[] = [];
      for (let round = 1; round <= size.rounds; round++) {
        // Whoever comes first in a round comes second in the next.
        const first = await measure(`${round}-a`, round % 2 === 0);
        const second = await measure(`${round}-b`, round % 2 === 1);
        const result = round % 2 === 0 ? { even: second, hot: first } : { even: first, hot: second };
        rounds.push(result);
        say(
          `round ${round}: others' p99 ${result.hot.others} ms beside a hot customer, ${result.even.others} ms without`,
        );
      }
      return report(size, rounds);
    } finally {
      await follower.stop();
      await scorer.stop();
    }
  } finally {
    await sink.stop();
    await deleteTopics(client, run);
    await deleteKeys(redis, run);
    await redis.close();
    await rm(dir, { recursive: true });
    await stack.stop();
  }
}

/** 99th percentiles, in milliseconds. */
interface Waits {
  readonly others: number;
  readonly hot: number;
}

function waitsOf(latencies: readonly { readonly surrogate: string; readonly ms: number }[]): Waits {
  const others = latencies.filter((each) => each.surrogate !== hot).map(({ ms }) => ms);
  const own = latencies.filter((each) => each.surrogate === hot).map(({ ms }) => ms);
  return { others: percentile99(others), hot: own.length === 0 ? 0 : percentile99(own) };
}

function percentile99(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length * 0.99)];
}

function report(size: HotCustomerBenchSize, rounds: readonly { even: Waits; hot: Waits }[]): BenchReport {
  const even = median(rounds.map((round) => round.even.others));
  const beside = median(rounds.map((round) => round.hot.others));
  const ratio = Math.round((beside / even) * 1000) / 1000;
  return benchReport(
    'hot-customer',
    [
      { name: 'others-p99-even', value: even, unit: 'ms' },
      { name: 'others-p99-hot', value: beside, unit: 'ms' },
      { name: 'hot-p99', value: median(rounds.map((round) => round.hot.hot)), unit: 'ms' },
      { name: 'rate', value: size.rate, unit: 'events/s' },
      { name: 'customers', value: size.customers, unit: 'customers' },
      { name: 'partitions', value: size.partitions, unit: 'partitions' },
      { name: 'rounds', value: size.rounds, unit: 'rounds' },
    ],
    [{ name: 'others-p99/even', value: ratio, bar, ok: ratio <= bar }],
  );
}
