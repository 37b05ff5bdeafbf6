import { inject } from 'vitest';

export interface StackAddresses {
  /** Comma-separated `host:port`. */
  readonly kafka: string;
  readonly schemaRegistry: string;
  readonly redis: string;
}

declare module 'vitest' {
  interface ProvidedContext {
    stackAddresses: StackAddresses;
  }
}

/** Where the run's Kafka, schema registry and Redis are; known before the first test of a file is collected. */
export const stackAddresses: StackAddresses = readAddresses();

function readAddresses(): StackAddresses {
  const provided = inject('stackAddresses') as StackAddresses | undefined;
  if (provided !== undefined) return provided;
  const { KAFKA_BROKERS: kafka, SCHEMA_REGISTRY_URL: schemaRegistry, REDIS_URL: redis } = process.env;
  if (kafka === undefined || schemaRegistry === undefined || redis === undefined) {
    throw new Error(
      'No stack: run this test in a project whose global setup provides one, or set the three addresses.',
    );
  }
  return { kafka, schemaRegistry, redis };
}
