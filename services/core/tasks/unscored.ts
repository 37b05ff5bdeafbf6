import type { CustomerKey } from '../ports/state-store.ts';
import type { Score } from '../scoring/score.ts';
import type { EpochMs } from '../units.ts';

/** Stands in a task until the customer's first score comes: nothing is known, and `degraded` says so. */
export function unscored({ tenant, surrogate }: CustomerKey, customerRef: string | null, at: EpochMs): Score {
  return {
    scoreId: '',
    tenant,
    surrogate,
    customerRef,
    source: '',
    eventId: '',
    cause: 'event',
    asOf: Math.floor(at / 86_400_000) + 1,
    stateVersion: 0,
    activationId: '',
    modelVersion: '',
    backend: '',
    vectorHash: '',
    churn: { p30: 0, p60: 0, p90: 0 },
    pAlive: null,
    expectedSpend90d: null,
    clv: null,
    level: 'none',
    tier: null,
    stage: null,
    reasons: null,
    nextBestAction: null,
    degraded: true,
    supersedes: null,
    historical: false,
    occurredAt: at,
    receivedAt: at,
  };
}
