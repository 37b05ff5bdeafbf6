import { isoFromEpochDay } from '../events/epoch-day.ts';
import { reasonsToJson } from './reasons-to-json.ts';
import type { Score } from './score.ts';

/** A score as the HTTP interfaces and the task show it. Parts that are not computed are null. */
export function scoreToJson(score: Score): object {
  const { churn, expectedSpend90d: spend, clv } = score;
  return {
    customerRef: score.customerRef,
    customerId: `~${score.surrogate}`,
    tenant: score.tenant,
    scoreId: score.scoreId,
    version: score.stateVersion,
    asOf: isoFromEpochDay(score.asOf),
    modelVersion: score.modelVersion,
    backend: score.backend,
    cause: score.cause,
    churn: { 30: churn.p30, 60: churn.p60, 90: churn.p90 },
    pAlive: score.pAlive,
    expectedSpend90d: spend && { mean: spend.mean, median: spend.median, currency: spend.currency },
    clv: clv && { mean: clv.mean, low: clv.low, high: clv.high, horizonDays: clv.horizonDays, currency: clv.currency },
    level: score.level,
    tier: score.tier,
    stage: score.stage,
    reasons: reasonsToJson(score.reasons),
    nextBestAction: score.nextBestAction,
    degraded: score.degraded,
    supersedes: score.supersedes,
  };
}
