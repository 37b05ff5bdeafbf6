import { EngineError } from '../../services/core/errors.ts';
import type { StackAddresses } from './stack.ts';

const variables = ['KAFKA_BROKERS', 'SCHEMA_REGISTRY_URL', 'REDIS_URL'] as const;

/** The stack named by the environment; null when none of its variables is set, an error when only some are. */
export function readExternalAddresses(env: Readonly<Record<string, string | undefined>>): StackAddresses | null {
  const missing = variables.filter((name) => !env[name]);
  if (missing.length === variables.length) return null;
  if (missing.length > 0) {
    const present = variables.filter((name) => env[name]);
    throw new EngineError(
      'ERR_CONFIG_INVALID',
      `An external stack needs ${variables.join(', ')}: ${present.join(' and ')} is set but ${missing.join(' and ')} ` +
        `is missing. Set all three, or none.`,
      { retryable: false },
    );
  }
  const [kafka = '', schemaRegistry = '', redis = ''] = variables.map((name) => env[name]);
  return { kafka, schemaRegistry, redis };
}
