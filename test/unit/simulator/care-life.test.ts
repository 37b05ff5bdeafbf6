import { describe, expect, it } from 'vitest';
import { drawCareLife } from '../../../simulator/care/care-life.ts';
import { drawStaffActs } from '../../../simulator/care/care-staff.ts';

const from = Date.UTC(2026, 6, 1);
const hourMs = 3_600_000;

describe('the care business', () => {
  it('gives each customer a life of their own, the same for the same seed, one entry an hour at most', () => {
    for (let customer = 0; customer < 50; customer += 1) {
      const life = drawCareLife({ seed: 3, customer, from, days: 92 });
      expect(drawCareLife({ seed: 3, customer, from, days: 92 })).toEqual(life);
      expect(drawCareLife({ seed: 4, customer, from, days: 92 })).not.toEqual(life);
      const hours = life.map(({ at }) => (at - from) / hourMs);
      expect(hours.every((hour, i) => Number.isInteger(hour) && hour > (hours[i - 1] ?? -1) && hour < 92 * 24)).toBe(
        true,
      );
      expect(life.some(({ kind }) => kind === 'score')).toBe(true);
    }
  });

  it('has staff who act in order, and forget some tasks', () => {
    const acts = Array.from({ length: 200 }, (_, task) => drawStaffActs(3, `task ${task}`));
    const forgotten = acts.filter(({ length }) => length === 0).length;
    expect(forgotten).toBeGreaterThan(0);
    expect(forgotten).toBeLessThan(100);
    for (const each of acts) {
      const hours = each.map(({ afterHours }) => afterHours);
      expect(hours).toEqual(hours.toSorted((one, other) => one - other));
    }
  });
});
