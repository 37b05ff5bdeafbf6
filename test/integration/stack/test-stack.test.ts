import { describe, expect, it } from 'vitest';
import { awaitStackReady } from '../../../scripts/stack/readiness/await-stack-ready.ts';
import { stackAddresses } from '../../support/stack-addresses.ts';

describe('the stack of a test run', () => {
  it('answers a Kafka coordinator request, a registry call and a PING', async () => {
    await awaitStackReady(stackAddresses, 5_000);
    expect(stackAddresses.schemaRegistry).toContain('/apis/ccompat/v7');
  });

  it('is missed by name when nobody listens there', async () => {
    const nobody = { kafka: '127.0.0.1:1', schemaRegistry: 'http://127.0.0.1:1', redis: 'redis://user:pw@127.0.0.1:1' };
    await expect(awaitStackReady({ ...stackAddresses, kafka: nobody.kafka }, 300)).rejects.toThrow(
      /^Kafka at 127\.0\.0\.1:1 did not answer/,
    );
    await expect(awaitStackReady({ ...stackAddresses, redis: nobody.redis }, 300)).rejects.toThrow(
      /^Redis at redis:\/\/127\.0\.0\.1:1 did not answer/,
    );
    await expect(awaitStackReady({ ...stackAddresses, schemaRegistry: nobody.schemaRegistry }, 300)).rejects.toThrow(
      /^The schema registry at http:\/\/127\.0\.0\.1:1 did not answer/,
    );
  });
});
