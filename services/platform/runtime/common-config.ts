import { z } from 'zod';
import { addressesSetting, integerSetting, urlSetting } from './config-values.ts';
import { connectionConfig } from './connection-config.ts';

const namePrefix = z
  .string()
  .regex(/^[A-Za-z0-9._-]{0,100}$/, 'may only hold letters, digits, ".", "_" and "-", at most 100')
  .default('');

const keyPrefix = z
  .string()
  .regex(/^[A-Za-z0-9._:-]{0,100}$/, 'may only hold letters, digits, ".", "_", ":" and "-", at most 100')
  .default('');

const minute = 60_000;

/** The variables every service reads: spread it into the service's own `z.object({ ...commonConfig, … })`. */
export const commonConfig = {
  KAFKA_BROKERS: addressesSetting(),
  SCHEMA_REGISTRY_URL: urlSetting(['http', 'https']),
  REDIS_URL: urlSetting(['redis', 'rediss']),
  ...connectionConfig,
  TIDEWATCH_TOPIC_PREFIX: namePrefix,
  TIDEWATCH_GROUP_PREFIX: namePrefix,
  TIDEWATCH_KEY_PREFIX: keyPrefix,
  TIDEWATCH_INSTALLATION_FILE: z.string().default('.tidewatch/installation.json'),
  TIDEWATCH_HOST: z.string().default('127.0.0.1'),
  TIDEWATCH_LOG_LEVEL: z
    .enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'], 'must be a level of the log')
    .default('info'),
  TIDEWATCH_OTLP_ENDPOINT: urlSetting(['http', 'https']).optional(),
  TIDEWATCH_TRACE_EVERY: integerSetting(1, 1_000_000).default(1_000),
  TIDEWATCH_PARTITIONS: integerSetting(1, 1000).default(12),
  TIDEWATCH_START_TIMEOUT_MS: integerSetting(1, 60 * minute).default(minute),
  TIDEWATCH_DRAIN_TIMEOUT_MS: integerSetting(1, 60 * minute).default(20_000),
} as const;
