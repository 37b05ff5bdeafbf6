import { describe, expect, it } from 'vitest';
import { createMemoryStateStore } from '../../../../services/platform/memory/memory-state-store.ts';
import { createTrailingSweep } from '../../../../services/scorer/backfill/trailing-sweep.ts';
import { PartitionControls } from '../../../../services/scorer/partition-controls.ts';
import {
  emptyPartitionControl,
  encodePartitionControl,
  partitionControlKey,
  type PendingDay,
} from '../../../../services/scorer/partition-control.ts';
import { twinActivation } from '../../../support/scorer-twin.ts';

const day = (number: number, tenant = 'demo'): PendingDay => ({
  tenant,
  day: number,
  controlId: `day:${number}`,
  at: 0,
  offset: number,
  activation: twinActivation,
  epoch: 1,
  partitions: 1,
});

async function storeWith(watermark: number, pendingDays: readonly PendingDay[]) {
  const store = createMemoryStateStore();
  const bytes = encodePartitionControl({ ...emptyPartitionControl(), watermark, pendingDays: [...pendingDays] });
  await store.compareAndSet([{ key: partitionControlKey(0), expectedVersion: 0, version: 1, bytes }]);
  return store;
}

interface Side {
  readonly watermark: number;
  readonly days: readonly PendingDay[];
}

/** Whether the builder sweeps, given what is stored on both sides. */
async function sweeps(ours: Side, live: Side): Promise<boolean> {
  let swept = false;
  const sweep = createTrailingSweep({
    sweep: () => Promise.resolve((swept = true)),
    controls: new PartitionControls({ chunkDone: () => undefined, stateRegressed: () => undefined }),
    store: await storeWith(ours.watermark, ours.days),
    liveStore: await storeWith(live.watermark, live.days),
  });
  expect(await sweep(0)).toBe(swept);
  return swept;
}

describe('the sweep of a backfill', () => {
  it('applies days that the live scorers have applied to everybody', async () => {
    expect(await sweeps({ watermark: 10, days: [day(1), day(2)] }, { watermark: 90, days: [day(3)] })).toBe(true);
    expect(await sweeps({ watermark: 10, days: [day(1)] }, { watermark: 10, days: [day(1, 'other')] })).toBe(true);
  });

  it('leaves a day that the live scorers have not swept, or not met', async () => {
    expect(await sweeps({ watermark: 10, days: [day(1), day(2)] }, { watermark: 90, days: [day(2)] })).toBe(false);
    expect(await sweeps({ watermark: 10, days: [day(1)] }, { watermark: 9, days: [] })).toBe(false);
  });

  it('does nothing where no day waits', async () => {
    expect(await sweeps({ watermark: 10, days: [] }, { watermark: 90, days: [] })).toBe(false);
  });
});
