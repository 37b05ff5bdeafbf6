import { createWriteStream, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { createSchemaRegistry, type SchemaRegistry } from '../../services/platform/avro/schema-registry.ts';
import { createKafkaClient, type KafkaClient } from '../../services/platform/kafka/kafka-client.ts';
import { createRedis, type RedisConnection } from '../../services/platform/redis/redis-client.ts';
import { readConnections } from '../../services/platform/runtime/read-connections.ts';
import { waitForDependency } from '../../services/platform/runtime/start-dependencies.ts';
import { createLogger, type Logger } from '../../services/platform/telemetry/logger.ts';
import type { RunConfig } from './run-config.ts';

/** Start's own connections to the stack. */
export interface RunClients {
  readonly kafka: KafkaClient;
  readonly registry: SchemaRegistry;
  readonly redis: RedisConnection;
  readonly logger: Logger;
  close(): Promise<void>;
}

/** Connects; what the clients have to say goes into `start.log`, not onto the screen. */
export async function openClients(config: RunConfig, logs: string, signal: AbortSignal): Promise<RunClients> {
  mkdirSync(logs, { recursive: true });
  const file = createWriteStream(join(logs, 'start.log'), { flags: 'w' });
  const logger = createLogger({ name: 'start', level: config.TIDEWATCH_LOG_LEVEL, destination: file });
  const connections = readConnections(config);
  const redis = createRedis({ ...connections.redis, logger, name: 'tidewatch-start' });
  const address = { address: config.REDIS_URL, variable: 'REDIS_URL' };
  const wait = { timeoutMs: config.TIDEWATCH_START_TIMEOUT_MS, logger, signal };
  await waitForDependency('Redis', () => redis.check(), { ...wait, ...address });
  return {
    kafka: createKafkaClient({ ...connections.kafka, clientId: 'tidewatch-start', logger }),
    registry: createSchemaRegistry({ ...connections.registry, logger }),
    redis,
    logger,
    close: async () => {
      await redis.close();
      await new Promise<void>((resolve) => file.end(resolve));
    },
  };
}
