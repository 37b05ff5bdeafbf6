import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createKafkaClient } from '../../../services/platform/kafka/kafka-client.ts';
import { createKafkaSink } from '../../../services/platform/kafka/kafka-sink.ts';
import { readLog } from '../../../services/platform/kafka/read-log.ts';
import { openKafka, type TestKafka } from '../../support/open-kafka.ts';

describe('the Kafka sink', () => {
  let kafka: TestKafka;

  beforeAll(async () => {
    kafka = await openKafka();
  });

  afterAll(() => kafka.close());

  async function valuesOn(topic: string): Promise<string[]> {
    const records = await readLog({ client: kafka.client, topic, logger: kafka.logger });
    return records.map(({ value }) => value?.toString().slice(0, 20) ?? 'null').sort();
  }

  it('loses nothing after a send that the broker took in part', async () => {
    const topic = await kafka.createTopic(2, { 'max.message.bytes': '2000' });
    const sink = kafka.sink();
    const small = { topic, key: null, partition: 0, value: Buffer.from('taken') };
    const large = { topic, key: null, partition: 1, value: Buffer.alloc(5_000, 'x') };
    await expect(sink.publish([small, large])).rejects.toMatchObject({
      code: 'ERR_RECORD_TOO_LARGE',
      retryable: false,
    });
    // The broker has seen sequence number 0 on partition 0; a record that carried it again would be dropped in silence.
    await sink.publish([{ ...small, value: Buffer.from('after') }]);
    expect(await valuesOn(topic)).toEqual(['after', 'taken']);
  });

  it('publishes the neighbours of a call that cannot be published', async () => {
    const topic = await kafka.createTopic(1);
    const sink = kafka.sink();
    await sink.publish([{ topic, key: 'a', value: Buffer.from('first') }]);
    const results = await Promise.allSettled([
      sink.publish([{ topic, key: 'a', value: Buffer.from('second') }]),
      sink.publish([{ topic: `${topic}-missing`, key: 'a', value: Buffer.from('nowhere') }]),
      sink.publish([{ topic, key: 'a', value: Buffer.from('third') }]),
    ]);
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(await valuesOn(topic)).toEqual(['first', 'second', 'third']);
  });

  it('acknowledges each of many calls at once', async () => {
    const topic = await kafka.createTopic(3);
    const sink = kafka.sink();
    const calls = Array.from({ length: 200 }, (_, call) =>
      sink.publish(
        Array.from({ length: 20 }, (_, i) => ({ topic, key: `k${call % 7}`, value: Buffer.from(`${call}-${i}`) })),
      ),
    );
    await Promise.all(calls);
    expect(new Set(await valuesOn(topic)).size).toBe(4_000);
  });

  it('carries headers and keeps tombstones', async () => {
    const topic = await kafka.createTopic(1);
    const sink = kafka.sink();
    await sink.publish([{ topic, key: 'gone', value: null, headers: { reason: 'erased' } }]);
    expect(await valuesOn(topic)).toEqual(['null']);
  });

  it('says that no broker can be reached, and may be used again', async () => {
    const client = createKafkaClient({ brokers: ['127.0.0.1:1'], clientId: 'test', logger: kafka.logger });
    const sink = createKafkaSink({ client });
    const publish = () => sink.publish([{ topic: 'any', key: null, value: Buffer.from('x') }]);
    await expect(publish()).rejects.toMatchObject({ code: 'ERR_LOG_UNAVAILABLE', retryable: true });
    await expect(publish()).rejects.toMatchObject({ code: 'ERR_LOG_UNAVAILABLE', retryable: true });
    await sink.stop();
  });
});
