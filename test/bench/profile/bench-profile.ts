import { mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startStack } from '../../../scripts/stack/start-stack.ts';
import type { CustomerRecord } from '../../../services/core/events/customer-record.ts';
import { topicsWithPrefix } from '../../../services/core/events/topics.ts';
import { createSchemaRegistry } from '../../../services/platform/avro/schema-registry.ts';
import { createKafkaClient } from '../../../services/platform/kafka/kafka-client.ts';
import { createKafkaSink } from '../../../services/platform/kafka/kafka-sink.ts';
import { deleteTopics } from '../../../services/platform/provisioning/delete-topics.ts';
import { ensureProvisioned } from '../../../services/platform/provisioning/ensure-provisioned.ts';
import { newInstallationFile } from '../../../services/platform/runtime/new-installation.ts';
import { createLogger } from '../../../services/platform/telemetry/logger.ts';
import { benchReport, type BenchReport } from '../bench-report.ts';
import { benchEvents } from '../pipeline/bench-events.ts';
import { runScorer } from '../pipeline/run-scorer.ts';
import { callTree, type CpuProfile } from './cpu-profile.ts';
import { flameSvg } from './flame-svg.ts';
import { profileParts } from './profile-parts.ts';

export interface ProfileBenchSize {
  readonly events: number;
  readonly customers: number;
  readonly partitions: number;
}

const slice = 5_000;

/** Profiles the scorer's process under full load; writes the flame graph to `svgFile` and reports the share of each part. */
export async function benchProfile(
  size: ProfileBenchSize,
  svgFile: string,
  say: (line: string) => void,
): Promise<BenchReport> {
  const stack = await startStack({ log: say });
  const dir = await mkdtemp(join(tmpdir(), 'tidewatch-profile-'));
  const prefix = `profile-${Date.now()}-`;
  const brokers = stack.kafka.split(',');
  const logger = createLogger({ name: 'bench', level: 'warn' });
  const client = createKafkaClient({ brokers, clientId: 'bench', logger });
  try {
    const installationFile = join(dir, 'installation.json');
    await writeFile(installationFile, JSON.stringify(newInstallationFile({})));
    const registry = createSchemaRegistry({ url: stack.schemaRegistry, logger });
    const config = {
      KAFKA_BROKERS: brokers,
      SCHEMA_REGISTRY_URL: stack.schemaRegistry,
      TIDEWATCH_TOPIC_PREFIX: prefix,
      TIDEWATCH_PARTITIONS: size.partitions,
      TIDEWATCH_START_TIMEOUT_MS: 60_000,
    };
    await ensureProvisioned({ config, client, registry, modelDir: 'models/retention/3', logger });
    const { events: topic } = topicsWithPrefix(prefix);
    const codec = await registry.codec<CustomerRecord>(topic, 'customer-event');
    say(`producing ${size.events} events of ${size.customers} customers`);
    const events = [...benchEvents(size.events, size.customers)];
    const sink = createKafkaSink({ client });
    for (let at = 0; at < events.length; at += slice) {
      const part = events.slice(at, at + slice);
      await sink.publish(part.map((event) => ({ topic, key: event.surrogate, value: codec.encode(event) })));
    }
    await sink.stop();
    const { rate } = await runScorer(
      {
        KAFKA_BROKERS: stack.kafka,
        SCHEMA_REGISTRY_URL: stack.schemaRegistry,
        REDIS_URL: stack.redis,
        TIDEWATCH_TOPIC_PREFIX: prefix,
        TIDEWATCH_GROUP_PREFIX: prefix,
        TIDEWATCH_KEY_PREFIX: prefix,
        TIDEWATCH_INSTALLATION_FILE: installationFile,
        TIDEWATCH_SCORER_PORT: '0',
        TIDEWATCH_LOG_LEVEL: 'warn',
        NODE_OPTIONS: `--cpu-prof --cpu-prof-dir=${dir}`,
      },
      size.events,
    );
    return await report(dir, size, rate, svgFile);
  } finally {
    await deleteTopics(client, prefix);
    await rm(dir, { recursive: true });
    await stack.stop();
  }
}

async function report(dir: string, size: ProfileBenchSize, rate: number, svgFile: string): Promise<BenchReport> {
  const file = (await readdir(dir)).find((name) => name.endsWith('.cpuprofile'));
  if (file === undefined) throw new Error('the scorer left no profile');
  const tree = callTree(JSON.parse(await readFile(join(dir, file), 'utf8')) as CpuProfile);
  await mkdir(join(svgFile, '..'), { recursive: true });
  await writeFile(svgFile, flameSvg(tree, `The scorer under full load: ${size.events} events, waiting left out`));
  const shares = profileParts(tree).map(({ part, share }) => ({
    name: `share: ${part}`,
    value: Math.round(share * 1000) / 10,
    unit: '%',
  }));
  return benchReport(
    'profile',
    [
      { name: 'ours, while profiled', value: Math.round(rate), unit: 'events/s' },
      { name: 'sampled time', value: Math.round((tree.total / size.events) * 10) / 10, unit: 'us/event' },
      ...shares,
    ],
    [],
  );
}
