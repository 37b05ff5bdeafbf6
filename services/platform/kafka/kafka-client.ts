import { Kafka } from 'kafkajs';
import type { Logger } from '../telemetry/logger.ts';
import { clientLogLevel, createClientLog } from './client-log.ts';
import { useTopicIds } from './metadata-request.ts';
import { fixRequestQueue } from './request-queue-fix.ts';

/** A configured client; consumers, producers and admins are made from it, each with its own connections. */
export type KafkaClient = Kafka;

export interface KafkaClientOptions {
  /** `host:port` of each. */
  readonly brokers: readonly string[];
  readonly clientId: string;
  readonly logger: Logger;
}

/** How often and how long the client repeats one call by itself: about three seconds, then the caller decides. */
const retry = { initialRetryTime: 100, multiplier: 2, factor: 0.2, maxRetryTime: 1_000, retries: 5 } as const;

/** Makes a client; nothing is connected yet. */
export function createKafkaClient({ brokers, clientId, logger }: KafkaClientOptions): KafkaClient {
  fixRequestQueue();
  useTopicIds();
  return new Kafka({
    brokers: [...brokers],
    clientId,
    connectionTimeout: 3_000,
    requestTimeout: 30_000,
    retry,
    logLevel: clientLogLevel(logger),
    logCreator: createClientLog(logger),
  });
}
