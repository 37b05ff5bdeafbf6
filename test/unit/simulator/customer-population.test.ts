import { describe, expect, it } from 'vitest';
import { createPopulation } from '../../../simulator/customer-population.ts';
import { demoReference } from '../../support/demo-business.ts';

const options = { seed: 7, customers: 400, historyDays: 400, reference: demoReference };

describe('createPopulation', () => {
  it('has customers of every behaviour, most of them steady', () => {
    const population = createPopulation(options);
    const share = (behaviour: string) => population.filter((each) => each.behaviour === behaviour).length / 400;
    expect(share('steady')).toBeGreaterThan(0.6);
    expect(share('dissatisfied')).toBeGreaterThan(0.1);
    expect(share('lapsing')).toBeGreaterThan(0.08);
  });

  it('gives an end to those that leave, and a beginning of dissatisfaction before it', () => {
    for (const { behaviour, dissatisfiedFrom, gone, joinedAt } of createPopulation(options)) {
      if (behaviour === 'steady') expect([dissatisfiedFrom, gone]).toEqual([null, null]);
      else expect(gone).toBeGreaterThan(joinedAt);
      if (behaviour === 'dissatisfied') expect(dissatisfiedFrom).toBeLessThan(gone!);
    }
  });

  it('does not change a customer when others are added', () => {
    const few = createPopulation({ ...options, customers: 10 });
    expect(createPopulation(options).slice(0, 10)).toEqual(few);
  });
});
