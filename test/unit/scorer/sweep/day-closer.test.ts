import { describe, expect, it } from 'vitest';
import { EngineError } from '../../../../services/core/errors.ts';
import type { CustomerRecord } from '../../../../services/core/events/customer-record.ts';
import { epochDayFromIso } from '../../../../services/core/events/epoch-day.ts';
import { createVirtualClock } from '../../../../services/platform/memory/virtual-clock.ts';
import { emptyPartitionControl } from '../../../../services/scorer/partition-control.ts';
import { PartitionControls } from '../../../../services/scorer/partition-controls.ts';
import { createDayCloser } from '../../../../services/scorer/sweep/day-closer.ts';
import { eventCodec, twinActivation, twinTenant, twinTopics, twinWorld } from '../../../support/scorer-twin.ts';

const hour = 3_600_000;
const tenants = new Map([
  ['kiwi', twinTenant('kiwi', 'Pacific/Auckland')],
  ['maple', twinTenant('maple', 'America/Vancouver')],
]);

async function setUp(startAt: string) {
  const world = await twinWorld(2);
  const begun = world.log.records(twinTopics.events).length;
  const clock = createVirtualClock(Date.parse(startAt));
  const controls = new PartitionControls({ chunkDone: () => undefined, stateRegressed: () => undefined });
  const owned = [0, 1].map((partition) => ({
    topic: twinTopics.events,
    partition,
    offset: 2,
    lag: 0,
    ageMs: 0,
    catchUpSeconds: 0,
  }));
  for (const { partition } of owned)
    controls.hold(partition, { ...emptyPartitionControl(), activation: twinActivation });
  const make = () =>
    createDayCloser({
      source: { health: () => owned },
      sink: world.log.sink(),
      store: world.store,
      controls,
      codec: eventCodec,
      topic: twinTopics.events,
      tenants,
      clock,
      graceMs: hour,
    });
  async function closed(partition: number): Promise<string[]> {
    const records = world.log.records(twinTopics.events).filter((record) => record.partition === partition);
    const decoded = await eventCodec.decode(records.map(({ value }) => value));
    return decoded
      .filter((record): record is CustomerRecord => !(record instanceof EngineError))
      .flatMap((record) => (record.dayClosed === null ? [] : [record.eventId]));
  }
  return { make, clock, controls, closed, begun, world };
}

describe('the closer of days', () => {
  it("closes each tenant's day in its own zone, on every owned partition, once the grace is over", async () => {
    // 11:30 UTC: half past midnight of the 16th in Auckland, still the 14th by late evening of Vancouver's 15th.
    const { make, clock, closed } = await setUp('2026-01-15T11:30:00Z');
    const closeDays = make();
    await closeDays();
    expect(await closed(0)).toEqual(['day:kiwi:2026-01-14', 'day:maple:2026-01-14']);
    await clock.advance(hour);
    await closeDays();
    await closeDays();
    expect(await closed(1)).toEqual(['day:kiwi:2026-01-14', 'day:maple:2026-01-14', 'day:kiwi:2026-01-15']);
  });

  it('does not close again what the log says is closed', async () => {
    const { make, controls, closed } = await setUp('2026-01-15T11:30:00Z');
    const day = epochDayFromIso('2026-01-14');
    for (const partition of [0, 1]) {
      const closedDays = new Map([...tenants.keys()].map((tenant) => [tenant, day]));
      controls.hold(partition, { ...emptyPartitionControl(), activation: twinActivation, closedDays });
    }
    await make()();
    expect(await closed(0)).toEqual([]);
  });

  it('closes again in a new epoch what was written and never read: the topic was created again in between', async () => {
    const { make, controls, closed } = await setUp('2026-01-15T11:30:00Z');
    const closeDays = make();
    await closeDays();
    controls.hold(0, { ...emptyPartitionControl(), activation: twinActivation, epoch: 1 });
    await closeDays();
    await closeDays();
    expect(await closed(0)).toHaveLength(4);
    expect(await closed(1)).toHaveLength(2);
  });

  it('closes nothing where no model is in force yet', async () => {
    const { make, controls, closed } = await setUp('2026-01-15T11:30:00Z');
    for (const partition of [0, 1]) controls.hold(partition, emptyPartitionControl());
    await make()();
    expect(await closed(1)).toEqual([]);
  });

  it('writes the same bytes as any other owner that closes the day', async () => {
    const { make, world } = await setUp('2026-01-15T11:30:00Z');
    await make()();
    await make()();
    const records = world.log.records(twinTopics.events).filter(({ partition }) => partition === 0);
    const bytes = records.slice(2).map(({ value }) => value?.toString('hex'));
    expect(bytes).toHaveLength(4);
    expect(bytes.slice(2)).toEqual(bytes.slice(0, 2));
  });
});
