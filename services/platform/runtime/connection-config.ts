import { z } from 'zod';
import { addressesSetting, switchSetting, urlSetting } from './config-values.ts';

const text = z.string().optional();

/** How Kafka, the registry and Redis are connected to, beyond their addresses; `readConnections` makes use of it. */
export const connectionConfig = {
  KAFKA_SSL: switchSetting(),
  KAFKA_SSL_CA_FILE: text,
  KAFKA_SSL_CERT_FILE: text,
  KAFKA_SSL_KEY_FILE: text,
  KAFKA_SASL_MECHANISM: z
    .string()
    .toUpperCase()
    .pipe(
      z.enum(
        ['PLAIN', 'SCRAM-SHA-256', 'SCRAM-SHA-512', 'OAUTHBEARER'],
        'must be PLAIN, SCRAM-SHA-256, SCRAM-SHA-512 or OAUTHBEARER',
      ),
    )
    .optional(),
  KAFKA_SASL_USERNAME: text,
  KAFKA_SASL_PASSWORD: text,
  KAFKA_SASL_PASSWORD_FILE: text,
  KAFKA_OAUTH_TOKEN_URL: urlSetting(['https', 'http']).optional(),
  KAFKA_OAUTH_CLIENT_ID: text,
  KAFKA_OAUTH_CLIENT_SECRET: text,
  KAFKA_OAUTH_CLIENT_SECRET_FILE: text,
  KAFKA_OAUTH_SCOPE: text,
  KAFKA_OAUTH_CA_FILE: text,
  KAFKA_OAUTH_MODULE: text,
  SCHEMA_REGISTRY_USER: text,
  SCHEMA_REGISTRY_PASSWORD: text,
  SCHEMA_REGISTRY_PASSWORD_FILE: text,
  SCHEMA_REGISTRY_TOKEN: text,
  SCHEMA_REGISTRY_TOKEN_FILE: text,
  SCHEMA_REGISTRY_CA_FILE: text,
  REDIS_USERNAME: text,
  REDIS_PASSWORD: text,
  REDIS_PASSWORD_FILE: text,
  REDIS_CA_FILE: text,
  REDIS_SENTINELS: addressesSetting().optional(),
  REDIS_SENTINEL_NAME: z.string().default('mymaster'),
  REDIS_SENTINEL_USERNAME: text,
  REDIS_SENTINEL_PASSWORD: text,
  REDIS_SENTINEL_PASSWORD_FILE: text,
} as const;
