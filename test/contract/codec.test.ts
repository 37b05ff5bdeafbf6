import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { EngineError } from '../../services/core/errors.ts';
import { untranslated, type DeadLetterRecord } from '../../services/core/events/dead-letter.ts';
import type { CustomerRecord } from '../../services/core/events/customer-record.ts';
import type { RecordCodec } from '../../services/core/ports/record-codec.ts';
import type { RetentionTask } from '../../services/core/tasks/retention-task.ts';
import { untouchedTask } from '../../services/core/tasks/untouched-task.ts';
import { createSchemaRegistry } from '../../services/platform/avro/schema-registry.ts';
import { createBodyCodec } from '../../services/platform/memory/memory-codec.ts';
import { createLogger } from '../../services/platform/telemetry/logger.ts';
import { avroSamples } from '../support/avro-samples.ts';
import { aRecord } from '../support/builders.ts';
import { stackAddresses } from '../support/stack-addresses.ts';
import { testPrefix } from '../support/test-prefix.ts';

const schemaNames = readdirSync(new URL('../../schemas/', import.meta.url))
  .filter((file) => file.endsWith('.avsc'))
  .map((file) => file.replace(/\.v\d+\.avsc$/, ''));

const registry = createSchemaRegistry({
  url: stackAddresses.schemaRegistry,
  logger: createLogger({ name: 'test', level: 'silent' }),
});

const makers: [string, <T>(schemaName: string) => Promise<RecordCodec<T>>][] = [
  ['the codec without a registry', (schemaName) => Promise.resolve(createBodyCodec(schemaName))],
  ['the registry codec', (schemaName) => registry.codec(`${testPrefix()}${schemaName}`, schemaName)],
];

/** Schemas that have got new fields since their first release. */
const revisions: Readonly<Record<string, string>> = {
  'dead-letter': 'v1-1',
  'customer-event': 'v1-1',
  'retention-task': 'v1-3',
};

/** The bodies of `test/fixtures/avro/<schema>.<revision>.bin`. */
function goldenBodies(schemaName: string, revision = revisions[schemaName] ?? 'v1'): Buffer[] {
  const bytes = readFileSync(new URL(`../fixtures/avro/${schemaName}.${revision}.bin`, import.meta.url));
  const bodies: Buffer[] = [];
  for (let at = 0; at < bytes.length;) {
    const end = at + 4 + bytes.readUInt32BE(at);
    bodies.push(bytes.subarray(at + 4, end));
    at = end;
  }
  return bodies;
}

/** A sample as it is read from the bytes of its first schema: what that did not have is at its default. */
function withDefaults(schemaName: string, sample: unknown): unknown {
  if (schemaName === 'dead-letter') return { ...(sample as DeadLetterRecord), ...untranslated };
  if (schemaName === 'retention-task') return { ...(sample as RetentionTask), ...untouchedTask, reasons: null };
  const record = sample as CustomerRecord;
  return record.activation === null ? record : { ...record, activation: { ...record.activation, segments: null } };
}

describe('records of an earlier schema', () => {
  it.each(Object.keys(revisions))('of %s are read, and new fields have their defaults', async (schemaName) => {
    const topic = `${testPrefix()}${schemaName}`;
    const schema = readFileSync(new URL(`../fixtures/avro/${schemaName}.v1.avsc`, import.meta.url), 'utf8');
    const answer = await fetch(`${stackAddresses.schemaRegistry}/subjects/${topic}-value/versions`, {
      method: 'POST',
      headers: { 'content-type': 'application/vnd.schemaregistry.v1+json' },
      body: JSON.stringify({ schema }),
    });
    const { id } = (await answer.json()) as { id: number };
    const head = Buffer.alloc(5);
    head.writeUInt32BE(id, 1);
    const codec = await registry.codec<object>(topic, schemaName);
    const values = await codec.decode(goldenBodies(schemaName, 'v1').map((body) => Buffer.concat([head, body])));
    expect(values).toEqual(avroSamples[schemaName].slice(0, 2).map((sample) => withDefaults(schemaName, sample)));
  });
});

