import { createSchemaRegistry } from '../../services/platform/avro/schema-registry.ts';
import { checkKafka } from '../../services/platform/kafka/check-kafka.ts';
import { createKafkaClient } from '../../services/platform/kafka/kafka-client.ts';
import { createRedis } from '../../services/platform/redis/redis-client.ts';
import { waitForDependency } from '../../services/platform/runtime/start-dependencies.ts';
import { createLogger } from '../../services/platform/telemetry/logger.ts';
import { redactUrlCredentials } from '../../services/platform/telemetry/redact-secrets.ts';
import type { CliIo } from '../cli-io.ts';
import type { Finding } from './finding.ts';

const variables = ['KAFKA_BROKERS', 'SCHEMA_REGISTRY_URL', 'REDIS_URL'] as const;
const timeoutMs = 5_000;
const silent = createLogger({ name: 'doctor', level: 'silent' });

/** Whether the environment names a stack; without one, `npm start` builds its own. */
export function namesStack(env: CliIo['env']): boolean {
  return variables.some((name) => env[name]);
}

/** Asks Kafka, the registry and Redis at the addresses of the environment. */
export function checkStack(env: CliIo['env']): Promise<Finding[]> {
  const probes = { KAFKA_BROKERS: askKafka, SCHEMA_REGISTRY_URL: askRegistry, REDIS_URL: askRedis };
  const names = { KAFKA_BROKERS: 'Kafka', SCHEMA_REGISTRY_URL: 'Schema registry', REDIS_URL: 'Redis' };
  return Promise.all(
    variables.map(async (variable): Promise<Finding> => {
      const what = names[variable];
      const address = env[variable];
      if (!address) {
        return {
          result: 'fault',
          what,
          detail: `${variable} is not set`,
          advice: `set ${variables.join(', ')}, or none`,
        };
      }
      try {
        await waitForDependency(what, () => probes[variable](address), {
          timeoutMs,
          logger: silent,
          address,
          variable,
        });
        return { result: 'ok', what, detail: `answers at ${redactUrlCredentials(address)}` };
      } catch (error) {
        const detail = error instanceof Error ? error.message : String(error);
        return { result: 'fault', what, detail, advice: `start ${what}, or correct ${variable}` };
      }
    }),
  );
}

function askKafka(brokers: string): Promise<void> {
  return checkKafka(createKafkaClient({ brokers: brokers.split(','), clientId: 'tidewatch-doctor', logger: silent }));
}

function askRegistry(url: string): Promise<void> {
  return createSchemaRegistry({ url, logger: silent }).check();
}

async function askRedis(url: string): Promise<void> {
  const redis = createRedis({ url, logger: silent, name: 'tidewatch-doctor' });
  try {
    await waitForDependency('Redis', () => redis.check(), {
      timeoutMs,
      logger: silent,
      address: url,
      variable: 'REDIS_URL',
    });
  } finally {
    await redis.close();
  }
}
