import { awaitExternalStack } from '../readiness/await-external-stack.ts';
import { readExternalAddresses } from '../read-external-addresses.ts';
import type { StackProvider } from '../stack-provider.ts';

const reason = 'KAFKA_BROKERS, SCHEMA_REGISTRY_URL and REDIS_URL are set';
const answerWithinMs = 20_000;

/** A stack that somebody else runs; it is checked, used and never stopped. */
export const externalStack: StackProvider = {
  mode: 'external',
  async probe(context) {
    const addresses = readExternalAddresses(context.env);
    if (addresses !== null) return Promise.resolve({ available: true, reason });
    return Promise.resolve({
      available: false,
      reason: 'An external stack needs KAFKA_BROKERS, SCHEMA_REGISTRY_URL and REDIS_URL to be set.',
    });
  },
  async start(context, why) {
    const addresses = readExternalAddresses(context.env);
    if (addresses === null) throw new Error('The external stack was started without its addresses.');
    await awaitExternalStack(addresses, context.env, answerWithinMs);
    return { ...addresses, mode: 'external', reason: why, pids: {}, owned: false, stop: () => Promise.resolve() };
  },
};
