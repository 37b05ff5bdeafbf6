import { z } from 'zod';
import { commonConfig } from '../../services/platform/runtime/common-config.ts';
import { loadConfig, type Environment } from '../../services/platform/runtime/load-config.ts';

const schema = z.object(commonConfig);

/** The settings that start and the services share. */
export type RunConfig = Readonly<z.output<typeof schema>>;

/** Reads them; ERR_CONFIG_INVALID lists every problem. */
export function loadRunConfig(env: Environment): RunConfig {
  return loadConfig(schema, env);
}

/** Finds wrong or misspelt settings before anything is started; the stack's addresses are not known yet. */
export function checkSettings(env: Environment): void {
  const addresses = { KAFKA_BROKERS: 'h:1', SCHEMA_REGISTRY_URL: 'http://h', REDIS_URL: 'redis://h' };
  const given = Object.entries(env).filter(([, value]) => value !== undefined && value !== '');
  loadConfig(schema, { ...addresses, ...Object.fromEntries(given) });
}
