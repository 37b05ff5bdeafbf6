export type VariableReader = 'ingest' | 'scorer' | 'alerts' | 'start' | 'cli' | 'simulator';

/** One environment variable of the product, as `docs/reference/configuration.md` lists it. */
export interface KnownVariable {
  readonly name: string;
  readonly readBy: readonly VariableReader[];
  /** As written in the environment; null where the variable must be set. */
  readonly default: string | null;
  readonly description: string;
  /** Printed as `[redacted]`. */
  readonly secret?: true;
}

export const services = ['ingest', 'scorer', 'alerts'] as const;
export const servicesAndTools = [...services, 'start', 'cli'] as const;
