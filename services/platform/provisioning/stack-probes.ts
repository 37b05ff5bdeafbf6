import { createSchemaRegistry } from '../avro/schema-registry.ts';
import { checkKafka } from '../kafka/check-kafka.ts';
import { createKafkaClient } from '../kafka/kafka-client.ts';
import { createRedis } from '../redis/redis-client.ts';
import type { Connections } from '../runtime/connections.ts';
import { withinTime } from '../runtime/within-time.ts';
import type { Logger } from '../telemetry/logger.ts';

/** One question to each part of a stack; each rejects with an EngineError that says why it cannot be used. */
export interface StackProbes {
  kafka(): Promise<void>;
  registry(): Promise<void>;
  redis(): Promise<void>;
}

const connectWithinMs = 3_000;

export function createStackProbes({ kafka, registry, redis }: Connections, logger: Logger): StackProbes {
  return {
    kafka: () => checkKafka(createKafkaClient({ ...kafka, clientId: 'tidewatch-probe', logger })),
    registry: () => createSchemaRegistry({ ...registry, logger }).check(),
    async redis() {
      const connection = createRedis({ ...redis, logger, name: 'tidewatch-probe' });
      // `check` says better than a time that has passed what keeps the connection from being made.
      const settled = new Promise<void>((resolve) => {
        connection.client.once('ready', resolve);
        connection.client.once('error', () => resolve());
      });
      try {
        await withinTime(connectWithinMs, 'connecting to Redis', () => settled).catch(() => undefined);
        await connection.check();
      } finally {
        await connection.close();
      }
    },
  };
}
