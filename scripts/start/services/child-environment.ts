import { delimiter, dirname } from 'node:path';
import type { Environment } from '../../../services/platform/runtime/load-config.ts';
import type { StackAddresses } from '../../stack/stack.ts';
import type { RunPrefixes } from '../run-prefixes.ts';

/** What a service is told: our own environment, and over it this run's stack, prefixes and installation. */
export function childEnvironment(
  env: Environment,
  run: { readonly stack: StackAddresses; readonly prefixes: RunPrefixes; readonly installation: string },
): Record<string, string | undefined> {
  return {
    ...env,
    PATH: [dirname(process.execPath), env['PATH'] ?? ''].join(delimiter),
    KAFKA_BROKERS: run.stack.kafka,
    SCHEMA_REGISTRY_URL: run.stack.schemaRegistry,
    REDIS_URL: run.stack.redis,
    TIDEWATCH_TOPIC_PREFIX: run.prefixes.topic,
    TIDEWATCH_GROUP_PREFIX: run.prefixes.group,
    TIDEWATCH_KEY_PREFIX: run.prefixes.key,
    TIDEWATCH_INSTALLATION_FILE: run.installation,
  };
}
