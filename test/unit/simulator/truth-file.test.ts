import { describe, expect, it } from 'vitest';
import { describeTruth } from '../../../simulator/truth-file.ts';
import { aDemoBusiness, demoReference, lifeUntil } from '../../support/demo-business.ts';

describe('describeTruth', () => {
  it('says whether the customer buys within 90 days of the reference moment', () => {
    const end = demoReference + 90 * 86_400_000;
    for (const customer of aDemoBusiness(7, 100).customers) {
      const buys = lifeUntil(customer, 7, end).some(
        (event) => event.what === 'order-placed' && event.at >= demoReference,
      );
      expect(describeTruth(customer, 7, demoReference)['buysWithin90Days']).toBe(buys);
    }
  });

  it('shows moments as ISO 8601 and null where there is none', () => {
    const truths = aDemoBusiness(7, 100).customers.map((customer) => describeTruth(customer, 7, demoReference));
    for (const truth of truths) {
      expect(truth['joinedAt']).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
      expect(truth['gone'] === null).toBe(truth['behaviour'] === 'steady');
    }
  });
});
