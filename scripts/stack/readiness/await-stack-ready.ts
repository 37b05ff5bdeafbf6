import type { StackAddresses } from '../stack.ts';
import { askKafka } from './ask-kafka.ts';
import { askRedis } from './ask-redis.ts';
import { askRegistry } from './ask-registry.ts';
import { awaitReady } from './await-ready.ts';
import { hideCredentials } from './hide-credentials.ts';

/** Waits until each of the three answers a real request; the fault names the one that does not. */
export async function awaitStackReady(addresses: StackAddresses, timeoutMs: number): Promise<void> {
  const { kafka, schemaRegistry, redis } = addresses;
  await Promise.all([
    awaitReady(() => askKafka(kafka), { what: `Kafka at ${kafka}`, timeoutMs }),
    awaitReady(() => askRegistry(schemaRegistry), {
      what: `The schema registry at ${hideCredentials(schemaRegistry)}`,
      timeoutMs,
    }),
    awaitReady(() => askRedis(redis), { what: `Redis at ${hideCredentials(redis)}`, timeoutMs }),
  ]);
}
