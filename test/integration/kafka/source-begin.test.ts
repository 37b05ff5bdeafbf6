import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { LogChunk, OutgoingRecord, PartitionLease } from '../../../services/core/ports/log.ts';
import { eventually } from '../../support/eventually.ts';
import { openKafka, type TestKafka } from '../../support/open-kafka.ts';

const hourMs = 3_600_000;

describe('a group that takes up a topic near its end', () => {
  let kafka: TestKafka;

  beforeAll(async () => {
    kafka = await openKafka();
  });

  afterAll(() => kafka.close());

  function written(topic: string, ago: number, ...values: string[]): OutgoingRecord[] {
    const timestamp = Date.now() - ago;
    return values.map((value) => ({ topic, key: null, partition: 0, value: Buffer.from(value), timestamp }));
  }

  function collector(seen: string[]) {
    return async ({ topic, records }: LogChunk, lease: PartitionLease): Promise<void> => {
      for (const { value } of records) seen.push(value?.toString() ?? '');
      expect(topic).not.toBe('');
      await lease.commit(records[records.length - 1].offset + 1);
    };
  }

  it('gets what was written lately of that topic, and all of the others', async () => {
    const [old, recent] = [await kafka.createTopic(1), await kafka.createTopic(1)];
    const sink = kafka.sink();
    await sink.publish([...written(old, 5 * hourMs, 'a', 'b'), ...written(recent, 5 * hourMs, 'c', 'd')]);
    await sink.publish([...written(recent, 60_000, 'e'), ...written(recent, 0, 'f')]);
    const seen: string[] = [];
    const options = { topics: [old, recent], groupId: kafka.groupId(), beginWithin: { [recent]: hourMs } };
    await kafka.source(options).start(collector(seen));
    await eventually(() => expect(seen.toSorted()).toEqual(['a', 'b', 'e', 'f']));
    await sink.publish(written(recent, 0, 'g'));
    await eventually(() => expect(seen.toSorted()).toEqual(['a', 'b', 'e', 'f', 'g']));
  });

  it('does not take it up anew after a stop, though nothing came', async () => {
    const topic = await kafka.createTopic(1);
    const groupId = kafka.groupId();
    const sink = kafka.sink();
    await sink.publish(written(topic, 5 * hourMs, 'old'));
    const options = { topics: [topic], groupId, beginWithin: { [topic]: hourMs } };
    const first = kafka.source(options);
    await first.start(collector([]));
    await eventually(async () => {
      const [{ partitions }] = await kafka.admin.fetchOffsets({ groupId, topics: [topic] });
      expect(partitions).toMatchObject([{ partition: 0, offset: '1' }]);
    });
    await first.stop();
    // Written long ago as far as its time goes: only the committed place tells that it is new.
    await sink.publish(written(topic, 5 * hourMs, 'while away'));
    const seen: string[] = [];
    await kafka.source(options).start(collector(seen));
    await eventually(() => expect(seen).toEqual(['while away']));
  });
});
