import type { ScorerContext } from './scorer-context.ts';

/** What the scorer tells its observers; called once per chunk, never per event. */
export interface ScorerTelemetry {
  chunkDone(context: ScorerContext): void;
  /** The store held an older state than was written: `partition` is read again from `offset`. */
  stateRegressed(partition: number, offset: number): void;
}
