import { describe, expect, it } from 'vitest';
import { eventCells } from '../../../../services/core/kpis/counting/event-cells.ts';
import { aKpiFact } from '../../../support/a-kpi-fact.ts';
import { utcRules } from '../../../support/kpi-facts.ts';

type Value = string | number;

function soldBy(type: string, amountMinor: number | null, said: Readonly<Record<string, Value>> = {}): number {
  const attributes = Object.entries(said).map(([name, value]) => ({ name, value }));
  const cells = eventCells(aKpiFact({ type, amountMinor, attributes }), utcRules);
  return cells.reduce((sum, [cell, by]) => (cell === 'value_added_minor' ? sum + by : sum), 0);
}

describe('value-added sales', () => {
  it('are what services are subscribed and upgraded for', () => {
    expect(soldBy('service.subscribed', 900)).toBe(900);
    expect(soldBy('service.upgraded', 400, { direction: 'up' })).toBe(400);
    expect(soldBy('service.upgraded', 400, { level: 3, previousLevel: 2 })).toBe(400);
    expect(soldBy('service.upgraded', null)).toBe(0);
  });

  it('are not raised by a step down, nor by money that goes back', () => {
    expect(soldBy('service.upgraded', 400, { direction: 'Downgrade' })).toBe(0);
    expect(soldBy('service.upgraded', 400, { direction: '降级' })).toBe(0);
    expect(soldBy('service.upgraded', 400, { level: 1, previousLevel: 2 })).toBe(0);
    expect(soldBy('service.upgraded', -400)).toBe(0);
    expect(soldBy('service.subscribed', -900)).toBe(0);
  });
});
