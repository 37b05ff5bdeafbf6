import { describe, expect, it } from 'vitest';
import { closedFormNames } from '../../../../services/core/btyd/closed-form.ts';
import { featureNames } from '../../../../services/core/features/feature-catalogue.ts';
import { featureMeaning } from '../../../../services/core/reasons/feature-meaning.ts';
import { isAdverse } from '../../../../services/core/reasons/is-adverse.ts';
import { reasonCodes } from '../../../../services/core/reasons/reason-code.ts';

const known = [...featureNames, ...closedFormNames];

describe('the meaning of features', () => {
  it.each(known)('names %s in both languages', (feature) => {
    const { en, zhCN } = featureMeaning(feature);
    expect(en).not.toBe(feature);
    expect(en).toMatch(/^[\x20-\x7e]+$/);
    expect(zhCN).toMatch(/\p{Script=Han}/u);
  });

  it('tells features apart by their names', () => {
    expect(new Set(known.map((feature) => featureMeaning(feature).en)).size).toBe(known.length);
    expect(new Set(known.map((feature) => featureMeaning(feature).zhCN)).size).toBe(known.length);
  });

  it('has features for every reason of the taxonomy', () => {
    expect(new Set(known.map((feature) => featureMeaning(feature).code))).toEqual(new Set(reasonCodes));
  });

  it('counts what it does not know as other', () => {
    expect(featureMeaning('shoe_size')).toEqual({ code: 'other', en: 'shoe_size', zhCN: 'shoe_size' });
  });
});

describe('a figure bears out its reason', () => {
  it.each([
    ['complaints_90', 2, 0.1, true],
    ['complaints_90', 0, 0.1, false],
    ['complaint_days_ago', 300, 40, true],
    ['complaint_days_ago', NaN, 40, false],
    ['csat_last', 2, 4, true],
    ['csat_last', 5, 4, false],
    ['contacts_opened_90', 0, 3, true],
    ['contacts_ignored', 9, 3, true],
    ['personal_contact_days_ago', 20, 30, false],
    ['recency_days', 100, 60, true],
    ['recency_over_gap', 1, 2, false],
    ['spend_90', 10, 60, true],
    ['spend_90', 70, 60, false],
    ['tenure_days', 1, 60, true],
  ])('%s %d against %d: %s', (feature, own, typical, expected) => {
    expect(isAdverse(feature, own, typical)).toBe(expected);
  });
});
