import { describe, expect, it } from 'vitest';
import { refuseSurvey } from '../../../../services/core/surveys/may-ask.ts';
import { isAnswer, isLowAnswer } from '../../../../services/core/surveys/survey.ts';

const low = { csat: 2, nps: 6 };
const day = 86_400_000;

describe('an answer to a survey', () => {
  it('lies on the scale of its kind; 0 is an answer to NPS, as 1 to 6 are no smaller', () => {
    expect([0, 1, 5, 6, 2.5].map((value) => isAnswer('csat', value))).toEqual([false, true, true, false, false]);
    expect([-1, 0, 10, 11].map((value) => isAnswer('nps', value))).toEqual([false, true, true, false]);
  });

  it('is low from where the playbook says', () => {
    expect([1, 2, 3].map((value) => isLowAnswer('csat', value, low))).toEqual([true, true, false]);
    expect([0, 6, 7].map((value) => isLowAnswer('nps', value, low))).toEqual([true, true, false]);
    expect(isLowAnswer('csat', 0, low)).toBe(false);
  });
});

describe('a customer', () => {
  const willing = { lastAskedAt: null, optedOut: false, hasOpenComplaint: false };
  const now = { at: 100 * day, fatigueMs: 30 * day };

  it('is asked once within the fatigue limit', () => {
    expect(refuseSurvey(willing, now)).toBeNull();
    expect(refuseSurvey({ ...willing, lastAskedAt: 71 * day }, now)).toBe('asked-lately');
    expect(refuseSurvey({ ...willing, lastAskedAt: 70 * day }, now)).toBeNull();
  });

  it('is not asked against their will, nor while a complaint waits', () => {
    expect(refuseSurvey({ ...willing, optedOut: true }, now)).toBe('opted-out');
    expect(refuseSurvey({ ...willing, hasOpenComplaint: true }, now)).toBe('open-complaint');
  });
});
