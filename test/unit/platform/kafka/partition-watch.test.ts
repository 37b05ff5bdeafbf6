import type { Admin } from 'kafkajs';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { PartitionWatch } from '../../../../services/platform/kafka/partition-watch.ts';
import { reportReadiness } from '../../../../services/platform/runtime/report-readiness.ts';
import { createLogger } from '../../../../services/platform/telemetry/logger.ts';
import { createMetrics } from '../../../../services/platform/telemetry/metrics.ts';

const logger = createLogger({ name: 'test', level: 'silent' });
const alive = { heartbeatAgeMs: 0, loopAgeMs: 0 };

/** A broker that answers the watch, or does not. */
function aBroker() {
  const broker = { answers: 'yes' as 'yes' | 'error' | 'never', low: '0', high: '7', asked: 0 };
  const answer = <T>(value: T): Promise<T> => {
    broker.asked += 1;
    if (broker.answers === 'never') return new Promise(() => undefined);
    return broker.answers === 'yes' ? Promise.resolve(value) : Promise.reject(new Error('ECONNREFUSED'));
  };
  const admin = {
    fetchOffsets: () => answer([{ topic: 'events', partitions: [{ partition: 0, offset: '7' }] }]),
    fetchTopicOffsets: () => answer([{ partition: 0, low: broker.low, high: broker.high, offset: broker.high }]),
  } as unknown as Admin;
  return { broker, admin };
}

describe('the watch over the partitions', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  function open() {
    const { broker, admin } = aBroker();
    const lost: string[] = [];
    const metrics = createMetrics('test');
    const watch = new PartitionWatch({
      admin,
      groupId: 'g',
      intervalMs: 5_000,
      logger,
      metrics,
      topicIds: { of: () => Promise.resolve(null) },
      onNewLog: () => undefined,
      onOffsetLost: ({ message }) => void lost.push(message),
    });
    const report = () =>
      reportReadiness({ partitions: watch.health(), problems: [], isStoreConnected: true, pulse: alive });
    const lag = async () =>
      /^tidewatch_partition_lag\{.*\} (\S+)$/m.exec(await metrics.registry.metrics())?.[1] ?? 'absent';
    return { broker, watch, report, lost, lag };
  }

  it('raises no alarm on an idle partition, however long nothing comes', async () => {
    const { watch, report } = open();
    watch.assigned({ events: [0] });
    for (let second = 0; second < 600; second++) {
      await vi.advanceTimersByTimeAsync(1_000);
      expect(report(), `after ${second} s`).toMatchObject({ ready: true });
    }
    watch.stop();
  });

  it.each(['error', 'never'] as const)('tells within 30 s that nobody tells the ends (answer: %s)', async (answers) => {
    const { broker, watch, report } = open();
    watch.assigned({ events: [0] });
    await vi.advanceTimersByTimeAsync(60_000);
    broker.answers = answers;
    await vi.advanceTimersByTimeAsync(30_000);
    expect(report()).toMatchObject({ ready: false, reasons: [expect.stringContaining('has not told its end')] });
    watch.stop();
  });

  it.each(['error', 'never'] as const)(
    'says of no lag that it is 0 when nobody tells it (answer: %s)',
    async (answers) => {
      const { broker, watch, report, lag } = open();
      watch.assigned({ events: [0] });
      expect(report()).toMatchObject({ ready: false, partitions: [{ lag: null }] });
      await vi.advanceTimersByTimeAsync(5_000);
      expect([report(), await lag()]).toMatchObject([{ ready: true, partitions: [{ lag: 0 }] }, '0']);
      broker.answers = answers;
      await vi.advanceTimersByTimeAsync(30_000);
      expect([report(), await lag()]).toMatchObject([{ ready: false, partitions: [{ lag: null }] }, 'absent']);
      broker.answers = 'yes';
      await vi.advanceTimersByTimeAsync(5_000);
      expect([report(), await lag()]).toMatchObject([{ ready: true, partitions: [{ lag: 0 }] }, '0']);
      watch.stop();
    },
  );

  it('asks for the committed offsets again when they could not be had at first', async () => {
    const { broker, watch, report } = open();
    broker.answers = 'error';
    watch.assigned({ events: [0] });
    await watch.positionsLoaded();
    expect(watch.of('events', 0)?.position).toBeNull();
    broker.answers = 'yes';
    await vi.advanceTimersByTimeAsync(5_000);
    expect(watch.of('events', 0)?.position).toBe(7);
    await vi.advanceTimersByTimeAsync(120_000);
    expect(report()).toMatchObject({ ready: true });
    watch.stop();
  });

  it('sees within its interval that a partition has got records that nobody hands out', async () => {
    const { broker, watch, report } = open();
    watch.assigned({ events: [0] });
    await vi.advanceTimersByTimeAsync(60_000);
    broker.high = '9';
    await vi.advanceTimersByTimeAsync(30_000);
    expect(report().reasons).toEqual([expect.stringMatching(/^partition 0 has not advanced for .* with 2 records/)]);
    watch.stop();
  });

  it('says that the records of a partition expired before they were handled, and waits for new ones at its end', async () => {
    const { broker, watch, report, lost } = open();
    watch.assigned({ events: [0] });
    await watch.positionsLoaded();
    // As after a store that forgot: read again from here.
    watch.of('events', 0)?.moveTo(3);
    [broker.low, broker.high] = ['9', '9'];
    await vi.advanceTimersByTimeAsync(60_000);
    expect(report()).toMatchObject({ ready: true, partitions: [{ offset: 9, lag: 0 }] });
    expect(lost).toEqual([expect.stringContaining('stopped at offset 3 of events/0, but the log now holds 9 to 9')]);
    watch.stop();
  });
});
