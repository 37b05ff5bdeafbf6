import { createStackProbes } from '../../../services/platform/provisioning/stack-probes.ts';
import { type Environment, loadConfig } from '../../../services/platform/runtime/load-config.ts';
import { readConnections } from '../../../services/platform/runtime/read-connections.ts';
import { waitForDependency } from '../../../services/platform/runtime/start-dependencies.ts';
import { toolConfig } from '../../../services/platform/runtime/tool-config.ts';
import { createLogger } from '../../../services/platform/telemetry/logger.ts';
import type { StackAddresses } from '../stack.ts';

/**
 * Waits until a stack that somebody else runs answers over the connections of the environment (TLS, login). A refusal
 * is not waited out: ERR_*_DENIED says what is missing.
 */
export async function awaitExternalStack(
  { kafka, schemaRegistry, redis }: StackAddresses,
  env: Environment,
  timeoutMs: number,
): Promise<void> {
  const logger = createLogger({ name: 'stack', level: 'silent' });
  const probes = createStackProbes(readConnections(loadConfig(toolConfig, env)), logger);
  const wait = { timeoutMs, logger };
  const registryAddress = { address: schemaRegistry, variable: 'SCHEMA_REGISTRY_URL' };
  await Promise.all([
    waitForDependency('Kafka', probes.kafka, { ...wait, address: kafka, variable: 'KAFKA_BROKERS' }),
    waitForDependency('The schema registry', probes.registry, { ...wait, ...registryAddress }),
    waitForDependency('Redis', probes.redis, { ...wait, address: redis, variable: 'REDIS_URL' }),
  ]);
}
