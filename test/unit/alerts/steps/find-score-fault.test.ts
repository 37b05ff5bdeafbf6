import { describe, expect, it } from 'vitest';
import { findScoreFault } from '../../../../services/alerts/steps/find-score-fault.ts';
import type { Score } from '../../../../services/core/scoring/score.ts';
import { aScore } from '../../../support/score-builder.ts';

const impossible: readonly [field: string, wrong: Partial<Score>][] = [
  ['tenant', { tenant: '' }],
  ['surrogate', { surrogate: '42' }],
  ['surrogate', { surrogate: 'F'.repeat(32) }],
  ['level', { level: 'panic' as Score['level'] }],
  ['churn', { churn: { p30: 1, p60: 1, p90: 1.1 } }],
  ['churn', { churn: { p30: -0.1, p60: 0.5, p90: 0.5 } }],
  ['churn', { churn: { p30: 0.5, p60: 0.5, p90: Number.NaN } }],
  ['expectedSpend90d', { expectedSpend90d: { mean: Infinity, median: 1, currency: 'GBP' } }],
  ['expectedSpend90d', { expectedSpend90d: { mean: 1, median: Number.NaN, currency: 'GBP' } }],
  ['pAlive', { pAlive: Number.NaN }],
  ['clv', { clv: { mean: Infinity, low: 1, high: 2, horizonDays: 365, currency: 'GBP' } }],
  ['clv', { clv: { mean: 1, low: Number.NaN, high: 2, horizonDays: 365, currency: 'GBP' } }],
  ['reasons', { reasons: [{ code: 'longer-gap', contribution: -Infinity, en: 'Buys less', zhCN: '购买减少' }] }],
  ['asOf', { asOf: 100_000_001 }],
  ['stateVersion', { stateVersion: 0 }],
  ['stateVersion', { stateVersion: 2 ** 53, asOf: 0, receivedAt: 0 }],
  ['receivedAt', { receivedAt: 8.64e15, asOf: 0 }],
  ['receivedAt', { receivedAt: -1 }],
];

describe('findScoreFault', () => {
  it.each(impossible)('names an impossible %s (%j)', (field, wrong) => {
    const fault = findScoreFault(aScore(wrong));
    expect(fault).toMatchObject({ code: 'ERR_RECORD_DECODE', retryable: false, context: { field } });
    expect(fault?.message).toContain(field);
  });

  it.each([
    ['of a usual customer', {}],
    ['without expected spend', { expectedSpend90d: null }],
    ['with certain churn', { churn: { p30: 1, p60: 1, p90: 1 } }],
    ['with a loss expected', { expectedSpend90d: { mean: -3, median: 0, currency: 'GBP' } }],
  ] as const)('takes a score %s', (_, overrides) => {
    expect(findScoreFault(aScore(overrides))).toBeNull();
  });
});
