import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { CustomerRecord } from '../../../services/core/events/customer-record.ts';
import { findOriginals } from '../../../services/ingest/body/originals.ts';
import { parseJson } from '../../../services/ingest/body/parse-json.ts';
import { segmentDialect } from '../../../services/ingest/dialects/segment/segment-dialect.ts';
import { resultNames } from '../../../services/ingest/event-result.ts';
import { createIngestPipeline } from '../../../services/ingest/pipeline.ts';
import { createAvroType } from '../../../services/platform/avro/avro-type.ts';
import { loadSchema } from '../../../services/platform/avro/load-schema.ts';
import { nodeDigest } from '../../../services/platform/crypto/node-digest.ts';
import { createMemoryClaimStore } from '../../../services/platform/memory/memory-claim-store.ts';
import { createVirtualClock } from '../../../services/platform/memory/virtual-clock.ts';
import { runs } from '../../support/property-runs.ts';
import {
  aSender, createRecordingSink, createRecordingTelemetry, jsonCodec, plan, receivedAt,
} from '../../unit/ingest/ingest-fixtures.ts'; // prettier-ignore

const avro = createAvroType(loadSchema('customer-event'));

const scalar = fc.oneof(
  fc.jsonValue({ maxDepth: 1 }),
  fc.constantFrom(
    'u1',
    'u2',
    'GBP',
    'EUR',
    'null',
    '',
    '12.50',
    'NaN',
    '2026-05-01T10:00:00Z',
    '1970-01-01',
    'a@b.org',
  ),
  fc.string({ unit: 'binary' }),
);
const property = fc.constantFrom('revenue', 'total', 'currency', 'region', 'email', 'name', '__proto__', 'a', 'a.b');
const bag = fc.oneof(fc.dictionary(property, fc.oneof(scalar, fc.jsonValue())), fc.jsonValue());

/** Messages that are nearly right: each field is now and then missing or something else. */
const message = fc.oneof(
  { weight: 9, arbitrary: fc.record(
    {
      type: fc.oneof(fc.constantFrom('track', 'identify', 'page', 'screen', 'group', 'alias'), scalar),
      event: fc.oneof(fc.constantFrom('Order Completed', 'order.cancelled', 'Quiz Won', 'custom'), scalar),
      messageId: fc.oneof(fc.constantFrom('m1', 'm2', 'm3', '#0', '__proto__'), scalar),
      userId: scalar,
      anonymousId: scalar,
      timestamp: fc.oneof(fc.constant('2026-05-01T10:00:00Z'), scalar),
      properties: bag,
      traits: bag,
      context: fc.oneof(fc.record({ tidewatch: bag, channel: scalar, traits: bag, ip: scalar }, { requiredKeys: [] }), scalar),
    },
    { requiredKeys: [] },
  ) },
  { weight: 1, arbitrary: fc.jsonValue() },
); // prettier-ignore

function createWorld() {
  const clock = createVirtualClock(receivedAt);
  const sink = createRecordingSink();
  const telemetry = createRecordingTelemetry();
  const codec = jsonCodec<CustomerRecord>();
  const pipeline = createIngestPipeline({
    // Every record must be one that Avro can write.
    codec: { ...codec, encode: (record) => (avro.toBuffer(record), codec.encode(record)) },
    deadLetterCodec: jsonCodec(),
    sink,
    claims: createMemoryClaimStore(clock),
    clock,
    digest: nodeDigest,
    plan: () => plan,
    deadline: (work) => work.then(() => true),
    topics: { events: 'events', eventsDeadLetter: 'dlq' },
    partitions: 3,
    telemetry,
  });
  async function ingest(text: string) {
    const opened = segmentDialect.open('batch', { headers: {}, query: {}, body: parseJson(text) });
    if (typeof opened === 'string') return null;
    const events = opened.events.map((event) => segmentDialect.translate('batch', event, opened.share));
    const original = findOriginals(text, opened.events, opened.from);
    const answer = await pipeline.ingest({ sender: aSender(), events, original });
    return answer.done ? answer.results : null;
  }
  return { sink, telemetry, ingest };
}

