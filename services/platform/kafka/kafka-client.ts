import { Kafka, type KafkaConfig, type SASLOptions } from 'kafkajs';
import type { KafkaConnection } from '../runtime/connections.ts';
import type { Logger } from '../telemetry/logger.ts';
import { clientLogLevel, createClientLog } from './client-log.ts';
import { createOauthTokens } from './oauth-tokens.ts';
import { fixLostMembership } from './lost-membership-fix.ts';
import { useTopicIds } from './metadata-request.ts';
import { fixRequestQueue } from './request-queue-fix.ts';

/** A configured client; consumers, producers and admins are made from it, each with its own connections. */
export type KafkaClient = Kafka;

export interface KafkaClientOptions extends KafkaConnection {
  readonly clientId: string;
  readonly logger: Logger;
}

/** How often and how long the client repeats one call by itself: about three seconds, then the caller decides. */
const retry = { initialRetryTime: 100, multiplier: 2, factor: 0.2, maxRetryTime: 1_000, retries: 5 } as const;

/** Makes a client; nothing is connected yet. */
export function createKafkaClient({ brokers, tls, sasl, clientId, logger }: KafkaClientOptions): KafkaClient {
  fixRequestQueue();
  fixLostMembership();
  useTopicIds();
  return new Kafka({
    brokers: [...brokers],
    clientId,
    ...(tls === undefined ? {} : { ssl: { ...tls } }),
    ...(sasl === undefined ? {} : { sasl: loginOf(sasl) }),
    connectionTimeout: 3_000,
    requestTimeout: 30_000,
    retry,
    logLevel: clientLogLevel(logger),
    logCreator: createClientLog(logger),
  });
}

function loginOf(sasl: NonNullable<KafkaConnection['sasl']>): NonNullable<KafkaConfig['sasl']> {
  if (sasl.mechanism !== 'oauthbearer') return sasl as SASLOptions;
  return { mechanism: 'oauthbearer', oauthBearerProvider: createOauthTokens(sasl.tokens) };
}
