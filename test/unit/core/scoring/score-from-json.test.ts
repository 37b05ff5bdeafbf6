import { describe, expect, it } from 'vitest';
import { scoreFromJson } from '../../../../services/core/scoring/score-from-json.ts';
import { scoreToJson } from '../../../../services/core/scoring/score-to-json.ts';
import { aScore } from '../../../support/score-builder.ts';

const reasons = [{ code: 'price', contribution: 0.4, en: 'Price.', zhCN: '价格。' }];

describe('a score that is read from what the interface answers', () => {
  it('is written again as it was', () => {
    for (const score of [
      aScore(),
      aScore({ reasons, tier: 'core', stage: 'new', degraded: true, customerRef: null }),
    ]) {
      const json: unknown = JSON.parse(JSON.stringify(scoreToJson(score)));
      const read = scoreFromJson(json, (asOf) => asOf * 86_400_000);
      expect(read).toMatchObject({ surrogate: score.surrogate, asOf: score.asOf, receivedAt: score.asOf * 86_400_000 });
      expect(scoreToJson(read as typeof score)).toEqual(json);
    }
  });

  it('says where it is none, without what stands there', () => {
    const json = { ...scoreToJson(aScore()), churn: { 30: 0.5, 60: 'secret', 90: 0.2 } };
    const told = scoreFromJson(json, () => 0);
    expect(told).toMatch(/^churn\.60: /);
    expect(told).not.toContain('secret');
    expect(scoreFromJson(7, () => 0)).toMatch(/^the whole: /);
  });
});
