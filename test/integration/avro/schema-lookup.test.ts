import avro from 'avsc';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { EngineError } from '../../../services/core/errors.ts';
import type { ActivationView } from '../../../services/core/events/activation-view.ts';
import type { CustomerRecord } from '../../../services/core/events/customer-record.ts';
import { createAvroType } from '../../../services/platform/avro/avro-type.ts';
import { loadSchema } from '../../../services/platform/avro/load-schema.ts';
import { createRegistryClient } from '../../../services/platform/avro/registry-client.ts';
import { RegistryCodec } from '../../../services/platform/avro/registry-codec.ts';
import { createSchemaLookup } from '../../../services/platform/avro/schema-lookup.ts';
import { aRecord } from '../../support/builders.ts';
import { openRegistryDouble, type RegistryDouble } from '../../support/registry-double.ts';

const ownId = 7;

describe('decoding records of other producers', () => {
  let registry: RegistryDouble;
  let codec: RegistryCodec<CustomerRecord>;
  let now: number;

  beforeEach(async () => {
    registry = await openRegistryDouble();
    now = 0;
    const client = createRegistryClient(registry);
    const writers = createSchemaLookup({ client, now: () => now });
    const type = createAvroType(loadSchema('customer-event'));
    codec = new RegistryCodec<CustomerRecord>({ type, schemaId: ownId, writers });
  });

  afterEach(() => registry.close());

  /** A record as if written under another id. */
  function under(schemaId: number, record = aRecord()): Buffer {
    const value = codec.encode(record);
    value.writeUInt32BE(schemaId, 1);
    return value;
  }

  it('asks nobody about its own schema', async () => {
    const record = aRecord();
    expect(await codec.decode([codec.encode(record)])).toEqual([record]);
    expect(registry.requests).toEqual([]);
  });

  it('asks once about an unknown id, however many records name it, and again after half a minute', async () => {
    const thousand = new Array<Buffer>(1_000).fill(under(99));
    for (let batch = 0; batch < 3; batch++) {
      const decoded = await codec.decode(thousand);
      expect(decoded.every((fault) => fault instanceof EngineError && fault.code === 'ERR_SCHEMA_UNKNOWN')).toBe(true);
    }
    expect(registry.requests).toHaveLength(1);
    now += 29_999;
    await codec.decode(thousand);
    expect(registry.requests).toHaveLength(1);
    now += 2;
    registry.schemas.set(99, { schema: JSON.stringify(loadSchema('customer-event')) });
    expect((await codec.decode([under(99)]))[0]).toMatchObject({ kind: 'event' });
    expect(registry.requests).toHaveLength(2);
  });

  it('asks about several ids at once, and about each once', async () => {
    for (const id of [11, 12, 13]) registry.schemas.set(id, { schema: JSON.stringify(loadSchema('customer-event')) });
    const values = [11, 12, 13, 11, 12, 14, 13].map((id) => under(id));
    await Promise.all([codec.decode(values), codec.decode(values)]);
    await codec.decode(values);
    expect(registry.requests.map((path) => path.slice(-2)).sort()).toEqual(['11', '12', '13', '14']);
  });

  it('rejects for now while the registry fails, and sets nothing aside', async () => {
    registry.schemas.set(11, { schema: JSON.stringify(loadSchema('customer-event')) });
    registry.failWith(500);
    await expect(codec.decode([under(11)])).rejects.toMatchObject({
      code: 'ERR_REGISTRY_UNAVAILABLE',
      retryable: true,
    });
    registry.failWith(401);
    await expect(codec.decode([under(11)])).rejects.toMatchObject({
      code: 'ERR_REGISTRY_DENIED',
      retryable: true,
    });
    registry.failWith(null);
    expect((await codec.decode([under(11)]))[0]).toMatchObject({ kind: 'event' });
  });

  it('rejects for now while the registry is gone, and goes on with what it knows', async () => {
    registry.schemas.set(11, { schema: JSON.stringify(loadSchema('customer-event')) });
    await codec.decode([under(11)]);
    await registry.close();
    await expect(codec.decode([under(12)])).rejects.toMatchObject({
      code: 'ERR_REGISTRY_UNAVAILABLE',
      retryable: true,
    });
    expect((await codec.decode([under(11), codec.encode(aRecord())]))[1]).toMatchObject({ kind: 'event' });
    registry = await openRegistryDouble();
  });

  it('reads a newer and an older version of the schema, with defaults for what is missing', async () => {
    const schema = loadSchema('customer-event');
    const newer = { ...schema, fields: [{ name: 'extra', type: ['null', 'string'], default: null }, ...schema.fields] };
    const older = { ...schema, fields: schema.fields.filter((field) => (field as { name: string }).name !== 'region') };
    registry.schemas.set(21, { schema: JSON.stringify(newer) });
    registry.schemas.set(22, { schema: JSON.stringify(older) });
    const record = aRecord({ region: 'EU', attributes: [{ name: 'a', value: 'text' }] });
    const write = (definition: typeof schema, value: unknown, schemaId: number) => {
      const other = new RegistryCodec({
        type: createAvroType(definition),
        schemaId,
        writers: { find: () => Promise.resolve(null) },
      });
      return other.encode(value);
    };
    expect(await codec.decode([write(newer, { ...record, extra: 'x' }, 21)])).toEqual([record]);
    expect(await codec.decode([write(older, record, 22)])).toEqual([{ ...record, region: null }]);
  });

  it('resolves an older schema once, not for every record of it', async () => {
    const schema = loadSchema('customer-event');
    const older = { ...schema, fields: schema.fields.filter((field) => (field as { name: string }).name !== 'region') };
    registry.schemas.set(23, { schema: JSON.stringify(older) });
    const writers = { find: () => Promise.resolve(null) };
    const other = new RegistryCodec({ type: createAvroType(older), schemaId: 23, writers });
    const values = Array.from({ length: 100 }, (_, i) => other.encode(aRecord({ eventId: `event-${i}` })));
    const resolving = vi.spyOn(avro.Type.prototype, 'createResolver');
    try {
      await codec.decode(values);
      const once = resolving.mock.calls.length;
      expect(once).toBeGreaterThan(0);
      for (let again = 0; again < 10; again++) await codec.decode(values);
      expect(resolving).toHaveBeenCalledTimes(once);
    } finally {
      resolving.mockRestore();
    }
  });

  it.each([
    ['another record', { schema: JSON.stringify(loadSchema('dead-letter')) }],
    ['no record at all', { schema: '"string"' }],
    ['no Avro', { schema: '{"type":"object"}', schemaType: 'JSON' }],
    ['no schema', { schema: '{"type":"nonsense"}' }],
  ])('sets a record aside whose id stands for %s, and remembers it', async (_what, entry) => {
    registry.schemas.set(31, entry);
    for (let again = 0; again < 3; again++) {
      const [fault, good] = await codec.decode([under(31), codec.encode(aRecord())]);
      expect(fault).toMatchObject({ code: 'ERR_RECORD_DECODE', retryable: false });
      expect(good).toMatchObject({ kind: 'event' });
    }
    expect(registry.requests).toHaveLength(1);
  });

  it('stays correct with more schemas than it keeps', async () => {
    const schema = loadSchema('activation-view');
    const view: ActivationView = { scope: 'all', epoch: 1, partitions: 4, activationId: 'a', content: '{}' };
    const client = createRegistryClient(registry);
    const views = new RegistryCodec<ActivationView>({
      type: createAvroType(schema),
      schemaId: ownId,
      writers: createSchemaLookup({ client }),
    });
    const value = views.encode(view);
    for (let from = 1_000; from < 1_400; from += 100) {
      const values = Array.from({ length: 100 }, (_, index) => {
        registry.schemas.set(from + index, { schema: JSON.stringify(schema) });
        const copy = Buffer.from(value);
        copy.writeUInt32BE(from + index, 1);
        return copy;
      });
      expect(await views.decode(values)).toEqual(new Array(100).fill(view));
      expect(await views.decode([...values, value])).toHaveLength(101);
    }
  });
});
