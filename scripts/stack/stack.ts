export type StackMode = 'external' | 'local' | 'docker' | 'embedded';

export interface StackAddresses {
  /** Comma-separated `host:port`. */
  readonly kafka: string;
  /** Base URL of the registry's Confluent-compatible interface. */
  readonly schemaRegistry: string;
  readonly redis: string;
}

/** A running Kafka, schema registry and Redis. */
export interface Stack extends StackAddresses {
  readonly mode: StackMode;
  /** Why this mode was chosen, as a sentence for people. */
  readonly reason: string;
  /** Process ids by name; empty when the processes are not ours. */
  readonly pids: Readonly<Record<string, number>>;
  /** Whether `stop` ends it: false for an external stack and for the warm one of `npm run stack:up`. */
  readonly owned: boolean;
  /** Ends what was started for this stack, in order. Calling it twice is harmless. */
  stop(): Promise<void>;
}