describe.each(makers)('%s', (_name, open) => {
  it.each(schemaNames)('reads every golden record of %s, and writes the same bytes', async (schemaName) => {
    const codec = await open<unknown>(schemaName);
    const bodies = goldenBodies(schemaName);
    expect(bodies).toHaveLength(avroSamples[schemaName].length);
    const values = await codec.decode(bodies.map((body) => codec.frame(body)));
    expect(values).toEqual(avroSamples[schemaName]);
    values.forEach((value, index) => {
      expect(codec.encodeBody(value).equals(bodies[index])).toBe(true);
      expect(codec.encode(value).equals(codec.frame(bodies[index]))).toBe(true);
      expect(codec.decodeBody(bodies[index])).toEqual(value);
    });
  });

  it('hands out bytes that later calls do not change', async () => {
    const codec = await open<CustomerRecord>('customer-event');
    const records = Array.from({ length: 20 }, (_, index) => aRecord({ eventId: `event-${index}` }));
    const values = records.map((record) => codec.encode(record));
    expect(await codec.decode(values)).toEqual(records);
  });

  it('writes records of any size', async () => {
    const codec = await open<CustomerRecord>('customer-event');
    const records = [16_000, 17_000, 300_000, 1].map((length) => aRecord({ contentHash: 'x'.repeat(length) }));
    expect(await codec.decode(records.map((record) => codec.encode(record)))).toEqual(records);
  });

  it('sets aside what cannot be read, alone, and says why', async () => {
    const codec = await open<CustomerRecord>('customer-event');
    const record = aRecord();
    const value = codec.encode(record);
    const wrongMagic = Buffer.from(value);
    wrongMagic[0] = 1;
    const values = [
      value, null, Buffer.alloc(0), Buffer.from('{"a":1}'), Buffer.from([0, 0, 0]), wrongMagic, value.subarray(0, -1),
      value.subarray(0, 6), Buffer.concat([value, Buffer.from([0])]), Buffer.alloc(400, 0xff), value,
    ]; // prettier-ignore
    const decoded = await codec.decode(values);
    expect([decoded[0], decoded.at(-1)]).toEqual([record, record]);
    for (const fault of decoded.slice(1, -1)) {
      expect(fault).toBeInstanceOf(EngineError);
      expect(fault).toMatchObject({ code: 'ERR_RECORD_DECODE', retryable: false });
    }
    expect(decoded[8]).toMatchObject({ message: expect.stringContaining('1 bytes are left over') as string });
  });

  it('sets aside a record under a schema id that nobody registered', async () => {
    const codec = await open<CustomerRecord>('customer-event');
    const value = codec.encode(aRecord());
    const foreign = Buffer.from(value);
    foreign.writeUInt32BE(2_000_000_000, 1);
    const beyond = Buffer.from(value);
    beyond.writeUInt32BE(4_000_000_000, 1);
    const decoded = await codec.decode([foreign, value, beyond]);
    expect(decoded[0]).toMatchObject({ code: 'ERR_SCHEMA_UNKNOWN', context: { schemaId: 2_000_000_000 } });
    expect(decoded[1]).toMatchObject({ kind: 'event' });
    expect(decoded[2]).toMatchObject({ code: 'ERR_SCHEMA_UNKNOWN' });
  });

  it('decodes nothing to nothing', async () => {
    expect(await (await open('score')).decode([])).toEqual([]);
  });

  it.each([2 ** 53, 2 ** 53 + 2, -(2 ** 53), 0.5, NaN, Infinity])(
    'refuses to write %s as a whole number instead of rounding it',
    async (occurredAt) => {
      const codec = await open<CustomerRecord>('customer-event');
      expect(() => codec.encode(aRecord({ occurredAt }))).toThrowError(
        expect.objectContaining({
          code: 'ERR_RECORD_ENCODE',
          message: expect.stringContaining('occurredAt') as string,
        }),
      );
    },
  );

  it.each([2 ** 53 - 1, -(2 ** 53 - 1), 2 ** 52, -(2 ** 52) - 1, 2 ** 30, -(2 ** 30) - 1, 0, -1])(
    'keeps the whole number %s to the last digit',
    async (amountMinor) => {
      const codec = await open<CustomerRecord>('customer-event');
      const record = aRecord({ amountMinor, occurredAt: amountMinor });
      expect(await codec.decode([codec.encode(record)])).toEqual([record]);
    },
  );

  it('names the field that does not fit, and not its value', async () => {
    const codec = await open<CustomerRecord>('customer-event');
    const secret = { toString: () => 'jane@example.org' } as unknown as string;
    const error: unknown = await Promise.resolve()
      .then(() => codec.encode(aRecord({ identities: [{ type: 'email', hash: secret }] })))
      .catch((fault: unknown) => fault);
    expect(error).toMatchObject({
      code: 'ERR_RECORD_ENCODE',
      message: expect.stringContaining('identities.0.hash') as string,
    });
    expect(JSON.stringify([error, String((error as Error).cause)])).not.toContain('jane');
  });

  it('refuses a number on the topic that does not fit a double', async () => {
    const codec = await open<CustomerRecord>('customer-event');
    const record = aRecord({ occurredAt: 2 ** 53 - 2 });
    const value = codec.encode(record);
    const at = value.indexOf(zigZag(2n ** 53n - 2n));
    const wider = Buffer.concat([
      value.subarray(0, at),
      zigZag(2n ** 60n + 1n),
      value.subarray(at + zigZag(2n ** 53n - 2n).length),
    ]);
    expect((await codec.decode([wider]))[0]).toMatchObject({ code: 'ERR_RECORD_DECODE' });
    expect((await codec.decode([value]))[0]).toEqual(record);
  });
});

/** Avro's variable-length encoding of a whole number. */
function zigZag(number: bigint): Buffer {
  const bytes: number[] = [];
  let rest = number << 1n;
  for (; rest > 127n; rest >>= 7n) bytes.push(Number(rest & 127n) | 128);
  bytes.push(Number(rest));
  return Buffer.from(bytes);
}
