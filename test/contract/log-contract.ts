import { describe, expect, it } from 'vitest';
import { EngineError } from '../../services/core/errors.ts';
import type { LogChunk, LogSink, LogSource, OutgoingRecord, PartitionLease } from '../../services/core/ports/log.ts';
import { eventually } from '../support/eventually.ts';

export interface SourceWishes {
  readonly topic: string;
  readonly groupId: string;
  readonly maxChunkRecords?: number;
}

/** A log with topics of the test's own. What it opened is closed by the suite that made it, even after a failure. */
export interface LogUnderTest {
  createTopic(partitions: number): Promise<string>;
  groupId(): string;
  source(wishes: SourceWishes): LogSource;
  sink(): LogSink;
}

type Handle = (chunk: LogChunk, lease: PartitionLease) => Promise<void>;

/** What every log promises; the source of truth is Kafka, the twin has to agree. */
export function describeLog(name: string, log: () => LogUnderTest): void {
  describe(`${name} as a log`, () => {
    it('delivers every record once and in order per partition', async () => {
      const topic = await log().createTopic(3);
      const seen = collector();
      const source = await startSource(log(), { topic, maxChunkRecords: 7 }, seen.handle);
      const records = numbered(topic, 100);
      await Promise.all(
        [0, 1, 2, 3].map((part) =>
          log()
            .sink()
            .publish(records.slice(part * 25, part * 25 + 25)),
        ),
      );
      await eventually(() => expect(seen.values()).toHaveLength(100));
      await source.stop();
      expect(new Set(seen.values()).size).toBe(100);
      for (const offsets of seen.offsets().values()) expect(offsets).toEqual(offsets.map((_, index) => index));
    });

    it('keeps the order of calls to one sink in each partition', async () => {
      const topic = await log().createTopic(2);
      const sink = log().sink();
      const calls = Array.from({ length: 40 }, (_, call) =>
        sink.publish([0, 1].map((partition) => ({ topic, key: null, partition, value: Buffer.from(`${call}`) }))),
      );
      await Promise.all(calls);
      const seen = collector();
      await startSource(log(), { topic }, seen.handle);
      await eventually(() => expect(seen.values()).toHaveLength(80));
      const expected = Array.from({ length: 40 }, (_, call) => `${call}`);
      expect(seen.valuesOf(0)).toEqual(expected);
      expect(seen.valuesOf(1)).toEqual(expected);
    });

    it('puts equal keys into one partition and keeps keys, nulls and timestamps', async () => {
      const topic = await log().createTopic(5);
      const key = 'customer-ünïcode-7';
      await log()
        .sink()
        .publish([
          { topic, key, value: Buffer.from('a'), timestamp: 1_700_000_000_000 },
          { topic, key, value: null },
        ]);
      const chunks: LogChunk[] = [];
      await startSource(log(), { topic }, (chunk) => Promise.resolve(void chunks.push(chunk)));
      await eventually(() => expect(chunks.flatMap((chunk) => chunk.records)).toHaveLength(2));
      expect(new Set(chunks.map((chunk) => chunk.partition)).size).toBe(1);
      const [first, second] = chunks.flatMap((chunk) => chunk.records);
      expect(first).toMatchObject({ key, timestamp: 1_700_000_000_000, offset: 0 });
      expect(first.value?.toString()).toBe('a');
      expect(second.value).toBeNull();
    });

    it('begins again at the last commit after a restart', async () => {
      const topic = await log().createTopic(1);
      const groupId = log().groupId();
      await log().sink().publish(numbered(topic, 10));
      const first = collector({ commitBelow: 6 });
      const source = await startSource(log(), { topic, groupId, maxChunkRecords: 3 }, first.handle);
      await eventually(() => expect(first.values()).toHaveLength(10));
      await source.stop();
      const second = collector();
      await startSource(log(), { topic, groupId }, second.handle);
      await eventually(() => expect(second.offsets().get(0)?.at(-1)).toBe(9));
      expect(second.offsets().get(0)).toEqual([6, 7, 8, 9]);
    });

    it('delivers uncommitted records again', async () => {
      const topic = await log().createTopic(1);
      const groupId = log().groupId();
      await log().sink().publish(numbered(topic, 5));
      const first = collector({ commitBelow: 0 });
      const source = await startSource(log(), { topic, groupId }, first.handle);
      await eventually(() => expect(first.values()).toHaveLength(5));
      await source.stop();
      const second = collector();
      await startSource(log(), { topic, groupId }, second.handle);
      await eventually(() => expect(second.values()).toEqual(first.values()));
    });

    it('cuts chunks to the wanted size and says where the partition ends', async () => {
      const topic = await log().createTopic(1);
      await log().sink().publish(numbered(topic, 25));
      const chunks: LogChunk[] = [];
      await startSource(log(), { topic, maxChunkRecords: 10 }, (chunk) => Promise.resolve(void chunks.push(chunk)));
      await eventually(() => expect(chunks.flatMap((chunk) => chunk.records)).toHaveLength(25));
      expect(Math.max(...chunks.map((chunk) => chunk.records.length))).toBeLessThanOrEqual(10);
      expect(chunks.at(-1)?.highWatermark).toBe(25);
    });

    it('reads again from where a lease seeks to', async () => {
      const topic = await log().createTopic(1);
      await log().sink().publish(numbered(topic, 10));
      const offsets: number[] = [];
      let hasSought = false;
      await startSource(log(), { topic, maxChunkRecords: 5 }, (chunk, lease) => {
        offsets.push(...chunk.records.map((record) => record.offset));
        if (!hasSought && offsets.includes(7)) {
          hasSought = true;
          lease.seek(2);
        }
        return Promise.resolve();
      });
      await eventually(() => expect(offsets).toHaveLength(18));
      expect(offsets).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5, 6, 7, 8, 9]);
    });

    it('reads an idle partition again from where it is told, and leaves busy ones alone', async () => {
      const topic = await log().createTopic(1);
      await log().sink().publish(numbered(topic, 10));
      const offsets: number[] = [];
      const started = { source: null as LogSource | null };
      const source = await startSource(log(), { topic }, async (chunk, lease) => {
        started.source?.rewindIdle(0, 0);
        offsets.push(...chunk.records.map((record) => record.offset));
        await lease.commit(chunk.records[chunk.records.length - 1].offset + 1);
      });
      started.source = source;
      await eventually(() => expect(source.health()).toMatchObject([{ offset: 10, lag: 0 }]));
      source.rewindIdle(0, 6);
      await eventually(() => expect(offsets).toHaveLength(14));
      expect(offsets).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 6, 7, 8, 9]);
    });

    it('delivers a chunk again, and skips nothing, when its handler fails for now', async () => {
      const topic = await log().createTopic(2);
      await log().sink().publish(numbered(topic, 40));
      const seen = collector();
      const failures: number[] = [];
      await startSource(log(), { topic, maxChunkRecords: 4 }, async (chunk, lease) => {
        if (chunk.partition === 0 && chunk.records[0].offset === 4 && failures.length < 2) {
          failures.push(chunk.records[0].offset);
          throw new EngineError('ERR_STORE_UNAVAILABLE', 'not now', { retryable: true });
        }
        await seen.handle(chunk, lease);
      });
      await eventually(() => expect(seen.values()).toHaveLength(40));
      expect(failures).toEqual([4, 4]);
      for (const offsets of seen.offsets().values()) expect(offsets).toEqual(offsets.map((_, index) => index));
    });

    it('reports a fault it cannot repeat once, and hands out nothing more', async () => {
      const topic = await log().createTopic(1);
      await log().sink().publish(numbered(topic, 9));
      const faults: Error[] = [];
      const first: number[] = [];
      const source = log().source({ topic, groupId: log().groupId(), maxChunkRecords: 3 });
      source.onFatal((error) => faults.push(error));
      await source.start((chunk) => {
        first.push(chunk.records[0].offset);
        return Promise.reject(new Error('a defect'));
      });
      await eventually(() => expect(faults).toHaveLength(1));
      expect(faults[0]).toMatchObject({ code: 'ERR_INTERNAL' });
      await source.stop();
      expect(first).toEqual([0]);
      expect(faults).toHaveLength(1);
    });

    it('shares the partitions between two members', async () => {
      const topic = await log().createTopic(4);
      const groupId = log().groupId();
      const owned = { first: [] as readonly number[], second: [] as readonly number[] };
      const seen = collector();
      const first = log().source({ topic, groupId });
      first.onAssigned((partitions) => (owned.first = partitions));
      await first.start(seen.handle);
      expect(owned.first).toEqual([0, 1, 2, 3]);
      const second = log().source({ topic, groupId });
      second.onAssigned((partitions) => (owned.second = partitions));
      await second.start(seen.handle);
      await eventually(() => expect([...owned.first, ...owned.second].sort()).toEqual([0, 1, 2, 3]));
      expect(owned.first).toHaveLength(2);
      await log().sink().publish(numbered(topic, 60));
      await eventually(() => expect(new Set(seen.values()).size).toBe(60));
      await second.stop();
      await eventually(() => expect(owned.first).toEqual([0, 1, 2, 3]));
    });

    it('refuses the commit of a member whose partition was given away', async () => {
      const topic = await log().createTopic(1);
      const groupId = log().groupId();
      await log().sink().publish(numbered(topic, 3));
      const stalled = Promise.withResolvers<PartitionLease>();
      const release = Promise.withResolvers<null>();
      const slow = log().source({ topic, groupId });
      const later = collector();
      let isFirst = true;
      await slow.start(async (chunk, lease) => {
        if (!isFirst) return later.handle(chunk, lease);
        isFirst = false;
        stalled.resolve(lease);
        await release.promise;
      });
      const lease = await stalled.promise;
      expect(lease.isCurrent()).toBe(true);
      const seen = collector();
      const other = log().source({ topic, groupId });
      await other.start(seen.handle);
      // The group went on without the stalled member, so the other one has its records.
      await eventually(() => expect(seen.values()).toHaveLength(3), { timeoutMs: 30_000 });
      await expect(lease.commit(3)).rejects.toMatchObject({ code: 'ERR_LOG_FENCED', retryable: false });
      expect(lease.isCurrent()).toBe(false);
      release.resolve(null);
      // It is let in again once its old work has ended.
      await other.stop();
      await log().sink().publish(numbered(topic, 1));
      await eventually(() => expect(later.offsets().get(0)?.at(-1)).toBe(3), { timeoutMs: 30_000 });
      expect(later.offsets().get(0)).toEqual([3]);
    });

    it('refuses a commit beyond the chunk', async () => {
      const topic = await log().createTopic(1);
      await log().sink().publish(numbered(topic, 4));
      const refusal = Promise.withResolvers<unknown>();
      await startSource(log(), { topic }, async (chunk, lease) => {
        const beyond = chunk.records[chunk.records.length - 1].offset + 2;
        refusal.resolve(await lease.commit(beyond).catch((error: unknown) => error));
      });
      expect(await refusal.promise).toMatchObject({ code: 'ERR_INTERNAL' });
    });

    it('finishes and commits the chunk under way before it stops', async () => {
      const topic = await log().createTopic(1);
      const groupId = log().groupId();
      await log().sink().publish(numbered(topic, 6));
      const begun = Promise.withResolvers<null>();
      const release = Promise.withResolvers<null>();
      const source = log().source({ topic, groupId, maxChunkRecords: 2 });
      await source.start(async (chunk, lease) => {
        begun.resolve(null);
        await release.promise;
        await lease.commit(chunk.records[chunk.records.length - 1].offset + 1);
      });
      await begun.promise;
      const stopped = source.stop();
      release.resolve(null);
      await stopped;
      const seen = collector();
      await startSource(log(), { topic, groupId }, seen.handle);
      await eventually(() => expect(seen.offsets().get(0)?.at(-1)).toBe(5));
      expect(seen.offsets().get(0)?.[0]).toBe(2);
    });

    it('knows how far each partition is done and what is left', async () => {
      const topic = await log().createTopic(2);
      const release = Promise.withResolvers<null>();
      await log()
        .sink()
        .publish(numbered(topic, 10, 1));
      const source = await startSource(log(), { topic, maxChunkRecords: 4 }, async (chunk) => {
        if (chunk.records[0].offset >= 4) await release.promise;
      });
      const health = () => [...source.health()].sort((a, b) => a.partition - b.partition);
      await eventually(() => expect(health()[1]).toMatchObject({ topic, partition: 1, offset: 4, lag: 6 }));
      expect(health()[0]).toMatchObject({ partition: 0, offset: 0, lag: 0 });
      release.resolve(null);
      await eventually(() => expect(health()[1]).toMatchObject({ offset: 10, lag: 0 }));
      expect(health()[1].ageMs).toBeLessThan(10_000);
    });

    it('delivers a batch of more than a megabyte', async () => {
      const topic = await log().createTopic(1);
      const records = Array.from({ length: 3_000 }, (_, index) => ({
        topic,
        key: null,
        value: Buffer.alloc(500, String(index % 10)),
      }));
      await log().sink().publish(records);
      const seen = collector();
      await startSource(log(), { topic }, seen.handle);
      await eventually(() => expect(seen.values()).toHaveLength(3_000));
      expect(seen.offsets().get(0)).toEqual(Array.from({ length: 3_000 }, (_, index) => index));
    });

    it('refuses a record above the limit, and publishes none of that call', async () => {
      const topic = await log().createTopic(1);
      const sink = log().sink();
      const tooLarge = [...numbered(topic, 2), { topic, key: null, value: Buffer.alloc(1_100_000) }];
      await expect(sink.publish(tooLarge)).rejects.toMatchObject({ code: 'ERR_RECORD_TOO_LARGE', retryable: false });
      await sink.publish([{ topic, key: null, value: Buffer.from('after') }]);
      const seen = collector();
      await startSource(log(), { topic }, seen.handle);
      await eventually(() => expect(seen.values()).toEqual(['after']));
    });

    it('names a topic that does not exist', async () => {
      const missing = `${await log().createTopic(1)}-missing`;
      await expect(log().sink().publish(numbered(missing, 1))).rejects.toMatchObject({ code: 'ERR_TOPIC_MISSING' });
      const source = log().source({ topic: missing, groupId: log().groupId() });
      await expect(source.start(() => Promise.resolve())).rejects.toMatchObject({ code: 'ERR_TOPIC_MISSING' });
    });

    it('publishes nothing after it was stopped', async () => {
      const topic = await log().createTopic(1);
      const sink = log().sink();
      await sink.stop();
      await expect(sink.publish(numbered(topic, 1))).rejects.toMatchObject({ code: 'ERR_LOG_FATAL' });
    });
  });
}

