import type { Digest } from '../core/ports/digest.ts';
import type { RecordCodec } from '../core/ports/record-codec.ts';
import { nextLevel } from '../core/scoring/level.ts';
import type { Prediction } from '../core/scoring/prediction.ts';
import type { Score } from '../core/scoring/score.ts';
import { customerRef } from './customer-ref.ts';
import type { ScoredRow } from './scorer-context.ts';

export interface ComposeScoreInput {
  readonly row: ScoredRow;
  /** Null when inputs or outputs were not finite. */
  readonly prediction: Prediction | null;
  readonly vectorHash: string;
  readonly digest: Digest;
  readonly scoreCodec: RecordCodec<Score>;
}

/** Neutral values of a degraded score of a customer who never had a good one. */
const unknownChurn = { p30: 0.5, p60: 0.5, p90: 0.5 } as const;

/** The score of one row. It depends on the folded state, on `asOf` and on the activation alone: never on the clock. */
export function composeScore({ row, prediction, ...deps }: ComposeScoreInput): Score {
  const { record, activation, entry, tenant } = row;
  const { state } = entry;
  const last = state.lastScore;
  const isCorrection = row.cause === 'late';
  const needsLast = last !== null && (prediction === null || isCorrection);
  const lastScore = needsLast ? deps.scoreCodec.decodeBody(last.body) : null;
  const churn = prediction?.churn ?? lastScore?.churn ?? unknownChurn;
  const spend = prediction?.expectedSpend;
  const before = last?.level ?? 'none';
  return {
    ...provenance(row, deps),
    customerRef: customerRef(state, row.entry.key, tenant),
    churn,
    pAlive: null,
    expectedSpend90d:
      spend === undefined ? (lastScore?.expectedSpend90d ?? null) : { ...spend, currency: tenant.currency },
    clv: null,
    level: prediction === null ? before : nextLevel(churn.p90, before, activation.levelCutoffs),
    tier: null,
    stage: null,
    reasons: null,
    nextBestAction: null,
    degraded: prediction === null,
    supersedes: isCorrection ? (lastScore?.scoreId ?? null) : null,
    historical: record.historical,
    occurredAt: record.occurredAt,
    receivedAt: record.receivedAt,
  };
}

/** Which event, state and model the score was made from. */
function provenance(row: ScoredRow, deps: Pick<ComposeScoreInput, 'digest' | 'vectorHash'>) {
  const { record, activation } = row;
  return {
    scoreId: scoreId(deps.digest, row),
    tenant: record.tenant,
    surrogate: record.surrogate,
    source: record.source,
    eventId: record.eventId,
    cause: row.cause,
    asOf: row.asOf,
    stateVersion: row.stateVersion,
    activationId: activation.activationId,
    modelVersion: activation.stableModel,
    backend: activation.backend,
    vectorHash: deps.vectorHash,
  };
}

/** hash(tenant, source, event id, surrogate, activation): the same record under the same activation has the same id. */
function scoreId(digest: Digest, { record, activation }: ScoredRow): string {
  const parts = [record.tenant, record.source, record.eventId, record.surrogate, activation.activationId];
  return digest.sha256Hex(JSON.stringify(parts)).slice(0, 32);
}
