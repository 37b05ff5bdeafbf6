import { describe, expect, it } from 'vitest';
import type { CustomerRecord } from '../../../../services/core/events/customer-record.ts';
import { dayMs } from '../../../../services/core/events/epoch-day.ts';
import { aRecord } from '../../../support/builders.ts';
import { createLoyaltyBench, eventRecord, recordingSender } from '../../../support/loyalty-bench.ts';
import { someLoyaltyRules } from '../../../support/loyalty-rules.ts';

const orderOn = (day: number, amount: number, more: Partial<CustomerRecord> = {}) =>
  aRecord({ occurredAt: day * dayMs, receivedAt: day * dayMs, reportingAmountMinor: amount, ...more });

/** Sweeps at the beginning of each day, and says on which days what was told. */
async function sweepDays(bench: ReturnType<typeof createLoyaltyBench>, to: number) {
  const { sender, messages } = recordingSender();
  const told: [day: number, change: string][] = [];
  for (let day = Math.floor(bench.clock.now() / dayMs); day <= to; day += 1) {
    await bench.clock.advance(Math.max(0, day * dayMs - bench.clock.now()));
    messages.length = 0;
    await bench.sweep(sender);
    for (const { change } of messages) told.push([day, `${change.from} > ${change.to}`]);
  }
  return told;
}

describe('the sweep of levels', () => {
  it('tells a rise the day it is bought, and a fall on the day on which window and grace have passed', async () => {
    const bench = createLoyaltyBench({ now: 10 * dayMs });
    await bench.deliverEvents([orderOn(10, 120)]);
    // The last day that looks at the order begins ten days of grace before it, and ends with the 51st.
    expect(await sweepDays(bench, 90)).toEqual([
      [10, 'silver > gold'],
      [51, 'gold > silver'],
    ]);
    expect(bench.told).toEqual(['up sent', 'down sent']);
  });

  it('tells of several changes in one go only where they led', async () => {
    const bench = createLoyaltyBench({ now: 10 * dayMs });
    await bench.deliverEvents([orderOn(10, 120), orderOn(10, 200)]);
    expect(await sweepDays(bench, 12)).toEqual([[10, 'silver > platinum']]);
  });

  it('sends the same change again under the same id until it is taken, and then no more', async () => {
    const bench = createLoyaltyBench({ now: 10 * dayMs });
    await bench.deliverEvents([orderOn(10, 120)]);
    const away = recordingSender(() => null);
    await bench.sweep(away.sender);
    await bench.sweep(away.sender);
    const back = recordingSender();
    await bench.sweep(back.sender);
    await bench.sweep(back.sender);
    const ids = [...away.messages, ...back.messages].map(({ change }) => change.changeId);
    expect(ids).toHaveLength(3);
    expect(new Set(ids).size).toBe(1);
    expect((await bench.state()).untold).toEqual([]);
  });

  it('dies after sending and sends under the same id', async () => {
    const bench = createLoyaltyBench({ now: 10 * dayMs });
    await bench.deliverEvents([orderOn(10, 120)]);
    const first = recordingSender();
    const dying = { ...first.sender, send: async (...batch: Parameters<typeof first.sender.send>) => {
      await first.sender.send(...batch);
      throw new Error('killed');
    } }; // prettier-ignore
    await expect(bench.sweep(dying)).rejects.toThrow('killed');
    const second = recordingSender();
    await bench.sweep(second.sender);
    expect(second.messages.map(({ change }) => change)).toEqual(first.messages.map(({ change }) => change));
  });

  it('tells of changed rules within a week, of a customer who does nothing', async () => {
    const bench = createLoyaltyBench({ now: 10 * dayMs });
    await bench.deliverEvents([orderOn(10, 90)]);
    expect(await sweepDays(bench, 11)).toEqual([]);
    const { levels } = bench.inForce.rules.document;
    bench.inForce.rules = someLoyaltyRules({ levels: [levels[0], { ...levels[1], from_spend: 80 }] });
    const [change] = await sweepDays(bench, 18);
    expect(change[1]).toBe('silver > gold');
    expect(change[0]).toBeLessThanOrEqual(18);
  });

  it('looks at a customer whose state was written by a process that died at once', async () => {
    const bench = createLoyaltyBench({ now: 10 * dayMs });
    const chunk = [orderOn(10, 120)];
    await bench.deliver('events', chunk.map(eventRecord), 'write');
    expect(await sweepDays(bench, 10)).toEqual([[10, 'silver > gold']]);
  });

  it('tells nobody where nobody can be told, and does so once somebody can', async () => {
    const bench = createLoyaltyBench({ now: 10 * dayMs });
    await bench.deliverEvents([orderOn(10, 120)]);
    const { sender, messages } = recordingSender();
    expect(await bench.sweep({ ...sender, serves: () => false })).toBe(false);
    expect(messages).toEqual([]);
    expect(await sweepDays(bench, 17)).toEqual([[17, 'silver > gold']]);
  });
});