/** Records `0`, `1`, … with keys of their own, or all on one partition. */
function numbered(topic: string, count: number, partition?: number): OutgoingRecord[] {
  return Array.from({ length: count }, (_, index) => ({
    topic,
    key: `key-${index}`,
    value: Buffer.from(`${index}`),
    ...(partition === undefined ? {} : { partition }),
  }));
}

async function startSource(
  log: LogUnderTest,
  wishes: { readonly topic: string; readonly groupId?: string; readonly maxChunkRecords?: number },
  handle: Handle,
): Promise<LogSource> {
  const source = log.source({ groupId: log.groupId(), ...wishes });
  await source.start(handle);
  return source;
}

interface Collector {
  readonly handle: Handle;
  values(): string[];
  valuesOf(partition: number): string[];
  offsets(): Map<number, number[]>;
}

/** Takes what it is handed and commits it, or only offsets up to a bound. */
function collector({ commitBelow = Infinity } = {}): Collector {
  const taken: { partition: number; offset: number; value: string }[] = [];
  const valuesOf = (partition?: number) =>
    taken.filter((entry) => partition === undefined || entry.partition === partition).map((entry) => entry.value);
  return {
    async handle(chunk, lease) {
      for (const { offset, value } of chunk.records) {
        taken.push({ partition: chunk.partition, offset, value: value?.toString() ?? '' });
      }
      const next = chunk.records[chunk.records.length - 1].offset + 1;
      if (next <= commitBelow) await lease.commit(next);
    },
    values: () => valuesOf(),
    valuesOf,
    offsets() {
      const offsets = new Map<number, number[]>();
      for (const { partition, offset } of taken) offsets.set(partition, [...(offsets.get(partition) ?? []), offset]);
      return offsets;
    },
  };
}