it('any batch is answered event by event, no step breaks, and the books balance', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.array(message, { maxLength: 8 }), { maxLength: 4 }), async (batches) => {
      const { sink, telemetry, ingest } = createWorld();
      for (const batch of batches) {
        const results = await ingest(JSON.stringify({ batch }));
        expect(results).toHaveLength(batch.length);
      }
      expect(telemetry.faults).toEqual([]);
      const counts = resultNames.map((name) => telemetry.counts[name] ?? 0);
      expect(counts.reduce((sum, count) => sum + count, 0)).toBe(batches.flat().length);
      const { accepted = 0, rejected = 0, conflict = 0 } = telemetry.counts;
      expect(sink.published.filter(({ topic }) => topic === 'events')).toHaveLength(accepted);
      expect(sink.published.filter(({ topic }) => topic === 'dlq')).toHaveLength(rejected + conflict);
    }),
    { numRuns: runs(300) },
  );
});

it('a batch that is sent again adds nothing: what was accepted is a duplicate', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(message, { maxLength: 8 }), async (batch) => {
      const { sink, ingest } = createWorld();
      const text = JSON.stringify({ batch });
      const first = (await ingest(text)) ?? [];
      const written = sink.published.filter(({ topic }) => topic === 'events').length;
      const second = (await ingest(JSON.stringify({ sentAt: '2026-05-02T11:00:00Z', batch, writeKey: 'x' }))) ?? [];
      expect(sink.published.filter(({ topic }) => topic === 'events')).toHaveLength(written);
      first.forEach(({ result }, index) => {
        expect(second[index].result).toBe(result === 'accepted' ? 'duplicate' : result);
      });
    }),
    { numRuns: runs(200) },
  );
});

it('one bad event changes nothing for its neighbours', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(message, { maxLength: 5 }), fc.jsonValue(), fc.nat(5), async (batch, bad, at) => {
      const alone = (await createWorld().ingest(JSON.stringify({ batch }))) ?? [];
      const rejected = { messageId: 'bad', type: 'none', bad };
      const mixed = [...batch.slice(0, at), rejected, ...batch.slice(at)];
      const together = (await createWorld().ingest(JSON.stringify({ batch: mixed }))) ?? [];
      const withoutBad = together.filter((_, index) => index !== Math.min(at, batch.length));
      expect(withoutBad.map(({ result, code }) => [result, code])).toEqual(
        alone.map(({ result, code }) => [result, code]),
      );
    }),
    { numRuns: runs(150) },
  );
});

it('ids and personal values of a customer never stand in clear', async () => {
  const secret = fc.stringMatching(/^[a-z]{12}$/).map((word) => `canary${word}`);
  await fc.assert(
    fc.asyncProperty(fc.tuple(secret, secret, secret), bag, async ([user, anonymous, mail], properties) => {
      const { sink, ingest } = createWorld();
      const email = `${mail}@example.org`;
      const traits = { email, [user]: anonymous, deep: [{ email }] };
      const event = { type: 'track', event: 'Quiz Won', messageId: 'm', userId: user, anonymousId: anonymous, traits };
      const more = {
        ref: user,
        list: [anonymous, email],
        text: `to ${email}`,
        page: `/u/${user}?v=${anonymous}`,
        [email]: 1,
      };
      const spread = typeof properties === 'object' ? properties : {};
      await ingest(JSON.stringify({ batch: [{ ...event, properties: { ...spread, ...more } }] }));
      for (const { value } of sink.published.filter(({ topic }) => topic === 'events')) {
        const { envelope, ...record } = JSON.parse(String(value)) as CustomerRecord;
        const names = envelope?.fields.map(({ name }) => name);
        const clear = JSON.stringify([record, names]);
        for (const word of [user, anonymous, mail]) expect(clear).not.toContain(word);
      }
    }),
    { numRuns: runs(150) },
  );
});
