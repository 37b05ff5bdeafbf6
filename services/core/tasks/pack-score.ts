import type { Score } from '../scoring/score.ts';

/*
 * Scores in stored states: arrays in a fixed order, since field names would be most of the bytes.
 */

/** Packs a score without the customer's key. */
export function packScore(score: Score): readonly unknown[] {
  const { churn, expectedSpend90d: spend, clv, reasons } = score;
  return [
    score.scoreId, score.customerRef, score.source, score.eventId, score.cause, score.asOf, score.stateVersion,
    score.activationId, score.modelVersion, score.backend, score.vectorHash, churn.p30, churn.p60, churn.p90, score.pAlive,
    spend && [spend.mean, spend.median, spend.currency],
    clv && [clv.mean, clv.low, clv.high, clv.horizonDays, clv.currency],
    score.level, score.tier, score.stage,
    packReasons(reasons),
    score.nextBestAction, score.degraded, score.supersedes, score.historical, score.occurredAt, score.receivedAt,
  ]; // prettier-ignore
}

export function packReasons(reasons: Score['reasons']): readonly unknown[] | null {
  return reasons && reasons.map((reason) => [reason.code, reason.contribution, reason.en, reason.zhCN]);
}

/** Reads what `packScore` wrote; the customer's key stands beside it. */
export function unpackScore(packed: readonly unknown[], tenant: string, surrogate: string): Score {
  const [
    scoreId, customerRef, source, eventId, cause, asOf, stateVersion, activationId, modelVersion, backend, vectorHash,
    p30, p60, p90, pAlive, spend, clv, level, tier, stage, reasons, nextBestAction, degraded, supersedes, historical,
    occurredAt, receivedAt,
  ] = packed as never[]; // prettier-ignore
  return {
    scoreId, tenant, surrogate, customerRef, source, eventId, cause, asOf, stateVersion, activationId, modelVersion, backend,
    vectorHash, churn: { p30, p60, p90 }, pAlive,
    expectedSpend90d: spend && { mean: spend[0], median: spend[1], currency: spend[2] },
    clv: clv && { mean: clv[0], low: clv[1], high: clv[2], horizonDays: clv[3], currency: clv[4] },
    level, tier, stage,
    reasons: unpackReasons(reasons),
    nextBestAction, degraded, supersedes, historical, occurredAt, receivedAt,
  }; // prettier-ignore
}

/** Null where none were told. */
export function unpackReasons(packed: readonly (readonly unknown[])[] | null): Score['reasons'] {
  return packed && packed.map(unpackReason);
}

function unpackReason(packed: readonly unknown[]): NonNullable<Score['reasons']>[number] {
  const [code, contribution, en, zhCN] = packed as [string, number, string, string];
  return { code, contribution, en, zhCN };
}
