import type { Digest } from '../core/ports/digest.ts';
import type { RecordCodec } from '../core/ports/record-codec.ts';
import { nextLevel } from '../core/scoring/level.ts';
import type { Prediction } from '../core/scoring/prediction.ts';
import type { ExpectedSpend, Score } from '../core/scoring/score.ts';
import type { Assignment } from '../core/segments/segmenter.ts';
import type { HorizonValue } from '../core/value/tenant-valuers.ts';
import { customerRef } from './customer-ref.ts';
import type { ScoredRow } from './scorer-context.ts';

export interface ComposeScoreInput {
  readonly row: ScoredRow;
  /** Null when inputs or outputs were not finite. */
  readonly prediction: Prediction | null;
  /** Null where it is not known, though the prediction may be. */
  readonly value: HorizonValue | null;
  readonly segments: Pick<Assignment, 'tier' | 'stage'>;
  readonly vectorHash: string;
  readonly digest: Digest;
  readonly scoreCodec: RecordCodec<Score>;
}

/** Neutral values of a degraded score of a customer who never had a good one. */
const unknownChurn = { p30: 0.5, p60: 0.5, p90: 0.5 } as const;

/** The score of one row. It depends on the folded state, on `asOf` and on the activation alone: never on the clock. */
export function composeScore(input: ComposeScoreInput): Score {
  const { row, prediction, segments } = input;
  const { record, activation, entry, tenant } = row;
  const { state } = entry;
  const last = state.lastScore;
  const isCorrection = row.cause === 'late';
  const needsLast = last !== null && (prediction === null || isCorrection || row.cause === 'day');
  const lastScore = needsLast ? input.scoreCodec.decodeBody(last.body) : null;
  const churn = prediction?.churn ?? lastScore?.churn ?? unknownChurn;
  const before = last?.level ?? 'none';
  // One literal with every field: copying parts into it costs more than making it.
  return {
    scoreId: scoreId(input.digest, row),
    tenant: record.tenant,
    surrogate: record.surrogate,
    customerRef: customerRef(state, entry.key, tenant),
    source: record.source,
    eventId: record.eventId,
    cause: row.cause,
    asOf: row.asOf,
    stateVersion: row.stateVersion,
    activationId: activation.activationId,
    modelVersion: activation.stableModel,
    backend: activation.backend,
    vectorHash: input.vectorHash,
    churn,
    pAlive: null,
    expectedSpend90d: expectedSpend(prediction, tenant.currency) ?? lastScore?.expectedSpend90d ?? null,
    clv: prediction === null ? (lastScore?.clv ?? null) : lifetimeValue(input.value, tenant.currency),
    level: prediction === null ? before : nextLevel(churn.p90, before, activation.levelCutoffs),
    tier: segments.tier,
    stage: segments.stage,
    reasons: null,
    nextBestAction: null,
    degraded: prediction === null,
    supersedes: isCorrection ? (lastScore?.scoreId ?? null) : null,
    // Silence after imported history is still history: it opens no tasks until the customer has done something live.
    historical: row.cause === 'day' ? (lastScore?.historical ?? false) : record.historical,
    occurredAt: record.occurredAt,
    receivedAt: record.receivedAt,
  };
}

function expectedSpend(prediction: Prediction | null, currency: string): ExpectedSpend | null {
  if (prediction === null) return null;
  const { mean, median } = prediction.expectedSpend;
  return { mean, median, currency };
}

function lifetimeValue(value: HorizonValue | null, currency: string): Score['clv'] {
  if (value === null) return null;
  const { mean, low, high, horizonDays } = value;
  return { mean, low, high, horizonDays, currency };
}

/** hash(tenant, source, event id, surrogate, activation): the same record under the same activation has the same id. */
function scoreId(digest: Digest, { record, activation }: ScoredRow): string {
  const parts = [record.tenant, record.source, record.eventId, record.surrogate, activation.activationId];
  return digest.sha256Hex(JSON.stringify(parts)).slice(0, 32);
}
