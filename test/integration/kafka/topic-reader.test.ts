import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTopicReader } from '../../../services/platform/kafka/topic-reader.ts';
import { openKafka } from '../../support/open-kafka.ts';
import type { TestKafka } from '../../support/open-kafka.ts';

let kafka: TestKafka;
beforeAll(async () => {
  kafka = await openKafka();
});
afterAll(() => kafka.close());

describe('the topic reader', () => {
  it('reads a topic at any offset and knows what each partition holds, without a group', async () => {
    const topic = await kafka.createTopic(2);
    const values = ['a', 'b', 'c', 'd'];
    await kafka.sink().publish(values.map((text) => ({ topic, key: 'k', partition: 1, value: Buffer.from(text) })));
    const reader = createTopicReader({ client: kafka.client, topic });
    expect(await reader.ranges()).toEqual([
      { partition: 0, low: 0, high: 0 },
      { partition: 1, low: 0, high: 4 },
    ]);
    const records = await reader.read(1, 2);
    expect(records.map(({ offset, key, value }) => [offset, key, String(value)])).toEqual([
      [2, 'k', 'c'],
      [3, 'k', 'd'],
    ]);
    expect(await reader.read(1, 4)).toEqual([]);
    expect(await reader.read(0, 0)).toEqual([]);
    await reader.stop();
  });

  it('brings what one fetch holds of larger records, and at least one', async () => {
    const topic = await kafka.createTopic(1);
    const value = Buffer.alloc(700_000, 1);
    await kafka.sink().publish([0, 1, 2].map(() => ({ topic, key: null, partition: 0, value })));
    const reader = createTopicReader({ client: kafka.client, topic });
    let next = 0;
    const seen: number[] = [];
    while (next < 3) {
      const records = await reader.read(0, next);
      expect(records.length).toBeGreaterThan(0);
      expect(records.length).toBeLessThan(3);
      seen.push(...records.map(({ offset }) => offset));
      next = seen.at(-1)! + 1;
    }
    expect(seen).toEqual([0, 1, 2]);
    await reader.stop();
  });

  it('goes on by itself after a failure', async () => {
    const topic = await kafka.createTopic(1);
    await kafka.sink().publish([{ topic, key: null, partition: 0, value: Buffer.from('a') }]);
    const reader = createTopicReader({ client: kafka.client, topic });
    await expect(reader.read(0, 99)).rejects.toMatchObject({ name: 'EngineError' });
    expect(await reader.read(0, 0)).toHaveLength(1);
    await reader.stop();
  });
});
