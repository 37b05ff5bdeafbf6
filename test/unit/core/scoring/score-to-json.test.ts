import { describe, expect, it } from 'vitest';
import { scoreToJson } from '../../../../services/core/scoring/score-to-json.ts';
import { aScore } from '../../../support/score-builder.ts';

describe('a score as JSON', () => {
  it('has exactly the published fields, null where nothing is computed', () => {
    const score = aScore({ asOf: 20_454 });
    expect(scoreToJson(score)).toEqual({
      customerRef: '42',
      customerId: '~00112233445566778899aabbccddeeff',
      tenant: 'demo',
      scoreId: score.scoreId,
      version: 1,
      asOf: '2026-01-01',
      modelVersion: 'retention/1',
      backend: 'wasm',
      cause: 'event',
      churn: { '30': score.churn.p30, '60': score.churn.p60, '90': score.churn.p90 },
      pAlive: null,
      expectedSpend90d: { mean: 120.5, median: 80.25, currency: 'GBP' },
      clv: null,
      level: 'high',
      tier: null,
      stage: null,
      reasons: null,
      nextBestAction: null,
      degraded: false,
      supersedes: null,
    });
  });

  it('shows lifetime value and reasons where there are some', () => {
    const clv = { mean: 3, low: 1, high: 9, horizonDays: 365, currency: 'CNY' };
    const reasons = [{ code: 'gap', contribution: 0.3, en: 'a long gap', zhCN: '间隔过长' }];
    expect(scoreToJson(aScore({ clv, reasons, expectedSpend90d: null }))).toMatchObject({
      clv,
      expectedSpend90d: null,
      reasons: [{ code: 'gap', contribution: 0.3, text: { en: 'a long gap', 'zh-CN': '间隔过长' } }],
    });
  });
});
