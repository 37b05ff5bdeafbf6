import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { EngineError } from '../../../services/core/errors.ts';
import type { LogChunk, OutgoingRecord, PartitionLease } from '../../../services/core/ports/log.ts';
import type { KafkaLogSource, KafkaSourceOptions } from '../../../services/platform/kafka/kafka-source.ts';
import type { ReadyReport } from '../../../services/platform/runtime/ready-report.ts';
import { reportReadiness } from '../../../services/platform/runtime/report-readiness.ts';
import { eventually } from '../../support/eventually.ts';
import { openKafka, type TestKafka } from '../../support/open-kafka.ts';

/** In place of the 20 seconds of a service; heartbeats come every 200 ms and ends are asked for every 300 ms. */
const stuckAfterMs = 1_500;

function records(topic: string, count: number, partition: number): OutgoingRecord[] {
  return Array.from({ length: count }, (_, index) => ({ topic, key: null, partition, value: Buffer.from(`${index}`) }));
}

async function commitAll(chunk: LogChunk, lease: PartitionLease): Promise<void> {
  await lease.commit(chunk.records[chunk.records.length - 1].offset + 1);
}

describe('a consumer that stalls says that it is not ready', () => {
  let kafka: TestKafka;

  beforeEach(async () => {
    kafka = await openKafka();
  });

  afterEach(() => kafka.close());

  async function begin(
    handle: (chunk: LogChunk, lease: PartitionLease) => Promise<void>,
    options: Partial<KafkaSourceOptions> = {},
  ) {
    const topic = await kafka.createTopic(2);
    const groupId = kafka.groupId();
    const source = kafka.source({ topic, groupId, ...options }) as KafkaLogSource;
    const faults: Error[] = [];
    source.onFatal((error) => faults.push(error));
    await source.start(handle);
    const report = (): ReadyReport =>
      reportReadiness(
        { partitions: source.health(), problems: [], isStoreConnected: true, pulse: source.pulse() },
        stuckAfterMs,
      );
    await eventually(() => expect(report()).toMatchObject({ ready: true }));
    return {
      topic,
      groupId,
      source,
      faults,
      report,
      publish: (...made: OutgoingRecord[][]) => kafka.sink().publish(made.flat()),
    };
  }

  it('K4: heartbeats die with a handler that gives none', async () => {
    const held = Promise.withResolvers<null>();
    const { topic, report, publish } = await begin(async (chunk, lease) => {
      await held.promise;
      await commitAll(chunk, lease);
    });
    await publish(records(topic, 1, 0));
    await eventually(() =>
      expect(report().reasons.join()).toContain('the consumer group has not heard of this member'),
    );
    held.resolve(null);
    await eventually(() => expect(report()).toMatchObject({ ready: true }), { timeoutMs: 30_000 });
  });

  it('K5: a partition that waits for the slow one of its broker is named too', async () => {
    const held = Promise.withResolvers<null>();
    const { topic, report, publish } = await begin(async (chunk, lease) => {
      if (chunk.partition === 0) await held.promise;
      await commitAll(chunk, lease);
    });
    await publish(records(topic, 1, 0));
    await eventually(() => expect(report().reasons.join()).toContain('partition 0 has not advanced'));
    await publish(records(topic, 3, 1));
    await eventually(() => expect(report().reasons.join()).toContain('partition 1 has not advanced'));
    held.resolve(null);
    await eventually(() => expect(report()).toMatchObject({ ready: true }), { timeoutMs: 30_000 });
  });

  it('K6: evicted in the middle of its work, it commits nothing, joins again and does the work once more', async () => {
    const held = Promise.withResolvers<null>();
    const outcomes: string[] = [];
    const { topic, groupId, report, publish } = await begin(async (chunk, lease) => {
      if (outcomes.length === 0) await held.promise;
      await commitAll(chunk, lease).then(
        () => outcomes.push('committed'),
        (error: unknown) => {
          outcomes.push((error as EngineError).code);
          throw error;
        },
      );
    });
    await publish(records(topic, 1, 0));
    await eventually(() => expect(report().reasons.join()).toMatch(/heard of this member for \d+ s/));
    const members = async () => (await kafka.admin.describeGroups([groupId])).groups[0].members;
    await eventually(async () => expect(await members()).toEqual([]));
    held.resolve(null);
    await eventually(() => expect(outcomes).toEqual(['ERR_LOG_FENCED', 'committed']), { timeoutMs: 30_000 });
    await eventually(() => expect(report()).toMatchObject({ ready: true }));
  });

  it('K7: a client that crashed for good is fatal, and not ready meanwhile', async () => {
    const { topic, faults, report } = await begin(commitAll);
    await kafka.admin.deleteTopics({ topics: [topic] });
    await eventually(() => expect(faults).toMatchObject([{ code: 'ERR_TOPIC_MISSING' }]), { timeoutMs: 30_000 });
    await eventually(() => expect(report().ready).toBe(false));
  });

  it('K13: a fault that no repetition mends is fatal; sending on a whole megabyte is none', async () => {
    const target = await kafka.createTopic(1);
    const sink = kafka.sink();
    let isBroken = false;
    const { topic, faults, publish } = await begin(async (chunk, lease) => {
      if (isBroken) throw new EngineError('ERR_RECORD_TOO_LARGE', 'larger than the broker takes', { retryable: false });
      await sink.publish(chunk.records.map(({ value }) => ({ topic: target, key: null, partition: 0, value })));
      await commitAll(chunk, lease);
    }, { maxChunkRecords: 20_000, maxBytesPerPartition: 4 * 1024 * 1024 }); // prettier-ignore
    const value = Buffer.alloc(70, 'x');
    await publish(Array.from({ length: 15_000 }, () => ({ topic, key: null, partition: 0, value })));
    await eventually(async () =>
      expect(await kafka.admin.fetchTopicOffsets(target)).toMatchObject([{ high: '15000' }]),
    );
    expect(faults).toEqual([]);
    isBroken = true;
    await publish(records(topic, 1, 1));
    await eventually(() => expect(faults).toMatchObject([{ code: 'ERR_RECORD_TOO_LARGE' }]));
  });

  it('a stuck partition: its handler hangs for ever, though it heartbeats', async () => {
    let isHeld = true;
    const { topic, report, publish } = await begin(async (chunk, lease) => {
      while (isHeld && chunk.partition === 1) {
        await lease.heartbeat();
        await pause(50);
      }
      await commitAll(chunk, lease);
    });
    await publish(records(topic, 4, 1));
    await eventually(() => expect(report().reasons.join()).toMatch(/partition 1 has not advanced .* 4 records to go/));
    expect(report().reasons.join()).not.toContain('has not heard');
    isHeld = false;
    await eventually(() => expect(report()).toMatchObject({ ready: true }), { timeoutMs: 30_000 });
  });

  it('an event loop that was blocked: the first answer after it says so, and the next ones that all is well', async () => {
    const { report } = await begin(commitAll);
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 2 * stuckAfterMs);
    expect(report().reasons.join()).toContain('the consumer group has not heard of this member');
    await eventually(() => expect(report()).toMatchObject({ ready: true }));
  });

  it('P1: work that takes longer than the session, in chunks that block, does not cost its place', async () => {
    let handled = 0;
    let assignments = 0;
    const { topic, source, publish } = await begin(
      async (chunk, lease) => {
        Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 400);
        handled += chunk.records.length;
        await commitAll(chunk, lease);
      },
      { maxChunkRecords: 1 },
    );
    source.onAssigned(() => (assignments += 1));
    // Eight seconds of blocking in one fetched batch; the session is six.
    await publish(records(topic, 20, 0));
    await eventually(() => expect(handled).toBe(20), { timeoutMs: 30_000 });
    expect(assignments).toBe(0);
  });
});
