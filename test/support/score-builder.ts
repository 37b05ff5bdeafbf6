import type { Level } from '../../services/core/scoring/level.ts';
import type { Score } from '../../services/core/scoring/score.ts';

const usualChurn: Record<Level, number> = { none: 0.1, watch: 0.35, high: 0.6, critical: 0.8 };
const dayMs = 86_400_000;
const firstReceivedAt = Date.UTC(2026, 0, 15, 12);

/**
 * A live score of level high, as the scorer would write it. Later state versions are received a minute later each;
 * the churn probabilities fit the level.
 */
export function aScore(overrides: Partial<Score> = {}): Score {
  const level = overrides.level ?? 'high';
  const stateVersion = overrides.stateVersion ?? 1;
  const receivedAt = overrides.receivedAt ?? firstReceivedAt + stateVersion * 60_000;
  const p90 = usualChurn[level];
  return {
    scoreId: stateVersion.toString(16).padStart(32, '0'),
    tenant: 'demo',
    surrogate: '00112233445566778899aabbccddeeff',
    customerRef: '42',
    source: 'web-shop',
    eventId: `event-${stateVersion}`,
    cause: 'event',
    asOf: Math.floor(receivedAt / dayMs) + 1,
    stateVersion,
    activationId: 'a'.repeat(32),
    modelVersion: 'retention/1',
    backend: 'wasm',
    vectorHash: 'b'.repeat(32),
    churn: { p30: Math.min(1, p90 + 0.15), p60: Math.min(1, p90 + 0.05), p90 },
    pAlive: null,
    expectedSpend90d: { mean: 120.5, median: 80.25, currency: 'GBP' },
    clv: null,
    level,
    tier: null,
    stage: null,
    reasons: null,
    nextBestAction: null,
    degraded: false,
    supersedes: null,
    historical: false,
    occurredAt: receivedAt - 1_000,
    receivedAt,
    ...overrides,
  };
}
