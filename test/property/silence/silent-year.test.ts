import { describe, expect, it } from 'vitest';
import { decodeState } from '../../../services/core/features/decode-state.ts';
import { featureNames } from '../../../services/core/features/feature-catalogue.ts';
import { ownBlock } from '../../../services/core/features/own-block.ts';
import { hasMoved } from '../../../services/core/scoring/has-moved.ts';
import { dayClosedRecord } from '../../../services/scorer/sweep/day-closer.ts';
import { aRecord } from '../../support/builders.ts';
import { vectorOf } from '../../support/fold-history.ts';
import { naiveFeatures, naiveHistory } from '../../support/naive-features.ts';
import {
  hastyClock,
  publishControl,
  publishEvents,
  scorerTwin,
  scoresById,
  twinTenant,
  twinWorld,
} from '../../support/scorer-twin.ts';

/*
 * A year in which three tenants in different time zones close 365 days each, and their customers buy now and then or
 * fall silent for good. At its end every vector must be the one that the naive definitions give for that day.
 */

const firstDay = 20_000;
const year = 365;
const zones = [
  ['kiwi', 'Pacific/Auckland'],
  ['lime', 'Europe/London'],
  ['maple', 'America/Vancouver'],
] as const;

describe('a year of closed days', () => {
  it('brings every customer to the last day, with the features that the definitions give', async () => {
    const tenants = new Map(zones.map(([id, zone]) => [id as string, twinTenant(id, zone)]));
    const world = await twinWorld(2, hastyClock());
    const scorer = scorerTwin(world, { tenants, maxChunkRecords: 50, sweepPageSize: 3 });
    await scorer.runner.start();
    const customers = zones.flatMap(([tenant]) =>
      [2, 7, 30, 90, 400].map((everyDays, i) => ({ tenant, everyDays, surrogate: String(i).repeat(32) })),
    );
    const arrivals = new Map(customers.map((customer) => [customer, [] as ReturnType<typeof aRecord>[]]));
    for (let day = 0; day < year; day++) {
      const bought = customers.filter(({ everyDays }) => day % everyDays === 0 && day < 200 + everyDays);
      const records = bought.map((customer) => {
        const occurredAt = tenants.get(customer.tenant)!.calendar.startOf(firstDay + day) + 9 * 3_600_000;
        const record = aRecord({ ...customer, eventId: `order ${day}`, occurredAt, receivedAt: occurredAt });
        arrivals.get(customer)?.push(record);
        return record;
      });
      await publishEvents(world, records);
      for (const tenant of tenants.values()) {
        for (const partition of [0, 1]) await publishControl(world, partition, dayClosedRecord(tenant, firstDay + day));
      }
      await world.log.settled();
      if (day % 3 === 0) await scorer.sweep();
    }
    await scorer.sweep();
    await scorer.runner.stop();

    const scores = [...(await scoresById(world)).values()];
    for (const customer of customers) {
      const [stored] = await world.store.load([customer]);
      const state = decodeState(stored?.bytes ?? Buffer.alloc(0), stored?.version ?? 0);
      const asOf = firstDay + year;
      expect(ownBlock(state).asOf).toBe(asOf);
      const { timezone } = tenants.get(customer.tenant)!.calendar;
      const naive = naiveFeatures(naiveHistory(arrivals.get(customer) ?? [], timezone), asOf, 100);
      const vector = vectorOf(state);
      featureNames.forEach((name, i) => {
        if (Number.isNaN(naive[name])) expect(vector[i], name).toBeNaN();
        else expect(vector[i], name).toBeCloseTo(naive[name], 9);
      });
      const own = scores.filter(
        ({ tenant, surrogate }) => tenant === customer.tenant && surrogate === customer.surrogate,
      );
      expect(own.filter(({ cause }) => cause === 'event')).toHaveLength(arrivals.get(customer)?.length ?? -1);
      const byVersion = own.toSorted((a, b) => a.stateVersion - b.stateVersion);
      byVersion.forEach((score, i) => {
        if (score.cause !== 'day') return;
        const before = byVersion[i - 1];
        const isElsewhere = before.tier !== score.tier || before.stage !== score.stage;
        expect(
          isElsewhere || hasMoved({ ...before, churn90: before.churn.p90 }, { ...score, churn90: score.churn.p90 }),
        ).toBe(true);
      });
      expect(own.some(({ cause }) => cause === 'day')).toBe(true);
    }
  });
});
