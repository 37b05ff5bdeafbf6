import { describe, expect, it } from 'vitest';
import { customerLife } from '../../../simulator/customer-life.ts';
import type { LifeEvent } from '../../../simulator/life-event.ts';
import { mergeLives } from '../../../simulator/merge-lives.ts';
import { aDemoBusiness, demoReference, lifeUntil } from '../../support/demo-business.ts';

describe('mergeLives', () => {
  it('tells every life event once, in the order of time, from the given moment on', () => {
    const business = aDemoBusiness(5, 30);
    const from = demoReference - 100 * 86_400_000;
    const expected = business.customers
      .flatMap((customer) => lifeUntil(customer, 5, demoReference))
      .filter((event) => event.at >= from);
    const merged: LifeEvent[] = [];
    const lives = business.customers.map((customer) => customerLife(customer, 5));
    for (const event of mergeLives(lives, from)) {
      if (event.at >= demoReference) break;
      merged.push(event);
    }
    expect(merged.length).toBe(expected.length);
    expect(merged.every((event, index) => index === 0 || merged[index - 1].at <= event.at)).toBe(true);
    expect(new Set(merged.map((event) => `${event.customerId}-${event.number}`)).size).toBe(merged.length);
  });
});
