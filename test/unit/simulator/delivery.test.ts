import { describe, expect, it } from 'vitest';
import { planDeliveries } from '../../../simulator/delivery.ts';
import type { LifeEvent } from '../../../simulator/life-event.ts';
import { createRandom } from '../../../simulator/random.ts';

const dayMs = 86_400_000;

function pageViews(count: number): LifeEvent[] {
  return Array.from({ length: count }, (_, index) => ({
    what: 'page-viewed' as const,
    number: index + 1,
    customerId: 'c00001',
    source: 'web' as const,
    at: index * 60_000,
    page: 'home',
  }));
}

const faults = { lateShare: 0.2, maxDelayMs: 3 * 3_600_000, duplicateShare: 0.05 };

describe('planDeliveries', () => {
  it('delivers every event, and a share of them twice', () => {
    const events = pageViews(4_000);
    const plan = [...planDeliveries(events, faults, createRandom(1, 'plan'))];
    const originals = plan.filter((delivery) => !delivery.isDuplicate);
    expect(new Set(originals.map((delivery) => delivery.event.number)).size).toBe(4_000);
    expect(originals).toHaveLength(4_000);
    expect((plan.length - 4_000) / 4_000).toBeCloseTo(0.05, 1);
  });

  it('sends a duplicate after its original, as the same event', () => {
    const seen = new Set<LifeEvent>();
    for (const { event, isDuplicate } of planDeliveries(pageViews(4_000), faults, createRandom(2, 'plan'))) {
      expect(seen.has(event)).toBe(isDuplicate);
      seen.add(event);
    }
  });

  it('delivers in the order of delivery times, some events after later ones, none after their day', () => {
    const plan = [...planDeliveries(pageViews(4_000), faults, createRandom(3, 'plan'))];
    const overtaken = plan.filter(({ event }, index) => plan.slice(0, index).some((each) => each.event.at > event.at));
    expect(overtaken.length).toBeGreaterThan(100);
    plan.forEach(({ event, deliverAt }, index) => {
      expect(deliverAt).toBeGreaterThanOrEqual(plan[Math.max(0, index - 1)].deliverAt);
      expect(Math.floor(deliverAt / dayMs)).toBe(Math.floor(event.at / dayMs));
    });
  });

  it('keeps the order and sends nothing twice where there are no faults', () => {
    const perfect = { lateShare: 0, maxDelayMs: 0, duplicateShare: 0 };
    const plan = [...planDeliveries(pageViews(100), perfect, createRandom(4, 'plan'))];
    expect(plan.map(({ event }) => event.number)).toEqual(pageViews(100).map((event) => event.number));
  });
});
