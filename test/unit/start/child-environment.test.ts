import { describe, expect, it } from 'vitest';
import { childEnvironment } from '../../../scripts/start/services/child-environment.ts';

describe('childEnvironment', () => {
  it('puts this run over what the environment says', () => {
    const env = childEnvironment(
      { KAFKA_BROKERS: 'old:1', TIDEWATCH_LOG_LEVEL: 'warn', PATH: '/bin' },
      {
        stack: { kafka: 'k:1', schemaRegistry: 'http://s', redis: 'redis://r' },
        prefixes: { topic: 't-', group: 'g-', key: 'k-' },
        installation: '/x/installation.json',
      },
    );
    expect(env).toMatchObject({
      KAFKA_BROKERS: 'k:1',
      SCHEMA_REGISTRY_URL: 'http://s',
      REDIS_URL: 'redis://r',
      TIDEWATCH_TOPIC_PREFIX: 't-',
      TIDEWATCH_GROUP_PREFIX: 'g-',
      TIDEWATCH_KEY_PREFIX: 'k-',
      TIDEWATCH_INSTALLATION_FILE: '/x/installation.json',
      TIDEWATCH_LOG_LEVEL: 'warn',
    });
  });
});
