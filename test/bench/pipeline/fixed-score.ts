import type { CustomerRecord } from '../../../services/core/events/customer-record.ts';
import type { Score } from '../../../services/core/scoring/score.ts';

const someChurn: Score['churn'] = { p30: 0.5, p60: 0.4, p90: 0.3 };

/** A score whose content is fixed but for the customer, the event, and what of churn is given. */
export function fixedScore(event: CustomerRecord, churn: Score['churn'] = someChurn): Score {
  return {
    scoreId: event.contentHash,
    tenant: event.tenant,
    surrogate: event.surrogate,
    customerRef: null,
    source: event.source,
    eventId: event.eventId,
    cause: 'event',
    asOf: 20_000,
    stateVersion: 1,
    activationId: event.contentHash,
    modelVersion: 'retention/1',
    backend: 'wasm',
    vectorHash: event.contentHash,
    churn,
    pAlive: null,
    expectedSpend90d: { mean: 10, median: 5, currency: 'GBP' },
    clv: null,
    level: 'none',
    tier: null,
    stage: null,
    reasons: null,
    nextBestAction: null,
    degraded: false,
    supersedes: null,
    historical: false,
    occurredAt: event.occurredAt,
    receivedAt: event.receivedAt,
  };
}
