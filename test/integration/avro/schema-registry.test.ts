import { describe, expect, it } from 'vitest';
import type { CustomerRecord } from '../../../services/core/events/customer-record.ts';
import { loadSchema } from '../../../services/platform/avro/load-schema.ts';
import { createSchemaRegistry } from '../../../services/platform/avro/schema-registry.ts';
import { createLogger } from '../../../services/platform/telemetry/logger.ts';
import { aRecord } from '../../support/builders.ts';
import { openRegistryDouble } from '../../support/registry-double.ts';
import { stackAddresses } from '../../support/stack-addresses.ts';
import { testPrefix } from '../../support/test-prefix.ts';

const logger = createLogger({ name: 'test', level: 'silent' });
const url = stackAddresses.schemaRegistry;

function open() {
  return createSchemaRegistry({ url, logger });
}

async function levelOf(subject: string): Promise<unknown> {
  return ((await (await fetch(`${url}/config/${subject}`)).json()) as { compatibilityLevel: unknown })
    .compatibilityLevel;
}

describe('the schema registry', () => {
  it('registers the schema of a topic once, with full transitive compatibility', async () => {
    const topic = `${testPrefix()}events`;
    const first = await open().codec<CustomerRecord>(topic, 'customer-event');
    const second = await open().codec<CustomerRecord>(topic, 'customer-event');
    const record = aRecord();
    expect(first.encode(record)).toEqual(second.encode(record));
    expect(await levelOf(`${topic}-value`)).toBe('FULL_TRANSITIVE');
    expect(await (await fetch(`${url}/subjects/${topic}-value/versions`)).json()).toEqual([1]);
  });

  it('takes registrations of several processes at once', async () => {
    const topic = `${testPrefix()}events`;
    const codecs = await Promise.all(Array.from({ length: 6 }, () => open().codec(topic, 'customer-event')));
    const record = aRecord();
    expect(new Set(codecs.map((codec) => codec.encode(record).toString('hex'))).size).toBe(1);
    expect(await levelOf(`${topic}-value`)).toBe('FULL_TRANSITIVE');
  });

  it('lets a process read what another one wrote', async () => {
    const topic = `${testPrefix()}events`;
    const writer = await open().codec<CustomerRecord>(topic, 'customer-event');
    const reader = await open().codec<CustomerRecord>(topic, 'customer-event');
    const record = aRecord();
    expect(await reader.decode([writer.encode(record)])).toEqual([record]);
  });

  const schema = loadSchema('score');
  const without = (name: string) => schema.fields.filter((field) => (field as { name: string }).name !== name);
  it.each([
    ['a new field without a default', { ...schema, fields: [...schema.fields, { name: 'added', type: 'string' }] }],
    ['a field less that has no default', { ...schema, fields: without('level') }],
    [
      'another type of a field',
      { ...schema, fields: [...without('level'), { name: 'level', type: 'int', default: 0 }] },
    ],
  ])('refuses %s', async (_what, changed) => {
    const subject = `${testPrefix()}scores-value`;
    const registry = open();
    await registry.register(subject, schema);
    await expect(registry.register(subject, changed)).rejects.toMatchObject({
      code: 'ERR_SCHEMA_INCOMPATIBLE',
      retryable: false,
      message: expect.stringContaining('schemas/README.md') as string,
    });
  });

  it('takes a new field with a default, and one less that has a default', async () => {
    const subject = `${testPrefix()}scores-value`;
    const registry = open();
    const first = await registry.register(subject, schema);
    const added = { ...schema, fields: [...schema.fields, { name: 'added', type: ['null', 'string'], default: null }] };
    const second = await registry.register(subject, added);
    const third = await registry.register(subject, { ...schema, fields: without('tier') });
    expect(new Set([first, second, third]).size).toBe(3);
  });

  it('sets the compatibility of a subject that a dying process left without one', async () => {
    const topic = `${testPrefix()}scores`;
    await fetch(`${url}/subjects/${topic}-value/versions`, {
      method: 'POST',
      headers: { 'content-type': 'application/vnd.schemaregistry.v1+json' },
      body: JSON.stringify({ schema: JSON.stringify(schema) }),
    });
    expect(await levelOf(`${topic}-value`)).toBe('NONE');
    await open().codec(topic, 'score');
    expect(await levelOf(`${topic}-value`)).toBe('FULL_TRANSITIVE');
  });

  it('does not touch a compatibility that somebody chose, and says so', async () => {
    const topic = `${testPrefix()}scores`;
    await open().codec(topic, 'score');
    await fetch(`${url}/config/${topic}-value`, {
      method: 'PUT',
      headers: { 'content-type': 'application/vnd.schemaregistry.v1+json' },
      body: JSON.stringify({ compatibility: 'BACKWARD' }),
    });
    await expect(open().codec(topic, 'score')).rejects.toMatchObject({
      code: 'ERR_SCHEMA_INCOMPATIBLE',
      message: expect.stringContaining('BACKWARD') as string,
    });
    expect(await levelOf(`${topic}-value`)).toBe('BACKWARD');
  });

  it('tries again while the registry cannot be reached, and says so when the time is up', async () => {
    const double = await openRegistryDouble();
    double.failWith(503);
    const registry = createSchemaRegistry({ url: double.url, logger, registerTimeoutMs: 700 });
    await expect(registry.check()).rejects.toMatchObject({ code: 'ERR_REGISTRY_UNAVAILABLE', retryable: true });
    await expect(registry.codec('topic', 'score')).rejects.toMatchObject({
      code: 'ERR_REGISTRY_UNAVAILABLE',
      retryable: true,
    });
    expect(double.requests.length).toBeGreaterThan(2);
    await double.close();
    await expect(registry.check()).rejects.toMatchObject({ code: 'ERR_REGISTRY_UNAVAILABLE', retryable: true });
  });

  it('answers a check', async () => {
    await expect(open().check()).resolves.toBeUndefined();
  });
});
