import { describe, expect, it } from 'vitest';
import { EngineError } from '../../../../services/core/errors.ts';
import type { LogChunk, PartitionLease } from '../../../../services/core/ports/log.ts';
import { createMemoryLog, type MemoryLog } from '../../../../services/platform/memory/memory-log.ts';
import { createVirtualClock } from '../../../../services/platform/memory/virtual-clock.ts';

async function publish(log: MemoryLog, topic: string, count: number): Promise<void> {
  await log
    .sink()
    .publish(Array.from({ length: count }, (_, i) => ({ topic, key: `key-${i}`, value: Buffer.from(String(i)) })));
}

function commit(chunk: LogChunk, lease: PartitionLease): Promise<void> {
  return lease.commit(chunk.records[chunk.records.length - 1].offset + 1);
}

/** Lets everything run that can, without time passing. */
async function settle(): Promise<void> {
  await new Promise((resolve) => void setImmediate(resolve));
}

describe('the in-process log', () => {
  it('does the same work in the same order each time', async () => {
    async function run(): Promise<string[]> {
      const log = createMemoryLog({ topics: ['events'], partitions: 4, clock: createVirtualClock() });
      const steps: string[] = [];
      for (const name of ['first', 'second']) {
        const source = log.source({ topic: 'events', groupId: 'group', maxChunkRecords: 3 });
        await source.start(async (chunk, lease) => {
          steps.push(`${name} ${chunk.partition}/${chunk.records[0].offset}+${chunk.records.length}`);
          await Promise.resolve();
          await commit(chunk, lease);
        });
      }
      await publish(log, 'events', 60);
      await log.settled();
      return steps;
    }
    const steps = await run();
    expect(steps.length).toBeGreaterThan(10);
    expect(await run()).toEqual(steps);
  });

  it('shows what stands on a topic and what is committed', async () => {
    const log = createMemoryLog({ topics: ['events'], partitions: 2 });
    await log
      .sink()
      .publish([{ topic: 'events', key: null, partition: 1, value: Buffer.from('a'), headers: { h: '1' } }]);
    expect(log.records('events')).toMatchObject([{ partition: 1, offset: 0, key: null, headers: { h: '1' } }]);
    expect(log.committed('group', 'events', 1)).toBeNull();
    await log.source({ topic: 'events', groupId: 'group' }).start(commit);
    await log.settled();
    expect(log.committed('group', 'events', 1)).toBe(1);
  });

  it('keeps groups apart', async () => {
    const log = createMemoryLog({ topics: ['events'] });
    await publish(log, 'events', 5);
    const seen: string[] = [];
    for (const groupId of ['scorer', 'report']) {
      await log.source({ topic: 'events', groupId }).start((chunk) => {
        seen.push(...chunk.records.map(() => groupId));
        return Promise.resolve();
      });
    }
    await log.settled();
    expect(seen.sort()).toEqual([...new Array<string>(5).fill('report'), ...new Array<string>(5).fill('scorer')]);
  });

  it('waits with a retry as long as its clock says', async () => {
    const clock = createVirtualClock();
    const log = createMemoryLog({ topics: ['events'], partitions: 1, clock });
    const attempts: number[] = [];
    await log.source({ topic: 'events', groupId: 'group' }).start(() => {
      attempts.push(clock.now());
      return attempts.length < 4
        ? Promise.reject(new EngineError('ERR_STORE_UNAVAILABLE', 'not now', { retryable: true }))
        : Promise.resolve();
    });
    await publish(log, 'events', 1);
    for (let i = 0; i < 12; i++) {
      await settle();
      await clock.advance(100);
    }
    expect(attempts).toEqual([0, 100, 300, 700]);
  });

  it('goes on without a member that works longer than a rebalance may take', async () => {
    const clock = createVirtualClock();
    const log = createMemoryLog({ topics: ['events'], partitions: 1, clock, rebalanceTimeoutMs: 1_000 });
    await publish(log, 'events', 1);
    const stalled = Promise.withResolvers<PartitionLease>();
    const release = Promise.withResolvers<null>();
    await log.source({ topic: 'events', groupId: 'group' }).start(async (_chunk, lease) => {
      stalled.resolve(lease);
      await release.promise;
    });
    const lease = await stalled.promise;
    const seen: number[] = [];
    const other = log.source({ topic: 'events', groupId: 'group' });
    const joining = other.start((chunk) => Promise.resolve(void seen.push(chunk.records[0].offset)));
    await settle();
    await clock.advance(999);
    expect(lease.isCurrent()).toBe(true);
    await clock.advance(1);
    await joining;
    expect(lease.isCurrent()).toBe(false);
    await settle();
    expect(seen).toEqual([0]);
    release.resolve(null);
  });

  it('gives the partitions of a source that cannot go on to the others', async () => {
    const log = createMemoryLog({ topics: ['events'], partitions: 2 });
    const broken = log.source({ topic: 'events', groupId: 'group' });
    const faults: Error[] = [];
    broken.onFatal((error) => faults.push(error));
    const owned: (readonly number[])[] = [];
    await broken.start(() => Promise.reject(new Error('a defect')));
    const other = log.source({ topic: 'events', groupId: 'group' });
    other.onAssigned((partitions) => owned.push(partitions));
    const seen = new Set<string>();
    await other.start((chunk) => {
      for (const { value } of chunk.records) seen.add(value?.toString() ?? '');
      return Promise.resolve();
    });
    await publish(log, 'events', 20);
    await log.settled();
    expect(faults).toHaveLength(1);
    expect(owned.at(-1)).toEqual([0, 1]);
    expect(seen.size).toBe(20);
  });
});
