import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EngineError } from '../../../services/core/errors.ts';
import type { CustomerRecord } from '../../../services/core/events/customer-record.ts';
import type { RecordCodec } from '../../../services/core/ports/record-codec.ts';
import { createSchemaRegistry } from '../../../services/platform/avro/schema-registry.ts';
import { aRecord } from '../../support/builders.ts';
import { eventually } from '../../support/eventually.ts';
import { openKafka, type TestKafka } from '../../support/open-kafka.ts';
import { stackAddresses } from '../../support/stack-addresses.ts';

describe('registered records on a topic', () => {
  let kafka: TestKafka;
  let topic: string;
  let codec: RecordCodec<CustomerRecord>;

  beforeAll(async () => {
    kafka = await openKafka();
    topic = await kafka.createTopic(1);
    const registry = createSchemaRegistry({ url: stackAddresses.schemaRegistry, logger: kafka.logger });
    codec = await registry.codec<CustomerRecord>(topic, 'customer-event');
  });

  afterAll(() => kafka.close());

  it('arrive as they were sent, and bad ones among them do not harm their neighbours', async () => {
    const records = [aRecord(), aRecord({ attributes: [{ name: 'colour', value: 'blau' }] }), aRecord()];
    const [first, second, third] = records.map((record) => codec.encode(record));
    const unknownId = Buffer.from(second);
    unknownId.writeUInt32BE(1_999_999_999, 1);
    const values = [first, Buffer.from('not avro'), second, unknownId, second.subarray(0, 40), null, third];
    await kafka.sink().publish(values.map((value) => ({ topic, key: 'customer', value })));
    const decoded: (CustomerRecord | EngineError)[] = [];
    const source = kafka.source({ topic, groupId: kafka.groupId() });
    await source.start(async (chunk, lease) => {
      decoded.push(...(await codec.decode(chunk.records.map(({ value }) => value))));
      await lease.commit(chunk.records[chunk.records.length - 1].offset + 1);
    });
    await eventually(() => expect(decoded).toHaveLength(values.length));
    expect(decoded.filter((record) => !(record instanceof EngineError))).toEqual(records);
    expect(decoded.map((record) => (record instanceof EngineError ? record.code : 'good'))).toEqual([
      'good', 'ERR_RECORD_DECODE', 'good', 'ERR_SCHEMA_UNKNOWN', 'ERR_RECORD_DECODE', 'ERR_RECORD_DECODE', 'good',
    ]); // prettier-ignore
  });
});
