import type { ScorerTelemetry } from '../telemetry.ts';

/** Counts records as a scorer does, but no scores: those of a backfill are not published. */
export function createBackfillTelemetry(telemetry: ScorerTelemetry): ScorerTelemetry {
  return {
    chunkDone: (context) => telemetry.chunkDone({ ...context, scores: [], degraded: [] }),
    stateRegressed: (partition, offset) => telemetry.stateRegressed(partition, offset),
  };
}
