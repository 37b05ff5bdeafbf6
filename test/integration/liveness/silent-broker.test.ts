import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createKafkaClient } from '../../../services/platform/kafka/kafka-client.ts';
import { createKafkaSink } from '../../../services/platform/kafka/kafka-sink.ts';
import { createKafkaSource, type KafkaLogSource } from '../../../services/platform/kafka/kafka-source.ts';
import { waitForLeaders } from '../../../services/platform/kafka/wait-for-leaders.ts';
import { reportReadiness } from '../../../services/platform/runtime/report-readiness.ts';
import { createLogger } from '../../../services/platform/telemetry/logger.ts';
import { eventually } from '../../support/eventually.ts';
import { type KillableBroker, startKillableBroker } from '../../support/servers/killable-broker.ts';
import { openServerHome, type ServerHome } from '../../support/servers/server-home.ts';

const logger = createLogger({ name: 'test', level: 'silent' });
const topic = 'events';

describe('a broker that goes silent with its connections open', () => {
  let home: ServerHome;
  let broker: KillableBroker;
  let source: KafkaLogSource;
  const seen: string[] = [];

  beforeAll(async () => {
    home = await openServerHome();
    broker = await startKillableBroker(home);
    const client = createKafkaClient({ brokers: [broker.address], clientId: 'test', logger });
    const admin = client.admin();
    await admin.connect();
    await admin.createTopics({ waitForLeaders: false, topics: [{ topic, numPartitions: 2 }] });
    await waitForLeaders(admin, [topic]);
    await admin.disconnect();
    source = createKafkaSource({
      client,
      topic,
      groupId: 'readers',
      logger,
      sessionTimeoutMs: 6_000,
      heartbeatIntervalMs: 200,
      watchIntervalMs: 300,
      fetchWaitMs: 50,
    });
  });

  afterAll(async () => {
    await source.stop();
    await home.close();
  });

  // The waits below may take longer together than a test of this kind usually may.
  const timeout = 250_000;
  it('makes an idle consumer unready, which is ready again and reads on once it speaks', { timeout }, async () => {
    await source.start(async (chunk, lease) => {
      seen.push(...chunk.records.map(({ value }) => value?.toString() ?? ''));
      await lease.commit(chunk.records[chunk.records.length - 1].offset + 1);
    });
    const report = () =>
      reportReadiness(
        { partitions: source.health(), problems: [], isStoreConnected: true, pulse: source.pulse() },
        1_500,
      );
    await eventually(() => expect(report()).toMatchObject({ ready: true }));
    broker.freeze();
    const told = /has not heard of this member.*partition 1 has not told its end|partition 1 has not told its end.*has not heard of this member/; // prettier-ignore
    await eventually(() => expect(report().reasons.join()).toMatch(told));
    // What was heard before does not stand for ever: nobody knows how much has come since.
    await eventually(() => expect(source.health().map(({ lag }) => lag)).toEqual([null, null]), { timeoutMs: 40_000 });
    broker.thaw();
    await eventually(() => expect(report()).toMatchObject({ ready: true, partitions: [{ lag: 0 }, { lag: 0 }] }));
    const sink = createKafkaSink({
      client: createKafkaClient({ brokers: [broker.address], clientId: 'test', logger }),
    });
    await sink.publish([{ topic, key: null, partition: 1, value: Buffer.from('after') }]);
    await sink.stop();
    await eventually(() => expect(seen).toEqual(['after']), { timeoutMs: 30_000 });
  });
});
