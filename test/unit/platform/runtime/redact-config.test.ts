import { describe, expect, it } from 'vitest';
import { redactConfig } from '../../../../services/platform/runtime/redact-config.ts';

describe('redactConfig', () => {
  it('shows settings and addresses, but no credentials in them', () => {
    const shown = redactConfig({
      REDIS_URL: 'rediss://user:pass@redis:6379',
      KAFKA_BROKERS: ['a:1'],
      TIDEWATCH_ADMIN_TOKEN: 'abc',
      TIDEWATCH_SCORER_PORT: { port: 1, explicit: true },
    });
    expect(shown).toEqual({
      REDIS_URL: 'rediss://[redacted]@redis:6379',
      KAFKA_BROKERS: ['a:1'],
      TIDEWATCH_ADMIN_TOKEN: '[redacted]',
      TIDEWATCH_SCORER_PORT: { port: 1, explicit: true },
    });
  });
});
