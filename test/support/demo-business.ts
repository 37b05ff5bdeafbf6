import { createPopulation } from '../../simulator/customer-population.ts';
import type { Customer } from '../../simulator/customer.ts';
import { customerLife } from '../../simulator/customer-life.ts';
import type { LifeEvent } from '../../simulator/life-event.ts';
import type { SimulationOptions } from '../../simulator/simulation-plan.ts';

/** The moment between past and live in tests of the simulator. */
export const demoReference = Date.UTC(2026, 4, 1, 9);

/** A small demo business. */
export function aDemoBusiness(seed = 7, customers = 60): SimulationOptions {
  const population = createPopulation({ seed, customers, historyDays: 400, reference: demoReference });
  return { seed, customers: population, reference: demoReference, currency: 'GBP' };
}

/** One customer's life up to a moment. */
export function lifeUntil(customer: Customer, seed: number, end: number): LifeEvent[] {
  const events: LifeEvent[] = [];
  for (const event of customerLife(customer, seed)) {
    if (event.at >= end) break;
    events.push(event);
  }
  return events;
}
