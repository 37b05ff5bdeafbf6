import type { ScorerTelemetry } from '../telemetry.ts';

/** Counts records as a scorer does, but neither scores nor facts: those of a backfill are not published. */
export function createBackfillTelemetry(telemetry: ScorerTelemetry): ScorerTelemetry {
  return {
    chunkDone: (context) => telemetry.chunkDone({ ...context, scores: [], degraded: [], facts: new Map() }),
    stateRegressed: (partition, offset) => telemetry.stateRegressed(partition, offset),
  };
}
